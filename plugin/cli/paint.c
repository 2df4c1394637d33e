/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paint.c: one picture after the other */
#include "paint.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "plugin/network.h"

#include "interrupt.h"
#include "picture-file.h"
#include "progress.h"
#include "report.h"

gboolean
pst_studio_open (PstStudio         *ret_studio,
                 const PstOptions  *options,
                 const char        *program,
                 GError           **error)
{
  *ret_studio = (PstStudio)
  {
    .options = options,
    .settings = pst_params_to_settings (&options->params, options->threads),
    .targets = pst_targets_new ()
  };
  ret_studio->settings.loss = options->loss;

  ret_studio->model = pst_network_load (options->params.network, program,
                                        error);
  return ret_studio->model &&
         pst_styles_load (&ret_studio->styles, options, error);
}

void
pst_studio_close (PstStudio *studio)
{
  pst_styles_clear (&studio->styles);
  g_clear_pointer (&studio->targets, pst_targets_free);
  g_clear_pointer (&studio->model, pst_model_unref);
}

/* ---- before ------------------------------------------------------------ */

/* Reads the content, and the masks that belong to it. */
static PstImage *
load (PstStudio           *studio,
      const PstBatchItem  *item,
      PstPictureFormat    *ret_format,
      GError             **error)
{
  g_autoptr (PstImage) content = pst_picture_read (item->content, ret_format,
                                                   error);

  if (! content ||
      ! pst_styles_place (&studio->styles, item->content, content->width,
                          content->height, error))
    return NULL;
  return g_steal_pointer (&content);
}

static PstPaintOutcome
fail (const GError *error)
{
  g_printerr ("pastiche: %s\n", error->message);
  return PST_PAINT_FAILED;
}

PstPaintOutcome
pst_paint_estimate (PstStudio          *studio,
                    const PstBatchItem *item)
{
  const PstStyles     *styles = &studio->styles;
  const PstImage      *style = pst_styles_get_largest (styles);
  g_autoptr (GError)   error = NULL;
  g_autoptr (PstImage) content = load (studio, item, NULL, &error);
  g_autofree char     *name = g_filename_display_name (item->content);
  PstEstimate          need;

  if (! content ||
      ! pst_transfer_estimate (studio->model, content->width, content->height,
                               ! pst_image_is_opaque (content),
                               style->width, style->height, styles->n_pictures,
                               pst_style_pictures_count_regions
                                 (styles->pictures, styles->n_pictures),
                               &studio->settings, &need, &error))
    return fail (error);

  g_print ("Content:     %s\n"
           "Result:      %d x %d pixels\n"
           "Memory:      %.0f MiB\n"
           "Operations:  %.2g (floating point, if it takes all iterations)\n",
           name, need.width, need.height, need.bytes / 1048576.0,
           need.operations);
  return PST_PAINT_DONE;
}

/* ---- the work ---------------------------------------------------------- */

/* Steps until the end or an error.  Returns whether there is a picture to keep:
 * at least one iteration was done. */
static gboolean
work (PstTransfer  *transfer,
      const char   *start,
      GError      **error)
{
  PstProgress     progress = { 0 };
  PstProgressLine line;
  gboolean        any = FALSE;

  pst_interrupt_set_transfer (transfer);
  pst_progress_line_init (&line, start);
  while (! progress.done && pst_transfer_step (transfer, &progress, error))
    {
      int                   n_scales;
      const PstScaleReport *scales = pst_transfer_get_scales (transfer,
                                                              &n_scales);

      any = any || scales[0].iterations > 0;
      pst_progress_line_show (&line, &progress, &scales[progress.scale]);
    }
  pst_progress_line_clear (&line);
  pst_interrupt_set_transfer (NULL);

  return any;
}

/* ---- after ------------------------------------------------------------- */

/* Where the output cannot be written after all, for want of space perhaps, the
 * work shall not be lost: adds to @error where the picture is instead. */
static void
save_elsewhere (const PstImage   *image,
                PstPictureFormat  format,
                GError          **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (),
                                            "pastiche-XXXXXX.png", NULL);
  int              file = g_mkstemp (path);

  if (file < 0)
    return;
  close (file);

  if (pst_picture_write (path, image, format, NULL))
    {
      g_autofree char *reason = g_strdup ((*error)->message);

      g_free ((*error)->message);
      (*error)->message = g_strdup_printf ("%s The picture is in \"%s\" "
                                           "instead.", reason, path);
    }
  else
    g_unlink (path);
}

static gboolean
save (const PstTransfer   *transfer,
      const PstReport     *report,
      PstPictureFormat     format,
      const char          *report_path,
      GError             **error)
{
  g_autoptr (PstImage) image = pst_transfer_dup_result (transfer, error);

  if (! image)
    return FALSE;

  if (! pst_picture_write (report->output, image, format, error))
    {
      save_elsewhere (image, format, error);
      return FALSE;
    }

  return ! report_path || pst_report_write (report_path, report, error);
}

/* Says how the work ended, the picture being saved. */
static PstPaintOutcome
conclude (const PstReport *report,
          const GError    *work_error)
{
  g_autofree char *name = g_filename_display_name (report->output);

  if (! work_error)
    {
      if (isatty (STDERR_FILENO))
        g_printerr ("\"%s\" was written after %.1f s.\n", name,
                    report->seconds);
      return PST_PAINT_DONE;
    }

  if (g_error_matches (work_error, PST_ERROR, PST_ERROR_CANCELLED))
    {
      g_printerr ("Interrupted: the picture so far was written to \"%s\".\n",
                  name);
      return PST_PAINT_INTERRUPTED;
    }

  g_printerr ("pastiche: %s The picture so far was written to \"%s\".\n",
              work_error->message, name);
  return PST_PAINT_FAILED;
}

/* The work ended before there was a picture to keep. */
static PstPaintOutcome
conclude_early (const GError *error)
{
  if (! g_error_matches (error, PST_ERROR, PST_ERROR_CANCELLED))
    return fail (error);

  g_printerr ("Interrupted before there was anything to keep.\n");
  return PST_PAINT_INTERRUPTED;
}

PstPaintOutcome
pst_paint (PstStudio          *studio,
           const PstBatchItem *item,
           const char         *start)
{
  g_autoptr (PstTransfer) transfer = NULL;
  g_autoptr (PstImage)    content = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (GError)      work_error = NULL;
  gint64                  start_time = g_get_monotonic_time ();
  PstPictureFormat        format;
  PstReport               report;

  content = load (studio, item, &format, &error);
  if (! content)
    return fail (error);

  transfer = pst_transfer_new (studio->model, content, studio->styles.pictures,
                               studio->styles.n_pictures, &studio->settings,
                               studio->targets, &error);
  if (! transfer)
    {
      g_autofree char *name = g_filename_display_name (item->content);

      g_prefix_error (&error, "\"%s\": ", name);
      return fail (error);
    }

  /* The transfer has its own copy. */
  g_clear_pointer (&content, pst_image_free);

  if (! work (transfer, start, &work_error) && work_error)
    return conclude_early (work_error);

  report = (PstReport)
  {
    .options = studio->options,
    .model = studio->model,
    .transfer = transfer,
    .content = item->content,
    .output = work_error ? item->unfinished : item->output,
    .seconds = (g_get_monotonic_time () - start_time) /
               (double) G_USEC_PER_SEC,
    .complete = work_error == NULL
  };
  if (! save (transfer, &report, format, item->report, &error))
    {
      fail (error);
      return PST_PAINT_LOST;
    }

  return conclude (&report, work_error);
}
