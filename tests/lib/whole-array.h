/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whole-array.h: the core's operations on whole arrays, which it does in bands
 * of rows
 */
#pragma once

#include "core/layers/conv.h"
#include "core/net/net.h"

void whole_conv_forward (const PstConv *conv,
                         PstWorkers    *workers,
                         int            height,
                         int            width,
                         const float   *x,
                         gboolean       relu,
                         float         *y,
                         float         *scratch);
void whole_conv_backward (const PstConv *conv,
                          PstWorkers    *workers,
                          int            height,
                          int            width,
                          const float   *dy,
                          gboolean       add,
                          float         *dx,
                          float         *scratch);

void whole_pool_forward (PstWorkers  *workers,
                         PstShape     shape,
                         const float *x,
                         float       *y);
void whole_pool_backward (PstWorkers  *workers,
                          PstShape     shape,
                          const float *dy,
                          float       *dx);

void   whole_gram (PstWorkers  *workers,
                   gsize        n,
                   int          c,
                   const float *f,
                   const float *weights,
                   double      *ret_gram,
                   float       *scratch);
double whole_variance (gsize n, int c, const float *f, const float *weights);
double whole_content_loss (PstWorkers  *workers,
                           gsize        n,
                           int          c,
                           const float *f,
                           const float *target,
                           const float *weights,
                           double       variance,
                           double       weight,
                           float       *df);

/* @ret_f: for each tap in @taps its features, to be freed; others are left.
 * Checks that rows come in order. */
gboolean whole_net_forward (PstNet      *net,
                            guint32      taps,
                            const float *rgb,
                            const int   *cancel,
                            float       *ret_f[PST_MODEL_MAX_TAPS]);
