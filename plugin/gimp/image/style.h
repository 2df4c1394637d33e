/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style.h: a style picture: a layer of any open image, or a file, how much of
 * it, and where it goes */
#pragma once

#include <gio/gio.h>

#include "plugin/gimp/compat/gimp-compat.h"
#include "content.h"

#define PST_STYLE_MAX_WEIGHT 100.0

typedef struct
{
  PstDrawableRef drawable; /* PST_NO_ITEM: the file */
  GFile         *file;     /* owned; NULL: none */
  char          *missing;  /* owned; name of the layer that this was, which
                            * is not there any more; else NULL */
  double         weight;   /* > 0, at most PST_STYLE_MAX_WEIGHT: share among
                            * the styles of the same region */
  char          *region;   /* owned; see region.h; NULL: the rest */
} PstStyle;

#define PST_STYLE_NONE ((PstStyle){ PST_NO_ITEM, .weight = 1 })

/* pst_style_check:
 * Errors: PST_ERROR_IMAGE, there is no such style, its file cannot be read, or
 * it is the layer that is to be repainted; as pst_region_check(). */
gboolean pst_style_check (const PstStyle   *style,
                          const PstContent *content,
                          GError          **error);

/* pst_style_get_size:
 * Returns FALSE if the size cannot be told before the picture is read. */
gboolean
pst_style_get_size (const PstStyle *style, int *ret_width, int *ret_height);

/* Name of the layer, or of the file without its ending, for the user; owned by
 * the caller. */
char *pst_style_dup_name (const PstStyle *style);

/* pst_style_read:
 * @side: see pst_pixels_read(); of a layer, a file is read at its own size
 * Returns the whole picture, owned by the caller; an applied layer mask goes
 * into its alpha.  GIMP loads the file, so that anything that it can open will
 * do.
 * Errors: PST_ERROR_IMAGE, the file cannot be loaded; as pst_image_new(). */
PstImage *pst_style_read (const PstStyle *style, int side, GError **error);

/* Whether both are the same picture with the same weight and region. */
gboolean pst_style_equal (const PstStyle *one, const PstStyle *other);

/* Everything but the strings and the file is copied, these are duplicated. */
PstStyle pst_style_dup (const PstStyle *style);
void     pst_style_clear (PstStyle *style);

/* The first layer of the content's image that is neither @content nor the
 * result of a run; PST_NO_ITEM if there is none. */
PstDrawableRef pst_style_find_layer (const PstContent *content);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstStyle, pst_style_clear)
