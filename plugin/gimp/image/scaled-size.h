/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scaled-size.h: the size of a picture that is scaled down */
#pragma once

#include <glib.h>

/* Changes @width and @height so that the longer one is at most @side; never to
 * something larger, and to 1 at least. */
static inline void
pst_scaled_size (int side, int *width, int *height)
{
  double scale = MIN (1, (double) side / MAX (*width, *height));

  *width = MAX (1, (int) (*width * scale + 0.5));
  *height = MAX (1, (int) (*height * scale + 0.5));
}
