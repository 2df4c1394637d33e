/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lbfgs.h: limited-memory BFGS by steps
 *
 * Liu and Nocedal, "On the limited memory BFGS method for large scale
 * optimization", Mathematical Programming 45, 1989.  No line search: the first
 * step is scaled by the gradient, the others try the full quasi-Newton step.  A
 * step whose loss is not finite or higher than before is shortened by quadratic
 * interpolation; when that does not help, the history is dropped.  No tolerance
 * ends a run: that is the caller's business.
 */
#pragma once

#include "core/base/arena.h"
#include "core/base/workers.h"
#include "lbfgs-history.h"

typedef struct _PstLbfgs PstLbfgs;

/* The function to be minimized, with its gradient.  Returns FALSE when it was
 * interrupted; outputs then do not matter.
 * @x: [n], the buffer that pst_lbfgs_step() was given
 * @gradient: [n], overwritten */
typedef gboolean (*PstLbfgsFunc) (void        *data,
                                  const float *x,
                                  double      *ret_value,
                                  float       *gradient);

typedef enum
{
  PST_LBFGS_MOVED,      /* x is new, its value lower than before */
  PST_LBFGS_STUCK,      /* no lower value was found: x is as before */
  PST_LBFGS_INTERRUPTED /* the objective said so: x is as before */
} PstLbfgsStatus;

/* pst_lbfgs_new:
 * Takes its vectors, 2 * history + 2 of [n] floats (if packed, history + 2 and
 * some more), from @arena.  While that measures, returns NULL.
 * @history: pairs, 1..PST_MAX_HISTORY
 * @packed: they are held in 16 bits an element instead of 32
 * @workers: borrowed */
PstLbfgs *pst_lbfgs_new (PstArena   *arena,
                         gsize       n,
                         int         history,
                         gboolean    packed,
                         PstWorkers *workers);

/* NULL is allowed.  The vectors stay the arena's. */
void pst_lbfgs_free (PstLbfgs *lbfgs);

/* pst_lbfgs_step:
 * Usually one evaluation of @objective, two at the first step.
 * @x: [n], the point, replaced by a better one; the same buffer and objective
 *   at every step.  The objective is evaluated in this buffer.
 * @ret_value: the objective at @x */
PstLbfgsStatus pst_lbfgs_step (PstLbfgs    *lbfgs,
                               float       *x,
                               PstLbfgsFunc objective,
                               void        *data,
                               double      *ret_value);
