/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replacement.h: a result that takes the place of an earlier one
 *
 * It is a copy of the earlier layer with other pixels: opacity, mode, mask,
 * effects, tattoo and all else that belongs to a layer stay.  So does the name,
 * if the user has given it another one than ours.
 */
#pragma once

#include "plugin/gimp/image/content.h"

/* pst_replacement_is_possible:
 * Whether @layer is in the content's image, and may be replaced: it is no
 * group, and its pixels are not locked. */
gboolean pst_replacement_is_possible (PstLayerRef       layer,
                                      const PstContent *content);

/* Whether @layer, a result, has just what is painted now: the same part of the
 * content, or the same place in the image. */
gboolean pst_replacement_covers (PstLayerRef layer, const PstContent *content);

/* Moves @layer, not yet in the image, to where the replacement will be. */
void pst_replacement_place (PstLayerRef       layer,
                            PstLayerRef       replaced,
                            const PstContent *content);

/* pst_replacement_new:
 * @name: of other results; also of this one unless it has a name of the user's
 * @picture: of the size of what is painted
 * Returns the layer, not yet in the image.
 * Errors: PST_ERROR_IMAGE, GIMP makes none. */
PstLayerRef pst_replacement_new (PstLayerRef       replaced,
                                 const char       *name,
                                 const PstContent *content,
                                 const PstImage   *picture,
                                 GError          **error);

/* pst_replacement_insert:
 * Puts @layer into the image and takes @replaced out of it, as several steps of
 * undo.
 * Returns FALSE, and the image has no new layer, if GIMP does not do it.
 * Errors: PST_ERROR_IMAGE. */
gboolean pst_replacement_insert (PstLayerRef       layer,
                                 PstLayerRef       replaced,
                                 const PstContent *content,
                                 const PstImage   *picture,
                                 GError          **error);
