/* SPDX-License-Identifier: GPL-3.0-or-later */
/* image-layers.h: the layers of the open images, as pictures of the gallery */
#pragma once

#include "gallery-source.h"

/* See pst_gallery_source_read(). */
void pst_image_layers_read (const PstContent *content,
                            GCancellable     *cancellable,
                            PstSourceListed   listed,
                            gpointer          data);
