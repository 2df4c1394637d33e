/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net.h: runs a model at one size
 *
 * Forward from the pixels to the taps, backward from the taps to the pixels,
 * both in bands of rows from the first to the last.  The caller is given the
 * taps as they are made, and gives their gradients as they are needed.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/shape.h"
#include "core/model/model.h"

typedef struct _PstNet PstNet;

/* What is kept from forward to backward, from the fastest to the smallest.
 * Results are the same up to rounding. */
typedef enum
{
  PST_NET_FORWARD_ONLY,
  PST_NET_KEEP_ALL,
  PST_NET_KEEP_MOST, /* layers up to the first tap are computed again when their
                      * gradients are needed */
  PST_NET_KEEP_DEEP, /* up to the second tap */
  PST_NET_KEEP_NONE  /* all layers are computed again, in a window of rows that
                      * the gradient follows through the picture */
} PstNetMemory;

/* pst_net_forward() calls it with rows @begin .. @end - 1 of tap number @tap,
 * @f: [end - begin][width][channels] of pst_net_tap_shape(), and NULL for @df;
 * pst_net_backward() for adding the gradient to @df.  Each tap's rows come in
 * the same bands, in order, every time. */
typedef void (*PstTapFunc) (void        *data,
                            int          tap,
                            int          begin,
                            int          end,
                            const float *f,
                            float       *df);

/* What the buffers of a net depend on, besides the model. */
typedef struct
{
  int          height; /* of the picture */
  int          width;
  guint32      taps; /* bit t: tap t of the model is wanted; layers after the
                      * last one are not run */
  PstNetMemory memory;
  gboolean     bf16; /* convolutions in half precision, where possible */
} PstNetLayout;

/* pst_net_new:
 * @model, @workers: borrowed for the life of the net
 * Takes its buffers from @arena.  While that measures, returns a net of which
 * only the shapes and bands of taps may be asked for.  The caller frees it. */
PstNet *pst_net_new (const PstModel     *model,
                     PstWorkers         *workers,
                     PstArena           *arena,
                     const PstNetLayout *layout);

/* NULL is allowed.  The buffers stay the arena's. */
void pst_net_free (PstNet *net);

PstShape pst_net_tap_shape (const PstNet *net, int tap);

/* The most rows of a tap that come in one band. */
int pst_net_tap_band (const PstNet *net, int tap);

/* pst_net_forward:
 * @rgb: [height][width][3], kept by the caller until backward is done
 * Returns FALSE when the workers were cancelled, which is polled between
 * layers. */
gboolean
pst_net_forward (PstNet *net, const float *rgb, PstTapFunc rows, void *data);

/* pst_net_backward:
 * After pst_net_forward(), once.
 * @drgb: [height][width][3], overwritten */
gboolean
pst_net_backward (PstNet *net, PstTapFunc gradient, void *data, float *drgb);

/* Multiplications and additions of one forward pass, counted as direct
 * convolution; backward costs as much again. */
double
pst_net_operations (const PstModel *model, int height, int width, guint32 taps);
