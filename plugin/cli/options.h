/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.h: the options of the command line */
#pragma once

#include "plugin/params.h"

#define PST_OPTIONS_MAX_THREADS 64 /* as PstSettings says */

/* A style picture; owned, as are its paths. */
typedef struct
{
  char  *path;   /* or that of a folder of style pictures */
  double weight; /* 0.01..100 */
  char  *region; /* of a mask, or a pattern; NULL: none */
} PstStyleOption;

typedef struct
{
  GPtrArray *contents;  /* char *, paths of files and folders; owned */
  GPtrArray *styles;    /* PstStyleOption *; owned */
  gboolean   recursive; /* folders in folders are read, too */
  char      *output;    /* path or pattern; estimate: or NULL */
  char      *report;    /* path or pattern; NULL: none */
  char      *start;     /* path of a picture to begin from; NULL: the
                         * freedom, or an unfinished picture */
  int        shard;     /* 1..n_shards: which part of the contents */
  int        n_shards;
  gboolean   force; /* finished and unfinished pictures are made
                     * from the beginning */
  PstParams  params;
  gboolean   list_styles;
  gboolean   estimate;
  gboolean   version;
  gboolean   help;
} PstOptions;

/* pst_options_parse:
 * A style that is no file, but the name of a picture that comes with Pastiche,
 * gets the path of that.
 * @argv: NULL-ended, in the encoding of file names; not changed.
 * Errors: G_OPTION_ERROR, with a message that names the option; @ret_options is
 * to be cleared all the same. */
gboolean
pst_options_parse (char **argv, PstOptions *ret_options, GError **error);

void pst_options_clear (PstOptions *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstOptions, pst_options_clear)

/* ---- for the files options*.c and help.c -------------------------------- */

/* Adds --content, --style and the options that belong to them; the group's data
 * are PstOptions, with its arrays. */
void pst_options_add_pictures (GOptionGroup *group);

/* pst_options_find_styles:
 * Replaces the names of pictures that come with @program by their paths.
 * Errors: G_OPTION_ERROR. */
gboolean pst_options_find_styles (PstOptions *options,
                                  const char *program,
                                  GError    **error);

/* GDestroyNotify of PstStyleOption. */
void pst_style_option_free (gpointer style);

/* Text of --help; the caller owns it. */
char *pst_options_help (void);
