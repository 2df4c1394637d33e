/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exif.h: what Exif data say of a picture */
#pragma once

#include <glib.h>

/* pst_exif_get_orientation:
 * @bytes: Exif data, with or without the prefix that they have in JPEG; they
 *   may be damaged.
 * Returns the orientation, 1..8, of the first directory (Exif 2.3, section
 * 4.6.4); 1, upright, if there is none. */
int pst_exif_get_orientation (const guint8 *bytes, gsize size);
