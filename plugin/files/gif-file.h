/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gif-file.h: what libvips does not do with GIF files */
#pragma once

#include <glib.h>

/* pst_gif_is_whole:
 * Whether the data of the first picture in the file at @path are enough for its
 * pixels.  Of a file without a picture, too, TRUE: libvips says what is wrong
 * with it. */
gboolean pst_gif_is_whole (const char *path);
