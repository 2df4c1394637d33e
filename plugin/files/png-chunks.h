/* SPDX-License-Identifier: GPL-3.0-or-later */
/* png-chunks.h: what libvips does not do with PNG files */
#pragma once

#include <glib.h>

/* pst_png_gamma_profile:
 * A profile for what the PNG file at @path says in the chunks gAMA and cHRM.
 * NULL if there is no gAMA, or a profile or sRGB take precedence, or it means
 * sRGB.  The caller owns a reference. */
GBytes *pst_png_gamma_profile (const char *path);

/* pst_png_late_exif:
 * The Exif data behind the pixels of the PNG file at @path, where ImageMagick
 * puts them; NULL if there are none.  The caller owns a reference.
 * @ret_orientation: what they say of it, 1..8; set if there are any */
GBytes *pst_png_late_exif (const char *path, int *ret_orientation);

/* pst_png_read_resolution:
 * What the PNG file at @path says in the chunk pHYs, in pixels per mm across
 * and down; FALSE if it says nothing, or only of what shape pixels are. */
gboolean pst_png_read_resolution (const char *path, double ret_per_mm[2]);

/* pst_png_clear_resolution:
 * Makes the PNG file at @path, which has a chunk pHYs, claim no resolution.
 * Returns whether it went well. */
gboolean pst_png_clear_resolution (const char *path);
