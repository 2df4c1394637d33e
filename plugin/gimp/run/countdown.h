/* SPDX-License-Identifier: GPL-3.0-or-later */
/* countdown.h: how long a run will still take
 *
 * It begins with the time that the dialog promised, and comes to rely on the
 * run's own pace as that is known better.
 */
#pragma once

#include "core/pastiche.h"

/* pst_countdown_get:
 * @promised: seconds that the whole run was expected to take; 0: not known
 * @elapsed: seconds since it began
 * Returns the expected seconds from now; < 0: not known yet. */
double pst_countdown_get (double             promised,
                          double             elapsed,
                          const PstProgress *progress);
