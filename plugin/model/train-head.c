/* SPDX-License-Identifier: GPL-3.0-or-later */
/* train-head.c: pastiche-model train-head: a head from folders of pictures
 *
 * Files that cannot be read are reported and skipped: folders of pictures often
 * contain other files, too.
 */
#include "train-head.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/pastiche-heads.h"
#include "folder.h"
#include "options.h"
#include "plugin/files/output-file.h"
#include "plugin/files/picture-file.h"
#include "plugin/find-model.h"

typedef struct
{
  char *images;
  char *output;
  char *model; /* NULL: the built-in one */
  char *layer; /* NULL: the last one */
  int   seed;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->images);
  g_free (options->output);
  g_free (options->model);
  g_free (options->layer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "images", 0, 0, G_OPTION_ARG_FILENAME, &options->images },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output },
    { "model", 0, 0, G_OPTION_ARG_FILENAME, &options->model },
    { "layer", 0, 0, G_OPTION_ARG_STRING, &options->layer },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options->seed },
    { NULL },
  };
  g_auto (GStrv) rest = NULL;

  if (! pst_model_options_read (argv + 1, entries, &rest, error))
    return FALSE;
  if (rest[0] && rest[1])
    return pst_model_options_fail (error, _ ("train-head takes only options."));
  if (! options->images || ! options->output)
    return pst_model_options_fail (
      error, _ ("train-head needs --images and --output."));
  if (options->seed < 0)
    return pst_model_options_fail (error, _ ("The seed must be at least 0."));
  return TRUE;
}

/* ---- progress ----------------------------------------------------------- */

/* One line, which overwrites the last; on a terminal only. */
static void G_GNUC_PRINTF (1, 2) show_progress (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  if (! isatty (STDERR_FILENO))
    return;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("\r%s\033[K", text);
}

/* ---- pictures ----------------------------------------------------------- */

/* Adds the pictures in the folder @path, without other files. */
static gboolean
add_folder (PstTraining *training, int label, const char *path, GError **error)
{
  g_auto (GStrv) files = pst_folder_list (path, G_FILE_TEST_IS_REGULAR, error);
  guint n;

  if (! files)
    return FALSE;

  n = g_strv_length (files);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *file = g_build_filename (path, files[i], NULL);
      g_autofree char *name = g_filename_display_name (path);
      g_autoptr (GError) reason = NULL;
      g_autoptr (PstImage) image =
        pst_picture_read (file, PST_IMAGE_MAX_SIDE, NULL, &reason);

      show_progress (_ ("%s: picture %u of %u"), name, i + 1, n);
      if (image && pst_training_add (training, label, image, &reason))
        continue;
      if (! g_error_matches (reason, PST_ERROR, PST_ERROR_IMAGE))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      show_progress ("%s", "");
      g_printerr (_ ("Skipped: %s\n"), reason->message);
    }
  return TRUE;
}

static gboolean
add_all (PstTraining       *training,
         const char        *images,
         const char *const *labels,
         GError           **error)
{
  for (int label = 0; labels[label]; label++)
    {
      g_autofree char *path = g_build_filename (images, labels[label], NULL);

      if (! add_folder (training, label, path, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the table at the end ----------------------------------------------- */

/* Columns that @text takes on a terminal. */
static int
width_of (const char *text)
{
  int width = 0;

  for (; *text; text = g_utf8_next_char (text))
    width += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return width;
}

static void
print_padded (const char *text, int width, gboolean to_the_right)
{
  int spaces = MAX (0, width - width_of (text));

  g_print ("%*s%s%*s", to_the_right ? spaces : 0, "", text,
           to_the_right ? 0 : spaces, "");
}

/* The confusion matrix: a row for each true label, a column for each
 * prediction. */
static void
print_table (const char *const *labels, const int *counts)
{
  const char *title = _ ("label \\ predicted");
  int         n = g_strv_length ((char **) labels);
  int         first = width_of (title);

  for (int c = 0; c < n; c++)
    first = MAX (first, width_of (labels[c]));

  print_padded (title, first, FALSE);
  for (int c = 0; c < n; c++)
    print_padded (labels[c], MAX (6, width_of (labels[c])) + 2, TRUE);
  g_print ("\n");
  for (int row = 0; row < n; row++)
    {
      print_padded (labels[row], first, FALSE);
      for (int c = 0; c < n; c++)
        g_print ("%*d", MAX (6, width_of (labels[c])) + 2, counts[row * n + c]);
      g_print ("\n");
    }
}

static gboolean
conclude (const PstTraining         *training,
          const PstTrainingProgress *progress,
          const char *const         *labels,
          GError                   **error)
{
  int             n = g_strv_length ((char **) labels);
  g_autofree int *counts = g_try_new (int, (gsize) n *n);
  int             n_right = 0, total = 0;

  if (! counts)
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_MEMORY,
                           _ ("The head was written, but there is not enough "
                              "memory to show its accuracy."));
      return FALSE;
    }
  pst_training_get_confusion (training, counts);
  for (int i = 0; i < n * n; i++)
    {
      total += counts[i];
      n_right += i % (n + 1) == 0 ? counts[i] : 0;
    }
  g_print (_ ("%d epochs; the head of epoch %d classifies %d of the %d "
              "held-out pictures correctly:\n\n"),
           progress->epoch, progress->best_epoch, n_right, total);
  print_table (labels, counts);
  return TRUE;
}

/* ---- the command -------------------------------------------------------- */

static gboolean
write_head (const PstTraining *training, const char *output, GError **error)
{
  g_autoptr (PstHead) head = pst_training_dup_head (training, error);
  g_autoptr (GBytes) bytes = NULL;

  if (head)
    bytes = pst_head_write (head, error);
  return bytes
         && pst_output_write (output, g_bytes_get_data (bytes, NULL),
                              g_bytes_get_size (bytes), error);
}

static gboolean
train (const Options     *options,
       PstModel          *model,
       const char *const *labels,
       GError           **error)
{
  g_autofree char    *name = pst_model_dup_name (options->model);
  PstTrainingSettings settings;
  PstTrainingProgress progress = { 0 };
  g_autoptr (PstTraining) training = NULL;

  pst_training_settings_init (&settings);
  settings.model = name;
  settings.layer = options->layer;
  settings.seed = options->seed;
  training = pst_training_new (model, labels, &settings, error);
  if (! training || ! add_all (training, options->images, labels, error))
    return FALSE;

  while (! progress.done)
    {
      if (! pst_training_step (training, &progress, error))
        return FALSE;
      show_progress (_ ("epoch %d: loss %.4f; held out: loss %.4f, accuracy "
                        "%.0f %%"),
                     progress.epoch, progress.loss, progress.validation_loss,
                     100 * progress.validation_accuracy);
    }
  show_progress ("%s", "");
  return write_head (training, options->output, error)
         && conclude (training, &progress, labels, error);
}

gboolean
pst_train_head (char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (GStrv) labels = NULL;
  g_autoptr (PstModel) model = NULL;

  if (! parse (argv, &options, error)
      || ! pst_output_check (options.output, error))
    return FALSE;
  labels = pst_folder_list (options.images, G_FILE_TEST_IS_DIR, error);
  if (! labels)
    return FALSE;
  if (! labels[0])
    return pst_fail (error, PST_ERROR_IMAGE,
                     _ (
                       "\"%s\" needs a folder for each label, with pictures of "
                       "it, but has none"),
                     options.images);
  model = pst_model_find (options.model, argv[0], error);
  if (! model)
    return FALSE;

  return train (&options, model, (const char *const *) labels, error);
}
