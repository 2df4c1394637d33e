/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content.h: the layer that is repainted, and which part of it */
#pragma once

#include <gegl.h>

#include "plugin/gimp/compat/gimp-compat.h"
#include "core/pastiche.h"

typedef struct
{
  PstImageRef   image;
  PstLayerRef   layer;
  int           base_type; /* of the image when the run began */
  int           display;   /* that GIMP 3 was told to begin in; 0: none */
  GeglRectangle area;      /* what is repainted, in the layer */

  /* See pst_content_set_regions(). */
  gboolean selection_is_region;
  gboolean mask_is_region;
  gboolean is_selected; /* the selection cuts out what of a result is seen */
  int      width;       /* of the layer */
  int      height;
} PstContent;

/* The layer that @drawable is, or is the mask of; else PST_NO_ITEM. */
PstLayerRef pst_content_find_layer (PstDrawableRef drawable);

/* pst_content_find:
 * @drawable: what is active in GIMP: a layer, or the mask of one.
 * The area is the selection's bounding box.
 * Errors: PST_ERROR_IMAGE, with what to do instead. */
gboolean pst_content_find (PstContent    *content,
                           PstImageRef    image,
                           PstDrawableRef drawable,
                           GError       **error);

/* pst_content_set_regions:
 * A selection, or a layer mask, that is a style's region does not cut out the
 * content any more: where it is not, the content stays as it is, or another
 * style goes.  The area, which is empty if it is not selected any more, and
 * what is known of the selection and the layer's size are found again. */
void pst_content_set_regions (PstContent *content,
                              gboolean    selection_is_region,
                              gboolean    mask_is_region);

/* Whether both are the same part of the same layer, with the same masks. */
gboolean pst_content_equal (const PstContent *one, const PstContent *other);

/* pst_content_read:
 * @side: see pst_pixels_read()
 * Returns the pixels of the area, owned by the caller.  An applied layer mask
 * goes into the alpha, unless it is a region: what is seen is what is
 * repainted. Errors: as pst_image_new(). */
PstImage *
pst_content_read (const PstContent *content, int side, GError **error);

/* pst_content_is_there:
 * Whether it can be painted still; the user may work on the image while the
 * dialog is open.
 * Errors: PST_ERROR_IMAGE, with what happened, and what to do. */
gboolean pst_content_is_there (const PstContent *content, GError **error);

/* pst_content_is_intact:
 * The same while it is being painted: whether a result still has its place.
 * Errors: PST_ERROR_IMAGE, with what happened. */
gboolean pst_content_is_intact (const PstContent *content, GError **error);
