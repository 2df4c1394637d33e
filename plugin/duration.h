/* SPDX-License-Identifier: GPL-3.0-or-later */
/* duration.h: how long a run takes */
#pragma once

#include "core/pastiche.h"

/* pst_duration_expect:
 * @speed: operations per second that this machine does, > 0
 * @coarsest: share of its iterations that the coarsest scale takes until it has
 *   gained what it can, 0..1; 0: not known
 * Returns seconds. */
double pst_duration_expect (const PstEstimate *estimate,
                            const PstSettings *settings,
                            double             speed,
                            double             coarsest);
