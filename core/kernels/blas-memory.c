/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blas-memory.c: whether OpenBLAS gets the memory that it needs
 *
 * OpenBLAS takes addresses for 128 MiB for each thread that is in it, uses few
 * of them, and keeps all (BUFFER_SIZE in its common_x86_64.h;
 * blas_memory_alloc() in its driver/others/memory.c).  Only a limit to a
 * process's addresses (ulimit -v) can make that fail; then it retries forever.
 */
#define _GNU_SOURCE /* CPU_COUNT */

#include "blas.h"

#include <sched.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/base/shape.h"
#include "core/base/workers.h"

#ifdef G_OS_UNIX
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

/* For each thread: OpenBLAS's, and what only addresses are taken for, a stack
 * and an arena of the C library's malloc(). */
#define BLAS_BYTES   ((gsize) 128 << 20)
#define THREAD_BYTES ((gsize) 136 << 20)

/* Whether @used bytes of address space, and @reserved bytes that are never
 * touched, can be allocated now. */
static gboolean
has_addresses (gsize used, gsize reserved)
{
#if defined(G_OS_UNIX) && GLIB_SIZEOF_VOID_P == 8
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void     *a = mmap (NULL, used, PROT_READ | PROT_WRITE, flags, -1, 0);
  void     *b = mmap (NULL, reserved, PROT_NONE, flags, -1, 0);

  if (a != MAP_FAILED)
    munmap (a, used);
  if (b != MAP_FAILED)
    munmap (b, reserved);
  return a != MAP_FAILED && b != MAP_FAILED;
#else
  return TRUE;
#endif
}

gboolean
pst_blas_init (int threads, gsize bytes, GError **error)
{
  int   n = pst_workers_wanted (threads);
  gsize most = pst_size_add (bytes, n * BLAS_BYTES);

  if (! has_addresses (most, n * THREAD_BYTES))
    {
      g_autofree char *size = pst_memory_format (most + n * THREAD_BYTES);

      return pst_fail (error, PST_ERROR_MEMORY,
                       _ ("Not enough memory: this process may not have %s "
                          "more. Allow it more, or use fewer threads."),
                       size);
    }
  return TRUE;
}

/* ---- before main() ------------------------------------------------------ */

#ifdef __GLIBC__

/* When OpenBLAS is loaded, it starts all threads but the first, and takes the
 * memory of all (blas_thread_init() in driver/others/blas_server.c of 0.3.29;
 * 0.3.21 leaves out that of the first).  The functions in .preinit_array run
 * before that (System V ABI, "Initialization and Termination Functions"), and
 * before the C library is ready to translate messages. */

#define STACK_BYTES ((gsize) 8 << 20)  /* of a thread, unless limited */
#define MORE_BYTES  ((gsize) 64 << 20) /* what else a program needs at least */

static void
say (const char *text)
{
  if (write (STDERR_FILENO, text, strlen (text)) < 0)
    return;
}

/* The value of the variable that begins with @name, "NAME=", if it is a number
 * above 0. */
static int
read_variable (char **variables, const char *name)
{
  gsize length = strlen (name);
  int   value = 0;

  for (; *variables; variables++)
    if (strncmp (*variables, name, length) == 0)
      for (const char *digit = *variables + length;
           *digit >= '0' && *digit <= '9' && value < PST_MAX_THREADS; digit++)
        value = 10 * value + *digit - '0';
  return value;
}

/* Of OpenBLAS. */
static int
count_threads (char **variables)
{
  static const char *const names[] = {
    "OPENBLAS_NUM_THREADS=", "GOTO_NUM_THREADS=", "OMP_NUM_THREADS="
  };
  int       wanted = 0;
  int       n = PST_MAX_THREADS;
  cpu_set_t processors;

  if (sched_getaffinity (0, sizeof processors, &processors) == 0)
    n = CPU_COUNT (&processors);
  for (gsize i = 0; i < G_N_ELEMENTS (names) && wanted == 0; i++)
    wanted = read_variable (variables, names[i]);
  return wanted > 0 ? MIN (wanted, n) : n;
}

/* Ends the program if it would not. */
static void
check_start (int argc, char **argv, char **variables)
{
  struct rlimit limit, stack;
  gsize         bytes = STACK_BYTES;
  int           n = count_threads (variables);
  void         *room;

  if (getrlimit (RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return;
  if (getrlimit (RLIMIT_STACK, &stack) == 0 && stack.rlim_cur != RLIM_INFINITY)
    bytes = stack.rlim_cur;
  bytes = (n - 1) * bytes + n * BLAS_BYTES + MORE_BYTES;
  room = mmap (NULL, bytes, PROT_NONE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (room != MAP_FAILED)
    {
      munmap (room, bytes);
      return;
    }

  say (argv[0]);
  say (": Not enough memory: OpenBLAS cannot start its threads. Allow this "
       "process more (ulimit -v), or set OPENBLAS_NUM_THREADS=1.\n");
  _exit (1);
}

__attribute__ ((section (".preinit_array"), used)) static void (
  *start) (int argc, char **argv, char **variables) = check_start;

#endif
