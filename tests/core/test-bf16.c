/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-bf16.c: half precision: 3x3 convolution, its gradient, Gram matrices
 *
 * Against plain loops of doubles whose operands are rounded as the kernels
 * round theirs.  Inputs are multiples of 1/16, so that Winograd's transform of
 * them is exact, and rounding is unambiguous.  test-conv-bf16.c has 1x1.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/kernels/kernels-bf16.h"
#include "core/layers/conv.h"
#include "core/loss/gram.h"
#include "reference.h"
#include "whole-array.h"

#define TOLERANCE 2e-5 /* of the largest value expected */
#define TILE_IN   6
#define TILE_OUT  4

typedef struct
{
  int        height;
  int        width;
  int        in;
  int        out;
  PstPadding padding;
} Shape;

/* One convolution with its data; everything is owned. */
typedef struct
{
  Shape        shape;
  char        *name;
  CheckFloats *weight; /* [out][in][3][3] */
  CheckFloats *bias;
  PstConv     *conv;
  gsize        n_x;
  gsize        n_y;
  CheckFloats *x;
  CheckFloats *dy;
} Case;

static CheckFloats *
coarse_floats (CheckRandom *random, gsize n)
{
  CheckFloats *floats = check_floats_random (random, n, -1.0, 1.0);

  for (gsize i = 0; i < n; i++)
    floats[i] = rintf (16.0f * floats[i]) / 16.0f;
  return floats;
}

static Case
case_new (Shape shape)
{
  gsize       pixels = (gsize) shape.height * shape.width;
  CheckRandom random;
  Case        c = { .shape = shape,
                    .n_x = pixels * shape.in,
                    .n_y = pixels * shape.out };

  c.name =
    g_strdup_printf ("%dx%dx%d -> %d, %s", shape.height, shape.width, shape.in,
                     shape.out, shape.padding ? "replicate" : "zero");
  check_random_init (&random, g_str_hash (c.name));
  c.weight =
    check_floats_random (&random, 9 * (gsize) shape.in * shape.out, -1.0, 1.0);
  c.bias = check_floats_random (&random, shape.out, -1.0, 1.0);
  c.x = coarse_floats (&random, c.n_x);
  c.dy = coarse_floats (&random, c.n_y);
  c.conv = pst_conv_new (&(PstConvSpec){ .in_channels = shape.in,
                                         .out_channels = shape.out,
                                         .kernel = 3,
                                         .stride = 1,
                                         .padding = shape.padding },
                         c.weight, c.bias);
  g_assert_nonnull (c.conv);
  return c;
}

static void
case_clear (Case *c)
{
  pst_conv_free (c->conv);
  check_floats_free (c->weight);
  check_floats_free (c->bias);
  check_floats_free (c->x);
  check_floats_free (c->dy);
  g_free (c->name);
}

/* ---- the reference ------------------------------------------------------ */

/* A convolution to be computed; weights as of pst_conv_new(). */
typedef struct
{
  int           height;
  int           width;
  int           in;
  int           out;
  const double *weight; /* [3][3][in][out] */
  const double *x;
  gboolean      replicate; /* outside */
} Problem;

static double
value_at (const Problem *p, int row, int column, int channel)
{
  int r = CLAMP (row, 0, p->height - 1);
  int c = CLAMP (column, 0, p->width - 1);

  if (! p->replicate && (r != row || c != column))
    return 0.0;
  return p->x[((gsize) r * p->width + c) * p->in + channel];
}

/* a [n][m] b [m][m] a^T: [n][n] */
static void
sandwich (int n, int m, const double *a, const double *b, double *result)
{
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++)
      {
        double sum = 0.0;

        for (int k = 0; k < m; k++)
          for (int l = 0; l < m; l++)
            sum += a[i * m + k] * b[k * m + l] * a[j * m + l];
        result[i * n + j] = sum;
      }
}

/* Lavin and Gray 2016, with the points 0, 1, -1, 2, -2, infinity */
static const double input_transform[6][6] = {
  { 4, 0, -5, 0, 1, 0 },  { 0, -4, -4, 1, 1, 0 }, { 0, 4, -4, -1, 1, 0 },
  { 0, -2, -1, 2, 1, 0 }, { 0, 2, -1, -2, 1, 0 }, { 0, 4, 0, -5, 0, 1 },
};
static const double output_transform[4][6] = {
  { 1, 1, 1, 1, 1, 0 },
  { 0, 1, -1, 2, -2, 0 },
  { 0, 1, 1, 4, 4, 0 },
  { 0, 1, -1, 8, -8, 1 },
};
static const double kernel_transform[6][3] = {
  { 1.0 / 4, 0, 0 },
  { -1.0 / 6, -1.0 / 6, -1.0 / 6 },
  { -1.0 / 6, 1.0 / 6, -1.0 / 6 },
  { 1.0 / 24, 1.0 / 12, 1.0 / 6 },
  { 1.0 / 24, -1.0 / 12, 1.0 / 6 },
  { 0, 0, 1 },
};

/* The products of one tile and one pair of channels, added to @sums, [36]. */
static void
add_tile (const Problem *p, int row, int column, int in, int out, double *sums)
{
  double d[36], g[9], v[36], u[36];

  for (int i = 0; i < 36; i++)
    d[i] = value_at (p, row + i / TILE_IN - 1, column + i % TILE_IN - 1, in);
  for (int k = 0; k < 9; k++)
    g[k] = p->weight[((gsize) k * p->in + in) * p->out + out];
  sandwich (6, 6, &input_transform[0][0], d, v);
  sandwich (6, 3, &kernel_transform[0][0], g, u);
  for (int i = 0; i < 36; i++)
    sums[i] += reference_half (v[i]) * reference_half (u[i]);
}

/* By Winograd, with the transformed operands rounded. */
static void
solve_winograd (const Problem *p, double *y)
{
  for (int row = 0; row < p->height; row += TILE_OUT)
    for (int column = 0; column < p->width; column += TILE_OUT)
      for (int out = 0; out < p->out; out++)
        {
          double sums[36] = { 0 }, tile[16];

          for (int in = 0; in < p->in; in++)
            add_tile (p, row, column, in, out, sums);
          sandwich (4, 6, &output_transform[0][0], sums, tile);
          for (int i = 0; i < 16; i++)
            if (row + i / 4 < p->height && column + i % 4 < p->width)
              y[((gsize) (row + i / 4) * p->width + column + i % 4) * p->out
                + out] = tile[i];
        }
}

/* Directly, with the operands rounded. */
static void
solve_direct (const Problem *p, double *y)
{
  for (int row = 0; row < p->height; row++)
    for (int column = 0; column < p->width; column++)
      for (int out = 0; out < p->out; out++)
        {
          double sum = 0.0;

          for (int k = 0; k < 9; k++)
            for (int in = 0; in < p->in; in++)
              sum += reference_half (
                       value_at (p, row + k / 3 - 1, column + k % 3 - 1, in))
                     * reference_half (
                       p->weight[((gsize) k * p->in + in) * p->out + out]);
          y[((gsize) row * p->width + column) * p->out + out] = sum;
        }
}

static void
solve (const Problem *p, double *y)
{
  if (pst_bf16_kernels_get ()->convolve)
    solve_direct (p, y);
  else
    solve_winograd (p, y);
}

static double *
expect_forward (const Case *c)
{
  Shape              s = c->shape;
  g_autofree double *x = check_doubles (c->n_x, c->x);
  g_autofree double *weight = g_new (double, 9 * (gsize) s.in * s.out);
  double            *y = g_new (double, c->n_y);
  Problem            p = { s.height,
                           s.width,
                           s.in,
                           s.out,
                           weight,
                           x,
                           s.padding == PST_PADDING_REPLICATE };

  for (int o = 0; o < s.out; o++)
    for (int i = 0; i < s.in; i++)
      for (int k = 0; k < 9; k++)
        weight[((gsize) k * s.in + i) * s.out + o] =
          c->weight[((gsize) o * s.in + i) * 9 + k];
  solve (&p, y);
  for (gsize i = 0; i < c->n_y; i++)
    y[i] = MAX (y[i] + c->bias[i % s.out], 0.0);
  return y;
}

/* The extra gradient of replicate padding is computed exactly, as the
 * difference of two exact gradients. */
static double *
expect_backward (const Case *c)
{
  Shape              s = c->shape;
  ReferenceConv      conv = { .in_channels = s.in,
                              .out_channels = s.out,
                              .kernel = 3,
                              .padding = s.padding,
                              .weight = c->weight,
                              .bias = c->bias };
  g_autofree double *dy = check_doubles (c->n_y, c->dy);
  g_autofree double *weight = g_new (double, 9 * (gsize) s.in * s.out);
  g_autofree double *with = g_new (double, c->n_x);
  g_autofree double *without = g_new (double, c->n_x);
  double            *dx = g_new (double, c->n_x);
  Problem            p = { s.height, s.width, s.out, s.in, weight, dy };

  for (int o = 0; o < s.out; o++)
    for (int i = 0; i < s.in; i++)
      for (int k = 0; k < 9; k++)
        weight[((gsize) (8 - k) * s.out + o) * s.in + i] =
          c->weight[((gsize) o * s.in + i) * 9 + k];
  solve (&p, dx);
  reference_conv_backward (&conv, s.height, s.width, dy, with);
  conv.padding = PST_PADDING_ZERO;
  reference_conv_backward (&conv, s.height, s.width, dy, without);
  for (gsize i = 0; i < c->n_x; i++)
    dx[i] += with[i] - without[i];
  return dx;
}

/* ---- convolution -------------------------------------------------------- */

static void
run (const Case *c, int threads, float *y, float *dx)
{
  Shape s = c->shape;
  gsize size = pst_conv_scratch (c->conv, TRUE, s.width);
  g_autoptr (CheckFloats) scratch = check_scratch_new (size * threads);
  PstWorkers  *workers = pst_workers_new (threads);
  PstLayerWork work = whole_conv (c->conv, workers, s.height, s.width, scratch);

  work.bf16 = TRUE;
  work.in[0].data = c->x;
  work.out.data = y;
  pst_conv_forward (c->conv, TRUE, &work);

  work.in[0].data = dx;
  work.out.data = c->dy;
  pst_conv_backward (c->conv, &work);
  pst_workers_free (workers);
}

static void
check_conv (Shape shape)
{
  Case               c = case_new (shape);
  g_autofree float  *x = g_memdup2 (c.x, c.n_x * sizeof (float));
  g_autofree float  *dy = g_memdup2 (c.dy, c.n_y * sizeof (float));
  g_autofree double *expected_y = expect_forward (&c);
  g_autofree double *expected_dx = expect_backward (&c);
  g_autoptr (CheckFloats) y = check_floats_new (c.n_y);
  g_autoptr (CheckFloats) dx = check_floats_new (c.n_x);

  run (&c, 1, y, dx);
  check_close (c.name, c.n_y, y, expected_y, TOLERANCE);
  check_close (c.name, c.n_x, dx, expected_dx, TOLERANCE);
  check_same (c.name, c.n_x, c.x, x);
  check_same (c.name, c.n_y, c.dy, dy);
  for (int threads = 2; threads <= 3; threads++)
    {
      g_autoptr (CheckFloats) y2 = check_floats_new (c.n_y);
      g_autoptr (CheckFloats) dx2 = check_floats_new (c.n_x);

      run (&c, threads, y2, dx2);
      check_same (c.name, c.n_y, y2, y);
      check_same (c.name, c.n_x, dx2, dx);
    }
  case_clear (&c);
}

static void
test_sizes (void)
{
  const int sizes[][2] = {
    { 1, 1 }, { 1, 2 }, { 2, 1 },  { 1, 9 },   { 13, 1 },
    { 3, 3 }, { 5, 4 }, { 7, 11 }, { 16, 16 }, { 13, 21 },
  };

  if (! check_has_half ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int padding = PST_PADDING_ZERO; padding <= PST_PADDING_REPLICATE;
         padding++)
      check_conv ((Shape){ sizes[i][0], sizes[i][1], 16, 16, padding });
}

static void
test_channels (void)
{
  const int channels[][2] = {
    { 16, 48 }, { 48, 16 }, { 32, 80 }, { 64, 32 }, { 16, 64 }, { 144, 16 },
  };

  if (! check_has_half ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    check_conv (
      (Shape){ 6, 5, channels[i][0], channels[i][1], PST_PADDING_REPLICATE });
}

/* ---- Gram matrices ------------------------------------------------------ */

static void
check_gram (gsize n, int c, gboolean weighted)
{
  g_autofree char *name = g_strdup_printf ("Gram %d x %d%s", (int) n, c,
                                           weighted ? ", weighted" : "");
  CheckRandom      random;
  g_autoptr (CheckFloats) f = NULL;
  g_autoptr (CheckFloats) weights = NULL;
  g_autoptr (CheckFloats) scratch = check_scratch_new (pst_gram_scratch (c, 1));
  g_autofree double *gram = g_new0 (double, c *c);
  g_autofree double *expected = g_new0 (double, c *c);

  check_random_init (&random, g_str_hash (name));
  f = check_floats_random (&random, n * c, -1.0, 2.0);
  if (weighted)
    weights = check_floats_random (&random, n, 0.0, 1.0);
  pst_gram_add (NULL, &(PstFeatures){ n, c, f, weights }, TRUE, gram, scratch);
  pst_gram_finish (c, n, gram);
  for (gsize i = 0; i < n; i++)
    for (int a = 0; a < c; a++)
      for (int b = a; b < c; b++)
        {
          float  weight = weighted ? weights[i] : 1.0f;
          double product = reference_half (weight * f[i * c + a])
                           * reference_half (f[i * c + b]) / n;

          expected[a * c + b] += product;
          if (b > a)
            expected[b * c + a] += product;
        }
  check_close_doubles (name, c * c, gram, expected, TOLERANCE);
}

static void
test_gram (void)
{
  const gsize positions[] = { 1, 2, 7, 63, 513, 1100 };
  const int   channels[] = { 16, 48, 64, 160 };

  if (! check_has_half ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (channels); k++)
      for (int weighted = 0; weighted < 2; weighted++)
        check_gram (positions[i], channels[k], weighted);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/half/sizes", test_sizes);
  g_test_add_func ("/half/channels", test_channels);
  g_test_add_func ("/half/gram", test_gram);
  return g_test_run ();
}
