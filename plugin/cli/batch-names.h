/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch-names.h: whether the files that a batch reads and writes go together */
#pragma once

#include "batch-item.h"
#include "options.h"

/* pst_batch_names_check:
 * Checks that no two items write the same file, and that none replaces a
 * picture that is read.
 * @items: of all shards; those are removed whose content is the result of
 *   another
 * @results: the paths of such contents are added that might be photos: the
 *   names alone say that they are results
 * Errors: G_OPTION_ERROR, with what to do. */
gboolean pst_batch_names_check (const PstOptions *options,
                                GPtrArray        *items,
                                GPtrArray        *results,
                                GError          **error);

/* The full paths of all that @items write, each with its item; the caller
 * unrefs the table. */
GHashTable *pst_batch_names_collect (const GPtrArray *items);

/* Whether @path is in such a table. */
gboolean pst_batch_names_contain (GHashTable *names, const char *path);
