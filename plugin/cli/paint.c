/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paint.c: paints the pictures of a batch */
#include "paint.h"

#include <glib/gi18n-lib.h>

#include "plugin/find-model.h"

#include "interrupt.h"
#include "pattern.h"
#include "progress.h"
#include "unfinished.h"

#define WAIT G_USEC_PER_SEC /* before memory is asked for again */

/* What libraries take during a run, as measured. */
#define LIBRARY_BYTES 24000000

gboolean
pst_session_open (PstSession       *ret_session,
                  const PstOptions *options,
                  const char       *program,
                  GError          **error)
{
  *ret_session =
    (PstSession){ .options = options, .cache = pst_style_cache_new () };

  ret_session->model = pst_model_find (options->params.model, program, error);
  return ret_session->model != NULL;
}

void
pst_session_close (PstSession *session)
{
  pst_cli_styles_clear (&session->styles);
  g_clear_pointer (&session->style_options, g_ptr_array_unref);
  g_clear_pointer (&session->cache, pst_style_cache_free);
  g_clear_pointer (&session->model, pst_model_unref);
}

/* ---- before ------------------------------------------------------------- */

static gboolean
same_space (GBytes *a, GBytes *b)
{
  return a == b || (a && b && g_bytes_equal (a, b));
}

/* Whether the styles of @item could not be loaded, which was reported. */
static gboolean
lacks_styles (const PstSession *session, const PstBatchItem *item)
{
  return session->style_options == item->styles && ! session->has_styles;
}

/* Loads the styles of @item in @space, unless they are loaded. */
static gboolean
load_styles (PstSession         *session,
             const PstBatchItem *item,
             GBytes             *space,
             GError            **error)
{
  if (session->style_options == item->styles
      && same_space (session->styles.space, space))
    return TRUE;

  pst_cli_styles_clear (&session->styles);
  g_clear_pointer (&session->style_options, g_ptr_array_unref);
  session->style_options = g_ptr_array_ref (item->styles);
  session->has_styles =
    pst_cli_styles_load (&session->styles, item->styles, space,
                         session->options->params.settings.size, error);
  return session->has_styles;
}

/* Reads all pictures that a run is given: the content, its styles, the masks
 * that belong to both, and the one to start from.  NULL also, with no error
 * set, where styles could not be loaded before.
 * @ret_format: of the content, to be cleared in any case
 * @ret_start: the caller owns it; NULL: none was given */
static PstImage *
load (PstSession         *session,
      const PstBatchItem *item,
      PstPictureFormat   *ret_format,
      PstImage          **ret_start,
      GError            **error)
{
  const char *start = session->options->start;
  g_autoptr (PstImage) content = NULL;

  *ret_start = NULL;
  if (lacks_styles (session, item))
    return NULL;
  content = pst_picture_read_content (item->content,
                                      session->options->params.settings.size,
                                      ret_format, error);
  if (! content || ! load_styles (session, item, ret_format->space, error)
      || ! pst_cli_styles_load_masks (&session->styles, item->content,
                                      item->folder, content->width,
                                      content->height, error))
    return NULL;
  if (start)
    *ret_start =
      pst_picture_read (start, PST_IMAGE_MAX_SIDE, ret_format->space, error);
  return start && ! *ret_start ? NULL : g_steal_pointer (&content);
}

static PstInputPictures
input_pictures (const PstSession *session, const PstImage *content)
{
  return (PstInputPictures){ content, session->styles.pictures,
                             session->styles.n_pictures };
}

/* The settings for a run that has @content, which it copies. */
static PstSettings
settings_for (const PstSession *session, const PstImage *content)
{
  PstSettings settings = session->options->params.settings;
  guint64     bytes = pst_process_bytes ();
  guint64     pixels = 4 * sizeof (float) * content->width * content->height;

  settings.memory_held = bytes - MIN (bytes, pixels) + LIBRARY_BYTES;
  return settings;
}

PstPaintOutcome
pst_paint_estimate (PstSession *session, const PstBatchItem *item)
{
  g_auto (PstPictureFormat) format = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PstImage) start = NULL;
  g_autoptr (PstImage) content = load (session, item, &format, &start, &error);
  g_autofree char *name = g_filename_display_name (item->content);
  PstInputPictures pictures = input_pictures (session, content);
  PstInputSizes    sizes;
  PstSettings      settings;
  PstEstimate      need;

  if (! content)
    return pst_finish_failed (error);
  settings = settings_for (session, content);
  pst_input_sizes_init (&sizes, &pictures);
  if (! pst_transfer_estimate (session->model, &sizes, &settings, &need,
                               &error))
    return pst_finish_failed (error);

  g_print (_ ("Content:     %s\n"
              "Result:      %d x %d pixels\n"
              "Memory:      %.0f MB\n"
              "Operations:  %.2g (floating point, if all iterations are "
              "used)\n"),
           name, need.width, need.height,
           (need.bytes + settings.memory_held) / 1e6, need.operations);
  return PST_PAINT_DONE;
}

/* The picture that an earlier run left, in the color space @space; NULL: there
 * is none, or it is not used.  The caller owns it. */
static PstImage *
read_unfinished (const PstSession   *session,
                 const PstBatchItem *item,
                 GBytes             *space,
                 const PstTransfer  *transfer,
                 int                *ret_iterations)
{
  const PstOptions *options = session->options;

  if (options->start && pst_pattern_is_same (options->start, item->unfinished))
    return NULL;
  return pst_unfinished_read (options, session->model, item, space, transfer,
                              ret_iterations);
}

/* Makes the run start from @left, which an earlier run left there. */
static gboolean
resume (const PstBatchItem *item,
        const PstImage     *left,
        int                 iterations,
        PstTransfer        *transfer,
        GError            **error)
{
  g_autofree char *name = g_filename_display_name (item->unfinished);

  if (! pst_transfer_begin_from (transfer, left, iterations, error))
    return FALSE;
  g_printerr (_ ("Resuming from \"%s\".\n"), name);
  return TRUE;
}

/* As pst_transfer_new(); waits for memory that other runs are using. */
static PstTransfer *
new_transfer (PstSession         *session,
              const PstBatchItem *item,
              const PstImage     *content,
              GError            **error)
{
  g_autofree char  *name = g_filename_display_name (item->content);
  PstInputPictures  pictures = input_pictures (session, content);
  const PstSettings settings = settings_for (session, content);
  gboolean          is_waiting = FALSE;

  while (TRUE)
    {
      g_autoptr (GError) reason = NULL;
      PstTransfer *transfer =
        pst_transfer_new (session->model, &pictures, &settings, session->cache,
                          &reason);

      if (transfer)
        return transfer;
      if (! g_error_matches (reason, PST_ERROR, PST_ERROR_BUSY)
          || pst_interrupt_was_requested ())
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&reason),
                                      "\"%s\": ", name);
          return NULL;
        }
      if (! is_waiting)
        g_printerr (_ ("\"%s\" waits for memory that other runs are using.\n"),
                    name);
      is_waiting = TRUE;
      g_usleep (WAIT);
    }
}

/* Everything up to the first step.
 * @ret_format: of the content, to be cleared in any case
 * @ret_start: path of the picture that the run starts from; NULL: none */
static PstTransfer *
prepare (PstSession         *session,
         const PstBatchItem *item,
         PstPictureFormat   *ret_format,
         const char        **ret_start,
         GError            **error)
{
  int iterations = 0;
  g_autoptr (PstImage) start = NULL;
  g_autoptr (PstImage) left = NULL;
  g_autoptr (PstImage) content =
    load (session, item, ret_format, &start, error);
  g_autoptr (PstTransfer) transfer = NULL;

  if (! content)
    return NULL;

  transfer = new_transfer (session, item, content, error);
  if (! transfer)
    return NULL;

  /* The transfer has its own copy. */
  g_clear_pointer (&content, pst_image_free);
  left =
    read_unfinished (session, item, ret_format->space, transfer, &iterations);
  *ret_start = left ? item->unfinished : session->options->start;
  if (left ? ! resume (item, left, iterations, transfer, error)
           : start && ! pst_transfer_begin_from (transfer, start, 0, error))
    return NULL;
  return g_steal_pointer (&transfer);
}

/* ---- the work ----------------------------------------------------------- */

/* Steps until the end or an error.  Returns the progress of the last step. */
static PstProgress
work (PstTransfer *transfer, const char *start, GError **error)
{
  PstProgress     progress = { 0 };
  PstProgressLine line;

  pst_interrupt_set_transfer (transfer);
  pst_progress_line_init (&line, start);
  while (! progress.done && pst_transfer_step (transfer, &progress, error))
    {
      int                   n_scales;
      const PstScaleReport *scales =
        pst_transfer_get_scales (transfer, &n_scales);

      pst_progress_line_show (&line, &progress, &scales[progress.scale]);
    }
  pst_progress_line_clear (&line);
  pst_interrupt_set_transfer (NULL);
  return progress;
}

/* ---- all of it ---------------------------------------------------------- */

PstPaintOutcome
pst_paint (PstSession *session, const PstBatchItem *item, const char *start)
{
  g_autoptr (PstTransfer) transfer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) work_error = NULL;
  gint64 start_time = g_get_monotonic_time ();
  g_auto (PstPictureFormat) format = { 0 };
  g_autofree char *record = pst_unfinished_dup_record (item);
  const char      *from;
  PstProgress      progress;
  PstReport        report;

  transfer = prepare (session, item, &format, &from, &error);
  if (! transfer)
    {
      pst_finish_failed (error);
      return g_error_matches (error, PST_ERROR, PST_ERROR_BUSY)
               ? PST_PAINT_INTERRUPTED
               : PST_PAINT_FAILED;
    }

  progress = work (transfer, start, &work_error);
  report = (PstReport){ .options = session->options,
                        .model = session->model,
                        .transfer = transfer,
                        .styles = item->styles,
                        .content = item->content,
                        .output = work_error ? item->unfinished : item->output,
                        .start = from,
                        .record = record,
                        .seconds = (g_get_monotonic_time () - start_time)
                                   / (double) G_USEC_PER_SEC,
                        .complete = work_error == NULL,
                        .progress = progress };
  return pst_finish (&report, item, &format, work_error);
}
