/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unfinished.c: the picture that a run leaves when it is cut short */
#include "unfinished.h"

PstImage *
pst_unfinished_read (const char *path)
{
  g_autoptr (GError)  error = NULL;
  PstImage           *image;

  if (! g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;

  image = pst_picture_read (path, NULL, &error);
  if (! image)
    g_printerr ("pastiche: %s Starting over.\n", error->message);
  return image;
}

/* The last scale that has done an iteration; NULL if there is none.  One that is
 * being prepared has not: what it starts from is better made of the scale before
 * than of an enlarged picture. */
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
pst_unfinished_dup_image (const PstTransfer  *transfer,
                          GError            **error)
{
  const PstScaleReport *scale = last_begun (transfer);
  g_autoptr (PstImage)  image = pst_transfer_dup_result (transfer, error);

  g_return_val_if_fail (scale, NULL);

  if (! image
      || (image->width == scale->width && image->height == scale->height))
    return g_steal_pointer (&image);
  return pst_image_resize (image, scale->width, scale->height, error);
}
