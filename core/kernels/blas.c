/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blas.c: the one door to BLAS
 *
 * OpenBLAS takes addresses for 128 MiB for each thread that is in it, uses few
 * of them, and keeps all (BUFFER_SIZE in its common_x86_64.h;
 * blas_memory_alloc() in its driver/others/memory.c).  Only a limit to a
 * process's addresses (ulimit -v) can make that fail.
 */
#include "blas.h"

#include <cblas.h>

#include "core/base/error.h"
#include "core/base/shape.h"
#include "core/base/workers.h"

#ifdef G_OS_UNIX
#include <sys/mman.h>

#include <glib/gi18n-lib.h>
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

/* Held by one thread that must be alone in OpenBLAS, or shared by products. */
static GRWLock lock;

/* With OpenMP the number of threads belongs to the thread that sets it; any
 * other thread would use all processors, split the product differently and
 * get other last bits (num_cpu_avail() in OpenBLAS's common_thread.h).
 * Setting it while other threads compute products makes these wrong (seen in
 * 0.3.29 with OpenMP: 0.8 % of small ones). */
static void
limit_this_thread (void)
{
  static _Thread_local gboolean limited;

  if (limited)
    return;
  g_rw_lock_writer_lock (&lock);
  openblas_set_num_threads (1);
  g_rw_lock_writer_unlock (&lock);
  limited = TRUE;
}

gboolean
pst_blas_init (int threads, gsize bytes, GError **error)
{
  int   n = pst_workers_wanted (threads);
  gsize most = pst_size_add (bytes, n * BLAS_BYTES);

  limit_this_thread ();
  if (! has_addresses (most, n * THREAD_BYTES))
    return pst_fail (error, PST_ERROR_MEMORY,
                     _ ("Not enough memory: this process may not have %.1f "
                        "GB more. Allow it more, or use fewer threads."),
                     (most + n * THREAD_BYTES) / 1e9);
  return TRUE;
}

/* A serial OpenBLAS has no locks of its own: two threads in it get each other's
 * memory (OpenBLAS, Makefile.rule, USE_LOCKING). */
static void
multiply (CBLAS_TRANSPOSE transpose_a,
          CBLAS_TRANSPOSE transpose_b,
          int             m,
          int             n,
          int             k,
          const float    *a,
          int             lda,
          const float    *b,
          int             ldb,
          float           beta,
          float          *c,
          int             ldc)
{
  gboolean is_serial = openblas_get_parallel () == OPENBLAS_SEQUENTIAL;

  limit_this_thread ();
  if (is_serial)
    g_rw_lock_writer_lock (&lock);
  else
    g_rw_lock_reader_lock (&lock);
  cblas_sgemm (CblasRowMajor, transpose_a, transpose_b, m, n, k, 1.0f, a, lda,
               b, ldb, beta, c, ldc);
  if (is_serial)
    g_rw_lock_writer_unlock (&lock);
  else
    g_rw_lock_reader_unlock (&lock);
}

void
pst_gemm (int          m,
          int          n,
          int          k,
          const float *a,
          int          lda,
          const float *b,
          int          ldb,
          float        beta,
          float       *c,
          int          ldc)
{
  multiply (CblasNoTrans, CblasNoTrans, m, n, k, a, lda, b, ldb, beta, c, ldc);
}

void
pst_gemm_tn (int          m,
             int          n,
             int          k,
             const float *a,
             int          lda,
             const float *b,
             int          ldb,
             float       *c,
             int          ldc)
{
  multiply (CblasTrans, CblasNoTrans, m, n, k, a, lda, b, ldb, 0.0f, c, ldc);
}

void
pst_gemm_nt (int          m,
             int          n,
             int          k,
             const float *a,
             int          lda,
             const float *b,
             int          ldb,
             float       *c,
             int          ldc)
{
  multiply (CblasNoTrans, CblasTrans, m, n, k, a, lda, b, ldb, 0.0f, c, ldc);
}
