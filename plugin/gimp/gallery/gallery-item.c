/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery-item.c: a picture of the gallery, which can become a style */
#include "gallery-item.h"

#include <glib/gi18n-lib.h>

PstGalleryItem *
pst_gallery_item_new (PstStyle *style, const char *name, const char *place)
{
  PstGalleryItem *item = g_new0 (PstGalleryItem, 1);

  item->style = *style;
  *style = PST_STYLE_NONE;
  item->name = name ? g_strdup (name) : pst_style_dup_name (&item->style);
  item->place = g_strdup (place);
  return item;
}

void
pst_gallery_item_free (gpointer data)
{
  PstGalleryItem *item = data;

  pst_style_clear (&item->style);
  g_free (item->name);
  g_free (item->place);
  g_free (item->heading);
  g_clear_object (&item->picture);
  g_free (item->problem);
  g_free (item);
}

gboolean
pst_gallery_item_equal (const PstGalleryItem *item, const PstStyle *style)
{
  const PstStyle *own = &item->style;

  if (own->file && style->file)
    return g_file_equal (own->file, style->file);
  return own->drawable != PST_NO_ITEM && own->drawable == style->drawable;
}

int
pst_gallery_item_find (const PstGalleryItem *item, const PstStyles *styles)
{
  for (int i = 0; i < styles->n_styles; i++)
    if (pst_gallery_item_equal (item, &styles->list[i]))
      return i;
  return -1;
}

char *
pst_gallery_item_describe (const PstGalleryItem *item)
{
  GString *text = g_string_new (item->name);

  if (item->place)
    g_string_append_printf (text, "\n%s", item->place);
  if (item->problem)
    {
      g_string_append_c (text, '\n');
      /* Translators: %s is why. */
      g_string_append_printf (text, _ ("This picture cannot be shown: %s"),
                              item->problem);
    }
  return g_string_free (text, FALSE);
}
