/* SPDX-License-Identifier: GPL-3.0-or-later */
/* finish.h: writes a picture, and reports how the work ended */
#pragma once

#include "batch.h"
#include "plugin/files/picture-file.h"
#include "report.h"

typedef enum
{
  PST_PAINT_DONE,
  PST_PAINT_FAILED,      /* for a reason that concerns this picture only */
  PST_PAINT_CANNOT_SAVE, /* the result cannot be written, nor will the next */
  PST_PAINT_INTERRUPTED
} PstPaintOutcome;

/* pst_finish:
 * Writes the picture of @report, and @report; reports how it ended.  When a
 * result is complete, the unfinished picture of an earlier run is removed.  An
 * incomplete one is written there; without a single iteration, nothing changes.
 * @format: of the content
 * @work_error: the reason why the work ended; NULL: it is complete */
PstPaintOutcome pst_finish (const PstReport        *report,
                            const PstBatchItem     *item,
                            const PstPictureFormat *format,
                            const GError           *work_error);

/* Reports @error, unless it is NULL; returns PST_PAINT_FAILED. */
PstPaintOutcome pst_finish_failed (const GError *error);
