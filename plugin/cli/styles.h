/* SPDX-License-Identifier: GPL-3.0-or-later */
/* styles.h: the style pictures, and their regions in a content */
#pragma once

#include "options.h"

typedef struct
{
  const PstOptions *options;    /* not owned */
  int               n_pictures; /* the number of options->styles */
  PstStylePicture   pictures[PST_MAX_STYLES];
  PstImage         *images[PST_MAX_STYLES];  /* owned */
  float            *regions[PST_MAX_STYLES]; /* owned; of one content */
} PstCliStyles;

/* pst_cli_styles_load:
 * Reads the style pictures of @options, which must stay; @ret_styles is to be
 * cleared in any case.
 * Errors: PST_ERROR_IMAGE, PST_ERROR_MEMORY. */
gboolean pst_cli_styles_load (PstCliStyles     *ret_styles,
                              const PstOptions *options,
                              GError          **error);

/* The path of the mask that belongs to @style, for the content at @content;
 * NULL if there is none.  The caller owns it. */
char *pst_style_mask_path (const PstStyleOption *style, const char *content);

/* pst_cli_styles_load_masks:
 * Reads the masks for the content at @path, stretches them to its @width x
 * @height and puts them into @styles->pictures.  White is inside; what is
 * transparent counts as black.  A mask that is given several times is one
 * region.
 * Errors: PST_ERROR_IMAGE, PST_ERROR_MEMORY. */
gboolean pst_cli_styles_load_masks (PstCliStyles *styles,
                                    const char   *path,
                                    int           width,
                                    int           height,
                                    GError      **error);

void pst_cli_styles_clear (PstCliStyles *styles);
