/* SPDX-License-Identifier: GPL-3.0-or-later */
/* regions.h: where in the content each style goes */
#pragma once

#include "picture.h"

/* At each pixel the masks add up to at most 1; the rest stays the content. */
typedef struct
{
  int    n; /* 1..PST_MAX_STYLES */
  int    height;
  int    width;
  float *masks[PST_MAX_STYLES];  /* [height][width] each, 0..1, owned; all
                                  * NULL: one region that is everywhere */
  double shares[PST_MAX_STYLES]; /* of what is visible of the content; 0: the
                                  * region is nowhere */
} PstRegions;

/* pst_regions_count:
 * Returns how many regions @styles have.
 * @ret_regions: [n_styles], the region of each
 * @ret_masked: FALSE: there is one, everywhere */
int pst_regions_count (const PstStylePicture *styles,
                       int                    n_styles,
                       int                   *ret_regions,
                       gboolean              *ret_masked);

/* pst_regions_new:
 * The regions of the styles, at the size of @content; the caller owns them.
 * Where regions overlap they share the pixel.
 * @content: the content of @pictures at its size in the result
 * Errors: PST_ERROR_IMAGE, none of them is anywhere; PST_ERROR_MEMORY. */
PstRegions *pst_regions_new (const PstInputPictures *pictures,
                             const PstPicture       *content,
                             GError                **error);

/* The most that pst_regions_new() holds at a time, with @n_masks masks of @size
 * from those of size @from, and what it then keeps; G_MAXSIZE on overflow. */
gsize pst_regions_new_bytes (int n_masks, PstSize from, PstSize size);
gsize pst_regions_bytes (int n_masks, PstSize size);

/* NULL is allowed. */
void pst_regions_free (PstRegions *regions);

/* Whether there are masks. */
gboolean pst_regions_masked (const PstRegions *regions);

/* pst_regions_dup_mask:
 * Mask number @region, of regions that have masks, as weights of a picture of
 * another size: [height + 2 margin][width + 2 margin] of @frame, times @alpha,
 * of that size, if that is not NULL.  The caller owns it.
 * Errors: PST_ERROR_MEMORY. */
float *pst_regions_dup_mask (const PstRegions *regions,
                             int               region,
                             const PstFrame   *frame,
                             const float      *alpha,
                             GError          **error);

/* The most that pst_regions_dup_mask() holds at a time, with the mask. */
gsize pst_regions_dup_mask_bytes (PstSize from, const PstFrame *frame);

/* Puts @content, [width][3] of row @y, where masks lack, into @rgb. */
void pst_regions_restore (const PstRegions *regions,
                          int               y,
                          const float      *content,
                          float            *rgb);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstRegions, pst_regions_free)
