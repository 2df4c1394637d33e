/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forecast.h: what a run with the choices in the dialog would make and need */
#pragma once

#include "content.h"
#include "plugin/params.h"
#include "styles.h"
#include "trial.h"

/* pst_forecast_describe:
 * @facts: of a trial with the same choices
 * @ret_possible: whether a run can be started.
 * Returns what it would make, and the time and memory that it would need, as
 * far as they are known; or what is in the way.  Owned by the caller. */
char *pst_forecast_describe (const PstContent    *content,
                             const PstStyles     *styles,
                             const PstParams     *params,
                             const PstTrialFacts *facts,
                             gboolean            *ret_possible);
