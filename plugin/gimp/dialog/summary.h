/* SPDX-License-Identifier: GPL-3.0-or-later */
/* summary.h: what a run with the choices in the dialog would make and need */
#pragma once

#include "plugin/gimp/run/preview-run.h"
#include "plugin/gimp/image/request.h"

/* pst_summary_describe:
 * @status: of a preview of the same request
 * @ret_possible: whether a run can be started.
 * @ret_seconds: that it would take; 0: not known
 * Returns what it would make, and the time and memory that it would need, as
 * far as they are known; or what is in the way.  Owned by the caller. */
char *pst_summary_describe (const PstRequest       *request,
                            const PstPreviewStatus *status,
                            gboolean               *ret_possible,
                            double                 *ret_seconds);
