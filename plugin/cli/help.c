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

typedef struct
{
  const char *option; /* NULL ends the list */
  const char *text;
} Option;

static const Option picture_options[] = {
  { "--content FILE|FOLDER...",
    "The pictures to be repainted: PNG, JPEG, TIFF or WebP. A folder stands "
    "for the pictures in it." },
  { "--style FILE",
    "The picture whose style is taken. Several, each with a --style of its "
    "own, are mixed." },
  { "--weight N",
    "The share of the style before it in the mixture. (0.01 to 100, "
    "default 1)" },
  { "--region FILE",
    "Where the style before it goes: a picture that is white there, black "
    "elsewhere, stretched to the content. A style without it goes where no "
    "region is; if there is none, the content stays as it is there." },
  { "--output FILE",
    "Where the result goes: .png, .jpg, .tif or .webp. It is written when it "
    "is complete, and then replaces a file of that name." },
  { "--start FILE",
    "A picture to begin from, of any size, instead of what --freedom asks "
    "for. The work begins at its size, so that a small result becomes a "
    "large one." },
  { NULL },
};

static const Option batch_options[] = {
  { "--force",
    "Make finished pictures again, and unfinished ones from the beginning." },
  { "--shard I/N",
    "Take only the I-th of N parts of the pictures, for N runs side by side." },
  { NULL },
};

/* Follows what the table of parameters has. */
static const Option painting_options[] = {
  { "--loss relative|gatys",
    "What is minimised: gatys is for comparisons, the losses of Gatys et al. "
    "with the weights of jcjohnson/neural-style, for a network with Caffe's "
    "input, at one size; strength, structure, smoothness and detail do not "
    "count then. (default relative)" },
  { NULL },
};

static const Option run_options[] = {
  { "--threads N",
    "Threads to work with; the result does not depend on it. "
    "(0 to " G_STRINGIFY (PST_OPTIONS_MAX_THREADS) ", default 0: as many as "
                                                   "the machine has)" },
  { "--report FILE",
    "Write what was done, with times, losses and memory, as JSON." },
  { "--estimate", "Print what the run would need, and do nothing." },
  { "--version", "Print the version." },
  { "-h, --help", "Print this text." },
  { NULL },
};

static const char usage[] =
  "Usage: pastiche --content FILE... --style FILE --output FILE [OPTION...]\n"
  "\n"
  "Repaints pictures in the style of another one, or of several.\n";

static const char names[] =
  "\n"
  "In --output, --region and --report {name} stands for the name of the\n"
  "content and {style} for that of the style, without folder and\n"
  "extension. If --output has {name}, a result that is there already is\n"
  "taken for finished.\n";

static const char ending[] =
  "\n"
  "Ctrl-C ends the run and keeps the picture as it is then, under a name\n"
  "with -unfinished: the same command goes on from there, or with --force\n"
  "starts over. A second Ctrl-C ends it at once.\n"
  "\n"
  "Exit status: 0 done, 1 failed (of several pictures, at least one; the\n"
  "others are done), 2 wrong usage, 130 interrupted.\n"
  "\n"
  "Example:\n"
  "  pastiche --content photo.jpg --style painting.jpg \\\n"
  "           --output result.png --size 512 --strength 60\n";

static void
append_options (GString *help, const char *title, const Option *options)
{
  if (title)
    g_string_append_printf (help, "\n%s\n", title);
  for (int i = 0; options[i].option; i++)
    append_option (help, options[i].option, options[i].text);
}

char *
pst_options_help (void)
{
  GString        *help = g_string_new (usage);
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  append_options (help, "Pictures:", picture_options);
  g_string_append (help, names);
  append_options (help, "Many pictures:", batch_options);

  g_string_append (help, "\nHow it is painted:\n");
  for (int i = 0; i < n_params; i++)
    append_param (help, &table[i]);
  append_options (help, NULL, painting_options);

  append_options (help, "How it is done:", run_options);
  g_string_append (help, ending);
  return g_string_free (help, FALSE);
}
