/* SPDX-License-Identifier: GPL-3.0-or-later */
/* new-layer.h: layers made of a run's pictures, and their place in the image */
#pragma once

#include "plugin/gimp/image/content.h"

/* pst_new_layer:
 * Returns a layer, not yet in the image, in the place of what is painted, and
 * without pixels.
 * Errors: PST_ERROR_IMAGE, GIMP does not make one. */
PstLayerRef
pst_new_layer (const PstContent *content, const char *name, GError **error);

/* Whether @picture has the content's size; only one that is too large for a
 * PstImage is painted at another. */
gboolean pst_new_layer_fits (const PstContent *content,
                             const PstImage   *picture);

/* pst_new_layer_write:
 * @layer: of the content's size
 * Writes all of @picture, enlarged where it does not fit.
 * Errors: PST_ERROR_IMAGE, the layer was removed. */
gboolean pst_new_layer_write (const PstContent *content,
                              PstLayerRef       layer,
                              const PstImage   *picture,
                              GError          **error);

/* pst_new_layer_insert:
 * Inserts @layer just above the content, or above results that are there
 * already: they would hide it.
 * Errors: PST_ERROR_IMAGE, GIMP does not take it. */
gboolean pst_new_layer_insert (const PstContent *content,
                               PstLayerRef       layer,
                               GError          **error);
