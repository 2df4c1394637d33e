/* SPDX-License-Identifier: GPL-3.0-or-later */
/* upright.h: pictures of GdkPixbuf, turned as their Exif data say
 *
 * GdkPixbuf reads the orientation of JPEG and TIFF only.  That of PNG (chunk
 * eXIf, W3C PNG 3, section 11.3.4.4) and WebP (chunk EXIF) is read here.
 */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

/* pst_upright_get_orientation:
 * That of a PNG or WebP file, 1..8 as in Exif 2.3, section 4.6.4; 1 (upright)
 * if it has none, or an invalid one, or cannot be read.  The file may come from
 * anywhere.  Any thread. */
int pst_upright_get_orientation (const char *path);

/* pst_upright_turn:
 * @pixbuf: read from the file @path, at any size
 * Returns the picture upright, owned by the caller.  Any thread. */
GdkPixbuf *pst_upright_turn (GdkPixbuf *pixbuf, const char *path);
