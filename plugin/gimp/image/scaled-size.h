/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scaled-size.h: the size of a picture that is scaled down */
#pragma once

#include <glib.h>

#include "core/pastiche.h"

/* Changes @width and @height so that the longer one is at most @side; never to
 * something larger, and to 1 at least. */
static inline void
pst_scaled_size (int side, int *width, int *height)
{
  double scale = MIN (1, (double) side / MAX (*width, *height));

  *width = MAX (1, (int) (*width * scale + 0.5));
  *height = MAX (1, (int) (*height * scale + 0.5));
}

/* The @side, see pst_pixels_read(), that a run of @size, see PstSettings, reads
 * a content with: 0, all of it, unless that is more than a PstImage takes. */
static inline int
pst_run_side (int size, int width, int height)
{
  return MAX (width, height) > PST_IMAGE_MAX_SIDE ? size : 0;
}
