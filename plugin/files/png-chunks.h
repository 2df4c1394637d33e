/* SPDX-License-Identifier: GPL-3.0-or-later */
/* png-chunks.h: what libvips does not read of PNG files */
#pragma once

#include <glib.h>

/* pst_png_gamma_profile:
 * A profile for what the PNG file at @path says in the chunks gAMA and cHRM.
 * NULL if there is no gAMA, or a profile or sRGB take precedence, or it means
 * sRGB.  The caller owns a reference. */
GBytes *pst_png_gamma_profile (const char *path);

/* pst_png_late_exif:
 * The Exif data behind the pixels of the PNG file at @path, where ImageMagick
 * puts them; NULL if there are none.  The caller owns a reference. */
GBytes *pst_png_late_exif (const char *path);
