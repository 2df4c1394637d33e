/* SPDX-License-Identifier: GPL-3.0-or-later */
/* help.c: the text of --help, partly made from the table of parameters */
#include "options.h"

#include "plugin/network.h"

#define TEXT_COLUMN 26 /* where explanations begin */
#define LINE_WIDTH  79

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
      int length = strlen (words[i]);

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
  g_autofree char *values = NULL;
  g_autofree char *option = NULL;
  g_autofree char *text = NULL;

  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
    case PST_PARAM_INT:
      values = g_strdup ("N");
      text = g_strdup_printf ("%s (%.10g to %.10g, default %.10g)", param->help,
                              param->min, param->max, param->fallback);
      break;

    case PST_PARAM_BOOLEAN:
      text = g_strdup_printf ("%s (default: no)", param->help);
      break;

    case PST_PARAM_CHOICE:
      values = pst_options_join_choices (param);
      text = g_strdup_printf ("%s (default %s)", param->help,
                              param->choices[(int) param->fallback].name);
      break;

    case PST_PARAM_NETWORK:
      values = g_strdup ("NAME|FILE");
      text =
        g_strdup_printf ("%s (default %s)", param->help, PST_NETWORK_BUILT_IN);
      break;
    }

  option = g_strdup_printf ("--%s%s%s", param->name, values ? " " : "",
                            values ? values : "");
  append_option (help, option, text);
}

char *
pst_options_help (void)
{
  GString        *help = g_string_new (NULL);
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  g_string_append (
    help,
    "Usage: pastiche --content FILE... --style FILE --output FILE [OPTION...]\n"
    "\n"
    "Repaints pictures in the style of another one, or of several.\n"
    "\n"
    "Pictures:\n");
  append_option (
    help, "--content FILE|FOLDER...",
    "The pictures to be repainted: PNG, JPEG, TIFF or WebP. A folder stands "
    "for the pictures in it.");
  append_option (
    help, "--style FILE",
    "The picture whose style is taken. Several, each with a --style of its "
    "own, are mixed.");
  append_option (
    help, "--weight N",
    "The share of the style before it in the mixture. (0.01 to 100, default "
    "1)");
  append_option (
    help, "--region FILE",
    "Where the style before it goes: a picture that is white there, black "
    "elsewhere, stretched to the content. A style without it goes where no "
    "region is; if there is none, the content stays as it is there.");
  append_option (
    help, "--output FILE",
    "Where the result goes: .png, .jpg, .tif or .webp. It is written when it "
    "is complete, and then replaces a file of that name.");
  append_option (
    help, "--start FILE",
    "A picture to begin from, of any size, instead of what --freedom asks for. "
    "The work begins at its size, so that a small result becomes a large one.");
  g_string_append (
    help,
    "\n"
    "In --output, --region and --report {name} stands for the name of the\n"
    "content and {style} for that of the style, without folder and extension. "
    "If\n"
    "--output has {name}, a result that is there already is taken for "
    "finished.\n"
    "\n"
    "Many pictures:\n");
  append_option (
    help, "--force",
    "Make finished pictures again, and unfinished ones from the beginning.");
  append_option (
    help, "--shard I/N",
    "Take only the I-th of N parts of the pictures, for N runs side by side.");

  g_string_append (help, "\nHow it is painted:\n");
  for (int i = 0; i < n_params; i++)
    append_param (help, &table[i]);

  append_option (
    help, "--loss relative|gatys",
    "What is minimised: gatys is for comparisons, the losses of Gatys et al. "
    "with the weights of jcjohnson/neural-style, for a network with Caffe's "
    "input, at one size; strength, structure, smoothness and detail do not "
    "count then. (default relative)");

  g_string_append (help, "\nHow it is done:\n");
  append_option (
    help, "--threads N",
    "Threads to work with; the result does not depend on it. (0 "
    "to " G_STRINGIFY (
      PST_OPTIONS_MAX_THREADS) ", default 0: as many as the machine "
                               "has)");
  append_option (
    help, "--report FILE",
    "Write what was done, with times, losses and memory, as JSON.");
  append_option (help, "--estimate",
                 "Print what the run would need, and do nothing.");
  append_option (help, "--version", "Print the version.");
  append_option (help, "-h, --help", "Print this text.");

  g_string_append (
    help,
    "\n"
    "Ctrl-C ends the run and keeps the picture as it is then, under a name "
    "with\n"
    "-unfinished: the same command goes on from there, or with --force starts\n"
    "over. A second Ctrl-C ends it at once.\n"
    "\n"
    "Exit status: 0 done, 1 failed (of several pictures, at least one; the "
    "others\n"
    "are done), 2 wrong usage, 130 interrupted.\n"
    "\n"
    "Example:\n"
    "  pastiche --content photo.jpg --style painting.jpg --output result.png "
    "\\\n"
    "           --size 512 --strength 60\n");
  return g_string_free (help, FALSE);
}
