/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch-item.h: one picture of a batch, and its files */
#pragma once

#include <glib.h>

/* All is owned. */
typedef struct
{
  char      *content;    /* path */
  char      *folder;     /* for {folder} */
  GPtrArray *styles;     /* PstStyleOption *, shared by the items that have the
                          * same */
  char      *output;     /* NULL: none, as with --estimate */
  char      *unfinished; /* where the picture of an interrupted run is saved,
                          * and read from to resume; NULL: no output */
  char      *record;     /* of the picture at @unfinished; NULL: no output */
  char      *report;     /* NULL: none */
  gboolean   is_kept;    /* finished results are skipped */
} PstBatchItem;
