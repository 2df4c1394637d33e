/* SPDX-License-Identifier: GPL-3.0-or-later */
/* color.c: color statistics and the color modes
 *
 * Matching: the map between two normal distributions that moves colors least,
 * Pitié and Kokaram, "The linear Monge-Kantorovitch linear colour mapping for
 * example-based color transfer", 2007.  Square roots by Jacobi's eigenvalue
 * method, which is exact enough for 3x3.
 */
#include "color.h"

#include <math.h>
#include <string.h>

#define JACOBI_SWEEPS 30
#define SINGULAR      1e-6 /* variance, of encoded values, taken as none */

typedef double Matrix[3][3];

static void
multiply (Matrix a, Matrix b, Matrix ret_product)
{
  Matrix product;

  for (int i = 0; i < 3; i++)
    for (int k = 0; k < 3; k++)
      product[i][k] = a[i][0] * b[0][k] + a[i][1] * b[1][k] + a[i][2] * b[2][k];
  memcpy (ret_product, product, sizeof product);
}

/* ---- eigenvalues -------------------------------------------------------- */

static void
rotate (Matrix a, Matrix vectors, int p, int q)
{
  double theta, t, c, s;

  if (fabs (a[p][q]) < 1e-300)
    return;
  theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  t = (theta >= 0 ? 1 : -1) / (fabs (theta) + sqrt (theta * theta + 1));
  c = 1 / sqrt (t * t + 1);
  s = t * c;
  for (int k = 0; k < 3; k++)
    {
      double kp = a[k][p], kq = a[k][q];

      a[k][p] = c * kp - s * kq;
      a[k][q] = s * kp + c * kq;
    }
  for (int k = 0; k < 3; k++)
    {
      double pk = a[p][k], qk = a[q][k];
      double vp = vectors[k][p], vq = vectors[k][q];

      a[p][k] = c * pk - s * qk;
      a[q][k] = s * pk + c * qk;
      vectors[k][p] = c * vp - s * vq;
      vectors[k][q] = s * vp + c * vq;
    }
}

/* The power 1/2 or -1/2 of the symmetric @a; eigenvalues below SINGULAR give 0
 * in the inverse. */
static void
matrix_root (Matrix a, gboolean inverse, Matrix ret_root)
{
  Matrix diagonal;
  Matrix vectors = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
  double roots[3];

  memcpy (diagonal, a, sizeof diagonal);
  for (int sweep = 0; sweep < JACOBI_SWEEPS; sweep++)
    {
      rotate (diagonal, vectors, 0, 1);
      rotate (diagonal, vectors, 0, 2);
      rotate (diagonal, vectors, 1, 2);
    }
  for (int i = 0; i < 3; i++)
    {
      roots[i] = sqrt (MAX (diagonal[i][i], 0));
      if (inverse)
        roots[i] = diagonal[i][i] > SINGULAR ? 1 / roots[i] : 0;
    }
  for (int i = 0; i < 3; i++)
    for (int k = 0; k < 3; k++)
      {
        ret_root[i][k] = 0;
        for (int e = 0; e < 3; e++)
          ret_root[i][k] += vectors[i][e] * roots[e] * vectors[k][e];
      }
}

/* ---- statistics and matching -------------------------------------------- */

void
pst_color_stats (gsize          n,
                 const float   *rgb,
                 const float   *alpha,
                 PstColorStats *ret_stats)
{
  PstColorStats stats = { 0 };
  double        total = 0;

  for (gsize i = 0; i < n; i++)
    {
      const float *pixel = rgb + 3 * i;
      double       weight = alpha ? alpha[i] : 1;

      total += weight;
      for (int c = 0; c < 3; c++)
        {
          stats.mean[c] += weight * pixel[c];
          for (int d = 0; d < 3; d++)
            stats.covariance[c][d] += weight * pixel[c] * pixel[d];
        }
    }
  for (int c = 0; c < 3; c++)
    stats.mean[c] /= total;
  for (int c = 0; c < 3; c++)
    for (int d = 0; d < 3; d++)
      stats.covariance[c][d] =
        stats.covariance[c][d] / total - stats.mean[c] * stats.mean[d];
  *ret_stats = stats;
}

PstColorStats
pst_color_stats_mix (int n, const PstColorStats *stats, const double *shares)
{
  PstColorStats mix = { 0 };

  for (int i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      mix.mean[c] += shares[i] * stats[i].mean[c];
  for (int i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      for (int d = 0; d < 3; d++)
        mix.covariance[c][d] += shares[i]
                                * (stats[i].covariance[c][d]
                                   + (stats[i].mean[c] - mix.mean[c])
                                       * (stats[i].mean[d] - mix.mean[d]));
  return mix;
}

static void
matching_map (const PstColorStats *from,
              const PstColorStats *to,
              Matrix               ret_map)
{
  Matrix source, target, root, inverse_root, middle;

  memcpy (source, from->covariance, sizeof source);
  memcpy (target, to->covariance, sizeof target);
  matrix_root (source, FALSE, root);
  matrix_root (source, TRUE, inverse_root);
  multiply (root, target, middle);
  multiply (middle, root, middle);
  matrix_root (middle, FALSE, middle);
  multiply (inverse_root, middle, ret_map);
  multiply (ret_map, inverse_root, ret_map);
}

void
pst_color_match (gsize                n,
                 float               *rgb,
                 const PstColorStats *from,
                 const PstColorStats *to)
{
  Matrix map;

  matching_map (from, to, map);
  for (gsize i = 0; i < n; i++)
    {
      float *pixel = rgb + 3 * i;
      double x[3] = { pixel[0] - from->mean[0], pixel[1] - from->mean[1],
                      pixel[2] - from->mean[2] };

      for (int c = 0; c < 3; c++)
        pixel[c] =
          to->mean[c] + map[c][0] * x[0] + map[c][1] * x[1] + map[c][2] * x[2];
    }
}

/* ---- keeping the content's colors -------------------------------------- */

static float
luminance (const float *pixel)
{
  return 0.299f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2];
}

/* The largest share of @chroma, up to 1, that keeps gray + chroma in 0..1. */
static float
fitting_share (float gray, const float chroma[3])
{
  float share = 1;

  for (int c = 0; c < 3; c++)
    {
      if (gray + share * chroma[c] > 1)
        share = (1 - gray) / chroma[c];
      if (gray + share * chroma[c] < 0)
        share = -gray / chroma[c];
    }
  return share;
}

void
pst_color_restore_chroma (gsize n, float *rgb, const float *content)
{
  for (gsize i = 0; i < 3 * n; i += 3)
    {
      float gray = CLAMP (luminance (rgb + i), 0.0f, 1.0f);
      float content_gray = luminance (content + i);
      float chroma[3];
      float share;

      for (int c = 0; c < 3; c++)
        chroma[c] = content[i + c] - content_gray;
      share = fitting_share (gray, chroma);
      for (int c = 0; c < 3; c++)
        rgb[i + c] = CLAMP (gray + share * chroma[c], 0.0f, 1.0f);
    }
}
