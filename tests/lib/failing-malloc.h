/* SPDX-License-Identifier: GPL-3.0-or-later */
/* failing-malloc.h: work is repeated, each time with another allocation refused
 */
#pragma once

#include <glib.h>

/* Bytes from which on an allocation counts as large. */
#define REFUSE_LARGE (32 * 1024)

typedef enum
{
  REFUSE_ALL_LARGE, /* also those of libraries; none of GLib's may be large, or
                     * it ends the program */
  REFUSE_ALL_OWN    /* of any size, but for those of libraries: GLib would end
                     * the program for a few bytes */
} RefuseKind;

/* Returns FALSE, with @error set, where it fails. */
typedef gboolean (*RefuseWork) (gconstpointer data, GError **error);

/* What a library may keep, for its threads, from run to run; default 0. */
void refuse_allow (gsize bytes);

/* refuse_each:
 * Does @work once as it is, then with its first allocation of the @kind
 * refused, its second, … until there are no more.  Each time it must give back
 * what it took, and succeed or fail with PST_ERROR_MEMORY.  Skips the test
 * where allocations cannot be refused.
 * Returns how often it succeeded although one was refused. */
int refuse_each (RefuseKind kind, RefuseWork work, gconstpointer data);
