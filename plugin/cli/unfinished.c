/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unfinished.c: the picture that an interrupted run leaves */
#include "unfinished.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "job.h"

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

/* ---- the record --------------------------------------------------------- */

/* A line with the checksum of job and picture, and the iterations. */
static gboolean
read_record (const PstBatchItem *item,
             const char         *checksum,
             int                *ret_iterations)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  guint64 iterations;

  if (! g_file_get_contents (item->record, &text, NULL, NULL))
    return FALSE;
  words = g_strsplit_set (text, " \n", 3);
  if (g_strv_length (words) != 3 || ! g_str_equal (words[0], checksum)
      || ! g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXINT, &iterations,
                                       NULL))
    return FALSE;
  *ret_iterations = iterations;
  return TRUE;
}

/* Whether the unfinished picture is that of this job. */
static gboolean
is_of_job (const PstOptions   *options,
           const PstModel     *model,
           const PstBatchItem *item,
           int                *ret_iterations)
{
  g_autofree char *checksum =
    pst_job_checksum (options, model, item, item->unfinished, NULL);

  return checksum && read_record (item, checksum, ret_iterations);
}

gboolean
pst_unfinished_record (const PstOptions   *options,
                       const PstModel     *model,
                       const PstBatchItem *item,
                       const PstTransfer  *transfer,
                       const PstProgress  *progress,
                       GError            **error)
{
  g_autofree char *checksum =
    pst_job_checksum (options, model, item, item->unfinished, error);
  g_autofree char      *text = NULL;
  int                   n_scales;
  const PstScaleReport *scales = pst_transfer_get_scales (transfer, &n_scales);
  const PstScaleReport *last = last_begun (transfer);
  /* If the next scale was being prepared, this one is done. */
  gboolean              is_current = last == &scales[progress->scale];

  if (! checksum)
    return FALSE;
  text = g_strdup_printf ("%s %d\n", checksum,
                          is_current ? progress->iteration : G_MAXINT);
  return g_file_set_contents (item->record, text, -1, error);
}

void
pst_unfinished_remove (const PstBatchItem *item)
{
  g_unlink (item->unfinished);
  g_unlink (item->record);
}

/* ---- the picture -------------------------------------------------------- */

PstImage *
pst_unfinished_read (const PstOptions   *options,
                     const PstModel     *model,
                     const PstBatchItem *item,
                     GBytes             *space,
                     const PstTransfer  *transfer,
                     int                *ret_iterations)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PstImage) image = NULL;
  g_autofree char *name = g_filename_display_name (item->unfinished);

  if (! g_file_test (item->unfinished, G_FILE_TEST_EXISTS))
    return NULL;

  if (is_of_job (options, model, item, ret_iterations))
    image =
      pst_picture_read (item->unfinished, PST_IMAGE_MAX_SIDE, space, &error);
  if (image && is_of_scale (transfer, image))
    return g_steal_pointer (&image);

  if (error)
    g_printerr (_ ("pastiche: %s Starting over.\n"), error->message);
  else if (! options->start)
    g_printerr (_ ("pastiche: \"%s\" belongs to another run. Starting "
                   "over.\n"),
                name);
  return NULL;
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
