/* SPDX-License-Identifier: GPL-3.0-or-later */
/* image.c: pictures as callers give and get them */
#include "core/pastiche.h"

#include <glib/gi18n-lib.h>
#include "resample.h"

#include "core/base/error.h"

PstImage *
pst_image_new (int width, int height, GError **error)
{
  PstImage *image;

  if (width < 1 || height < 1 || width > PST_IMAGE_MAX_SIDE
      || height > PST_IMAGE_MAX_SIDE)
    {
      pst_fail (error, PST_ERROR_IMAGE,
                _ ("A picture of %d×%d pixels cannot be used: each side "
                   "must be between 1 and %d."),
                width, height, PST_IMAGE_MAX_SIDE);
      return NULL;
    }
  image = g_new0 (PstImage, 1);
  image->width = width;
  image->height = height;
  image->pixels = g_try_new0 (float, 4 * (gsize) width * height);
  if (! image->pixels)
    {
      pst_fail (error, PST_ERROR_MEMORY,
                _ ("Not enough memory for a picture of %d×%d pixels."), width,
                height);
      g_clear_pointer (&image, pst_image_free);
    }
  return image;
}

void
pst_image_free (PstImage *image)
{
  if (! image)
    return;

  g_free (image->pixels);
  g_free (image);
}

/* ---- resizing ----------------------------------------------------------- */

static void
premultiply (const float *pixels, gsize n, float *ret_premultiplied)
{
  for (gsize i = 0; i < 4 * n; i += 4)
    {
      float alpha = pixels[i + 3];

      for (int c = 0; c < 3; c++)
        ret_premultiplied[i + c] = alpha * pixels[i + c];
      ret_premultiplied[i + 3] = alpha;
    }
}

static void
unpremultiply (float *pixels, gsize n)
{
  for (gsize i = 0; i < 4 * n; i += 4)
    {
      float alpha = CLAMP (pixels[i + 3], 0.0f, 1.0f);

      for (int c = 0; c < 3; c++)
        pixels[i + c] = alpha > 1e-6f ? pixels[i + c] / pixels[i + 3] : 0;
      pixels[i + 3] = alpha;
    }
}

PstImage *
pst_image_resize (const PstImage *image, int width, int height, GError **error)
{
  g_autoptr (PstImage) resized = NULL;
  g_autoptr (PstImage) premultiplied = NULL;

  g_return_val_if_fail (image, NULL);

  resized = pst_image_new (width, height, error);
  if (! resized)
    return NULL;
  premultiplied = pst_image_new (image->width, image->height, error);
  if (! premultiplied)
    return NULL;
  premultiply (image->pixels, (gsize) image->width * image->height,
               premultiplied->pixels);
  if (! pst_resample ((PstShape){ image->height, image->width, 4 },
                      premultiplied->pixels, height, width, resized->pixels,
                      error))
    return NULL;
  unpremultiply (resized->pixels, (gsize) width * height);
  return g_steal_pointer (&resized);
}
