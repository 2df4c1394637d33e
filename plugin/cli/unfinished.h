/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unfinished.h: the picture that an interrupted run leaves
 *
 * It has the size of the scale that the run was at: there the next run resumes.
 */
#pragma once

#include "plugin/files/picture-file.h"

/* pst_unfinished_read:
 * Returns the picture that an earlier run left at @path, in the color space
 * @space; the caller owns it.
 * NULL: there is none, or it cannot be read, or it has the size of none of
 * @transfer's scales and so is another run's; both are said on the standard
 * error. */
PstImage *pst_unfinished_read (const char        *path,
                               GBytes            *space,
                               const PstTransfer *transfer);

/* Whether an iteration was done: there is a picture to keep. */
gboolean pst_unfinished_is_begun (const PstTransfer *transfer);

/* pst_unfinished_dup_image:
 * The picture as it is now, at the size of the last scale that has done an
 * iteration; the caller owns it.
 * @transfer: has begun
 * Errors: PST_ERROR_MEMORY. */
PstImage *pst_unfinished_dup_image (const PstTransfer *transfer,
                                    GError           **error);
