/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pixels.h: pixels of GIMP's drawables, to and from PstImage
 *
 * GEGL converts from and to whatever the drawable holds: any precision, gray or
 * RGB, linear or not, any color profile.  What is read has the layer effects of
 * GIMP 3.  Main thread only.
 *
 * Those that read take @side: 0: full size; else the longer side of what is
 * returned, less if the area is smaller.  Up to PST_GIMP_MAX_THUMBNAIL that is
 * what GIMP keeps for its own thumbnails, so that a large layer is not sent to
 * the plug-in as a whole.
 */
#pragma once

#include "core/pastiche.h"
#include "plugin/gimp/compat/gimp-compat.h"

/* pst_pixels_read:
 * @area: part of the drawable, in its own coordinates.
 * The caller owns the picture.
 * Errors: as pst_image_new(), pst_effects_apply(). */
PstImage *pst_pixels_read (PstDrawableRef       drawable,
                           const GeglRectangle *area,
                           int                  side,
                           GError             **error);

/* pst_pixels_read_layer:
 * The same of a layer, with an applied layer mask in its alpha: what is seen.
 * Errors: as pst_pixels_read(); PST_ERROR_MEMORY. */
PstImage *pst_pixels_read_layer (PstLayerRef          layer,
                                 const GeglRectangle *area,
                                 int                  side,
                                 GError             **error);

/* One or the other, of all of it; scaled down to what a PstImage takes, if it
 * is larger. */
PstImage *
pst_pixels_read_whole (PstDrawableRef drawable, int side, GError **error);

/* pst_pixels_read_icon:
 * All of the drawable without its layer mask, as quickly as GIMP gives it:
 * GIMP 2.10 rounds linear light to 8 bits.
 * @side: > 0
 * The caller owns the picture.
 * Errors: as pst_pixels_read(). */
PstImage *
pst_pixels_read_icon (PstDrawableRef drawable, int side, GError **error);

/* pst_pixels_read_mask:
 * Returns values 0..1 of a mask or a channel as it is stored, owned by the
 * caller; 0 outside the mask.
 * Errors: PST_ERROR_MEMORY. */
float *pst_pixels_read_mask (PstDrawableRef       mask,
                             const GeglRectangle *area,
                             int                  side,
                             GError             **error);

/* pst_pixels_write:
 * @y, @n_rows: the rows that are written, of a layer of the size of @image
 * Writes without a step of undo.
 * Returns FALSE if the layer does not exist any more. */
gboolean
pst_pixels_write (PstLayerRef layer, const PstImage *image, int y, int n_rows);

/* The same with all of a picture of another size, which GEGL resizes, to a
 * layer that may be larger than a PstImage. */
gboolean pst_pixels_write_resized (PstLayerRef layer, const PstImage *image);
