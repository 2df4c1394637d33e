/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paint.h: paints the pictures of a batch */
#pragma once

#include "finish.h"
#include "styles.h"

/* What all pictures of a run have in common. */
typedef struct
{
  const PstOptions *options;       /* not owned */
  PstModel         *model;         /* owned, as is all that follows */
  GPtrArray        *style_options; /* of the styles that are loaded, or that
                                    * could not be; NULL: none yet */
  gboolean          has_styles;    /* they could be */
  PstCliStyles      styles;
  PstStyleCache    *cache;
} PstSession;

/* pst_session_open:
 * Loads the model; styles are loaded when a picture needs them.  @options must
 * stay, and @ret_session is to be closed in any case.
 * @program: path of the running program
 * Errors: PST_ERROR_MODEL, PST_ERROR_IMAGE, PST_ERROR_MEMORY. */
gboolean pst_session_open (PstSession       *ret_session,
                           const PstOptions *options,
                           const char       *program,
                           GError          **error);
void     pst_session_close (PstSession *session);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstSession, pst_session_close)

/* pst_paint:
 * Paints a picture and writes it and its report.  Resumes from the unfinished
 * picture of an earlier run, unless the options say otherwise.  Reports that,
 * and errors, on the standard error; progress and success only on a terminal.
 * @start: of the line of progress */
PstPaintOutcome
pst_paint (PstSession *session, const PstBatchItem *item, const char *start);

/* pst_paint_estimate:
 * Prints what painting @item would need. */
PstPaintOutcome pst_paint_estimate (PstSession         *session,
                                    const PstBatchItem *item);
