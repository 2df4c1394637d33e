/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resample.h: pictures at another size */
#pragma once

#include <glib.h>

/* pst_resample:
 * @x: [height][width][channels]   @y: [new_height][new_width][channels]
 * Lanczos filter, three lobes, widened when shrinking so that it averages; the
 * border pixel is repeated.  Results may overshoot the range of the input. */
gboolean pst_resample (const float *x,
                       int          height,
                       int          width,
                       int          channels,
                       int          new_height,
                       int          new_width,
                       float       *y,
                       GError     **error);
