/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c: pastiche-model: manages models and trains heads
 *
 * Exit status: 0 done, 1 it failed, 2 wrong usage.
 */

#include <glib/gi18n-lib.h>

#include "classify.h"
#include "core/model/file.h"
#include "core/pastiche.h"
#include "import.h"
#include "options.h"
#include "plugin/files/output-file.h"
#include "plugin/find-model.h"
#include "plugin/program.h"
#include "show.h"
#include "train-head.h"

/* The most bytes of a file that is imported; VGG-19 with the optimizer's state
 * has 1.7 GB. */
#define MAX_WEIGHTS ((gsize) 3 << 30)

enum
{
  EXIT_DONE,
  EXIT_FAILED,
  EXIT_USAGE
};

/* In parts, for translators. */
static const char *const help[] = {
  N_ ("Usage: pastiche-model import FILE -o MODEL.safetensors [OPTION...]\n"
      "       pastiche-model list\n"
      "       pastiche-model show MODEL\n"
      "       pastiche-model verify MODEL\n"
      "       pastiche-model train-head --images FOLDER -o HEAD.safetensors\n"
      "                                 [OPTION...]\n"
      "       pastiche-model classify --head HEAD.safetensors [OPTION...]\n"
      "                               PICTURE...\n"),
  N_ (
    "import converts published weights of VGG-16, VGG-19 or ResNet-50 to a\n"
    "model.  It reads .pth and .safetensors files with the tensor names of\n"
    "torchvision, timm or Gatys, also within checkpoints.  Which input the\n"
    "network was trained on is recognized or assumed, and printed, unless it\n"
    "is chosen.\n"),
  N_ (
    "  -o, --output FILE  the model file to write\n"
    "  --torchvision      the network was trained on torchvision's input, RGB\n"
    "                     with mean 0 and variance 1\n"
    "  --caffe            on Caffe's input, BGR from 0 to 255 minus a mean\n"
    "  --caffe-rgb        on Caffe's input, but RGB\n"
    "  --max-pooling      max pooling in VGG, as it was trained; average\n"
    "                     pooling, the default, suits style transfer better\n"
    "  --float32          keep single precision; the default is half "
    "precision\n"),
  N_ ("list prints the installed models and those that models/fetch.sh can\n"
      "install, show what is in a model, and verify whether its file is "
      "intact.\n"
      "MODEL is a name or the path of a file.\n"),
  N_ ("train-head trains a head: a classifier on top of the frozen network of "
      "a\n"
      "model.\n"),
  N_ (
    "  --images FOLDER    a folder with one subfolder of pictures for each "
    "label\n"
    "  -o, --output FILE  the head file to write\n"
    "  --model MODEL      the model that extracts the features (default: the\n"
    "                     built-in one)\n"
    "  --layer NAME       the tap to use (default: the last one)\n"
    "  --seed NUMBER      seed of the random generator (default 0)\n"),
  N_ ("classify prints file, label and probability of each picture, separated "
      "by\n"
      "tabs.\n"),
  N_ ("  --head FILE        the head, from train-head\n"
      "  --model MODEL      the head's model, if it has moved\n"
      "  --all              print all labels, most likely first\n"),
};

static void
print_help (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (help); i++)
    g_print ("%s%s", i > 0 ? "\n" : "", _ (help[i]));
}

/* Whether help is asked for, alone or after a command. */
static gboolean
wants_help (char **argv)
{
  return argv[0]
         && (g_strv_contains ((const char *const *) argv + 1, "--help")
             || g_strv_contains ((const char *const *) argv + 1, "-h"));
}

typedef struct
{
  PstImportOptions import;
  char            *output;
  char           **words; /* the command and its arguments */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->output);
  g_strfreev (options->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (char **argv, Options *options, GError **error)
{
  gboolean           torch = FALSE;
  gboolean           caffe = FALSE;
  gboolean           caffe_rgb = FALSE;
  gboolean           largest = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output },
    { "torchvision", 0, 0, G_OPTION_ARG_NONE, &torch },
    { "caffe", 0, 0, G_OPTION_ARG_NONE, &caffe },
    { "caffe-rgb", 0, 0, G_OPTION_ARG_NONE, &caffe_rgb },
    { "max-pooling", 0, 0, G_OPTION_ARG_NONE, &largest },
    { "float32", 0, 0, G_OPTION_ARG_NONE, &options->import.float32 },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->words },
    { NULL },
  };

  if (! pst_model_options_read (argv, entries, NULL, error))
    return FALSE;

  if (torch + caffe + caffe_rgb > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("Only one of --torchvision, --caffe and --caffe-rgb can "
                      "be given."));
      return FALSE;
    }
  options->import.input = torch       ? PST_INPUT_TORCH
                          : caffe     ? PST_INPUT_CAFFE
                          : caffe_rgb ? PST_INPUT_CAFFE_RGB
                                      : PST_INPUT_ANY;
  options->import.pooling = largest ? PST_POOLING_MAX : PST_POOLING_MEAN;
  return TRUE;
}

/* ---- commands ----------------------------------------------------------- */

static gboolean
import (const Options *options, GError **error)
{
  const char *path = options->words[1];
  g_autoptr (GBytes) weights = NULL;
  g_autoptr (GBytes) network = NULL;
  g_autofree char *notes = NULL;

  if (! pst_output_check (options->output, error))
    return FALSE;
  weights = pst_file_read (path, MAX_WEIGHTS, error);
  if (! weights)
    return FALSE;

  network = pst_import (weights, &options->import, &notes, error);
  if (! network)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, _ ("\"%s\" cannot be imported: "), name);
      return FALSE;
    }

  if (! pst_output_write (options->output, g_bytes_get_data (network, NULL),
                          g_bytes_get_size (network), error))
    return FALSE;
  g_print ("%s", notes);
  return TRUE;
}

/* Runs the command; returns FALSE with no error set if it is unknown. */
static gboolean
execute (const Options *options, const char *program, GError **error)
{
  const char *command = options->words ? options->words[0] : "";
  guint       n = options->words ? g_strv_length (options->words) : 0;

  if (n == 2 && g_str_equal (command, "import") && options->output)
    return import (options, error);
  if (options->output)
    return FALSE;
  if (n == 1 && g_str_equal (command, "list"))
    {
      pst_show_list (program);
      return TRUE;
    }
  if (n != 2
      || (! g_str_equal (command, "show") && ! g_str_equal (command, "verify")))
    return FALSE;

  g_autofree char *path =
    pst_model_find_path (options->words[1], program, error);
  if (! path)
    return FALSE;
  return g_str_equal (command, "show") ? pst_show_network (path, error)
                                       : pst_verify_network (path, error);
}

/* The commands that have options of their own. */
static const struct
{
  const char *name;
  gboolean (*run) (char **argv, GError **error);
} commands[] = {
  { "train-head", pst_train_head },
  { "classify", pst_classify },
};

/* Returns the exit status, -1 if @argv has none of these commands. */
static int
run_command (char **argv)
{
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (argv[0] && g_strcmp0 (argv[1], commands[i].name) == 0)
      {
        if (commands[i].run (argv, &error))
          return EXIT_DONE;
        g_printerr ("pastiche-model: %s\n", error->message);
        return error->domain == G_OPTION_ERROR ? EXIT_USAGE : EXIT_FAILED;
      }
  return -1;
}

/* Does what the arguments ask for; returns the exit status. */
static int
run (char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  int status;

  if (wants_help (argv))
    {
      print_help ();
      return EXIT_DONE;
    }

  status = run_command (argv);
  if (status >= 0)
    return status;

  if (parse (argv, &options, &error))
    {
      if (execute (&options, argv[0], &error))
        return EXIT_DONE;
      if (error)
        {
          g_printerr ("pastiche-model: %s\n", error->message);
          return EXIT_FAILED;
        }
    }

  g_printerr (_ ("pastiche-model: %s\nTry \"pastiche-model --help\".\n"),
              error ? error->message : _ ("The command is not complete."));
  return EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  pst_program_init_language (argv[0]);
  return pst_program_end ("pastiche-model", run (argv));
}
