/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sum.h: sums over long vectors, the same for any number of threads
 *
 * The range is cut in places that depend on its length alone, each part is
 * summed on some worker, and the parts are added in order.
 */
#pragma once

#include "workers.h"

/* The part's sum; may also write to its part of an output. */
typedef double (*PstPart) (void *data, gsize first, gsize count);

double pst_sum (PstWorkers *workers, gsize n, PstPart part, void *data);

/* Sum of a[i] b[i], products and sums in double. */
double pst_dot (PstWorkers *workers, gsize n, const float *a, const float *b);
