/* SPDX-License-Identifier: GPL-3.0-or-later */
/* region.c: where in the content a style goes */
#include "region.h"

#include <glib/gi18n-lib.h>

#include "plugin/gimp/compat/gimp-compat.h"
#include "pixels.h"

static PstDrawableRef
mask_of (const PstContent *content)
{
  return GIMP_DRAWABLE (gimp_layer_get_mask (content->layer));
}

static PstDrawableRef
selection_of (const PstContent *content)
{
  return GIMP_DRAWABLE (gimp_image_get_selection (content->image));
}

char *
pst_region_new (PstDrawableRef    drawable,
                const PstContent *content,
                GError          **error)
{
  if (drawable == selection_of (content))
    return g_strdup (PST_REGION_SELECTION);
  if (drawable == mask_of (content))
    return g_strdup (PST_REGION_MASK);
  if (gimp_item_is_channel (GIMP_ITEM (drawable))
      && gimp_item_get_image (GIMP_ITEM (drawable)) == content->image)
    {
      g_autofree char *name = gimp_item_get_name (GIMP_ITEM (drawable));

      return g_strconcat (PST_REGION_CHANNEL, name, NULL);
    }

  g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                       _ ("A region is the selection, a channel of the image, "
                          "or the mask of the layer to be repainted."));
  return NULL;
}

char **
pst_region_list (const PstContent *content)
{
  GPtrArray                 *regions = g_ptr_array_new ();
  int                        n_channels;
  g_autofree PstDrawableRef *channels = NULL;

  if (! gimp_selection_is_empty (content->image))
    g_ptr_array_add (regions, g_strdup (PST_REGION_SELECTION));
  if (mask_of (content) != PST_NO_ITEM)
    g_ptr_array_add (regions, g_strdup (PST_REGION_MASK));

  channels = pst_gimp_list_channels (content->image, &n_channels);
  for (int i = 0; i < n_channels; i++)
    g_ptr_array_add (regions, pst_region_new (channels[i], content, NULL));
  g_ptr_array_add (regions, NULL);
  return (char **) g_ptr_array_free (regions, FALSE);
}

char *
pst_region_dup_label (const char *region)
{
  if (g_str_equal (region, PST_REGION_SELECTION))
    return g_strdup (_ ("Selection"));
  if (g_str_equal (region, PST_REGION_MASK))
    return g_strdup (_ ("Layer mask"));
  /* Translators: %s is the name of a channel. */
  return g_strdup_printf (_ ("Channel \"%s\""),
                          region + strlen (PST_REGION_CHANNEL));
}

/* Returns PST_NO_ITEM, with the reason, if the content has no such region. */
static PstDrawableRef
find (const char *region, const PstContent *content, GError **error)
{
  PstDrawableRef found = PST_NO_ITEM;

  if (g_str_equal (region, PST_REGION_SELECTION))
    {
      /* There is none in an image that was closed meanwhile. */
      if (! gimp_selection_is_empty (content->image))
        found = selection_of (content);
      if (found == PST_NO_ITEM)
        g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE,
                             _ ("A style is for the selection, but nothing is "
                                "selected. Select a part of the layer, or "
                                "choose another region."));
    }
  else if (g_str_equal (region, PST_REGION_MASK))
    {
      found = mask_of (content);
      if (found == PST_NO_ITEM)
        g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE,
                             _ ("A style is for the layer mask, but the layer "
                                "has none. Add one, or choose another "
                                "region."));
    }
  else if (g_str_has_prefix (region, PST_REGION_CHANNEL))
    {
      const char *name = region + strlen (PST_REGION_CHANNEL);

      found =
        GIMP_DRAWABLE (gimp_image_get_channel_by_name (content->image, name));
      if (found == PST_NO_ITEM)
        g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                     _ ("A style is for the channel \"%s\", but the image has "
                        "no such channel. Choose another region."),
                     name);
    }
  else
    {
      g_set_error (error, PST_ERROR, PST_ERROR_SETTINGS,
                   _ ("\"%s\" is not a region."), region);
    }
  return found;
}

gboolean
pst_region_check (const char *region, const PstContent *content, GError **error)
{
  return find (region, content, error) != PST_NO_ITEM;
}

/* The content's area, in the mask's own coordinates. */
static GeglRectangle
area_in (PstDrawableRef mask, const PstContent *content)
{
  GeglRectangle area = content->area;
  int           x, y;

  /* A layer's mask has the place of the layer, all others that of the image. */
  if (mask == mask_of (content))
    return area;
  gimp_drawable_get_offsets (GIMP_DRAWABLE (content->layer), &x, &y);
  area.x += x;
  area.y += y;
  return area;
}

float *
pst_region_read (const char       *region,
                 const PstContent *content,
                 int               side,
                 GError          **error)
{
  PstDrawableRef mask = find (region, content, error);
  GeglRectangle  area;

  if (mask == PST_NO_ITEM)
    return NULL;
  area = area_in (mask, content);
  return pst_pixels_read_mask (mask, &area, side, error);
}
