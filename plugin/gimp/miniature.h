/* SPDX-License-Identifier: GPL-3.0-or-later */
/* miniature.h: what a run works on, scaled down for the preview
 *
 * Main thread only.
 */
#pragma once

#include "content.h"
#include "styles.h"
#include "trial.h"

/* Empty when it is zero. */
typedef struct
{
  PstContent fitted;    /* the content, as the styles take it */
  PstImage  *original;  /* its pixels; owned, NULL: not read */
  float     *selection; /* of that size; owned, NULL: all of it */

  PstTrialStyle styles[PST_MAX_STYLES]; /* all in them is owned */
  int           n_styles;               /* read so far */
  int           side;                   /* of the styles that are layers */
} PstMiniature;

/* Whether the original is there, and is of this part of the layer and with
 * these masks. */
gboolean pst_miniature_shows (const PstMiniature *miniature,
                              const PstContent   *content);

/* pst_miniature_read_content:
 * @content: as the styles take it
 * What was there before is dropped.
 * Errors: as pst_reduced_read_content(). */
gboolean pst_miniature_read_content (PstMiniature     *miniature,
                                     const PstContent *content,
                                     GError          **error);

/* pst_miniature_read_styles:
 * Reads the styles and their regions, after the content.  Styles of the same
 * region get the same pointer.
 * @side: longer side that a style has to have
 * Errors: as pst_reduced_read_style(), pst_reduced_read_region(),
 * pst_style_read(). */
gboolean pst_miniature_read_styles (PstMiniature    *miniature,
                                    const PstStyles *styles,
                                    int              side,
                                    GError         **error);

/* Whether GIMP would give the same again; files are taken to be what they were.
 * @styles: those that were read, or others */
gboolean pst_miniature_is_current (const PstMiniature *miniature,
                                   const PstStyles    *styles);

/* Leaves it empty. */
void pst_miniature_clear (PstMiniature *miniature);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstMiniature, pst_miniature_clear)
