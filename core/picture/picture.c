/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.c: pictures as the network sees them */
#include "picture.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/shape.h"

static PstPicture *
allocate (int width, int height, gboolean has_alpha, GError **error)
{
  PstPicture *picture = g_new0 (PstPicture, 1);
  gsize       n = (gsize) width * height;

  picture->width = width;
  picture->height = height;
  picture->rgb = g_try_new (float, 3 * n);
  picture->alpha = has_alpha ? g_try_new (float, n) : NULL;
  if (picture->rgb && (picture->alpha || ! has_alpha))
    return picture;
  pst_fail (error, PST_ERROR_MEMORY,
            _ ("Not enough memory for a picture of %d×%d pixels."), width,
            height);
  pst_picture_free (picture);
  return NULL;
}

static PstShape
shape_of (const PstPicture *picture, int channels)
{
  return (PstShape){ picture->height, picture->width, channels };
}

void
pst_picture_free (PstPicture *picture)
{
  if (! picture)
    return;

  g_free (picture->rgb);
  g_free (picture->alpha);
  g_free (picture);
}

/* NaN becomes 0: it fails every comparison. */
static float
displayable (float value)
{
  return value > 0 ? MIN (value, 1.0f) : 0;
}

gboolean
pst_image_is_opaque (const PstImage *image)
{
  gsize n = (gsize) image->width * image->height;

  for (gsize i = 0; i < n; i++)
    if (! (image->pixels[4 * i + 3] >= 1))
      return FALSE;
  return TRUE;
}

/* A copy of @image whose every value is displayable. */
static PstImage *
dup_displayable (const PstImage *image, GError **error)
{
  PstImage *copy = pst_image_new (image->width, image->height, error);
  gsize     n = 4 * (gsize) image->width * image->height;

  if (copy)
    for (gsize i = 0; i < n; i++)
      copy->pixels[i] = displayable (image->pixels[i]);
  return copy;
}

static void
split (const PstImage *image, PstPicture *picture)
{
  gsize n = (gsize) image->width * image->height;

  for (gsize i = 0; i < n; i++)
    {
      for (int c = 0; c < 3; c++)
        picture->rgb[3 * i + c] = displayable (image->pixels[4 * i + c]);
      if (picture->alpha)
        picture->alpha[i] = displayable (image->pixels[4 * i + 3]);
    }
}

/* Returns FALSE when nothing is visible. */
static gboolean
fade_to_visible_mean (PstPicture *picture)
{
  gsize         n = (gsize) picture->width * picture->height;
  PstColorStats stats;
  double        total = 0;

  if (! picture->alpha)
    return TRUE;
  for (gsize i = 0; i < n; i++)
    total += picture->alpha[i];
  if (total <= 0)
    return FALSE;
  pst_color_stats (n, picture->rgb, picture->alpha, &stats);
  for (gsize i = 0; i < 3 * n; i++)
    picture->rgb[i] =
      stats.mean[i % 3]
      + picture->alpha[i / 3] * (picture->rgb[i] - stats.mean[i % 3]);
  return TRUE;
}

PstPicture *
pst_picture_new_opaque (const PstImage *image,
                        int             width,
                        int             height,
                        GError        **error)
{
  g_autoptr (PstPicture) picture =
    allocate (image->width, image->height, FALSE, error);

  if (! picture)
    return NULL;
  split (image, picture);
  if (width == image->width && height == image->height)
    return g_steal_pointer (&picture);
  return pst_picture_resize (picture, width, height, error);
}

PstPicture *
pst_picture_new (const PstImage *image,
                 const char     *if_empty,
                 int             width,
                 int             height,
                 GError        **error)
{
  gboolean opaque = pst_image_is_opaque (image);
  g_autoptr (PstImage) copy = dup_displayable (image, error);
  g_autoptr (PstPicture) picture = NULL;

  if (copy && (width != image->width || height != image->height))
    {
      PstImage *resized = pst_image_resize (copy, width, height, error);

      pst_image_free (copy);
      copy = resized;
    }
  if (! copy)
    return NULL;
  picture = allocate (width, height, ! opaque, error);
  if (! picture)
    return NULL;
  split (copy, picture);
  if (! fade_to_visible_mean (picture))
    {
      pst_fail (error, PST_ERROR_IMAGE, "%s", if_empty);
      return NULL;
    }
  return g_steal_pointer (&picture);
}

static gboolean
is_size (PstSize a, PstSize b)
{
  return a.width == b.width && a.height == b.height;
}

gsize
pst_picture_bytes (PstSize size, gboolean has_alpha)
{
  return pst_size_mul (pst_size_mul (size.width, size.height),
                       (has_alpha ? 4 : 3) * sizeof (float));
}

gsize
pst_picture_new_bytes (PstSize from, PstSize size)
{
  gsize copy = pst_picture_bytes (from, TRUE);
  gsize made = pst_picture_bytes (size, TRUE);
  gsize resizing = 0;

  if (! is_size (from, size))
    /* pst_image_resize() also has a premultiplied copy */
    resizing =
      pst_size_add (copy, pst_resample_bytes (from.height, from.width, 4,
                                              size.height, size.width));
  return pst_size_add (pst_size_add (copy, made), resizing);
}

void
pst_clamp (float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = displayable (values[i]);
}

PstPicture *
pst_picture_resize_part (const PstPicture *picture,
                         PstPart           part,
                         int               width,
                         int               height,
                         GError          **error)
{
  g_autoptr (PstPicture) resized =
    allocate (width, height, picture->alpha != NULL, error);
  gsize n = (gsize) width * height;

  if (! resized
      || ! pst_resample_part (shape_of (picture, 3), picture->rgb, part, height,
                              width, resized->rgb, error)
      || (picture->alpha
          && ! pst_resample_part (shape_of (picture, 1), picture->alpha, part,
                                  height, width, resized->alpha, error)))
    return NULL;
  pst_clamp (resized->rgb, 3 * n);
  if (resized->alpha)
    pst_clamp (resized->alpha, n);
  return g_steal_pointer (&resized);
}

PstPicture *
pst_picture_resize (const PstPicture *picture,
                    int               width,
                    int               height,
                    GError          **error)
{
  PstPart all = { 0, 0, picture->width, picture->height };

  return pst_picture_resize_part (picture, all, width, height, error);
}

gsize
pst_picture_resize_bytes (PstSize from, PstSize size, gboolean has_alpha)
{
  return pst_size_add (pst_picture_bytes (size, has_alpha),
                       pst_resample_bytes (from.height, from.width, 3,
                                           size.height, size.width));
}

/* The pixel of a line of @n that position @p, which may lie outside,
 * mirrors. */
static int
mirrored (int p, int n)
{
  int q = p % (2 * n);

  if (q < 0)
    q += 2 * n;
  return q < n ? q : 2 * n - 1 - q;
}

int
pst_wrapped (int p, int n)
{
  int q = p % n;

  return q < 0 ? q + n : q;
}

void
pst_pad (PstShape shape, const float *x, int margin, gboolean wrap, float *y)
{
  int (*place) (int p, int n) = wrap ? pst_wrapped : mirrored;
  int new_width = shape.width + 2 * margin;
  int channels = shape.channels;

  for (int row = 0; row < shape.height + 2 * margin; row++)
    for (int column = 0; column < new_width; column++)
      {
        gsize from = (gsize) place (row - margin, shape.height) * shape.width
                     + place (column - margin, shape.width);

        memcpy (y + channels * ((gsize) row * new_width + column),
                x + channels * from, channels * sizeof (float));
      }
}

PstPicture *
pst_picture_pad (const PstPicture *picture,
                 int               margin,
                 gboolean          wrap,
                 GError          **error)
{
  PstPicture *padded =
    allocate (picture->width + 2 * margin, picture->height + 2 * margin,
              picture->alpha != NULL, error);

  if (! padded)
    return NULL;
  pst_pad (shape_of (picture, 3), picture->rgb, margin, wrap, padded->rgb);
  if (padded->alpha)
    pst_pad (shape_of (picture, 1), picture->alpha, margin, wrap,
             padded->alpha);
  return padded;
}

PstPicture *
pst_picture_frame (const PstPicture *picture,
                   const PstFrame   *frame,
                   GError          **error)
{
  g_autoptr (PstPicture) resized = NULL;

  if (picture->width == frame->width && picture->height == frame->height)
    return pst_picture_pad (picture, frame->margin, frame->wrap, error);
  resized = pst_picture_resize (picture, frame->width, frame->height, error);
  return resized ? pst_picture_pad (resized, frame->margin, frame->wrap, error)
                 : NULL;
}

gsize
pst_picture_frame_bytes (PstSize         from,
                         const PstFrame *frame,
                         gboolean        has_alpha)
{
  PstSize size = { frame->width, frame->height };
  gsize   framed = pst_picture_bytes (pst_frame_size (frame), has_alpha);

  if (is_size (from, size))
    return framed;
  return MAX (pst_picture_resize_bytes (from, size, has_alpha),
              pst_size_add (pst_picture_bytes (size, has_alpha), framed));
}

PstColorStats
pst_picture_color_stats (const PstPicture *picture)
{
  PstColorStats stats;

  pst_color_stats ((gsize) picture->width * picture->height, picture->rgb,
                   picture->alpha, &stats);
  return stats;
}

void
pst_picture_give_colors (PstPicture *picture, const PstColorStats *to)
{
  gsize         n = (gsize) picture->width * picture->height;
  PstColorStats from = pst_picture_color_stats (picture);

  pst_color_match (n, picture->rgb, &from, to);
  pst_clamp (picture->rgb, 3 * n);
}
