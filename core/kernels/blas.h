/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blas.h: the only calls of BLAS
 *
 * Matrices are row-major.  BLAS itself runs on the calling thread alone: the
 * workers are the only parallelism.
 */
#pragma once

#include <glib.h>

/* pst_blas_init:
 * Prepares BLAS; before the functions below.
 * @threads: that will call them at the same time, as in PstSettings
 * @bytes: that the caller will allocate besides
 * Errors: PST_ERROR_MEMORY.  OpenBLAS needs memory for each thread, and
 * without it would retry forever. */
gboolean pst_blas_init (int threads, gsize bytes, GError **error);

/* c[m][n] = a[m][k] b[k][n] + beta c;  lda, ldb, ldc: floats from row to row */
void pst_gemm (int          m,
               int          n,
               int          k,
               const float *a,
               int          lda,
               const float *b,
               int          ldb,
               float        beta,
               float       *c,
               int          ldc);

/* c[m][n] = transposed (a[k][m]) b[k][n] */
void pst_gemm_tn (int          m,
                  int          n,
                  int          k,
                  const float *a,
                  int          lda,
                  const float *b,
                  int          ldb,
                  float       *c,
                  int          ldc);

/* c[m][n] = a[m][k] transposed (b[n][k]) */
void pst_gemm_nt (int          m,
                  int          n,
                  int          k,
                  const float *a,
                  int          lda,
                  const float *b,
                  int          ldb,
                  float       *c,
                  int          ldc);
