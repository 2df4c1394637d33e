/* SPDX-License-Identifier: GPL-3.0-or-later */
/* start.h: the picture that the optimization starts from */
#pragma once

#include "core/picture/picture.h"
#include "core/picture/regions.h"

/* pst_start_make:
 * Turns @picture, a copy of the content at the first scale, into the starting
 * point: in each region the content, noise, or a mixture of both, with the
 * colors of the styles that go there.  Starting from the content in these
 * colors is fastest: the loss after 30 iterations is what it is after 130 from
 * the plain content; but it keeps the content's light.
 * @settings: freedom, the share of the noise; seed, of the noise; tileable,
 *   which it is as far as possible at the start
 * @colors: [regions->n]
 * Errors: PST_ERROR_MEMORY. */
gboolean pst_start_make (PstPicture          *picture,
                         const PstSettings   *settings,
                         const PstRegions    *regions,
                         const PstColorStats *colors,
                         GError             **error);

/* The most that pst_start_make() holds at a time, besides the picture.
 * @n_masks: of the regions */
gsize pst_start_bytes (const PstSettings *settings,
                       PstSize            size,
                       gboolean           has_alpha,
                       int                n_masks);
