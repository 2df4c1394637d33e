/* SPDX-License-Identifier: GPL-3.0-or-later */
/* region.h: where in the content a style goes
 *
 * A region is a word, so that it means the same in another image and in another
 * session: "selection", "mask" (of the layer that is repainted), or "channel:"
 * and the name of a channel of its image.  NULL is the rest: wherever no other
 * style's region is.
 */
#pragma once

#include "content.h"

#define PST_REGION_SELECTION "selection"
#define PST_REGION_MASK      "mask"
#define PST_REGION_CHANNEL   "channel:"

/* The region that a drawable stands for, owned by the caller: the selection of
 * the content's image, a channel of it, or the layer's mask.
 * Errors: PST_ERROR_SETTINGS, it is none of these. */
char *pst_region_new (PstDrawableRef    drawable,
                      const PstContent *content,
                      GError          **error);

/* Regions that the content has, NULL-ended; owned by the caller. */
char **pst_region_list (const PstContent *content);

/* What the user is told; owned by the caller. */
char *pst_region_dup_label (const char *region);

/* pst_region_check:
 * Errors: PST_ERROR_IMAGE, nothing is selected, or the layer has no mask, or
 * the image no such channel; PST_ERROR_SETTINGS, it is no region's word. */
gboolean pst_region_check (const char       *region,
                           const PstContent *content,
                           GError          **error);

/* pst_region_read:
 * @side: see pst_pixels_read()
 * Returns values 0..1, owned by the caller, of the size that the content is
 * read in with the same @side. Errors: as pst_region_check(); PST_ERROR_MEMORY.
 */
float *pst_region_read (const char       *region,
                        const PstContent *content,
                        int               side,
                        GError          **error);
