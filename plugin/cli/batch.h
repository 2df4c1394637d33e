/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch.h: which pictures to paint, and where the results go */
#pragma once

#include "batch-item.h"
#include "options.h"

/* pst_batch_new:
 * Returns the items of this shard, PstBatchItem *: for each style of a folder
 * of styles, all contents in the order of the options and, within a folder, of
 * names, without hidden files and without results of other contents.  Other
 * files in a folder are named on the standard error, by the first shard.  The
 * caller owns the array, which frees its items.
 * @ret_incomplete: whether a folder could not be read, which was reported
 * Errors: G_OPTION_ERROR, contents, styles, output and start do not go
 *         together; G_FILE_ERROR, a folder cannot be read, or has no picture.
 */
GPtrArray *pst_batch_new (const PstOptions *options,
                          gboolean         *ret_incomplete,
                          GError          **error);

/* Whether an earlier run made the result of @item, and it is to be skipped. */
gboolean pst_batch_is_finished (const PstBatchItem *item);

/* pst_batch_drop_unwritable:
 * Removes the items whose result or report cannot be written, which is said on
 * the standard error; where none can be, the first stands for all.  Folders
 * that @options name by placeholders are made.  Returns whether there was
 * none. */
gboolean pst_batch_drop_unwritable (const PstOptions *options,
                                    GPtrArray        *items);
