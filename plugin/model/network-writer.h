/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network-writer.h: network files (models/README.md), made in memory */
#pragma once

#include "core/values.h"

typedef struct _PstNetworkWriter PstNetworkWriter;

/* @dtype: of all values, PST_DTYPE_F16 or PST_DTYPE_F32 */
PstNetworkWriter * pst_network_writer_new    (PstDtype           dtype);
void               pst_network_writer_free   (PstNetworkWriter  *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstNetworkWriter, pst_network_writer_free)

/* pst_network_writer_add:
 * @name: with its ending ".weight" or ".bias", new in the file
 * @values: of @shape, [n_dimensions] sides of at least 1
 * Errors: PST_ERROR_MODEL, a value is too large for half precision; a clause, as
 *         in core/safetensors.h. */
gboolean           pst_network_writer_add    (PstNetworkWriter  *writer,
                                              const char        *name,
                                              int                n_dimensions,
                                              const gint64      *shape,
                                              const float       *values,
                                              GError           **error);

/* The file; the caller owns it.  Beside @description, its metadata have the
 * SHA-256 of the data, "sha256".  Ends the writing. */
GBytes *           pst_network_writer_finish (PstNetworkWriter  *writer,
                                              const char        *description);
