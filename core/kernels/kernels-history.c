/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels-history.c: the innermost loops over pairs of long vectors (kernels.h)
 *
 * Built as kernels.c is; exports one table, pst_history_kernels_<name>.
 * Products are summed in float over a run and from run to run in double.
 */
#include "kernels-vector.h"

#include <math.h>
#include <string.h>

#define RUN  PST_PACKED_RUN
#define STEP (2 * PST_VECTOR) /* two chains of sums hide latency */

/* Of PST_VECTOR elements. */
typedef gint16 Shorts
  __attribute__ ((vector_size (PST_VECTOR * 2), aligned (2), may_alias));

/* Of half the size. */
typedef float Half
  __attribute__ ((vector_size (PST_VECTOR * 2), aligned (4), may_alias));
typedef double Wide __attribute__ ((vector_size (PST_VECTOR * 4)));

INLINE Vector
load_packed (const gint16 *q)
{
  Mask wide = __builtin_convertvector(*(const Shorts *) q, Mask);

  return __builtin_convertvector(wide, Vector);
}

/* From element @i of a vector, without its scale.  @packed is a constant where
 * this is inlined. */
INLINE Vector
get (gboolean packed, const void *x, gsize i)
{
  return packed ? load_packed ((const gint16 *) x + i)
                : load ((const float *) x + i);
}

INLINE float
get_one (gboolean packed, const void *x, gsize i)
{
  return packed ? ((const gint16 *) x)[i] : ((const float *) x)[i];
}

INLINE float
scale_of (const float *scales, gsize i)
{
  return scales ? scales[i / RUN] : 1;
}

INLINE Wide
widen (Vector value)
{
  Half half[2];

  memcpy (half, &value, sizeof half);
  return __builtin_convertvector(half[0], Wide)
         + __builtin_convertvector(half[1], Wide);
}

/* ---- products ----------------------------------------------------------- */

INLINE void
sum_pair (gboolean            packed,
          const PstPairBlock *pair,
          gsize               n,
          const float        *a,
          const float        *b,
          double              sums[4])
{
  const void *s_data = pair->s;
  const void *y_data = pair->y;
  Wide        total[4] = { { 0 } };
  gsize       i = 0;

  while (i + STEP <= n)
    {
      gsize  end = MIN (n, i + RUN);
      float  s_scale = scale_of (pair->s_scales, i);
      float  y_scale = scale_of (pair->y_scales, i);
      Vector part[2][4] = { { { 0 } } };

      for (; i + STEP <= end; i += STEP)
#pragma GCC unroll 2
        for (int k = 0; k < 2; k++)
          {
            gsize  at = i + k * PST_VECTOR;
            Vector s = get (packed, s_data, at);
            Vector y = get (packed, y_data, at);

            part[k][0] += s * load (a + at);
            part[k][1] += s * load (b + at);
            part[k][2] += y * load (a + at);
            part[k][3] += y * load (b + at);
          }
#pragma GCC unroll 4
      for (int k = 0; k < 4; k++)
        total[k] +=
          widen ((part[0][k] + part[1][k]) * (k < 2 ? s_scale : y_scale));
    }
  for (int k = 0; k < 4; k++)
    for (int lane = 0; lane < PST_VECTOR / 2; lane++)
      sums[k] += total[k][lane];
  for (; i < n; i++)
    {
      double s = get_one (packed, s_data, i) * scale_of (pair->s_scales, i);
      double y = get_one (packed, y_data, i) * scale_of (pair->y_scales, i);

      sums[0] += s * a[i];
      sums[1] += s * b[i];
      sums[2] += y * a[i];
      sums[3] += y * b[i];
    }
}

static void
dots (const PstPairBlock *pair,
      gsize               n,
      const float        *a,
      const float        *b,
      double              sums[4])
{
  if (pair->s_scales)
    sum_pair (TRUE, pair, n, a, b, sums);
  else
    sum_pair (FALSE, pair, n, a, b, sums);
}

/* ---- linear combination ------------------------------------------------- */

INLINE void
add_pair (gboolean            packed,
          const PstPairBlock *pair,
          gsize               n,
          float               s_factor,
          float               y_factor,
          float              *d)
{
  const void *s_data = pair->s;
  const void *y_data = pair->y;
  gsize       i = 0;

  while (i < n)
    {
      gsize end = MIN (n, i + RUN);
      float s_scale = s_factor * scale_of (pair->s_scales, i);
      float y_scale = y_factor * scale_of (pair->y_scales, i);

      for (; i + PST_VECTOR <= end; i += PST_VECTOR)
        store (d + i, load (d + i) + s_scale * get (packed, s_data, i)
                        + y_scale * get (packed, y_data, i));
      for (; i < end; i++)
        d[i] += s_scale * get_one (packed, s_data, i)
                + y_scale * get_one (packed, y_data, i);
    }
}

static void
add (const PstPairBlock *pair,
     gsize               n,
     float               s_factor,
     float               y_factor,
     float              *d)
{
  if (pair->s_scales)
    add_pair (TRUE, pair, n, s_factor, y_factor, d);
  else
    add_pair (FALSE, pair, n, s_factor, y_factor, d);
}

/* ---- packing ------------------------------------------------------------ */

/* Added to a number below 2^22, this leaves the rounded number in the low
 * bits. */
#define ROUNDER 12582912.0f /* 1.5 * 2^23 */
#define LIMIT   100         /* of the exponent: no denormals, infinity */

INLINE Vector
larger (Vector a, Vector b)
{
  Mask first = a > b;

  return (Vector) (((Mask) a & first) | ((Mask) b & ~first));
}

INLINE float
max_magnitude (gsize n, const float *x)
{
  Vector most = { 0 };
  float  max = 0;
  gsize  i = 0;

  for (; i + PST_VECTOR <= n; i += PST_VECTOR)
    most = larger ((Vector) ((Mask) load (x + i) & G_MAXINT32), most);
  for (; i < n; i++)
    max = fabsf (x[i]) > max ? fabsf (x[i]) : max;
  for (int lane = 0; lane < PST_VECTOR; lane++)
    max = MAX (max, most[lane]);
  return max;
}

/* One run.  The scale is a power of two, so that packing unpacked numbers again
 * changes nothing. */
INLINE void
pack_run (gsize n, const float *x, gint16 *q, float *scale)
{
  int    exponent;
  float  inverse;
  Vector rounder = (Vector){ 0 } + ROUNDER;
  gsize  i = 0;

  frexp (max_magnitude (n, x) * (32768 / 32767.5), &exponent);
  exponent = CLAMP (exponent, -LIMIT, LIMIT) - 15;
  *scale = ldexpf (1, exponent);
  inverse = ldexpf (1, -exponent);
  for (; i + PST_VECTOR <= n; i += PST_VECTOR)
    {
      Vector rounded = load (x + i) * inverse + rounder;

      *(Shorts *) (q + i) =
        __builtin_convertvector((Mask) rounded - (Mask) rounder, Shorts);
    }
  for (; i < n; i++)
    {
      float  rounded = x[i] * inverse + ROUNDER;
      gint32 bits;

      memcpy (&bits, &rounded, sizeof bits);
      q[i] = (gint16) (bits & 0xffff);
    }
}

static void
pack (gsize n, const float *x, gint16 *q, float *scales)
{
  for (gsize i = 0; i < n; i += RUN)
    pack_run (MIN (RUN, n - i), x + i, q + i, &scales[i / RUN]);
}

static void
unpack (gsize n, const gint16 *q, const float *scales, float *x)
{
  gsize i = 0;

  for (; i + PST_VECTOR <= n; i += PST_VECTOR)
    store (x + i, scales[i / RUN] * load_packed (q + i));
  for (; i < n; i++)
    x[i] = scales[i / RUN] * q[i];
}

/* ---- the table ---------------------------------------------------------- */

#define NAME2(level) pst_history_kernels_##level
#define NAME(level)  NAME2 (level)

extern const PstHistoryKernels NAME (PST_LEVEL);

const PstHistoryKernels NAME (PST_LEVEL) = { .dots = dots,
                                             .add = add,
                                             .pack = pack,
                                             .unpack = unpack };
