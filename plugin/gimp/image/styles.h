/* SPDX-License-Identifier: GPL-3.0-or-later */
/* styles.h: the style pictures of a run, in order */
#pragma once

#include "style.h"

typedef struct
{
  PstStyle list[PST_MAX_STYLES]; /* owned */
  int      n_styles;
} PstStyles;

/* Takes over the contents of @style.  Returns FALSE, with the style cleared,
 * if there are PST_MAX_STYLES already.
 * Errors: PST_ERROR_SETTINGS. */
gboolean pst_styles_add (PstStyles *styles, PstStyle *style, GError **error);
void     pst_styles_remove (PstStyles *styles, int index);

/* Adds the first other layer of the image, if there is one. */
void pst_styles_add_default (PstStyles *styles, const PstContent *content);

/* A script's arrays; weights and regions are in the order of the styles, and
 * may be shorter.
 * @layers: numbers of layers, of any image, each of which becomes a style.
 * @regions: numbers of what pst_region_new() takes; -1: the rest.
 * Errors: PST_ERROR_SETTINGS, there is nothing of that number, a name is empty,
 * an array is longer than there are styles, or a weight out of range; as
 * pst_styles_add(), pst_region_new(). */
gboolean pst_styles_add_layers (PstStyles    *styles,
                                const gint32 *layers,
                                gsize         n_layers,
                                GError      **error);
gboolean
pst_styles_add_file (PstStyles *styles, const char *file, GError **error);
gboolean pst_styles_set_weights (PstStyles    *styles,
                                 const double *weights,
                                 gsize         n_weights,
                                 GError      **error);
gboolean pst_styles_set_regions (PstStyles        *styles,
                                 const gint32     *regions,
                                 gsize             n_regions,
                                 const PstContent *content,
                                 GError          **error);

/* pst_styles_check:
 * Errors: PST_ERROR_IMAGE, there are none; as pst_style_check(). */
gboolean pst_styles_check (const PstStyles  *styles,
                           const PstContent *content,
                           GError          **error);

/* Index of the first style whose region is that of the style @index. */
int pst_styles_find_region (const PstStyles *styles, int index);

/* How many regions there are, the rest included; 0: all styles go
 * everywhere. */
int pst_styles_count_masks (const PstStyles *styles);

/* Whether a style has this region; NULL: the rest. */
gboolean pst_styles_use_region (const PstStyles *styles, const char *region);

/* What the place is called that the style @index has if it has no region:
 * everywhere, or what the other styles' regions leave. */
const char *pst_styles_name_rest (const PstStyles *styles, int index);

gboolean pst_styles_equal (const PstStyles *one, const PstStyles *other);

/* "waves + mosaic"; owned by the caller. */
char *pst_styles_dup_name (const PstStyles *styles);

void pst_styles_copy (PstStyles *target, const PstStyles *source);
void pst_styles_clear (PstStyles *styles);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstStyles, pst_styles_clear)
