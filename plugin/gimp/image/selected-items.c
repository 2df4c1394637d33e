/* SPDX-License-Identifier: GPL-3.0-or-later */
/* selected-items.c: the layers or channels that the user has selected */
#include "selected-items.h"

#if GIMP_CHECK_VERSION(2, 99, 0)

static void
list_selected (PstSelectedItems *selected, GimpImage *image)
{
  selected->items = selected->are_channels
                      ? (GimpItem **) gimp_image_get_selected_channels (image)
                      : (GimpItem **) gimp_image_get_selected_layers (image);
  selected->n_items =
    selected->items
      ? gimp_core_object_array_get_length ((GObject **) selected->items)
      : 0;
}

static void
select_items (const PstSelectedItems *selected, GimpImage *image)
{
  if (selected->are_channels)
    gimp_image_set_selected_channels (image,
                                      (const GimpChannel **) selected->items);
  else
    gimp_image_set_selected_layers (image,
                                    (const GimpLayer **) selected->items);
}

#else

static void
list_selected (PstSelectedItems *selected, gint32 image)
{
  gint32 active = selected->are_channels ? gimp_image_get_active_channel (image)
                                         : gimp_image_get_active_layer (image);

  selected->items = g_new (gint32, 1);
  selected->items[0] = active;
  selected->n_items = active != -1;
}

static void
select_items (const PstSelectedItems *selected, gint32 image)
{
  if (selected->are_channels)
    gimp_image_set_active_channel (image, selected->items[0]);
  else
    gimp_image_set_active_layer (image, selected->items[0]);
}

#endif

void
pst_selected_items_get (PstSelectedItems *selected, PstImageRef image)
{
  list_selected (selected, image);
  if (selected->n_items > 0)
    return;

  pst_selected_items_clear (selected);
  selected->are_channels = TRUE;
  list_selected (selected, image);
}

void
pst_selected_items_replace (PstSelectedItems *selected,
                            PstItemRef        old,
                            PstItemRef        item)
{
  for (int i = 0; i < selected->n_items; i++)
    if (selected->items[i] == old)
      selected->items[i] = item;
}

void
pst_selected_items_set (const PstSelectedItems *selected, PstImageRef image)
{
  if (selected->n_items > 0)
    select_items (selected, image);
}

void
pst_selected_items_clear (PstSelectedItems *selected)
{
  g_clear_pointer (&selected->items, g_free);
  *selected = (PstSelectedItems){ 0 };
}
