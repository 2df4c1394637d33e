/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp-compat.h: the bridge between GIMP 2.10 and GIMP 3
 *
 * Shared sources are written in the words of GIMP 3.  In 2.10 images and items
 * are numbers, -1 for none, and casts between them do nothing.
 */
#pragma once

#include <gegl.h>
#include <gio/gio.h>
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
#define gimp_image_get_height     gimp_image_height
#define gimp_image_get_width      gimp_image_width
#define gimp_item_get_id(item)    (item)

static inline const char *
pst_gimp_last_error (void)
{
  return gimp_get_pdb_error ();
}

#endif

/* ---- images, layers and channels ---------------------------------------- */

/* Name of the parasite that keeps the settings with a result. */
#define PST_RESULT_PARASITE "pastiche"

/* Whether the layer is the result of a run. */
gboolean pst_gimp_is_result (PstLayerRef layer);

/* Lists, owned by the caller; NULL if there is none. */
PstImageRef    *pst_gimp_list_images (int *ret_n_images);
/* With those inside of groups; the uppermost first. */
PstLayerRef    *pst_gimp_list_layers (PstImageRef image, int *ret_n_layers);
PstDrawableRef *pst_gimp_list_channels (PstImageRef image, int *ret_n_channels);

/* PST_NO_ITEM if there is no such drawable (any more). */
PstDrawableRef pst_gimp_find_drawable (int id);

/* URI of the file that the image came from or was saved to; owned by the
 * caller, NULL: none. */
char *pst_gimp_dup_uri (PstImageRef image);

/* The open image of that file; PST_NO_ITEM if there is none. */
PstImageRef pst_gimp_find_image (const char *uri);

/* The first open image whose file has that name, in any folder. */
PstImageRef pst_gimp_find_image_by_name (const char *name);

/* Opens a picture without showing it, turned upright; PST_NO_ITEM, see
 * pst_gimp_last_error(), if GIMP cannot. */
PstImageRef pst_gimp_load_file (GFile *file);

/* How the drawable's pixels are stored, in which color space. */
const Babl *pst_gimp_get_format (PstDrawableRef drawable);

/* Its pixels, in that format; owned by the caller. */
GeglBuffer *pst_gimp_get_buffer (PstDrawableRef drawable);

#define PST_GIMP_MAX_THUMBNAIL 1024

/* The pixels [height][width] of a part of the drawable, with its effects,
 * scaled down by GIMP; owned by the caller.  GIMP keeps what it has scaled, so
 * that asking again costs little.  NULL: GIMP has none of this size.
 * @area: in the drawable, and within it
 * @width, @height: at most PST_GIMP_MAX_THUMBNAIL
 * @ret_format: of the pixels */
GBytes *pst_gimp_dup_thumbnail (PstDrawableRef       drawable,
                                const GeglRectangle *area,
                                int                  width,
                                int                  height,
                                const Babl         **ret_format);

/* Whether GIMP runs with windows, so that the plug-in may show one. */
gboolean pst_gimp_has_windows (void);
