/* SPDX-License-Identifier: GPL-3.0-or-later */
/* count-memory.c: an allocator that counts, refuses when told to, and remembers
 *
 * Replaces malloc() and its relatives as glibc allows ("Replacing malloc" in
 * its manual) and passes on to the originals.
 */
#include "count-memory.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) \
  || __has_feature(memory_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#endif

static gsize held; /* atomic, as those that follow */
static gsize peak;
static gsize refuse_from; /* bytes; 0: nothing is refused */
static int   refuse_in;   /* counts down */
static int   refused;

gsize
count_memory_now (void)
{
  return __atomic_load_n (&held, __ATOMIC_RELAXED);
}

gsize
count_memory_peak (void)
{
  return __atomic_exchange_n (&peak, count_memory_now (), __ATOMIC_RELAXED);
}

void
count_memory_refuse (gsize bytes, int nth)
{
  __atomic_store_n (&refused, 0, __ATOMIC_RELAXED);
  __atomic_store_n (&refuse_in, nth, __ATOMIC_RELAXED);
  __atomic_store_n (&refuse_from, nth > 0 ? bytes : 0, __ATOMIC_RELAXED);
}

gboolean
count_memory_refused (void)
{
  return __atomic_load_n (&refused, __ATOMIC_RELAXED);
}

#if defined(__GLIBC__) && ! defined(SANITIZED)

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *block, size_t size);
extern void *__libc_memalign (size_t alignment, size_t size);
extern void  __libc_free (void *block);

#define MAX_RECORDED 4096

static gsize record_from; /* bytes; 0: nothing is remembered */
static void *recorded[MAX_RECORDED];
static int   n_recorded;

gboolean
count_memory_works (void)
{
  return TRUE;
}

/* Where the linker has put the program itself. */
extern const char __executable_start[];
extern const char etext[];

static gboolean libraries_spared;

void
count_memory_spare (gboolean spare)
{
  libraries_spared = spare;
}

static gboolean
is_library (const char *address)
{
  return address < __executable_start || address >= etext;
}

/* @caller: an address in the function that wants @size bytes */
static gboolean
refuses (size_t size, const void *caller)
{
  gsize from = __atomic_load_n (&refuse_from, __ATOMIC_RELAXED);

  if (from == 0 || size < from || (libraries_spared && is_library (caller))
      || __atomic_sub_fetch (&refuse_in, 1, __ATOMIC_RELAXED) != 0)
    return FALSE;
  __atomic_store_n (&refused, 1, __ATOMIC_RELAXED);
  errno = ENOMEM;
  return TRUE;
}

void
count_memory_record (gsize bytes)
{
  record_from = bytes;
}

guint64
count_memory_checksum (gsize *ret_bytes)
{
  guint64 sum = 0xcbf29ce484222325; /* FNV-1a */

  *ret_bytes = 0;
  for (int i = 0; i < n_recorded; i++)
    {
      const guint8 *block = recorded[i];
      gsize         size = malloc_usable_size (recorded[i]);

      *ret_bytes += size;
      for (gsize j = 0; j < size; j++)
        sum = (sum ^ block[j]) * 0x100000001b3;
    }
  return sum;
}

static void
record (void *block)
{
  if (record_from > 0 && malloc_usable_size (block) >= record_from
      && n_recorded < MAX_RECORDED)
    recorded[n_recorded++] = block;
}

static void
unrecord (const void *block)
{
  for (int i = 0; record_from > 0 && i < n_recorded; i++)
    if (recorded[i] == block)
      recorded[i] = recorded[--n_recorded];
}

static void *
count (void *block)
{
  gsize now, most;

  if (! block)
    return NULL;
  record (block);
  now =
    __atomic_add_fetch (&held, malloc_usable_size (block), __ATOMIC_RELAXED);
  most = __atomic_load_n (&peak, __ATOMIC_RELAXED);
  while (now > most
         && ! __atomic_compare_exchange_n (&peak, &most, now, TRUE,
                                           __ATOMIC_RELAXED, __ATOMIC_RELAXED))
    ;
  return block;
}

static void
discount (void *block)
{
  unrecord (block);
  if (block)
    __atomic_sub_fetch (&held, malloc_usable_size (block), __ATOMIC_RELAXED);
}

void *
malloc (size_t size)
{
  return refuses (size, __builtin_return_address (0))
           ? NULL
           : count (__libc_malloc (size));
}

void *
calloc (size_t n, size_t size)
{
  size_t bytes;

  if (__builtin_mul_overflow (n, size, &bytes)
      || refuses (bytes, __builtin_return_address (0)))
    return NULL;
  return count (__libc_calloc (n, size));
}

void *
realloc (void *block, size_t size)
{
  void *moved;
  gsize before = block ? malloc_usable_size (block) : 0;

  if (refuses (size, __builtin_return_address (0)))
    return NULL;
  unrecord (block);
  moved = __libc_realloc (block, size);
  if (moved || size == 0)
    __atomic_sub_fetch (&held, before, __ATOMIC_RELAXED);
  return count (moved);
}

void
free (void *block)
{
  int before = errno;

  discount (block);
  __libc_free (block);
  errno = before;
}

void *
memalign (size_t alignment, size_t size)
{
  return refuses (size, __builtin_return_address (0))
           ? NULL
           : count (__libc_memalign (alignment, size));
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  return refuses (size, __builtin_return_address (0))
           ? NULL
           : count (__libc_memalign (alignment, size));
}

int
posix_memalign (void **ret_block, size_t alignment, size_t size)
{
  void *block;

  if (refuses (size, __builtin_return_address (0)))
    return ENOMEM;
  block = count (__libc_memalign (alignment, size));
  if (! block)
    return ENOMEM;
  *ret_block = block;
  return 0;
}

#else

gboolean
count_memory_works (void)
{
  return FALSE;
}

void
count_memory_record (gsize bytes)
{
}

void
count_memory_spare (gboolean spare)
{
}

guint64
count_memory_checksum (gsize *ret_bytes)
{
  *ret_bytes = 0;
  return 0;
}

#endif
