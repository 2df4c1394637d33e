/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pictures.h: the pixels that a request is about, and what of a result is seen
 *
 * At full size for the run, scaled down for the preview.  What reads is for the
 * main thread only.
 */
#pragma once

#include "request.h"
#include "style-source.h"

/* Empty when it is zero. */
typedef struct
{
  PstContent place;   /* whose pixels the content's are */
  int        side;    /* that it was read with */
  PstImage  *content; /* owned; NULL: not read */
  float *selection;   /* [height][width] of the content, 0..1: what of a result
                       * is seen; owned, NULL: all of it */

  PstStyleSource styles[PST_MAX_STYLES]; /* all in them is owned; those of the
                                          * same region have the same pointer */
  int            n_styles;               /* read so far */
  int            style_side;             /* that they were read with */
} PstPictures;

/* Whether the content is there, and is that of the request. */
gboolean pst_pictures_have_content (const PstPictures *pictures,
                                    const PstRequest  *request);

/* pst_pictures_read_content:
 * @place: copied
 * @side: see pst_pixels_read()
 * What was there before is dropped.
 * Errors: as pst_content_read(), pst_region_read(). */
gboolean pst_pictures_read_content (PstPictures      *pictures,
                                    const PstContent *place,
                                    int               side,
                                    GError          **error);

/* pst_pictures_read_styles:
 * Reads the styles and their regions, after the content.
 * @side: see pst_pixels_read(); unless it is 0, a file that can be read without
 *   GIMP is left unread
 * Errors: as pst_style_read(), pst_region_read(). */
gboolean pst_pictures_read_styles (PstPictures      *pictures,
                                   const PstRequest *request,
                                   int               side,
                                   GError          **error);

/* Whether GIMP would give the same again; files are taken to be what they were.
 * @request: the one that was read, or another */
gboolean pst_pictures_are_current (const PstPictures *pictures,
                                   const PstRequest  *request);

/* Leaves it empty. */
void pst_pictures_clear (PstPictures *pictures);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstPictures, pst_pictures_clear)

/* ---- what of a result is seen ------------------------------------------- */

/* pst_pictures_finish:
 * @picture: as the engine made it; taken over
 * Returns what goes into the layer, owned by the caller: of the content's size,
 * the content where no style goes, transparent where it is not selected.
 * Errors: as pst_image_resize(). */
PstImage *pst_pictures_finish (const PstPictures *pictures,
                               PstImage          *picture,
                               GError           **error);

/* pst_pictures_dup_view:
 * @picture: as the engine made it, of the content's shape, at any size
 * Returns how it looks above the content, in gray if the content's image is,
 * owned by the caller.
 * Errors: as pst_image_new(). */
PstImage *pst_pictures_dup_view (const PstPictures *pictures,
                                 const PstImage    *picture,
                                 GError           **error);
