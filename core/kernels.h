/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.h: the innermost loops, compiled once per instruction-set level
 *
 * kernels.c is written in GCC's vector types and built several times; the best
 * build that the machine can run is chosen at run time.  Channels are handled in
 * groups of PST_CHANNEL_GROUP.
 *
 * Winograd's F(4x4, 3x3): Lavin and Gray, "Fast Algorithms for Convolutional
 * Neural Networks", CVPR 2016.  36 products give 16 outputs.
 */
#pragma once

#include <glib.h>

#define PST_CHANNEL_GROUP 16     /* the widest vector, in floats */
#define PST_PANEL         (4 * PST_CHANNEL_GROUP)   /* of a packed matrix */
#define PST_TILE_POINTS   36     /* of a transformed tile */

typedef struct
{
  const char *level;      /* as pst_cpu_level() says */

  /* winograd_input:
   * @x: a tile of 6x6 pixels, pixel after pixel @channels floats, row after row
   *   @row_stride floats; channels % PST_CHANNEL_GROUP == 0
   * @v: [36], @point_stride floats apart, each [channels] */
  void (* winograd_input)  (const float *x,
                            gsize        row_stride,
                            int          channels,
                            float       *v,
                            gsize        point_stride);

  /* winograd_output:
   * @m: [36], @point_stride floats apart, each [channels], readable up to the
   *   next multiple of PST_CHANNEL_GROUP
   * @bias: [channels], readable likewise, or NULL
   * @y: 4x4 pixels, [channels] each, @row_stride floats from row to row, of
   *   which rows @top .. @bottom - 1 and columns @left .. @right - 1 are
   *   written, or added to where @add is set */
  void (* winograd_output) (const float *m,
                            gsize        point_stride,
                            int          channels,
                            const float *bias,
                            gboolean     relu,
                            gboolean     add,
                            float       *y,
                            gsize        row_stride,
                            int          top,
                            int          bottom,
                            int          left,
                            int          right);

  /* gemm:
   * c[rows][columns] = a[rows][depth] b, added to c where @add is set.
   * @columns % PST_CHANNEL_GROUP == 0; @b packed by pst_kernels_pack(); rows of
   * a and c follow each other without gaps. */
  void (* gemm)            (int          rows,
                            int          columns,
                            int          depth,
                            const float *a,
                            const float *b,
                            gboolean     add,
                            float       *c);
} PstKernels;

/* @n channels rounded up to groups. */
#define PST_ROUND_CHANNELS(n) \
  (((n) + PST_CHANNEL_GROUP - 1) / PST_CHANNEL_GROUP * PST_CHANNEL_GROUP)

/* The best level that this machine runs, or the one that the environment
 * variable PASTICHE_CPU names, if the machine runs it; shareable. */
const PstKernels * pst_kernels_get  (void);

/* pst_kernels_pack:
 * @b: [depth][columns]   @packed: [depth * columns rounded up to groups]
 * Panels of up to PST_PANEL columns, each [depth][panel]; columns missing in the
 * last group are zero. */
void               pst_kernels_pack (int          depth,
                                     int          columns,
                                     const float *b,
                                     float       *packed);
