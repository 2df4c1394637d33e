/* SPDX-License-Identifier: GPL-3.0-or-later */
/* count-memory-try.c: what is asked of GLib and may fail is asked by the
 * program
 *
 * Where allocations of libraries are spared (count-memory.h), g_try_new() and
 * its relatives are not to be spared: whoever calls them is ready for NULL.
 * They stand here for GLib's own.  g_new() and its relatives stay GLib's; they
 * end the program.
 */
#include <glib.h>

#include <stdlib.h>

gpointer
g_try_malloc (gsize size)
{
  return size > 0 ? malloc (size) : NULL;
}

gpointer
g_try_malloc0 (gsize size)
{
  return size > 0 ? calloc (1, size) : NULL;
}

gpointer
g_try_malloc_n (gsize n, gsize size)
{
  gsize bytes;

  return g_size_checked_mul (&bytes, n, size) ? g_try_malloc (bytes) : NULL;
}

gpointer
g_try_malloc0_n (gsize n, gsize size)
{
  gsize bytes;

  return g_size_checked_mul (&bytes, n, size) ? g_try_malloc0 (bytes) : NULL;
}

gpointer
g_try_realloc (gpointer block, gsize size)
{
  if (size > 0)
    return realloc (block, size);
  free (block);
  return NULL;
}

gpointer
g_try_realloc_n (gpointer block, gsize n, gsize size)
{
  gsize bytes;

  return g_size_checked_mul (&bytes, n, size) ? g_try_realloc (block, bytes)
                                              : NULL;
}
