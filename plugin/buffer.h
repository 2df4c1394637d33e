/* SPDX-License-Identifier: GPL-3.0-or-later */
/* buffer.h: pixels of GEGL's buffers */
#pragma once

#include <gegl.h>

#include "core/pastiche.h"

/* pst_buffer_read:
 * Returns the part @area of @buffer; the caller owns it.
 *
 * Pixels stored in 8 or 16 bits without a color profile are the same whichever
 * conversion babl chooses.  babl takes the one that it measured to be fastest,
 * which changes from process to process, and conversions differ in the last
 * bit, from which the optimization would make another picture.
 * Errors: as pst_image_new(). */
PstImage *
pst_buffer_read (GeglBuffer *buffer, const GeglRectangle *area, GError **error);
