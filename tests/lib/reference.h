/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reference.h: every operator of the core, in plain loops of doubles
 *
 * Written to be obviously right, not for speed.  Shapes, names and formulas are
 * those of core/layers, core/loss/losses.h and core/picture.
 */
#pragma once

#include <glib.h>

#include "core/layers/conv.h"

/* A convolution; weight and bias are borrowed. */
typedef struct
{
  int          in_channels;
  int          out_channels;
  int          kernel;
  int          stride; /* 0: 1 */
  PstPadding   padding;
  const float *weight; /* [out][in][kernel][kernel] */
  const float *bias;   /* [out] */
} ReferenceConv;

/* @value rounded to a float, and then to a bfloat16: 8 bits of mantissa, to
 *   nearest, ties to even, as rint() does. */
double reference_half (double value);

void reference_conv_forward (const ReferenceConv *conv,
                             int                  height,
                             int                  width,
                             const double        *x,
                             gboolean             relu,
                             double              *y);
void reference_conv_backward (const ReferenceConv *conv,
                              int                  height,
                              int                  width,
                              const double        *dy,
                              double              *dx);

void reference_pool_forward (int           height,
                             int           width,
                             int           channels,
                             const double *x,
                             double       *y);
void reference_pool_backward (int           height,
                              int           width,
                              int           channels,
                              const double *dy,
                              double       *dx);

/* The largest of windows of @size; backward, the first of several gets all. */
void reference_maxpool_forward (int           height,
                                int           width,
                                int           channels,
                                int           size,
                                const double *x,
                                double       *y);
void reference_maxpool_backward (int           height,
                                 int           width,
                                 int           channels,
                                 int           size,
                                 const double *x,
                                 const double *dy,
                                 double       *dx);

void   reference_gram (gsize         n,
                       int           c,
                       const double *f,
                       const float  *weights,
                       double       *ret_gram);
/* |gram - target|^2 / |target|^2 */
double reference_style_loss (int c, const double *gram, const double *target);
double
reference_variance (gsize n, int c, const double *f, const float *weights);
double reference_content_loss (gsize         n,
                               int           c,
                               const double *f,
                               const double *target,
                               const float  *weights,
                               double        variance);
double reference_range_loss (gsize n, const double *x);
double reference_smoothness_loss (int height, int width, const double *x);

void reference_resample (int           height,
                         int           width,
                         int           channels,
                         const double *x,
                         int           new_height,
                         int           new_width,
                         double       *y);
