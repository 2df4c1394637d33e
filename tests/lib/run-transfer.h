/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-transfer.h: transfers, run and watched */
#pragma once

#include "core/pastiche.h"

/* Draft quality, one thread, else the defaults. */
PstSettings run_draft_settings (void);

/* These two fail the test where pastiche.h would return an error. */
PstTransfer *run_start (PstModel          *model,
                        const PstImage    *content,
                        const PstImage    *style,
                        const PstSettings *settings);
PstImage    *run_result (const PstTransfer *transfer);

/* What must hold from one step to the next: progress never falls, the loss
 * never rises within a scale. */
void run_check_progress (const PstProgress *before, const PstProgress *now);

/* run_until:
 * Steps until @iterations of the scale that is worked on are done, or, with 0,
 * until all is done.  Checks the progress. */
void run_until (PstTransfer *transfer, int iterations);

/* The result of a whole run, checked to be displayable. */
PstImage *run_all (PstModel          *model,
                   const PstImage    *content,
                   const PstImage    *style,
                   const PstSettings *settings);

/* Of the finest scale. */
PstScaleReport run_last_report (const PstTransfer *transfer);
