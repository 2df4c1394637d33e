/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c: pastiche, style transfer from the command line
 *
 * What can be wrong with the wishes is found before the work begins.  Exit
 * codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted and the picture so
 * far kept.  An error is one message on the standard error; on a terminal there
 * is a line of progress, else nothing.
 */
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include <gegl.h>
#include <glib/gstdio.h>

#include "plugin/network.h"

#include "interrupt.h"
#include "options.h"
#include "output-file.h"
#include "picture-file.h"
#include "progress.h"
#include "report.h"

enum
{
  EXIT_DONE        = 0,
  EXIT_FAILED      = 1,
  EXIT_USAGE       = 2,
  EXIT_INTERRUPTED = 130
};

/* What a run begins with. */
typedef struct
{
  const PstOptions *options;
  PstSettings       settings;
  PstModel         *model;      /* owned, as are the pictures */
  PstImage         *content;
  PstImage         *style;
  PstPictureFormat  format;     /* of the content's file */
} Task;

static void
task_clear (Task *task)
{
  g_clear_pointer (&task->model, pst_model_unref);
  g_clear_pointer (&task->content, pst_image_free);
  g_clear_pointer (&task->style, pst_image_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Task, task_clear)

static gboolean
task_load (Task        *task,
           const char  *program,
           GError     **error)
{
  const PstOptions *options = task->options;

  task->settings = pst_params_to_settings (&options->params, options->threads);
  task->model = pst_network_load (options->params.network, program, error);
  if (! task->model)
    return FALSE;

  task->content = pst_picture_read (options->content, &task->format, error);
  if (! task->content)
    return FALSE;

  task->style = pst_picture_read (options->style, NULL, error);
  return task->style != NULL;
}

static int
fail (const GError *error)
{
  g_printerr ("pastiche: %s\n", error->message);
  return EXIT_FAILED;
}

static int
estimate (const Task *task)
{
  g_autoptr (GError) error = NULL;
  PstEstimate        need;

  if (! pst_transfer_estimate (task->model,
                               task->content->width, task->content->height,
                               ! pst_image_is_opaque (task->content),
                               task->style->width, task->style->height, 1, 1,
                               &task->settings, &need, &error))
    return fail (error);

  g_print ("Result:      %d x %d pixels\n"
           "Memory:      %.0f MiB\n"
           "Operations:  %.2g (floating point, if it takes all iterations)\n",
           need.width, need.height, need.bytes / 1048576.0,
           need.operations);
  return EXIT_DONE;
}

/* Steps until the end or an error.  Returns whether there is a picture to keep:
 * at least one iteration was done. */
static gboolean
work (PstTransfer  *transfer,
      GError      **error)
{
  PstProgress     progress = { 0 };
  PstProgressLine line;
  gboolean        any = FALSE;

  pst_progress_line_init (&line);
  while (! progress.done && pst_transfer_step (transfer, &progress, error))
    {
      int                   n_scales;
      const PstScaleReport *scales = pst_transfer_get_scales (transfer,
                                                              &n_scales);

      any = any || scales[0].iterations > 0;
      pst_progress_line_show (&line, &progress, &scales[progress.scale]);
    }
  pst_progress_line_clear (&line);

  return any;
}

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
save (const Task         *task,
      const PstTransfer  *transfer,
      const PstReport    *report,
      GError            **error)
{
  const PstOptions    *options = task->options;
  g_autoptr (PstImage) image = pst_transfer_dup_result (transfer, error);

  if (! image)
    return FALSE;

  if (! pst_picture_write (options->output, image, task->format, error))
    {
      save_elsewhere (image, task->format, error);
      return FALSE;
    }

  return ! options->report || pst_report_write (options->report, report, error);
}

/* Says how the run ended, its picture being saved.  Returns the exit code. */
static int
conclude (const Task   *task,
          const GError *work_error,
          double        seconds)
{
  g_autofree char *name = g_filename_display_name (task->options->output);

  if (! work_error)
    {
      if (isatty (STDERR_FILENO))
        g_printerr ("\"%s\" was written after %.1f s.\n", name, seconds);
      return EXIT_DONE;
    }

  if (g_error_matches (work_error, PST_ERROR, PST_ERROR_CANCELLED))
    {
      g_printerr ("Interrupted: the picture so far was written to \"%s\".\n",
                  name);
      return EXIT_INTERRUPTED;
    }

  g_printerr ("pastiche: %s The picture so far was written to \"%s\".\n",
              work_error->message, name);
  return EXIT_FAILED;
}

/* The run ended before there was a picture to keep. */
static int
fail_early (const GError *error)
{
  if (! g_error_matches (error, PST_ERROR, PST_ERROR_CANCELLED))
    return fail (error);

  g_printerr ("Interrupted before there was anything to keep.\n");
  return EXIT_FAILED;
}

static int
run (Task *task)
{
  g_autoptr (PstTransfer) transfer = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (GError)      work_error = NULL;
  gint64                  start = g_get_monotonic_time ();
  PstStylePicture         style = { .image = task->style, .weight = 1 };
  PstReport               report;

  transfer = pst_transfer_new (task->model, task->content, &style, 1,
                               &task->settings, NULL, &error);
  if (! transfer)
    return fail (error);

  /* The transfer has its own copies. */
  g_clear_pointer (&task->content, pst_image_free);
  g_clear_pointer (&task->style, pst_image_free);

  pst_interrupt_catch (transfer);
  if (! work (transfer, &work_error) && work_error)
    return fail_early (work_error);
  pst_interrupt_ignore ();

  report = (PstReport)
  {
    .model = task->model,
    .transfer = transfer,
    .params = &task->options->params,
    .style = task->options->style,
    .seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC,
    .complete = work_error == NULL
  };
  if (! save (task, transfer, &report, &error))
    return fail (error);

  return conclude (task, work_error, report.seconds);
}

/* Checks, loads and does what the options ask for. */
static int
execute (const PstOptions *options,
         const char       *program)
{
  g_auto (Task)      task = { .options = options };
  g_autoptr (GError) error = NULL;

  if (! options->estimate &&
      (! pst_picture_check_output (options->output, &error) ||
       (options->report && ! pst_output_check (options->report, &error))))
    return fail (error);

  if (! task_load (&task, program, &error))
    return fail (error);

  return options->estimate ? estimate (&task) : run (&task);
}

int
main (int    argc,
      char **argv)
{
  g_auto (PstOptions) options = { 0 };
  g_autoptr (GError)  error = NULL;
  int                 code;

  setlocale (LC_CTYPE, "");

  if (! pst_options_parse (argv, &options, &error))
    {
      g_printerr ("pastiche: %s\nTry \"pastiche --help\".\n", error->message);
      return EXIT_USAGE;
    }

  if (options.help)
    {
      g_autofree char *help = pst_options_help ();

      g_print ("%s", help);
      return EXIT_DONE;
    }

  if (options.version)
    {
      g_print ("pastiche %s\n", pst_version ());
      return EXIT_DONE;
    }

  gegl_init (NULL, NULL);
  code = execute (&options, argv[0]);
  gegl_exit ();
  return code;
}
