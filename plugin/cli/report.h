/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h: the report on a picture, as JSON */
#pragma once

#include "options.h"

typedef struct
{
  const PstModel    *model;
  const PstTransfer *transfer;
  const PstOptions  *options;
  const GPtrArray   *styles;   /* PstStyleOption * */
  const char        *content;  /* path */
  const char        *output;   /* path of what was written */
  const char        *start;    /* path of what it began from; NULL: none */
  const char        *record;   /* of the unfinished picture that was there when
                                * the work began; NULL: none */
  double             seconds;  /* spent on the picture, wall time */
  gboolean           complete; /* not interrupted */
  PstProgress        progress; /* of the last step */
} PstReport;

/* pst_report_write:
 * Writes @report to the file @path: completely, or not at all.
 * Errors: G_FILE_ERROR. */
gboolean
pst_report_write (const char *path, const PstReport *report, GError **error);
