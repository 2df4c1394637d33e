/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blas.c: the one door to BLAS */
#include "blas.h"

#include <cblas.h>

void
pst_blas_init (void)
{
  openblas_set_num_threads (1);
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
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k,
               1.0f, a, lda, b, ldb, beta, c, ldc);
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
  cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k,
               1.0f, a, lda, b, ldb, 0.0f, c, ldc);
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
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k,
               1.0f, a, lda, b, ldb, 0.0f, c, ldc);
}
