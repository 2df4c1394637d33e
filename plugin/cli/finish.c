/* SPDX-License-Identifier: GPL-3.0-or-later */
/* finish.c: writes a picture, and reports how the work ended */
#include "finish.h"

#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "pattern.h"
#include "unfinished.h"

PstPaintOutcome
pst_finish_failed (const GError *error)
{
  if (error)
    g_printerr ("pastiche: %s\n", error->message);
  return PST_PAINT_FAILED;
}

/* If the output cannot be written after all, perhaps because the disk is
 * full, the work must not be lost: adds to @error where the picture was
 * saved instead. */
static void
save_elsewhere (const PstImage         *image,
                const PstPictureFormat *format,
                GError                **error)
{
  g_autofree char *path =
    g_build_filename (g_get_tmp_dir (), "pastiche-XXXXXX.png", NULL);
  int file = g_mkstemp (path);

  if (file < 0)
    return;
  close (file);

  if (pst_picture_write (path, image, format, NULL))
    {
      g_autofree char *reason = g_strdup ((*error)->message);

      g_free ((*error)->message);
      (*error)->message =
        g_strdup_printf (_ ("%s The picture was saved as \"%s\" instead."),
                         reason, path);
    }
  else
    g_unlink (path);
}

/* The result is written, so the unfinished picture is no longer needed.  A
 * file that the user named is kept. */
static void
remove_unfinished (const PstReport *report, const PstBatchItem *item)
{
  const char *named = report->options->start;

  if (! named || ! pst_pattern_is_same (named, item->unfinished))
    pst_unfinished_remove (item, report->record);
}

/* Writes the picture. */
static gboolean
save (const PstReport        *report,
      const PstBatchItem     *item,
      const PstPictureFormat *format,
      GError                **error)
{
  g_autoptr (PstImage) image =
    report->complete ? pst_transfer_dup_result (report->transfer, error)
                     : pst_unfinished_dup_image (report->transfer, error);

  if (! image)
    return FALSE;

  /* Another file may have appeared there meanwhile. */
  if ((! report->complete && ! pst_unfinished_check (item, error))
      || ! pst_picture_write (report->output, image, format, error))
    {
      save_elsewhere (image, format, error);
      return FALSE;
    }

  return TRUE;
}

/* Writes what goes with the picture. */
static gboolean
save_rest (const PstReport *report, const PstBatchItem *item, GError **error)
{
  if (report->complete)
    remove_unfinished (report, item);
  else if (! pst_unfinished_record (report->options, report->model, item,
                                    report->transfer, &report->progress, error))
    return FALSE;
  return ! item->report || pst_report_write (item->report, report, error);
}

/* Reports how the work ended; the picture is saved. */
static PstPaintOutcome
conclude (const PstReport *report, const GError *work_error)
{
  g_autofree char *name = g_filename_display_name (report->output);

  if (! work_error)
    {
      if (isatty (STDERR_FILENO))
        g_printerr (_ ("Wrote \"%s\" after %.1f s.\n"), name, report->seconds);
      return PST_PAINT_DONE;
    }

  if (g_error_matches (work_error, PST_ERROR, PST_ERROR_CANCELLED))
    {
      g_printerr (_ ("Interrupted: the picture so far was written to "
                     "\"%s\".\n"),
                  name);
      return PST_PAINT_INTERRUPTED;
    }

  g_printerr (_ ("pastiche: %s The picture so far was written to \"%s\".\n"),
              work_error->message, name);
  return PST_PAINT_FAILED;
}

/* The work ended before there was a picture to keep, other than that at
 * @unfinished, if it is there. */
static PstPaintOutcome
conclude_early (const char *unfinished, const GError *error)
{
  g_autofree char *name = g_filename_display_name (unfinished);

  if (! g_error_matches (error, PST_ERROR, PST_ERROR_CANCELLED))
    return pst_finish_failed (error);

  if (g_file_test (unfinished, G_FILE_TEST_EXISTS))
    g_printerr (_ ("Interrupted: \"%s\" is unchanged.\n"), name);
  else
    g_printerr (_ ("Interrupted before there was anything to save.\n"));
  return PST_PAINT_INTERRUPTED;
}

PstPaintOutcome
pst_finish (const PstReport        *report,
            const PstBatchItem     *item,
            const PstPictureFormat *format,
            const GError           *work_error)
{
  g_autoptr (GError) error = NULL;
  PstPaintOutcome outcome;

  if (work_error && ! pst_unfinished_is_begun (report->transfer))
    return conclude_early (item->unfinished, work_error);

  if (! save (report, item, format, &error))
    {
      pst_finish_failed (error);
      return PST_PAINT_CANNOT_SAVE;
    }
  if (! save_rest (report, item, &error))
    pst_finish_failed (error);

  outcome = conclude (report, work_error);
  return outcome == PST_PAINT_DONE && error ? PST_PAINT_FAILED : outcome;
}
