/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.h: what tells one job from another */
#pragma once

#include "batch-item.h"
#include "options.h"

/* pst_job_checksum:
 * Returns the SHA-256 of all that decides what @item will look like: the bytes
 * of its content, styles, masks and of the picture to start from, the model and
 * the settings, but those that decide how much work is done and how.  The
 * caller owns it.
 * @picture: path of a picture that belongs to the job
 * Errors: G_FILE_ERROR. */
char *pst_job_checksum (const PstOptions   *options,
                        const PstModel     *model,
                        const PstBatchItem *item,
                        const char         *picture,
                        GError            **error);
