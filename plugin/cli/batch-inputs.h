/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch-inputs.h: the contents and styles that the options name, with the
 * pictures in folders in place of these */
#pragma once

#include "options.h"

/* A picture to be painted; owned. */
typedef struct
{
  char *path;
  char *folder; /* for {folder}: its place below the given folder, or, if it was
                 * given itself, the name of its folder; may be "" */
} PstContent;

/* All is owned. */
typedef struct
{
  GPtrArray *contents;      /* PstContent * */
  GPtrArray *variants;      /* GPtrArray * of PstStyleOption *: the styles, once
                             * for each picture if one is a folder */
  GPtrArray *folders;       /* char *, paths of what was passed over */
  GPtrArray *others;        /* char *, paths of what else was */
  gboolean   is_incomplete; /* something in a folder could not be read, which
                             * was said */
} PstBatchInputs;

/* pst_batch_inputs_list:
 * Lists the folders of @options.  A content that is named twice is one.
 * @ret_inputs: to be cleared in any case
 * Errors: G_OPTION_ERROR, several styles are folders; G_FILE_ERROR, a folder
 * cannot be read or has no picture. */
gboolean pst_batch_inputs_list (PstBatchInputs   *ret_inputs,
                                const PstOptions *options,
                                GError          **error);

void pst_batch_inputs_clear (PstBatchInputs *inputs);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstBatchInputs, pst_batch_inputs_clear)
