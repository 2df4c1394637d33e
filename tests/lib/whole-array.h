/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whole-array.h: the core's operations, which work on bands of rows, on whole
 * arrays
 */
#pragma once

#include "core/layers/conv.h"
#include "core/net/net.h"

/* All rows of a convolution with stride 1, still without data. */
PstLayerWork whole_conv (const PstConv *conv,
                         PstWorkers    *workers,
                         int            height,
                         int            width,
                         float         *scratch);

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

/* Of a layer with one input, and as many channels in the output.  @saved: or
 * NULL */
void whole_layer_forward (const PstLayer *layer,
                          PstWorkers     *workers,
                          PstShape        shape,
                          const float    *x,
                          float          *y,
                          void           *saved);
void whole_layer_backward (const PstLayer *layer,
                           PstWorkers     *workers,
                           PstShape        shape,
                           const float    *dy,
                           const void     *saved,
                           gboolean        add,
                           float          *dx);

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
                            float       *ret_f[PST_MODEL_MAX_TAPS]);
