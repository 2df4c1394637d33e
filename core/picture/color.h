/* SPDX-License-Identifier: GPL-3.0-or-later */
/* color.h: color statistics, color matching, and restoring chroma */
#pragma once

#include <glib.h>

typedef struct
{
  double mean[3];
  double covariance[3][3];
} PstColorStats;

/* Color statistics of @n pixels weighted by @alpha (NULL: all 1). */
void pst_color_stats (gsize          n,
                      const float   *rgb,
                      const float   *alpha,
                      PstColorStats *ret_stats);

/* Of all the pixels of @n pictures together, of which each counts by its share;
 * the shares add up to 1. */
PstColorStats
pst_color_stats_mix (int n, const PstColorStats *stats, const double *shares);

/* pst_color_match:
 * Gives @n pixels the mean and covariance @to by the linear map of least change
 * (Monge and Kantorovich): A = S^-1/2 (S^1/2 T S^1/2)^1/2 S^-1/2, S the
 * covariance @from and T that of @to.  Directions in which @from has no spread
 * (gray pictures) stay without.  Results may leave 0..1. */
void pst_color_match (gsize                n,
                      float               *rgb,
                      const PstColorStats *from,
                      const PstColorStats *to);

/* Luminance of @rgb, chroma of @content (Rec. 601 weights on encoded values, as
 * YCbCr), in place; clamped to 0..1 towards gray, so that luminance stays. */
void pst_color_restore_chroma (gsize n, float *rgb, const float *content);
