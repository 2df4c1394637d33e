/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unfinished.c: the picture that an interrupted run leaves */
#include "unfinished.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "job.h"
#include "plugin/files/output-file.h"

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

/* The last scale that has done an iteration; NULL if there is none.  A scale
 * that is being prepared does not count: its starting point is better made from
 * the previous scale than from an enlarged picture. */
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

#define CHECKSUM_LENGTH 64 /* digits of a SHA-256 */

char *
pst_unfinished_dup_record (const PstBatchItem *item)
{
  g_autofree char *text = NULL;

  if (! g_file_test (item->record, G_FILE_TEST_IS_REGULAR)
      || ! g_file_get_contents (item->record, &text, NULL, NULL)
      || strspn (text, "0123456789abcdef") != CHECKSUM_LENGTH)
    return NULL;
  return g_steal_pointer (&text);
}

/* Whether @path exists, if only as a broken link. */
static gboolean
is_taken (const char *path)
{
  GStatBuf file;

  return g_lstat (path, &file) == 0;
}

gboolean
pst_unfinished_check (const PstBatchItem *item, GError **error)
{
  g_autofree char *record = pst_unfinished_dup_record (item);
  g_autofree char *name = NULL;
  const char      *path = is_taken (item->record)       ? item->record
                          : is_taken (item->unfinished) ? item->unfinished
                                                        : NULL;

  if (record || ! path)
    return pst_output_check (item->unfinished, error)
           && pst_output_check (item->record, error);

  name = g_filename_display_name (path);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
               _ ("\"%s\" would be replaced if the run were interrupted. Move "
                  "it, or choose another name for the result."),
               name);
  return FALSE;
}

/* A line with the checksum of job and picture, and the iterations. */
static gboolean
read_record (const PstBatchItem *item,
             const char         *checksum,
             int                *ret_iterations)
{
  g_autofree char *text = pst_unfinished_dup_record (item);
  g_auto (GStrv) words = NULL;
  guint64 iterations;

  if (! text)
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
  return pst_output_write (item->record, text, strlen (text), error);
}

void
pst_unfinished_remove (const PstBatchItem *item, const char *record)
{
  g_autofree char *now = pst_unfinished_dup_record (item);

  if (! record || g_strcmp0 (now, record) != 0)
    return;
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
    {
      if (options->force)
        return NULL;
      image =
        pst_picture_read (item->unfinished, PST_IMAGE_MAX_SIDE, space, &error);
    }
  if (image && is_of_scale (transfer, image))
    return g_steal_pointer (&image);

  if (error)
    g_printerr (_ ("pastiche: %s Starting over.\n"), error->message);
  else
    g_printerr (_ ("pastiche: \"%s\" belongs to another run, and will be "
                   "replaced.\n"),
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
