/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arena.c: one aligned block of memory, planned first, then handed out
 *
 * Large blocks are allocated by a call that may fail: g_malloc() would end the
 * process, and GIMP's user would lose the picture.
 */
#include "arena.h"

#include <assert.h>
#include <stdlib.h>

#include <glib/gi18n-lib.h>

#include "error.h"
#include "memory.h"
#include "shape.h"

void
pst_arena_init (PstArena *arena)
{
  *arena = (PstArena){ 0 };
}

void *
pst_arena_bytes (PstArena *arena, gsize bytes)
{
  gsize padded = pst_size_add (bytes, PST_ARENA_ALIGNMENT - 1);
  char *block = arena->base ? arena->base + arena->used : NULL;

  if (padded != G_MAXSIZE)
    padded = padded / PST_ARENA_ALIGNMENT * PST_ARENA_ALIGNMENT;
  arena->used = pst_size_add (arena->used, padded);
  assert (! arena->base || arena->used <= arena->size);
  return block;
}

float *
pst_arena_floats (PstArena *arena, gsize n)
{
  return pst_arena_bytes (arena, pst_size_mul (n, sizeof (float)));
}

double *
pst_arena_doubles (PstArena *arena, gsize n)
{
  return pst_arena_bytes (arena, pst_size_mul (n, sizeof (double)));
}

gboolean
pst_arena_commit (PstArena *arena, GError **error)
{
  gsize bytes = MAX (arena->used, PST_ARENA_ALIGNMENT);
  void *base = NULL;

  assert (! arena->base);
  if (bytes == G_MAXSIZE
      || posix_memalign (&base, PST_ARENA_ALIGNMENT, bytes) != 0)
    {
      g_autofree char *size = pst_memory_format (bytes);

      return pst_fail (error, PST_ERROR_MEMORY,
                       _ ("Not enough memory: %s could not be allocated. "
                          "Choose a smaller size, or close other programs."),
                       size);
    }
  *arena = (PstArena){ .base = base, .used = 0, .size = bytes };
  return TRUE;
}

void
pst_arena_clear (PstArena *arena)
{
  free (arena->base);
  pst_arena_init (arena);
}
