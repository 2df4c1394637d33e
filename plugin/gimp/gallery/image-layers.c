/* SPDX-License-Identifier: GPL-3.0-or-later */
/* image-layers.c: the layers of the open images, as pictures of the gallery
 *
 * Each question to GIMP takes a fraction of a millisecond, and there may be
 * hundreds of layers: they are asked about in slices.
 */
#include "image-layers.h"

#include "plugin/gimp/compat/gimp-compat.h"

#define SLICE 10000 /* microseconds */

typedef struct
{
  const PstContent *content;
  GCancellable     *cancellable; /* owned */
  PstItemsListed    listed;
  gpointer          data;

  PstImageRef *images; /* owned */
  int          n_images;
  int          image;  /* that the layers are of; -1: none yet */
  char        *name;   /* of that image; owned */
  PstLayerRef *layers; /* owned */
  int          n_layers;
  int          layer;    /* the next one */
  gboolean     is_first; /* none of the image has been added */

  GPtrArray *items; /* found so far; owned */
} Lister;

static void
free_lister (gpointer data)
{
  Lister *lister = data;

  g_object_unref (lister->cancellable);
  g_free (lister->images);
  g_free (lister->name);
  g_free (lister->layers);
  if (lister->items)
    g_ptr_array_unref (lister->items);
  g_free (lister);
}

/* A group with the content in it would be a picture of the content itself. */
static gboolean
is_around (PstLayerRef layer, const PstContent *content)
{
  PstItemRef item = GIMP_ITEM (content->layer);

  while (item != PST_NO_ITEM && item != GIMP_ITEM (layer))
    item = gimp_item_get_parent (item);
  return item != PST_NO_ITEM;
}

static void
add_layer (Lister *lister, PstLayerRef layer)
{
  PstStyle        style = PST_STYLE_NONE;
  PstGalleryItem *item;

  if (! gimp_item_is_valid (GIMP_ITEM (layer))
      || is_around (layer, lister->content) || pst_gimp_is_result (layer))
    return;
  style.drawable = GIMP_DRAWABLE (layer);
  item = pst_gallery_item_new (&style, NULL, lister->name);
  if (lister->is_first)
    item->heading = g_strdup (lister->name);
  lister->is_first = FALSE;
  g_ptr_array_add (lister->items, item);
}

/* Returns FALSE after the last one. */
static gboolean
begin_image (Lister *lister)
{
  PstImageRef image;

  lister->image++;
  if (lister->image == lister->n_images)
    return FALSE;

  image = lister->images[lister->image];
  g_clear_pointer (&lister->name, g_free);
  g_clear_pointer (&lister->layers, g_free);
  lister->n_layers = lister->layer = 0;
  lister->is_first = TRUE;
  if (gimp_image_is_valid (image)) /* it may have been closed */
    {
      lister->name = gimp_image_get_name (image);
      lister->layers = pst_gimp_list_layers (image, &lister->n_layers);
    }
  return TRUE;
}

static gboolean
work (gpointer data)
{
  Lister *lister = data;
  gint64  end = g_get_monotonic_time () + SLICE;

  while (! g_cancellable_is_cancelled (lister->cancellable)
         && g_get_monotonic_time () < end)
    {
      if (lister->layer < lister->n_layers)
        {
          add_layer (lister, lister->layers[lister->layer++]);
        }
      else if (! begin_image (lister))
        {
          lister->listed (g_steal_pointer (&lister->items), lister->data);
          return G_SOURCE_REMOVE;
        }
    }
  return ! g_cancellable_is_cancelled (lister->cancellable);
}

void
pst_image_layers_read (const PstContent *content,
                       GCancellable     *cancellable,
                       PstItemsListed    listed,
                       gpointer          data)
{
  Lister *lister = g_new0 (Lister, 1);

  *lister = (Lister){ content, g_object_ref (cancellable), listed, data };
  lister->images = pst_gimp_list_images (&lister->n_images);
  lister->image = -1;
  lister->items = g_ptr_array_new_with_free_func (pst_gallery_item_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, work, lister, free_lister);
}
