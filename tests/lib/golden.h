/* SPDX-License-Identifier: GPL-3.0-or-later */
/* golden.h: reads the files of golden/ (format: golden/golden_file.py) */
#pragma once

#include <glib.h>

typedef struct _Golden Golden;

/* @name: a file in golden/.  Fails the program if it cannot be read. */
Golden *golden_open (const char *name);
void    golden_close (Golden *golden);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Golden, golden_close)

gboolean golden_has (const Golden *golden, const char *name);

/* A record's values, owned by @golden; fails the program if there is none or if
 * it has another number of values. */
const double *golden_get (const Golden *golden, const char *name, gsize n);
double        golden_value (const Golden *golden, const char *name);

/* The same as floats; the caller owns them. */
float *golden_dup_floats (const Golden *golden, const char *name, gsize n);
