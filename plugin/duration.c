/* SPDX-License-Identifier: GPL-3.0-or-later */
/* duration.c: how long a run takes
 *
 * An operation takes as long at 1024 pixels as at 256, to a tenth.  What
 * differs from picture to picture is how many of its iterations a scale takes.
 */
#include "duration.h"

/* Share of the iterations that are taken, as measured with five pairs of
 * pictures at 256 to 1024 pixels. */
typedef struct
{
  double coarsest;
  double others;
} Shares;

static const Shares shares[] = {
  [PST_QUALITY_DRAFT] = { 1, 1 },
  [PST_QUALITY_NORMAL] = { 0.55, 0.85 },
  [PST_QUALITY_BEST] = { 0.3, 0.4 },
};

double
pst_duration_expect (const PstEstimate *estimate,
                     const PstSettings *settings,
                     double             speed,
                     double             coarsest)
{
  const Shares *share = &shares[settings->quality];
  const double  others = estimate->operations - estimate->coarsest;

  if (coarsest <= 0)
    coarsest = share->coarsest;
  return (coarsest * estimate->coarsest + share->others * others) / speed;
}
