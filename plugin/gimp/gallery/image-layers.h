/* SPDX-License-Identifier: GPL-3.0-or-later */
/* image-layers.h: the layers of the open images, as pictures of the gallery */
#pragma once

#include "gallery-item.h"
#include "plugin/gimp/image/content.h"

/* pst_image_layers_read:
 * Finds them when there is nothing else to do, as pst_gallery_source_read()
 * says. */
void pst_image_layers_read (const PstContent *content,
                            GCancellable     *cancellable,
                            PstItemsListed    listed,
                            gpointer          data);
