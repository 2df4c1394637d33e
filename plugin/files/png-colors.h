/* SPDX-License-Identifier: GPL-3.0-or-later */
/* png-colors.h: the colour space that a PNG file declares */
#pragma once

#include <glib.h>

/* pst_png_drop_gamma:
 * Makes the colour profile the only description of colours in the PNG file at
 * @path, if it has one.  Returns whether the file could be read and written. */
gboolean pst_png_drop_gamma (const char *path);
