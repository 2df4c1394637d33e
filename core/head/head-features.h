/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head-features.h: a picture's features: the mean of a tap */
#pragma once

#include "core/model/model.h"

/* The number of features that the tap @tap gives. */
int pst_features_count (const PstModel *model, int tap);

/* pst_features_new:
 * The mean of the tap's activation over the picture, whose longer side is first
 * made @size pixels long, shorter or longer than it was.  Transparent parts
 * carry no weight.
 * @threads: as in PstSettings
 * Returns [pst_features_count()]; the caller owns it.
 * Errors: PST_ERROR_IMAGE, nothing is visible; PST_ERROR_MEMORY. */
float *pst_features_new (const PstModel *model,
                         int             tap,
                         int             size,
                         int             threads,
                         const PstImage *image,
                         GError        **error);
