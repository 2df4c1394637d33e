/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reduced.h: content and style scaled down, for the preview
 *
 * GIMP scales, from what it keeps for its own thumbnails: a large layer is not
 * sent to the plug-in as a whole.  Main thread only.
 */
#pragma once

#include "region.h"

/* The longest side that GIMP makes. */
#define PST_REDUCED_MAX 1024

/* pst_reduced_read_content:
 * @side: the longer side of what is returned, 1..PST_REDUCED_MAX; less if the
 *   content is smaller
 * @ret_selection: [height][width], 0..1, owned by the caller; NULL: nothing is
 *   selected, or it is a region
 * The caller owns the picture, whose alpha has the applied layer mask in it,
 * unless that is a region.
 * Errors: as pst_image_new(). */
PstImage *pst_reduced_read_content (const PstContent *content,
                                    int               side,
                                    float           **ret_selection,
                                    GError          **error);

/* pst_reduced_read_region:
 * @like: the reduced content
 * Returns [like->height][like->width] values 0..1, owned by the caller.
 * Errors: as pst_region_find(), pst_image_new(). */
float *pst_reduced_read_region (const char       *region,
                                const PstContent *content,
                                const PstImage   *like,
                                GError          **error);

/* pst_reduced_read_style:
 * @side: as above
 * Returns a whole drawable, owned by the caller; an applied layer mask goes
 * into its alpha.
 * Errors: as pst_image_new(). */
PstImage *
pst_reduced_read_style (PstDrawableRef drawable, int side, GError **error);
