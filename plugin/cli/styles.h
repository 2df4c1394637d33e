/* SPDX-License-Identifier: GPL-3.0-or-later */
/* styles.h: the style pictures, and their regions in a content */
#pragma once

#include "options.h"

typedef struct
{
  const GPtrArray *options;    /* PstStyleOption *; not owned */
  int              n_pictures; /* the number of options */
  PstStylePicture  pictures[PST_MAX_STYLES];
  PstImage        *images[PST_MAX_STYLES];  /* owned */
  float           *regions[PST_MAX_STYLES]; /* owned; of one content */
  GBytes          *space; /* of the images, see color-space.h; owned */
} PstCliStyles;

/* pst_cli_styles_load:
 * Reads the style pictures of @options, PstStyleOption *, borrowed, in the
 * color space @space, for a result of @size, 0: any.  @ret_styles is to be
 * cleared in any case.
 * Errors: PST_ERROR_IMAGE, PST_ERROR_MEMORY. */
gboolean pst_cli_styles_load (PstCliStyles    *ret_styles,
                              const GPtrArray *options,
                              GBytes          *space,
                              int              size,
                              GError         **error);

/* The path of the mask that belongs to @style, for the content at @content with
 * @folder for {folder}; NULL if there is none.  The caller owns it. */
char *pst_style_mask_path (const PstStyleOption *style,
                           const char           *content,
                           const char           *folder);

/* pst_cli_styles_load_masks:
 * Reads the masks for the content at @path, with @folder for {folder},
 * stretches them to its @width x @height and puts them into @styles->pictures.
 * White is inside; transparent pixels count as black.  A mask that is given
 * several times is one region.  Errors: PST_ERROR_IMAGE, PST_ERROR_MEMORY. */
gboolean pst_cli_styles_load_masks (PstCliStyles *styles,
                                    const char   *path,
                                    const char   *folder,
                                    int           width,
                                    int           height,
                                    GError      **error);

void pst_cli_styles_clear (PstCliStyles *styles);
