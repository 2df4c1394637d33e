/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read-spot.h: what a spot of a result is made of, as layers */
#pragma once

#include "plugin/gimp/image/request.h"

/* read_spot:
 * Adds to @image layers "spot content 0" and so on, the areas of the content
 * that are read, where they are in it, and "spot content", the whole; the same
 * of the style; "spot region"; and "spot", the middle painted as the dialog
 * shows it. */
gboolean read_spot (PstImageRef image, PstRequest *request, GError **error);

/* Adds a layer at the top, with its corner at @x, @y. */
gboolean read_add_layer (PstImageRef     image,
                         const char     *name,
                         const PstImage *picture,
                         int             x,
                         int             y,
                         GError        **error);

/* A region in gray: the values are shown as they are.  Owned by the caller. */
PstImage *read_draw_region (const float *values, PstSize size, GError **error);
