/* SPDX-License-Identifier: GPL-3.0-or-later */
/* items.h: images, layers and channels: what is open, and finding it again */
#pragma once

#include <gio/gio.h>

#include "compat.h"

/* Lists, owned by the caller; NULL if there is none. */
PstImageRef    *pst_items_list_images (int *ret_n_images);
/* With those inside of groups; the uppermost first. */
PstLayerRef    *pst_items_list_layers (PstImageRef image, int *ret_n_layers);
PstDrawableRef *pst_items_list_channels (PstImageRef image,
                                         int        *ret_n_channels);

/* PST_NO_ITEM if there is no such drawable (any more). */
PstDrawableRef pst_items_find_drawable (int id);

/* URI of the file that the image came from or was saved to; owned by the
 * caller, NULL: none. */
char *pst_items_dup_uri (PstImageRef image);

/* The open image of that file; PST_NO_ITEM if there is none. */
PstImageRef pst_items_find_image (const char *uri);

/* Opens a picture without showing it; PST_NO_ITEM, see
 * pst_gimp_last_error(), if GIMP cannot. */
PstImageRef pst_items_load_file (GFile *file);
