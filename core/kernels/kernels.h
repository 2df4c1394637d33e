/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.h: the innermost loops, compiled once per instruction-set level
 *
 * kernels.c, kernels-history.c and kernels-bf16.c are written in GCC's vector
 * types and built several times; the best build that the machine can run is
 * chosen at run time (cpu.c).  Channels are handled in groups of
 * PST_CHANNEL_GROUP.
 *
 * Winograd's F(4x4, 3x3): Lavin and Gray, "Fast Algorithms for Convolutional
 * Neural Networks", CVPR 2016.  36 products give 16 outputs.
 */
#pragma once

#include <glib.h>

#define PST_CHANNEL_GROUP 16 /* the widest vector, in floats */
#define PST_TILE_POINTS   36 /* of a transformed tile */

/* ---- pairs of long vectors ---------------------------------------------- */

#define PST_PACKED_RUN 256 /* elements */

/* Runs that @n elements make. */
#define PST_PACKED_RUNS(n) ((n) / PST_PACKED_RUN + ((n) % PST_PACKED_RUN > 0))

/* A stretch of two vectors, either of floats or packed: 16-bit integers, each
 * run of PST_PACKED_RUN of which has a factor of its own. */
typedef struct
{
  void  *s; /* [n] float or gint16 */
  void  *y;
  float *s_scales; /* [n / PST_PACKED_RUN, rounded up]; NULL: floats */
  float *y_scales;
} PstPairBlock;

typedef struct
{
  /* Adds s.a, s.b, y.a, y.b to @sums; a and b: [n] */
  void (*dots) (const PstPairBlock *pair,
                gsize               n,
                const float        *a,
                const float        *b,
                double              sums[4]);

  /* d += s_factor s + y_factor y */
  void (*add) (const PstPairBlock *pair,
               gsize               n,
               float               s_factor,
               float               y_factor,
               float              *d);

  /* pack:
   * Rounds to the nearest; what unpack() gave is packed without error.  The
   * error is at most 2^-15 of the largest magnitude in the run; below 2^-116
   * all is 0. */
  void (*pack) (gsize n, const float *x, gint16 *q, float *scales);
  void (*unpack) (gsize n, const gint16 *q, const float *scales, float *x);
} PstHistoryKernels;

/* ---- layers ------------------------------------------------------------- */

/* Epilogue of a tile of results, of which the first @rows and @columns
 * exist. */
typedef struct
{
  const float *bias; /* [channels, rounded up to groups] or NULL */
  gboolean     relu;
  gboolean     add;        /* to y, instead of overwriting it */
  float       *y;          /* pixel after pixel @channels floats */
  gsize        row_stride; /* floats from row to row */
  guint16     *bits;       /* where y > 0, a bit for each channel, groups of
                            * PST_CHANNEL_GROUP; or NULL */
  gsize        bits_stride;
  int          rows;
  int          columns;
} PstTileOutput;

/* A product of matrices, c = a b.  The elements of a and b are floats or, in
 * half precision (kernels-bf16.h), pairs of numbers that follow each other
 * along the depth.  Strides are elements from row to row. */
typedef struct
{
  int         rows;    /* of c */
  int         columns; /* a multiple of PST_CHANNEL_GROUP */
  int         depth;   /* elements */
  const void *a;
  gsize       a_stride;
  const void *b;
  gsize       b_stride; /* packed: not used */
  gboolean    add;      /* to c, instead of overwriting it */
  float      *c;
  gsize       c_stride;
} PstProduct;

typedef struct
{
  /* Columns of a packed matrix that are worked on at a time: a multiple of
   * PST_CHANNEL_GROUP */
  int panel;

  const PstHistoryKernels *history;

  /* winograd_input:
   * @x: a tile of 6x6 pixels, pixel after pixel @channels floats, row after row
   *   @row_stride floats; channels % PST_CHANNEL_GROUP == 0
   * @bits: of the same pixels, x is taken as 0 where its bit is not set; or
   *   NULL
   * @v: [36], @point_stride floats apart, each [channels] */
  void (*winograd_input) (const float   *x,
                          gsize          row_stride,
                          const guint16 *bits,
                          gsize          bits_stride,
                          int            channels,
                          float         *v,
                          gsize          point_stride);

  /* winograd_output:
   * @m: [36], @point_stride floats apart, each [channels], readable up to the
   *   next multiple of PST_CHANNEL_GROUP */
  void (*winograd_output) (const float         *m,
                           gsize                point_stride,
                           int                  channels,
                           const PstTileOutput *tile);

  /* finish:
   * @y: [count][channels], to which @bias, [channels, rounded up to groups], is
   *   added, and of which ReLU is taken where @relu is set
   * @bits: [count][groups], where y > 0; or NULL */
  void (*finish) (int          count,
                  int          channels,
                  const float *bias,
                  gboolean     relu,
                  float       *y,
                  guint16     *bits);

  /* c = a b.  a: [rows][depth]; b: packed by pst_kernels_pack() */
  void (*gemm) (const PstProduct *product);

  /* c = a^T b.  a: [depth][rows]; b: [depth][columns] */
  void (*gemm_tn) (const PstProduct *product);
} PstKernels;

/* Groups of @n channels, and these rounded up to groups. */
#define PST_CHANNEL_GROUPS(n) \
  (((n) + PST_CHANNEL_GROUP - 1) / PST_CHANNEL_GROUP)
#define PST_ROUND_CHANNELS(n) (PST_CHANNEL_GROUPS (n) * PST_CHANNEL_GROUP)

/* The best level that this machine runs, up to the one that the environment
 * variable PASTICHE_CPU names; static, shareable. */
const PstKernels *pst_kernels_get (void);

/* pst_kernels_pack:
 * @b: [depth][columns]   @packed: [depth * columns rounded up to groups]
 * Panels as wide as the kernels' or what is left, each [depth][panel]; columns
 * missing in the last group are zero. */
void pst_kernels_pack (int depth, int columns, const float *b, float *packed);
