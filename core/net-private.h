/* SPDX-License-Identifier: GPL-3.0-or-later */
/* net-private.h: what net.c plans, net-forward.c and net-backward.c run
 *
 * Rows are made on demand: whoever needs rows of a stage asks for them, the stage
 * asks the one before it for its input, and so on up to the pixels.
 */
#pragma once

#include "net.h"
#include "rows.h"

/* A convolution or a pooling.  Number -1 stands for the pixels. */
typedef struct
{
  const PstLayer *layer;
  PstShape        in;
  PstShape        out;
  int             chunk;         /* rows of out made at a time, of 4 a multiple */
  PstRows         dy;            /* gradient at out */
} Stage;

typedef struct
{
  const PstLayer *layer;
  int             number;        /* in the model */
  int             stage;         /* behind which it lies */
  PstShape        shape;
} Tap;

/* The first stages, run forward through the rows. */
typedef struct
{
  int        n_stages;
  int        kept_from;          /* stage; what it and those behind it make stays
                                  * until the gradient has passed */
  PstTapRows rows;               /* or NULL */
  PstRows    input;              /* pixels, normalised */
  PstRows   *y;                  /* [n_stages], what comes out */
  PstRows   *bits;               /* [n_stages], ReLU's derivative */
  PstRows   *projections;        /* [n_taps] */
} Chain;

struct _PstNet
{
  const PstModel *model;
  PstWorkers     *workers;
  PstNetMemory    memory;
  gboolean        half;          /* precision of the convolutions */
  int             height;
  int             width;
  int             n_stages;
  Stage          *stages;
  int             n_taps;        /* wanted ones */
  Tap            *taps;
  int             chunk;         /* rows of pixels made at a time */
  Chain           main;
  Chain           again;         /* its stages are run beside the gradient, those
                                  * of main are not kept */
  int            *graded;        /* [1 + n_stages]: rows whose gradient is
                                  * complete, of the pixels and of each stage */
  float          *tap_gradient;  /* of a projection's rows */
  float          *scratch;

  /* of the pass that runs */
  gboolean        idle;          /* rows are counted, but nothing is computed:
                                  * while planning, and when cancelled */
  const int      *cancel;
  void           *data;          /* of the callbacks */
  PstTapRows      gradient;
  const float    *rgb;
  float          *drgb;
};

/* Rows of @layer's input, of @height, that its rows up to @end need. */
int      pst_net_input_end   (const PstLayer *layer,
                              int             end,
                              int             height);
/* The first row of its input that it needs for going on at row @begin. */
int      pst_net_input_begin (const PstLayer *layer,
                              int             begin);

/* Looks whether the run is cancelled. */
gboolean pst_net_is_idle     (PstNet         *net);

void     pst_chain_clear     (Chain          *chain,
                              int             n_taps);

/* Makes rows of @stage up to @end, and those of its taps. */
void     pst_chain_make      (PstNet         *net,
                              Chain          *chain,
                              int             stage,
                              int             end);

/* Makes the gradient at the pixels' rows up to @end. */
void     pst_net_gradient    (PstNet         *net,
                              int             end);
