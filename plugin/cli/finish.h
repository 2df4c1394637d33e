/* SPDX-License-Identifier: GPL-3.0-or-later */
/* finish.h: what becomes of a picture when the work on it has ended */
#pragma once

#include "batch.h"
#include "plugin/files/picture-file.h"
#include "report.h"

typedef enum
{
  PST_PAINT_DONE,
  PST_PAINT_FAILED,      /* for a reason that lies in this picture */
  PST_PAINT_CANNOT_SAVE, /* the result cannot be written: so will the next */
  PST_PAINT_INTERRUPTED
} PstPaintOutcome;

/* pst_finish:
 * Writes what @report is about, and @report; says how it ended.  When a result
 * is complete, what an earlier run left unfinished is removed.  What is not
 * complete goes there; if not even an iteration was done, all stays as it was.
 * @format: of the content
 * @work_error: what ended the work; NULL: it is complete */
PstPaintOutcome pst_finish (const PstReport    *report,
                            const PstBatchItem *item,
                            PstPictureFormat    format,
                            const GError       *work_error);

/* Says what went wrong; returns PST_PAINT_FAILED. */
PstPaintOutcome pst_finish_failed (const GError *error);
