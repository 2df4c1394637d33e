/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sampling.h: what a spot of the result needs of GIMP's pictures
 *
 * Large layers are not read as a whole, and one piece is read at a time, so
 * that windows answer in between.  Main thread only.
 */
#pragma once

#include "pictures.h"
#include "spot-sources.h"

typedef struct _PstSampling PstSampling;

/* pst_sampling_new:
 * @request: referenced
 * @pictures: of the preview of the same request, whose styles are used where
 *   they came from files; borrowed */
PstSampling *pst_sampling_new (PstRequest        *request,
                               const PstPictures *pictures);

/* pst_sampling_move:
 * @x, @y: middle of the spot, 0..1 of the content's area
 * To be called before anything is read.  What is known of the pictures is kept.
 */
void pst_sampling_move (PstSampling *sampling, double x, double y);

/* pst_sampling_read_more:
 * @ret_done: whether all is read
 * Errors: as pst_content_read(), pst_style_read(), pst_region_read(). */
gboolean pst_sampling_read_more (PstSampling *sampling,
                                 gboolean    *ret_done,
                                 GError     **error);

/* All but the composition; valid until the sampling is moved or freed. */
const PstSpotSources *pst_sampling_get_sources (const PstSampling *sampling);

/* NULL is allowed. */
void pst_sampling_free (PstSampling *sampling);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstSampling, pst_sampling_free)
