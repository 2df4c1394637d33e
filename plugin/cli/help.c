/* SPDX-License-Identifier: GPL-3.0-or-later */
/* help.c: the text of --help, partly made from the table of parameters */
#include "options.h"

#include <glib/gi18n-lib.h>

#include "option-values.h"
#include "plugin/find-model.h"

#define TEXT_COLUMN 26 /* where explanations begin */
#define LINE_WIDTH  79

/* Columns that @text takes on a terminal. */
static int
width_of (const char *text)
{
  int width = 0;

  for (; *text; text = g_utf8_next_char (text))
    width += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return width;
}

/* Appends an option with its explanation, in lines of LINE_WIDTH. */
static void
append_option (GString *help, const char *option, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  int column = TEXT_COLUMN;

  if (strlen (option) <= TEXT_COLUMN - 4)
    g_string_append_printf (help, "  %-*s", TEXT_COLUMN - 2, option);
  else
    g_string_append_printf (help, "  %s\n%*s", option, TEXT_COLUMN, "");

  for (int i = 0; words[i]; i++)
    {
      int length = width_of (words[i]);

      if (column + 1 + length > LINE_WIDTH)
        {
          g_string_append_printf (help, "\n%*s", TEXT_COLUMN, "");
          column = TEXT_COLUMN;
        }
      else if (i > 0)
        {
          g_string_append_c (help, ' ');
          column++;
        }
      g_string_append (help, words[i]);
      column += length;
    }
  g_string_append_c (help, '\n');
}

static void
append_param (GString *help, const PstParam *param)
{
  const char      *help_text = _ (param->help);
  g_autofree char *values = NULL;
  g_autofree char *option = NULL;
  g_autofree char *text = NULL;

  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
    case PST_PARAM_INT:
      values = g_strdup ("N");
      text =
        g_strdup_printf (_ ("%s (%.10g to %.10g, default %.10g)"), help_text,
                         param->min, param->max, param->fallback);
      break;

    case PST_PARAM_BOOLEAN:
      text = g_strdup_printf (_ ("%s (default: no)"), help_text);
      break;

    case PST_PARAM_CHOICE:
      values = pst_option_join_choices (param);
      text = g_strdup_printf (_ ("%s (default %s)"), help_text,
                              param->choices[(int) param->fallback].name);
      break;

    case PST_PARAM_MODEL:
      values = g_strdup ("NAME|FILE");
      text =
        g_strdup_printf (_ ("%s (default %s)"), help_text, PST_MODEL_BUILT_IN);
      break;
    }

  option = g_strdup_printf ("--%s%s%s", param->name, values ? " " : "",
                            values ? values : "");
  append_option (help, option, text);
}

typedef struct
{
  const char *option; /* NULL ends the list */
  const char *text;
} Option;

static const Option picture_options[] = {
  { "--content FILE|FOLDER...",
    N_ ("The pictures to repaint: JPEG, PNG, TIFF, WebP, GIF, HEIC, AVIF or "
        "JPEG XL. A folder stands for the pictures in it.") },
  { "--style FILE|FOLDER|NAME",
    N_ ("A style picture, or the name of one that comes with Pastiche. Repeat "
        "the option to mix several. With a folder, each content is painted "
        "once with each picture in it.") },
  { "--weight N",
    N_ ("Weight of the preceding --style in the mix. (0.01 to 100, default "
        "1)") },
  { "--region FILE",
    N_ ("Where the preceding --style applies: a mask, white inside and "
        "black outside, stretched to the content. A style without a region "
        "applies outside all regions; if there is none, the content is kept "
        "there.") },
  { "--output FILE",
    N_ ("The result: .png, .jpg, .tif, .webp, .avif, .heic or .jxl. It is "
        "written once it is complete, and replaces a file of that name.") },
  { "--start FILE",
    N_ ("A picture to start from, of any size; --freedom is then ignored. "
        "The run starts at its size, so a small result can be made into a "
        "large one.") },
  { NULL },
};

static const Option batch_options[] = {
  { "--recursive",
    N_ ("Read the folders in folders, too, but not hidden ones.") },
  { "--force",
    N_ ("Repaint finished pictures, and start unfinished ones over.") },
  { "--shard I/N",
    N_ ("Process only the I-th of N parts of the pictures, for N runs in "
        "parallel.") },
  { NULL },
};

/* Follows what the table of parameters has. */
static const Option painting_options[] = {
  { "--loss relative|gatys",
    N_ ("The loss to minimize: gatys, for comparisons, is the loss of Gatys "
        "et al. with the weights of jcjohnson/neural-style, at one scale, "
        "and is meant for a model with Caffe's input; strength, structure, "
        "smoothness and detail are then ignored. (default relative)") },
  { NULL },
};

static const Option run_options[] = {
  { "--threads N",
    N_ ("Threads to use; they do not change the result. (0 to 64, default "
        "0: one per processor that may be used)") },
  { "--report FILE",
    N_ ("Write a report with times, losses and memory as JSON.") },
  { "--list-styles",
    N_ ("Print the names of the style pictures that come with Pastiche.") },
  { "--estimate", N_ ("Print the memory and work needed, and exit.") },
  { "--version", N_ ("Print the version.") },
  { "-h, --help", N_ ("Print this help.") },
  { NULL },
};

static const char *const usage = N_ (
  "Usage: pastiche --content FILE... --style FILE --output FILE [OPTION...]\n"
  "\n"
  "Repaints pictures in the style of one or several other pictures.\n");

static const char *const names = N_ (
  "\n"
  "In --output, --region and --report, {name} stands for the name of the\n"
  "content without its extension, {extension} for that, {folder} for its\n"
  "folder below the one that was given, {style} for the name of the style.\n"
  "With {name} in --output, or a folder of styles, results that already exist\n"
  "are skipped. A content that has the name of another one's result is taken\n"
  "for that result. Missing folders are made.\n");

static const char *const ending = N_ (
  "\n"
  "Ctrl-C stops the run and saves the picture so far under a name with\n"
  "-unfinished. The same command resumes from it, unless content, style or\n"
  "settings have changed; with --force it starts over. A second Ctrl-C quits\n"
  "at once. SIGTERM does the same, and so do SIGHUP, SIGXCPU, SIGALRM,\n"
  "SIGUSR1 and SIGUSR2, but repeating these does not quit.\n"
  "\n"
  "Exit status: 0 success, 1 failure (with several pictures: at least one\n"
  "failed, the others are done), 2 wrong usage, 130 interrupted.\n"
  "\n"
  "Example:\n");

static const char example[] =
  "  pastiche --content photo.jpg --style painting.jpg \\\n"
  "           --output result.png --size 512 --strength 60\n";

static void
append_options (GString *help, const char *title, const Option *options)
{
  if (title)
    g_string_append_printf (help, "\n%s\n", _ (title));
  for (int i = 0; options[i].option; i++)
    append_option (help, options[i].option, _ (options[i].text));
}

char *
pst_options_help (void)
{
  GString        *help = g_string_new (_ (usage));
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  append_options (help, N_ ("Pictures:"), picture_options);
  g_string_append (help, _ (names));
  append_options (help, N_ ("Many pictures:"), batch_options);

  g_string_append_printf (help, "\n%s\n", _ ("Appearance:"));
  for (int i = 0; i < n_params; i++)
    append_param (help, &table[i]);
  append_options (help, NULL, painting_options);

  append_options (help, N_ ("Execution:"), run_options);
  g_string_append (help, _ (ending));
  g_string_append (help, example);
  return g_string_free (help, FALSE);
}
