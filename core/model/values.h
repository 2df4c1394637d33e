/* SPDX-License-Identifier: GPL-3.0-or-later */
/* values.h: the numbers of a file as floats, and back
 *
 * Little-endian, as all formats that are read and written here have them.
 */
#pragma once

#include <glib.h>

typedef enum
{
  PST_DTYPE_F32,
  PST_DTYPE_F16,  /* IEEE 754 binary16 */
  PST_DTYPE_BF16, /* the upper half of an F32 */
  PST_DTYPE_F64,  /* of published weights; not in models */
  PST_DTYPE_OTHER /* allowed in a file, but its values cannot be read */
} PstDtype;

/* Bytes of a value; not for PST_DTYPE_OTHER. */
gsize pst_dtype_size (PstDtype dtype);

/* pst_values_decode:
 * @name: of the tensor, for messages
 * @bytes: [n] values of @dtype, not aligned
 * Returns them as float [n], converted exactly, but for F64, which is rounded;
 * the caller owns them.
 * Errors: PST_ERROR_MODEL, the dtype is PST_DTYPE_OTHER or a value is infinite
 *         or not a number; PST_ERROR_MEMORY; clauses, as in safetensors.h. */
float *pst_values_decode (const char   *name,
                          PstDtype      dtype,
                          gsize         n,
                          const guint8 *bytes,
                          GError      **error);

/* The binary16 that is nearest to @value, which is finite; of two the even one;
 * infinite beyond the largest, 65504. */
guint16 pst_half_from_float (float value);
