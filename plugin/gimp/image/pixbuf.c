/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pixbuf.c: pictures of GdkPixbuf, to and from PstImage */
#include "pixbuf.h"

#include "scaled-size.h"
#include "upright.h"

PstImage *
pst_pixbuf_to_image (const GdkPixbuf *pixbuf, GError **error)
{
  int           width = gdk_pixbuf_get_width (pixbuf);
  int           height = gdk_pixbuf_get_height (pixbuf);
  int           n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  int           stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guchar *bytes = gdk_pixbuf_read_pixels (pixbuf);
  PstImage     *image = pst_image_new (width, height, error);

  if (! image)
    return NULL;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guchar *from = bytes + (gsize) y * stride + x * n_channels;
        float        *to = image->pixels + 4 * ((gsize) y * width + x);

        to[3] = 1;
        for (int c = 0; c < n_channels; c++)
          to[c] = from[c] / 255.0f;
      }
  return image;
}

GdkPixbuf *
pst_pixbuf_from_image (const PstImage *image)
{
  GdkPixbuf *pixbuf =
    gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, image->width, image->height);
  int     stride = gdk_pixbuf_get_rowstride (pixbuf);
  guchar *bytes = gdk_pixbuf_get_pixels (pixbuf);

  for (int y = 0; y < image->height; y++)
    {
      const float *from = image->pixels + 4 * (gsize) y * image->width;
      guchar      *to = bytes + (gsize) y * stride;

      for (int i = 0; i < 4 * image->width; i++)
        to[i] = CLAMP (from[i], 0, 1) * 255 + 0.5f;
    }
  return pixbuf;
}

PstImage *
pst_pixbuf_read_image (const char *path, int side, GError **error)
{
  int width, height;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;

  if (gdk_pixbuf_get_file_info (path, &width, &height))
    {
      pst_scaled_size (side, &width, &height);
      pixbuf =
        gdk_pixbuf_new_from_file_at_scale (path, width, height, FALSE, error);
    }
  else
    {
      pixbuf = gdk_pixbuf_new_from_file (path, error);
    }
  if (! pixbuf)
    return NULL;
  upright = pst_upright_turn (pixbuf, path);
  return pst_pixbuf_to_image (upright, error);
}
