/* SPDX-License-Identifier: GPL-3.0-or-later */
/* png-colors.h: what a PNG file says of its colours */
#pragma once

#include <glib.h>

/* pst_png_drop_gamma:
 * Makes the colour profile the only description of colours in the PNG file at
 * @path, if it has one.  Returns whether the file could be read and written. */
gboolean pst_png_drop_gamma (const char *path);
