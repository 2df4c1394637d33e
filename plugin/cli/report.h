/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h: what was done, as JSON */
#pragma once

#include "plugin/params.h"

typedef struct
{
  const PstModel    *model;
  const PstTransfer *transfer;
  const PstParams   *params;
  const char        *style;       /* path of the style picture */
  double             seconds;     /* spent on the picture, wall time */
  gboolean           complete;    /* not interrupted */
} PstReport;

/* pst_report_write:
 * Writes @report to the file @path, complete or not at all.
 * Errors: G_FILE_ERROR. */
gboolean pst_report_write (const char       *path,
                           const PstReport  *report,
                           GError          **error);
