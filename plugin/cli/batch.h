/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch.h: which pictures to paint, and where the results go */
#pragma once

#include "options.h"

/* One picture to be painted; all paths are owned. */
typedef struct
{
  char *content;
  char *output;     /* NULL: none, as with --estimate */
  char *unfinished; /* where the picture of an interrupted run is saved, and
                     * read from to resume; NULL: no output */
  char *report;     /* NULL: none */
} PstBatchItem;

/* pst_batch_new:
 * Returns the items of this shard, PstBatchItem *, in the order of the options
 * and, within a folder, of names.  A folder means the pictures directly in it,
 * without hidden files and without results of other contents.  The caller owns
 * the array, which frees its items.
 * Errors: G_OPTION_ERROR, contents, output and start do not go together;
 *         G_FILE_ERROR, a folder cannot be read, or has no picture. */
GPtrArray *pst_batch_new (const PstOptions *options, GError **error);

/* Whether @item was made by an earlier run, and is not to be made again. */
gboolean pst_batch_is_finished (const PstOptions   *options,
                                const PstBatchItem *item);
