/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels-bf16.c: the innermost loops in half precision (kernels-bf16.h)
 *
 * Built as kernels.c is, once for each kind of instruction, with those of its
 * level; exports one table, pst_bf16_kernels_<name>.  Without such instructions
 * the products are computed in float, with the same results up to rounding, so
 * that every machine can test them.
 *
 *   AVX-512 BF16: VDPBF16PS, VCVTNEPS2BF16 (Intel 64 and IA-32 Architectures
 *   Software Developer's Manual, volume 2)
 *   aarch64 with bfloat16: BFDOT, BFCVTN (Arm Architecture Reference Manual for
 *   A-profile, C7.2)
 */
#include "kernels-bf16.h"
#include "kernels-vector.h"

#if defined(__ARM_FEATURE_BF16_VECTOR_ARITHMETIC)
#include <arm_neon.h>
#endif

/* Of PST_VECTOR numbers. */
typedef PstBf16 Halves __attribute__ ((vector_size (PST_VECTOR * 2)));
typedef Halves  HalvesAt __attribute__ ((aligned (2), may_alias));

/* Of PST_VECTOR pairs, the first in the lower bits. */
typedef guint32 Pairs __attribute__ ((vector_size (PST_VECTOR * 4)));

typedef PstBf16 Winograd;
typedef guint32 Element;
typedef Pairs   Elements;
typedef Pairs   ElementsAt __attribute__ ((aligned (4), may_alias));

/* round_vector: to nearest, ties to even
 * multiply_add: the products of both halves of pair @a with those of each of
 * @b, added to @sum */
#if defined(__AVX512BF16__)

INLINE Halves
round_vector (Vector value)
{
  return (Halves) _mm512_cvtneps_pbh ((__m512) value);
}

INLINE Vector
multiply_add (Vector sum, guint32 a, Pairs b)
{
  return (Vector) _mm512_dpbf16_ps ((__m512) sum,
                                    (__m512bh) _mm512_set1_epi32 (a),
                                    (__m512bh) b);
}

#elif defined(__ARM_FEATURE_BF16_VECTOR_ARITHMETIC)

INLINE Halves
round_vector (Vector value)
{
  return (Halves) vcvt_bf16_f32 ((float32x4_t) value);
}

INLINE Vector
multiply_add (Vector sum, guint32 a, Pairs b)
{
  return (Vector) vbfdotq_f32 ((float32x4_t) sum,
                               vreinterpretq_bf16_u32 (vdupq_n_u32 (a)),
                               vreinterpretq_bf16_u32 ((uint32x4_t) b));
}

#else

INLINE Halves
round_vector (Vector value)
{
  Pairs word = (Pairs) value;
  Pairs rounded = (word + 0x7fff + (word >> 16 & 1)) >> 16;
  Pairs not_a_number = (Pairs) (value != value);

  rounded = (rounded & ~not_a_number) | (not_a_number & 0x7fc0);
  return __builtin_convertvector(rounded, Halves);
}

INLINE Vector
multiply_add (Vector sum, guint32 a, Pairs b)
{
  Pairs both = (Pairs){ 0 } + a;

  sum += (Vector) (both << 16) * (Vector) (b << 16);
  return sum + (Vector) (both & 0xffff0000) * (Vector) (b & 0xffff0000);
}

#endif

INLINE void
put (PstBf16 *v, Vector value)
{
  *(HalvesAt *) v = round_vector (value);
}

#include "kernels-gemm.inc"
#include "kernels-tile.inc"

/* ---- rounding ----------------------------------------------------------- */

/* PST_VECTOR numbers from channel @c on, 0 from @channels on and where a bit is
 * not set. */
INLINE Vector
load_channels (const float *x, const guint16 *bits, int c, int channels)
{
  Vector value = { 0 };

  if (c >= channels)
    return value;
  value = load_some (x + c, MIN (PST_VECTOR, channels - c));
  if (bits)
    value =
      keep_bits (value, bits[c / PST_CHANNEL_GROUP] >> c % PST_CHANNEL_GROUP);
  return value;
}

static void
round_pixels (int            count,
              int            channels,
              const float   *x,
              const guint16 *bits,
              PstBf16       *y,
              gsize          plane)
{
  int groups = PST_CHANNEL_GROUPS (channels);

  for (int i = 0; i < count; i++, x += channels, y += PST_BF16_CHUNK)
    {
      PstBf16 *to = y;

      for (int c = 0; c < channels; c += PST_BF16_CHUNK, to += plane)
        for (int k = 0; k < PST_BF16_CHUNK; k += PST_VECTOR)
          put (to + k, load_channels (x, bits, c + k, channels));
      if (bits)
        bits += groups;
    }
}

/* Pairs of two rows, either of which may be NULL, times their weights. */
INLINE void
pair_two (int          columns,
          const float *first,
          const float *second,
          float        first_weight,
          float        second_weight,
          guint32     *pairs)
{
  for (int c = 0; c < columns; c += PST_VECTOR)
    {
      Halves low = round_vector (first_weight * load (first + c));
      Pairs  value = __builtin_convertvector(low, Pairs);

      if (second)
        {
          Halves high = round_vector (second_weight * load (second + c));

          value |= __builtin_convertvector(high, Pairs) << 16;
        }
      *(ElementsAt *) (pairs + c) = value;
    }
}

static void
pair_rows (int          count,
           int          columns,
           const float *x,
           gsize        x_stride,
           const float *weights,
           guint32     *pairs,
           gsize        stride)
{
  for (int i = 0; i < count; i += 2, x += 2 * x_stride, pairs += stride)
    {
      gboolean both = i + 1 < count;

      pair_two (columns, x, both ? x + x_stride : NULL,
                weights ? weights[i] : 1, weights && both ? weights[i + 1] : 1,
                pairs);
    }
}

/* ---- the table ---------------------------------------------------------- */

#define NAME2(level) pst_bf16_kernels_##level
#define NAME(level)  NAME2 (level)

extern const PstBf16Kernels NAME (PST_LEVEL);

const PstBf16Kernels NAME (PST_LEVEL) = { .panel = PANEL,
                                          .winograd_input = winograd_input,
                                          .round = round_pixels,
                                          .pair_rows = pair_rows,
                                          .gemm = gemm,
                                          .gemm_tn = gemm_tn,
#ifdef PST_AMX
                                          .convolve = pst_amx_convolve
#endif
};
