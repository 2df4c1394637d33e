/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net.h: runs a model at one size
 *
 * Forward from the pixels to the taps, backward from the taps to the pixels.
 */
#pragma once

#include "arena.h"
#include "model.h"
#include "shape.h"

typedef struct _PstNet PstNet;

/* Adds the gradient at tap number @tap to @df.  @f, @df: [shape] */
typedef void (* PstTapGradient) (void        *data,
                                 int          tap,
                                 PstShape     shape,
                                 const float *f,
                                 float       *df);

/* pst_net_new:
 * @taps: bit t: tap t of the model is wanted; layers behind the last one are not
 *   run
 * @backward: whether pst_net_backward() will be called
 * Takes its buffers from @arena.  While that measures, returns a net of which
 * only pst_net_tap_shape() may be used. */
PstNet *      pst_net_new       (const PstModel *model,
                                 PstWorkers     *workers,
                                 PstArena       *arena,
                                 int             height,
                                 int             width,
                                 guint32         taps,
                                 gboolean        backward);

/* NULL is allowed.  The buffers stay the arena's. */
void          pst_net_free      (PstNet         *net);

/* pst_net_forward:
 * @rgb: [height][width][3], kept by the caller until backward is done
 * @cancel: polled between layers (atomic); may be NULL
 * Returns FALSE when it was cancelled. */
gboolean      pst_net_forward   (PstNet         *net,
                                 const float    *rgb,
                                 const int      *cancel);

PstShape      pst_net_tap_shape (const PstNet   *net,
                                 int             tap);
/* [pst_net_tap_shape()], valid until the next forward. */
const float * pst_net_tap       (const PstNet   *net,
                                 int             tap);

/* pst_net_backward:
 * After pst_net_forward(), once.  Calls @gradient for each wanted tap, deepest first.
 * @drgb: [height][width][3], overwritten */
gboolean      pst_net_backward  (PstNet         *net,
                                 PstTapGradient  gradient,
                                 void           *data,
                                 const int      *cancel,
                                 float          *drgb);

/* Multiplications and additions of one forward pass, counted as direct
 * convolution; backward costs as much again. */
double        pst_net_operations (const PstModel *model,
                                  int             height,
                                  int             width,
                                  guint32         taps);
