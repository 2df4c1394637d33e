/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-open.h: a picture as libvips has it, before it is decoded */
#pragma once

#include "picture-input.h"

/* pst_picture_open:
 * Returns the picture of @input upright, with colors as they are in the file,
 * to be read from top to bottom.  The caller owns it.
 * @max_side: pixels; a picture that is larger than PST_IMAGE_MAX_SIDE is
 * reduced to it.  0: such a picture is refused
 * Errors: PST_ERROR_IMAGE, PST_ERROR_MEMORY. */
VipsImage *
pst_picture_open (const PstPictureInput *input, int max_side, GError **error);
