/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style.h: where the style comes from: a layer of any open image, or a file */
#pragma once

#include <gio/gio.h>

#include "compat.h"
#include "core/pastiche.h"

typedef struct
{
  PstDrawableRef  drawable;   /* PST_NO_ITEM: the file */
  GFile          *file;       /* owned; NULL: none */
} PstStyle;

#define PST_STYLE_NONE ((PstStyle) { PST_NO_ITEM, NULL })

/* pst_style_check:
 * @content: the layer that is to be repainted.
 * Errors: PST_ERROR_IMAGE, there is no style, or it is the content itself. */
gboolean       pst_style_check        (const PstStyle  *style,
                                       PstLayerRef      content,
                                       GError         **error);

/* pst_style_get_size:
 * Returns FALSE if the size cannot be told before the picture is read. */
gboolean       pst_style_get_size     (const PstStyle  *style,
                                       int             *ret_width,
                                       int             *ret_height);

/* Name of the layer, or of the file without its ending; owned by the caller. */
char *         pst_style_dup_name     (const PstStyle  *style);

/* pst_style_read:
 * Returns the whole picture, owned by the caller.  GIMP loads the file, so that
 * anything that it can open will do.
 * Errors: PST_ERROR_IMAGE, the file cannot be loaded; as pst_image_new(). */
PstImage *     pst_style_read         (const PstStyle  *style,
                                       GError         **error);

void           pst_style_clear        (PstStyle        *style);

/* The first layer that is neither @content nor the result of a run: of its
 * image, else of another one; PST_NO_ITEM if there is none. */
PstDrawableRef pst_style_find_layer   (PstImageRef      image,
                                       PstLayerRef      content);

/* The style layer of the last run.  GIMP forgets it when it ends.
 * pst_style_recall() returns FALSE if there was none; the layer is PST_NO_ITEM
 * if there was one that is gone. */
void           pst_style_remember     (PstDrawableRef   drawable);
gboolean       pst_style_recall       (PstDrawableRef  *ret_drawable);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstStyle, pst_style_clear)
