/* SPDX-License-Identifier: GPL-3.0-or-later */
/* effects.c: drawables as their layer effects make them look
 *
 * GIMP renders them in an image of our own, so that the user's has neither a
 * step of undo nor a mark of unsaved changes of it.
 */
#include "effects.h"

#include <glib/gi18n-lib.h>

#include "core/pastiche.h"

#if GIMP_CHECK_VERSION(2, 99, 0)

static gboolean
has_effects (GimpDrawable *drawable)
{
  g_autofree GimpDrawableFilter **filters =
    gimp_drawable_get_filters (drawable);

  return filters && filters[0];
}

/* An image of the drawable's size, and of the mode, precision and profile of
 * its image, so that no pixels are converted but those of a palette. */
static GimpImage *
new_scratch (GimpDrawable *drawable)
{
  GimpImage *image = gimp_item_get_image (GIMP_ITEM (drawable));
  GimpImage *scratch;
  g_autoptr (GimpColorProfile) profile = gimp_image_get_color_profile (image);

  scratch =
    gimp_image_new_with_precision (gimp_drawable_get_width (drawable),
                                   gimp_drawable_get_height (drawable),
                                   gimp_drawable_is_gray (drawable) ? GIMP_GRAY
                                                                    : GIMP_RGB,
                                   gimp_image_get_precision (image));
  if (scratch && gimp_image_undo_disable (scratch) && profile)
    gimp_image_set_color_profile (scratch, profile);
  return scratch;
}

/* A copy, alone in the image and with nothing but its effects. */
static gboolean
insert_copy (GimpImage *scratch, GimpDrawable *drawable)
{
  GimpLayer *copy = gimp_layer_new_from_drawable (drawable, scratch);

  if (! copy || ! gimp_image_insert_layer (scratch, copy, NULL, 0))
    return FALSE;
  if (gimp_layer_get_mask (copy))
    gimp_layer_remove_mask (copy, GIMP_MASK_DISCARD);
  return gimp_layer_set_offsets (copy, 0, 0)
         && gimp_layer_set_opacity (copy, 100)
         && gimp_layer_set_mode (copy, GIMP_LAYER_MODE_NORMAL)
         && gimp_item_set_visible (GIMP_ITEM (copy), TRUE);
}

PstDrawableRef
pst_effects_apply (PstDrawableRef drawable,
                   PstImageRef   *ret_scratch,
                   GError       **error)
{
  GimpImage *scratch;
  GimpLayer *seen = NULL;

  *ret_scratch = NULL;
  if (! has_effects (drawable))
    return drawable;

  scratch = new_scratch (drawable);
  if (scratch && insert_copy (scratch, drawable))
    seen = gimp_layer_new_from_visible (scratch, scratch, "effects");
  if (! seen)
    {
      g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                   _ ("GIMP cannot render the layer's effects: %s"),
                   pst_gimp_last_error ());
      pst_effects_drop (scratch);
      return NULL;
    }
  *ret_scratch = scratch;
  return GIMP_DRAWABLE (seen);
}

#else

PstDrawableRef
pst_effects_apply (PstDrawableRef drawable,
                   PstImageRef   *ret_scratch,
                   GError       **error)
{
  *ret_scratch = PST_NO_ITEM;
  return drawable;
}

#endif

void
pst_effects_drop (PstImageRef scratch)
{
  if (scratch != PST_NO_ITEM)
    gimp_image_delete (scratch);
}
