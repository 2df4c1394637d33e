/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resample.h: pictures at another size */
#pragma once

#include "core/base/shape.h"

/* pst_resample:
 * @x: of @shape   @y: [new_height][new_width][shape.channels]
 * Lanczos filter, three lobes, widened when shrinking so that it averages; the
 * border pixel is repeated.  Results may overshoot the range of the input.
 * Errors: PST_ERROR_MEMORY. */
gboolean pst_resample (PstShape     shape,
                       const float *x,
                       int          new_height,
                       int          new_width,
                       float       *y,
                       GError     **error);

/* A rectangle in a picture, pixels; borders may lie within pixels, and
 * outside. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} PstPart;

/* The same of a part of @x, which need not be whole pixels: the pixels of @y
 * are where they are in a resampled whole. */
gboolean pst_resample_part (PstShape     shape,
                            const float *x,
                            PstPart      part,
                            int          new_height,
                            int          new_width,
                            float       *y,
                            GError     **error);

/* Bytes that pst_resample() allocates for a picture of @height x @width pixels;
 * G_MAXSIZE on overflow. */
gsize pst_resample_bytes (int height,
                          int width,
                          int channels,
                          int new_height,
                          int new_width);
