/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arena.h: one aligned block of memory, planned first, then handed out
 *
 * A layout function takes its buffers from the arena and is run twice: on a
 * fresh arena it only measures and every pointer that it gets is NULL; after
 * pst_arena_commit() the same calls in the same order give real memory.
 */
#pragma once

#include <glib.h>

/* Of every buffer, in bytes: a cache line, and the widest vector. */
#define PST_ARENA_ALIGNMENT 64

typedef struct
{
  char *base; /* owned; NULL while measuring */
  gsize used; /* bytes handed out so far; G_MAXSIZE: more than fits */
  gsize size; /* bytes allocated at base */
} PstArena;

/* Starts measuring. */
void pst_arena_init (PstArena *arena);

/* A buffer of @n bytes (floats, doubles), not cleared; NULL while measuring. */
void   *pst_arena_bytes (PstArena *arena, gsize n);
float  *pst_arena_floats (PstArena *arena, gsize n);
double *pst_arena_doubles (PstArena *arena, gsize n);

/* pst_arena_commit:
 * Allocates what has been measured and starts handing out from the beginning.
 * Errors: PST_ERROR_MEMORY. */
gboolean pst_arena_commit (PstArena *arena, GError **error);

/* Frees the block; the arena is as after pst_arena_init(). */
void pst_arena_clear (PstArena *arena);
