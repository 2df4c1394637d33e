/* SPDX-License-Identifier: GPL-3.0-or-later */
/* estimate.h: what a run will need; pst_transfer_estimate() is in pastiche.h */
#pragma once

#include "plan.h"

/* pst_estimate_plan:
 * The plan for a run, whose every scale is as thrifty as the memory limit asks
 * for, and what it will need.  Errors: as pst_transfer_estimate(). */
gboolean pst_estimate_plan (const PstModel      *model,
                            const PstInputSizes *inputs,
                            const PstSettings   *settings,
                            PstPlan             *ret_plan,
                            PstEstimate         *ret_estimate,
                            GError             **error);

/* pst_estimate_check_memory:
 * Whether the run keeps to the limit that was set, and to what is free now.
 * @estimate: as from pst_estimate_plan()
 * Errors: PST_ERROR_MEMORY, the message says which size would do, if any. */
gboolean pst_estimate_check_memory (const PstModel      *model,
                                    const PstInputSizes *inputs,
                                    const PstSettings   *settings,
                                    const PstEstimate   *estimate,
                                    GError             **error);
