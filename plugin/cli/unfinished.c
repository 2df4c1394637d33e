/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unfinished.c: the picture that an interrupted run leaves */
#include "unfinished.h"

/* Whether a scale has the size of @image. */
static gboolean
is_of_scale (const PstTransfer *transfer, const PstImage *image)
{
  int                   n_scales;
  const PstScaleReport *scales = pst_transfer_get_scales (transfer, &n_scales);

  for (int i = 0; i < n_scales; i++)
    if (scales[i].width == image->width && scales[i].height == image->height)
      return TRUE;
  return FALSE;
}

PstImage *
pst_unfinished_read (const char        *path,
                     GBytes            *space,
                     const PstTransfer *transfer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PstImage) image = NULL;
  g_autofree char *name = g_filename_display_name (path);

  if (! g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;

  image = pst_picture_read (path, PST_IMAGE_MAX_SIDE, space, &error);
  if (! image)
    g_printerr ("pastiche: %s Starting over.\n", error->message);
  else if (! is_of_scale (transfer, image))
    g_printerr ("pastiche: \"%s\" belongs to another run. Starting over.\n",
                name);
  else
    return g_steal_pointer (&image);
  return NULL;
}

/* The last scale that has done an iteration; NULL if there is none.  One
 * that is being prepared has not: its starting point is better made from the
 * previous scale than from an enlarged picture. */
static const PstScaleReport *
last_begun (const PstTransfer *transfer)
{
  int                   n_scales;
  const PstScaleReport *scales = pst_transfer_get_scales (transfer, &n_scales);

  while (n_scales > 0 && scales[n_scales - 1].iterations == 0)
    n_scales--;
  return n_scales > 0 ? &scales[n_scales - 1] : NULL;
}

gboolean
pst_unfinished_is_begun (const PstTransfer *transfer)
{
  return last_begun (transfer) != NULL;
}

PstImage *
pst_unfinished_dup_image (const PstTransfer *transfer, GError **error)
{
  const PstScaleReport *scale = last_begun (transfer);
  g_autoptr (PstImage) image = pst_transfer_dup_result (transfer, error);

  g_return_val_if_fail (scale, NULL);

  if (! image
      || (image->width == scale->width && image->height == scale->height))
    return g_steal_pointer (&image);
  return pst_image_resize (image, scale->width, scale->height, error);
}
