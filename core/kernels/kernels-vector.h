/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels-vector.h: the vector of the level that is built, for kernels*.c
 *
 * -DPST_VECTOR=floats says how long it is; the compiler knows the instructions.
 */
#pragma once

#include "kernels.h"

#include <string.h>

#if defined(__SSE__)
#include <immintrin.h>
#endif

#ifndef PST_VECTOR
#define PST_VECTOR 4 /* every supported machine has these */
#endif

/* Of PST_VECTOR floats. */
typedef float Vector
  __attribute__ ((vector_size (PST_VECTOR * sizeof (float))));

/* The same, anywhere in memory.  Not for arguments of functions: GCC for
 * aarch64 fails on vectors of less than natural alignment. */
typedef Vector VectorAt __attribute__ ((aligned (sizeof (float)), may_alias));

/* The same number of integers: the result of comparisons. */
typedef gint32 Mask
  __attribute__ ((vector_size (PST_VECTOR * sizeof (gint32))));

#define INLINE static inline __attribute__ ((always_inline))

INLINE Vector
load (const float *x)
{
  return *(const VectorAt *) x;
}

INLINE void
store (float *x, Vector value)
{
  *(VectorAt *) x = value;
}

/* load() and store() where only the first @n floats, usually all, are there. */
INLINE Vector
load_some (const float *x, int n)
{
  Vector value = { 0 };

  if (n == PST_VECTOR)
    return load (x);
  memcpy (&value, x, n * sizeof (float));
  return value;
}

INLINE void
store_some (float *x, Vector value, int n)
{
  if (n == PST_VECTOR)
    store (x, value);
  else
    memcpy (x, &value, n * sizeof (float));
}

/* ---- ReLU's derivative -------------------------------------------------- */

#if PST_VECTOR == 16 && defined(__AVX512F__)

INLINE Vector
keep_bits (Vector value, guint16 bits)
{
  return (Vector) _mm512_maskz_mov_ps (bits, (__m512) value);
}

INLINE guint
positive_bits (Vector value)
{
  return _mm512_cmp_ps_mask ((__m512) value, _mm512_setzero_ps (), _CMP_GT_OQ);
}

#else

static const gint32 lane_bits[] = { 1, 2, 4, 8, 16, 32, 64, 128 };

/* @value where the bit is set, else 0. */
INLINE Vector
keep_bits (Vector value, guint16 bits)
{
  Mask lanes;

  memcpy (&lanes, lane_bits, sizeof lanes);
  return (Vector) ((Mask) value & ((bits & lanes) == lanes));
}

/* A bit for each element that is above 0. */
INLINE guint
positive_bits (Vector value)
{
#if defined(__AVX__)
  return _mm256_movemask_ps ((__m256) (value > 0));
#elif defined(__SSE__)
  return _mm_movemask_ps ((__m128) (value > 0));
#else
  guint bits = 0;

  for (int i = 0; i < PST_VECTOR; i++)
    bits |= (guint) (value[i] > 0) << i;
  return bits;
#endif
}

#endif

/* Sets the bits of channel @c and the following ones, one vector's worth. */
INLINE void
put_bits (guint16 *bits, int c, guint value)
{
  guint16 *word = bits + c / PST_CHANNEL_GROUP;
  int      shift = c % PST_CHANNEL_GROUP;

  *word = (shift ? *word : 0) | value << shift;
}

/* ReLU of @value where @relu is set; @bits: where it is above 0, or NULL.
 * @c: the channel that it begins with */
INLINE Vector
rectify (Vector value, gboolean relu, guint16 *bits, int c)
{
  if (bits)
    put_bits (bits, c, positive_bits (value));
  if (relu)
    value = (Vector) ((Mask) value & (value > 0));
  return value;
}
