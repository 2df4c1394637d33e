/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unfinished.h: the picture that an interrupted run leaves
 *
 * It has the size of the scale that the run was at: there the next run resumes,
 * if it is the same job.  The job and the number of iterations are in a record
 * next to the picture.
 */
#pragma once

#include "batch-item.h"
#include "options.h"
#include "plugin/files/picture-file.h"

/* pst_unfinished_check:
 * Checks beforehand that the picture and its record can be written, and that
 * they replace no file that no run left: a picture with a record may be
 * replaced.
 * Errors: G_FILE_ERROR; the message names the file and says what to do. */
gboolean pst_unfinished_check (const PstBatchItem *item, GError **error);

/* The contents of the record that lies there; NULL: there is none, or it is
 * something else.  The caller owns them. */
char *pst_unfinished_dup_record (const PstBatchItem *item);

/* pst_unfinished_read:
 * Returns the picture that an earlier run left unfinished of @item, in the
 * color space @space; the caller owns it.  NULL: there is none, or it cannot be
 * read, or it is another job's: its record has other contents, styles or
 * settings than @item and @options, or it has the size of none of @transfer's
 * scales.  These are said on the standard error, as it will be replaced.  With
 * --force, there is none of the same job.
 * @ret_iterations: that were done at its size */
PstImage *pst_unfinished_read (const PstOptions   *options,
                               const PstModel     *model,
                               const PstBatchItem *item,
                               GBytes             *space,
                               const PstTransfer  *transfer,
                               int                *ret_iterations);

/* Whether an iteration was done: there is a picture to keep. */
gboolean pst_unfinished_is_begun (const PstTransfer *transfer);

/* pst_unfinished_dup_image:
 * The picture as it is now, at the size of the last scale that has done an
 * iteration; the caller owns it.
 * @transfer: has begun
 * Errors: PST_ERROR_MEMORY. */
PstImage *pst_unfinished_dup_image (const PstTransfer *transfer,
                                    GError           **error);

/* pst_unfinished_record:
 * Writes the record of the picture that was just written.
 * @progress: of the last step of @transfer
 * Errors: G_FILE_ERROR. */
gboolean pst_unfinished_record (const PstOptions   *options,
                                const PstModel     *model,
                                const PstBatchItem *item,
                                const PstTransfer  *transfer,
                                const PstProgress  *progress,
                                GError            **error);

/* pst_unfinished_remove:
 * Removes the picture and its record, unless another run has replaced them.
 * @record: its contents when the work began; NULL: there was none */
void pst_unfinished_remove (const PstBatchItem *item, const char *record);
