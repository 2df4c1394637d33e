/* SPDX-License-Identifier: GPL-3.0-or-later */
/* styles.c: the style pictures, and their regions in a content */
#include "styles.h"

#include <glib/gi18n-lib.h>

#include "pattern.h"
#include "plugin/files/picture-file.h"

/* A style is read at this multiple of the result's size, at most. */
#define MAX_STYLE_SCALE 4

gboolean
pst_cli_styles_load (PstCliStyles    *ret_styles,
                     const GPtrArray *options,
                     GBytes          *space,
                     int              size,
                     GError         **error)
{
  int largest = size > 0 ? MIN (MAX_STYLE_SCALE * size, PST_IMAGE_MAX_SIDE)
                         : PST_IMAGE_MAX_SIDE;

  *ret_styles = (PstCliStyles){ .options = options };
  ret_styles->space = space ? g_bytes_ref (space) : NULL;

  for (guint i = 0; i < options->len; i++)
    {
      const PstStyleOption *style = options->pdata[i];
      PstImage *image = pst_picture_read (style->path, largest, space, error);

      if (! image)
        return FALSE;

      ret_styles->images[i] = image;
      ret_styles->pictures[i] =
        (PstStylePicture){ .image = image, .weight = style->weight };
      ret_styles->n_pictures++;
    }
  return TRUE;
}

/* ---- regions ------------------------------------------------------------ */

/* Returns the mask at @path as [height][width] values; the caller owns them. */
static float *
read_mask (const char *path, int width, int height, GError **error)
{
  gsize n_pixels = (gsize) width * height;
  g_autoptr (PstImage) mask =
    pst_picture_read (path, PST_IMAGE_MAX_SIDE, NULL, error);
  g_autoptr (PstImage) stretched = NULL;
  float *region;

  if (mask)
    stretched = pst_image_resize (mask, width, height, error);
  if (! stretched)
    return NULL;

  region = g_try_new (float, n_pixels);
  if (! region)
    {
      g_set_error (error, PST_ERROR, PST_ERROR_MEMORY,
                   _ ("Not enough memory for a region."));
      return NULL;
    }

  for (gsize i = 0; i < n_pixels; i++)
    {
      const float *pixel = stretched->pixels + i * 4;

      region[i] = (pixel[0] + pixel[1] + pixel[2]) / 3 * pixel[3];
    }
  return region;
}

char *
pst_style_mask_path (const PstStyleOption *style,
                     const char           *content,
                     const char           *folder)
{
  g_autofree char *stem = pst_pattern_stem (style->path);

  return pst_pattern_expand (style->region,
                             &(PstPatternNames){ content, folder, stem });
}

/* Gives style @index the region of an earlier style with the same mask.
 * Returns whether there was one.
 * @masks: paths of all styles up to @index */
static gboolean
share_region (PstCliStyles *styles, int index, char **masks)
{
  for (int i = 0; i < index; i++)
    if (g_strcmp0 (masks[i], masks[index]) == 0)
      {
        styles->pictures[index].region = styles->pictures[i].region;
        return TRUE;
      }
  return FALSE;
}

gboolean
pst_cli_styles_load_masks (PstCliStyles *styles,
                           const char   *path,
                           const char   *folder,
                           int           width,
                           int           height,
                           GError      **error)
{
  g_auto (GStrv) masks = g_new0 (char *, PST_MAX_STYLES + 1);

  for (int i = 0; i < styles->n_pictures; i++)
    {
      masks[i] = pst_style_mask_path (styles->options->pdata[i], path, folder);
      styles->pictures[i].region = NULL;
      g_clear_pointer (&styles->regions[i], g_free);
      if (! masks[i] || share_region (styles, i, masks))
        continue;

      styles->regions[i] = read_mask (masks[i], width, height, error);
      if (! styles->regions[i])
        return FALSE;
      styles->pictures[i].region = styles->regions[i];
    }
  return TRUE;
}

/* ---- all of them -------------------------------------------------------- */

void
pst_cli_styles_clear (PstCliStyles *styles)
{
  for (int i = 0; i < styles->n_pictures; i++)
    {
      g_free (styles->regions[i]);
      pst_image_free (styles->images[i]);
    }
  g_clear_pointer (&styles->space, g_bytes_unref);
  *styles = (PstCliStyles){ 0 };
}
