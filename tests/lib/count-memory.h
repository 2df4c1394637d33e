/* SPDX-License-Identifier: GPL-3.0-or-later */
/* count-memory.h: an allocator that counts, refuses when told to, and remembers
 *
 * Linked into a program it replaces the C library's, also for the libraries
 * that the program uses.  Memory that a library maps itself (OpenBLAS's work
 * space) is not seen.
 */
#pragma once

#include <glib.h>

/* Bytes that need not be in an estimate: tables, strings, threads. */
#define COUNT_MEMORY_SLACK (64 * 1024)

/* FALSE where it does nothing: without glibc, and under sanitizers, which bring
 * allocators of their own. */
gboolean count_memory_works (void);

/* Bytes held. */
gsize count_memory_now (void);

/* The most that were held since the last call, which resets it. */
gsize count_memory_peak (void);

/* Of the allocations of at least @bytes, refuses the @nth from now (1: the
 * next) and no other; 0: none. */
void count_memory_refuse (gsize bytes, int nth);

/* Whether that has happened. */
gboolean count_memory_refused (void);

/* Whether allocations of libraries are never refused: GLib would end the
 * program, and libarchive read from NULL. With count-memory-try.c, g_try_new()
 * and its relatives count as the program's. */
void count_memory_spare (gboolean spare);

/* count_memory_record:
 * From now on, remembers the blocks of at least @bytes bytes that are allocated
 * and not freed again; 0: no more.  Of one thread. */
void count_memory_record (gsize bytes);

/* Of the contents of the blocks that were remembered.
 * @ret_bytes: their size, together */
guint64 count_memory_checksum (gsize *ret_bytes);
