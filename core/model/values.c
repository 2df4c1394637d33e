/* SPDX-License-Identifier: GPL-3.0-or-later */
/* values.c: the numbers of a file as floats, and back */
#include "values.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

static float
float_from_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static double
double_from_bits (guint64 bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static guint32
read_le16 (const guint8 *bytes)
{
  return bytes[0] | (guint32) bytes[1] << 8;
}

static guint32
read_le32 (const guint8 *bytes)
{
  return read_le16 (bytes) | read_le16 (bytes + 2) << 16;
}

static float
float_from_half (guint32 half)
{
  guint32 sign = (half & 0x8000) << 16;
  guint32 exponent = (half >> 10) & 0x1f;
  guint32 fraction = half & 0x3ff;

  if (exponent == 0)
    {
      float value = fraction * 0x1p-24f; /* zero and subnormals, exact */

      return sign ? -value : value;
    }

  /* Exponents are biased by 15 and 127; 31 is infinity and NaN. */
  exponent = exponent == 31 ? 255 : exponent + 127 - 15;
  return float_from_bits (sign | exponent << 23 | fraction << 13);
}

guint16
pst_half_from_float (float value)
{
  guint16 sign = signbit (value) ? 0x8000 : 0;
  double  size = fabs ((double) value);
  int     exponent;

  if (size >= 65520)
    return sign | 0x7c00;

  /* In units of the last place: of the exponent, or of the subnormals.  A
   * fraction that is rounded up to 2048 carries into the exponent. */
  frexp (size, &exponent);
  exponent = MAX (exponent, -13);
  int fraction = (int) nearbyint (ldexp (size, 11 - exponent));
  if (fraction < 1024)
    return sign | fraction;
  return sign | (((exponent + 14) << 10) + fraction - 1024);
}

gsize
pst_dtype_size (PstDtype dtype)
{
  return dtype == PST_DTYPE_F64 ? 8 : dtype == PST_DTYPE_F32 ? 4 : 2;
}

static float
decode (PstDtype dtype, const guint8 *bytes)
{
  if (dtype == PST_DTYPE_F32)
    return float_from_bits (read_le32 (bytes));
  if (dtype == PST_DTYPE_F16)
    return float_from_half (read_le16 (bytes));
  if (dtype == PST_DTYPE_F64)
    return double_from_bits (read_le32 (bytes)
                             | (guint64) read_le32 (bytes + 4) << 32);
  return float_from_bits (read_le16 (bytes) << 16);
}

float *
pst_values_decode (const char   *name,
                   PstDtype      dtype,
                   gsize         n,
                   const guint8 *bytes,
                   GError      **error)
{
  if (dtype == PST_DTYPE_OTHER)
    {
      pst_fail (error, PST_ERROR_MODEL,
                _ ("the tensor \"%s\" is stored in a type that cannot be "
                   "used; save it as F32, F16 or BF16"),
                name);
      return NULL;
    }

  g_autofree float *values = g_try_new (float, MAX (n, 1));

  if (! values)
    {
      pst_fail (error, PST_ERROR_MEMORY,
                _ ("there is not enough memory for the %zu values of "
                   "\"%s\""),
                n, name);
      return NULL;
    }

  for (gsize i = 0; i < n; i++)
    {
      values[i] = decode (dtype, bytes + i * pst_dtype_size (dtype));
      if (! isfinite (values[i]))
        {
          pst_fail (error, PST_ERROR_MODEL,
                    _ ("the tensor \"%s\" holds a value that is infinite or "
                       "not a number"),
                    name);
          return NULL;
        }
    }

  return g_steal_pointer (&values);
}
