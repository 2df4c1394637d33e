/* SPDX-License-Identifier: GPL-3.0-or-later */
/* countdown.c: how long a run will still take */
#include "countdown.h"

double
pst_countdown_get (double promised, double elapsed, const PstProgress *progress)
{
  double left = MAX (promised - elapsed, 0);
  double share;

  if (promised <= 0 || progress->remaining < 0)
    return promised > 0 ? left : progress->remaining;

  /* The run's own is the time for all of its iterations, but most scales end
   * earlier: squared, so that the promise counts for most of the time. */
  share = CLAMP (MAX (progress->fraction, elapsed / promised), 0, 1);
  share *= share;
  return (1 - share) * left + share * progress->remaining;
}
