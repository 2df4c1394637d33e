/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net-private.h: what net.c plans, net-forward.c and net-backward.c run
 *
 * Rows are made on demand: a stage that needs rows asks the stages before it
 * for its input, and so on up to the pixels.
 */
#pragma once

#include "net.h"
#include "rows.h"

#define PST_NET_PIXELS (-1) /* in the place of a stage's number */
#define PST_NET_NONE   (-2)

/* A layer that makes an activation. */
typedef struct
{
  const PstLayer *layer;
  int             inputs[2]; /* stages before it, or PST_NET_PIXELS, or, of
                              * the second, PST_NET_NONE */
  PstShape        in;
  PstShape        out;
  int             chunk; /* rows of out made at a time, of 4 a multiple */
  PstRows         dy;    /* gradient at out */
} Stage;

typedef struct
{
  const PstLayer *layer;
  int             number; /* in the model */
  int             stage;  /* whose output it hands out */
  PstShape        shape;
} Tap;

/* The first stages, run forward through the rows. */
typedef struct
{
  int        n_stages;
  int        kept_from;   /* stage; what it and those after it make stays
                           * until the gradient has passed */
  PstTapFunc rows;        /* or NULL */
  PstRows    input;       /* pixels, normalized */
  PstRows   *y;           /* [n_stages], what comes out */
  PstRows   *saved;       /* [n_stages], see pst_layer_saved() */
  PstRows   *projections; /* [n_taps] */
} Chain;

struct _PstNet
{
  const PstModel *model;
  PstWorkers     *workers;
  PstNetMemory    memory;
  gboolean        bf16; /* precision of the convolutions */
  int             height;
  int             width;
  int             n_stages;
  Stage          *stages;
  int             n_taps; /* wanted ones */
  Tap            *taps;
  int             chunk; /* rows of pixels made at a time */
  Chain           forward;
  Chain           recompute;    /* the first stages, whose activations forward
                                 * does not keep, once more with the gradient */
  int            *gradient_end; /* [1 + n_stages]: rows whose gradient is
                                 * complete, of the pixels and of each stage */
  float          *tap_gradient; /* of a projection's rows */
  float          *scratch;

  /* of the pass that runs */
  gboolean     idle; /* rows are counted, but nothing is computed:
                      * while planning, and when cancelled */
  void        *data; /* of the callbacks */
  PstTapFunc   gradient;
  const float *rgb;
  float       *drgb;
};

/* Whether @stage takes the activation of number @input. */
static inline gboolean
pst_stage_reads (const Stage *stage, int input)
{
  return stage->inputs[0] == input || stage->inputs[1] == input;
}

/* The first row of @stage that the gradient still needs, which is complete at
 * its inputs as net->gradient_end says. */
static inline int
pst_net_first_needed_row (const PstNet *net, int stage)
{
  const Stage *of = &net->stages[stage];
  int          gradient_end = net->gradient_end[of->inputs[0] + 1];

  if (of->inputs[1] != PST_NET_NONE)
    gradient_end = MIN (gradient_end, net->gradient_end[of->inputs[1] + 1]);
  return pst_layer_output_begin (of->layer, gradient_end);
}

/* Whether nothing is to be computed, also because the run was cancelled. */
static inline gboolean
pst_net_is_idle (PstNet *net)
{
  if (pst_workers_are_cancelled (net->workers))
    net->idle = TRUE;
  return net->idle;
}

/* Rows of an activation of @shape, or of its gradient. */
static inline PstBand
pst_net_band (const PstRows *rows, PstShape shape)
{
  return (
    PstBand){ .data = (float *) rows->data, .top = rows->top, .shape = shape };
}

/* For a layer to make rows @begin .. @end - 1; without bands. */
static inline PstLayerWork
pst_net_work (const PstNet *net, int begin, int end)
{
  return (PstLayerWork){ .workers = net->workers,
                         .scratch = net->scratch,
                         .bf16 = net->bf16,
                         .begin = begin,
                         .end = end };
}

void pst_chain_clear (Chain *chain, int n_taps);

/* Makes rows of @stage up to @end, and those of its taps. */
void pst_chain_make (PstNet *net, Chain *chain, int stage, int end);

/* Makes the gradient at the pixels' rows up to @end. */
void pst_net_gradient (PstNet *net, int end);
