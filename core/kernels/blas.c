/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blas.c: the only calls of BLAS */
#include "blas.h"

#include <cblas.h>
#include <pthread.h>

/* Held by one thread that must be alone in OpenBLAS, or shared by products.
 * No GRWLock: GLib allocates it at its first use, which ThreadSanitizer takes
 * for a race. */
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

/* With OpenMP the number of threads belongs to the thread that sets it; any
 * other thread would use all processors, split the product differently, and the
 * last bits would differ (num_cpu_avail() in OpenBLAS's common_thread.h).
 * Setting it while other threads compute products makes these wrong (seen in
 * 0.3.29 with OpenMP: 0.8 % of small ones). */
static void
limit_this_thread (void)
{
  static _Thread_local gboolean limited;

  if (limited)
    return;
  pthread_rwlock_wrlock (&lock);
  openblas_set_num_threads (1);
  pthread_rwlock_unlock (&lock);
  limited = TRUE;
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
    pthread_rwlock_wrlock (&lock);
  else
    pthread_rwlock_rdlock (&lock);
  cblas_sgemm (CblasRowMajor, transpose_a, transpose_b, m, n, k, 1.0f, a, lda,
               b, ldb, beta, c, ldc);
  pthread_rwlock_unlock (&lock);
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
