/* SPDX-License-Identifier: GPL-3.0-or-later */
/* safetensors-writer.h: writes safetensors files in memory */
#pragma once

#include "values.h"

typedef struct _PstSafetensorsWriter PstSafetensorsWriter;

/* @dtype: of all values, PST_DTYPE_F16 or PST_DTYPE_F32 */
PstSafetensorsWriter *pst_safetensors_writer_new (PstDtype dtype);
void pst_safetensors_writer_free (PstSafetensorsWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstSafetensorsWriter,
                               pst_safetensors_writer_free)

/* pst_safetensors_writer_add:
 * @name: new in the file
 * @values: of @shape, [n_dimensions] sides of at least 1
 * Errors: PST_ERROR_MODEL, a value is too large for half precision;
 *         PST_ERROR_MEMORY; clauses, as in safetensors.h.  The writer is then
 *         only to be freed. */
gboolean pst_safetensors_writer_add (PstSafetensorsWriter *writer,
                                     const char           *name,
                                     int                   n_dimensions,
                                     const gint64         *shape,
                                     const float          *values,
                                     GError              **error);

/* pst_safetensors_writer_finish:
 * Returns the file; the caller owns it.  Its metadata have the entry @key with
 * the text @text, and the SHA-256 of the data, "sha256".  Ends the writing.
 * Errors: PST_ERROR_MEMORY; a clause. */
GBytes *pst_safetensors_writer_finish (PstSafetensorsWriter *writer,
                                       const char           *key,
                                       const char           *text,
                                       GError              **error);
