/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compat.h: the bridge between GIMP 2.10 and GIMP 3
 *
 * Shared sources are written in the words of GIMP 3.  In 2.10 images and items
 * are numbers, -1 for none, and casts between them do nothing.
 */
#pragma once

#include <libgimp/gimp.h>

#if GIMP_CHECK_VERSION(2, 99, 0)

typedef GimpImage    *PstImageRef;
typedef GimpItem     *PstItemRef;
typedef GimpDrawable *PstDrawableRef;
typedef GimpLayer    *PstLayerRef;

#define PST_NO_ITEM NULL

/* What GIMP said about the last call that failed. */
static inline const char *
pst_gimp_last_error (void)
{
  return gimp_pdb_get_last_error (gimp_get_pdb ());
}

#else

typedef gint32 PstImageRef;
typedef gint32 PstItemRef;
typedef gint32 PstDrawableRef;
typedef gint32 PstLayerRef;

#define PST_NO_ITEM (-1)

#define GIMP_ITEM(item)       (item)
#define GIMP_DRAWABLE(item)   (item)
#define GIMP_LAYER(item)      (item)
#define GIMP_LAYER_MASK(item) (item)

#define gimp_drawable_get_width   gimp_drawable_width
#define gimp_drawable_get_height  gimp_drawable_height
#define gimp_drawable_get_offsets gimp_drawable_offsets
#define gimp_image_get_base_type  gimp_image_base_type
#define gimp_item_get_id(item)    (item)

static inline const char *
pst_gimp_last_error (void)
{
  return gimp_get_pdb_error ();
}

#endif
