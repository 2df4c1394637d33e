/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.h: what the command line asks for */
#pragma once

#include "plugin/params.h"

#define PST_OPTIONS_MAX_THREADS 64   /* as PstSettings says */

typedef struct
{
  char         *content;      /* paths; owned */
  char         *style;
  char         *output;       /* NULL is possible with estimate */
  char         *report;       /* NULL: none */
  PstParams     params;
  int           threads;      /* 0: as many as the machine has */
  gboolean      estimate;
  gboolean      version;
  gboolean      help;
} PstOptions;

/* pst_options_parse:
 * @argv: NULL-ended, in the encoding of file names; not changed.
 * Errors: G_OPTION_ERROR, with a message that names the option; @ret_options is
 * to be cleared all the same. */
gboolean pst_options_parse  (char       **argv,
                             PstOptions  *ret_options,
                             GError     **error);

void     pst_options_clear  (PstOptions  *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstOptions, pst_options_clear)

/* "close|loose" for a parameter of kind CHOICE; the caller owns it. */
char *   pst_options_join_choices (const PstParam *param);

/* Text of --help; the caller owns it. */
char *   pst_options_help   (void);
