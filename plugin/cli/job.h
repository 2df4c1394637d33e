/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.h: a checksum of all that a result depends on */
#pragma once

#include "batch-item.h"
#include "options.h"

/* pst_job_checksum:
 * Returns the SHA-256 of all that the result of @item depends on: the bytes of
 * its content, styles, masks and starting picture, the model, and the settings
 * except those that decide how much work is done, and how.  The caller owns it.
 * @picture: path of a picture that belongs to the job
 * Errors: G_FILE_ERROR. */
char *pst_job_checksum (const PstOptions   *options,
                        const PstModel     *model,
                        const PstBatchItem *item,
                        const char         *picture,
                        GError            **error);
