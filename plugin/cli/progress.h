/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress.h: one line of progress on a terminal */
#pragma once

#include "core/pastiche.h"

typedef struct
{
  gboolean    on_terminal;
  gint64      next_time; /* of g_get_monotonic_time(), when to draw again */
  const char *start;     /* of the line; not owned */
} PstProgressLine;

/* Progress goes to the standard error if that is a terminal, else nowhere. */
void pst_progress_line_init (PstProgressLine *line, const char *start);

/* Draws, unless it did so a moment ago.  @scale: the one worked on. */
void pst_progress_line_show (PstProgressLine      *line,
                             const PstProgress    *progress,
                             const PstScaleReport *scale);

/* Removes the line. */
void pst_progress_line_clear (PstProgressLine *line);
