/* SPDX-License-Identifier: GPL-3.0-or-later */
/* features.h: features of a layer, at some of its positions */
#pragma once

#include "core/base/shape.h"

typedef struct
{
  gsize        n;       /* positions */
  int          c;       /* channels */
  const float *f;       /* [n][c] */
  const float *weights; /* [n], 0 or more; NULL: all are 1 */
} PstFeatures;

/* Rows @begin .. @end - 1 of an activation of @shape.
 * @f: [end - begin][width][channels]
 * @weights: [height][width], or NULL */
static inline PstFeatures
pst_features_of_rows (PstShape     shape,
                      int          begin,
                      int          end,
                      const float *f,
                      const float *weights)
{
  gsize width = shape.width;

  return (PstFeatures){ .n = (end - begin) * width,
                        .c = shape.channels,
                        .f = f,
                        .weights = weights ? weights + begin * width : NULL };
}
