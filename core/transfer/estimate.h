/* SPDX-License-Identifier: GPL-3.0-or-later */
/* estimate.h: what a run will need; pst_transfer_estimate() is in pastiche.h */
#pragma once

#include "core/base/memory.h"
#include "plan.h"

/* What an estimate is made from; all borrowed. */
typedef struct
{
  const PstModel      *model;
  const PstInputSizes *inputs;
  const PstSettings   *settings;
  PstAvailableMemory   memory; /* read once, for the plan and its check */
} PstEstimateBasis;

/* pst_estimate_plan:
 * The plan for a run, in which every scale gives up what the memory limit asks
 * for, and what it will need.  Errors: as pst_transfer_estimate(). */
gboolean pst_estimate_plan (const PstEstimateBasis *basis,
                            PstPlan                *ret_plan,
                            PstEstimate            *ret_estimate,
                            GError                **error);

/* pst_estimate_check_memory:
 * Whether the run keeps to the limit that was set, and to what is available.
 * @estimate: as from pst_estimate_plan()
 * Errors: PST_ERROR_BUSY, it would without the user's other runs;
 *         PST_ERROR_MEMORY, the message says which size would do, if any. */
gboolean pst_estimate_check_memory (const PstEstimateBasis *basis,
                                    const PstEstimate      *estimate,
                                    GError                **error);
