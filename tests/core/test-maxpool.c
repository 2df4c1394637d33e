/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-maxpool.c: the largest of a window, sums and means, and their gradients,
 * against plain loops
 */
#include "check.h"
#include "core/kernels/kernels.h"
#include "core/layers/layer.h"
#include "reference.h"
#include "whole-array.h"

static const PstShape shapes[] = {
  { 1, 1, 1 },   { 1, 2, 3 },  { 2, 1, 3 },   { 2, 2, 5 },   { 3, 3, 17 },
  { 1, 31, 48 }, { 29, 1, 4 }, { 17, 23, 3 }, { 32, 33, 7 },
};

static CheckFloats *
random_floats (PstShape shape, guint64 stream)
{
  CheckRandom random;

  check_random_init (&random, stream);
  return check_floats_random (&random, pst_shape_size (shape), -1.0, 1.0);
}

/* ---- the largest -------------------------------------------------------- */

static void
check_largest (PstShape shape, int size, PstWorkers *workers)
{
  PstLayer         pool = { .kind = &pst_layer_maxpool, .size = size };
  PstShape         small = pst_shape_halve (shape);
  gsize            n_x = pst_shape_size (shape);
  gsize            n_y = pst_shape_size (small);
  g_autofree char *name = g_strdup_printf ("%dx%dx%d, %d", shape.height,
                                           shape.width, shape.channels, size);
  g_autoptr (CheckFloats) x = random_floats (shape, 1);
  g_autoptr (CheckFloats) dy = random_floats (small, 2);
  g_autoptr (CheckFloats) y = check_floats_new (n_y);
  g_autoptr (CheckFloats) dx = check_floats_new (n_x);
  g_autofree guint8 *argmax = g_new (guint8, n_y);
  g_autofree double *x_doubles = NULL;
  g_autofree double *dy_doubles = check_doubles (n_y, dy);
  g_autofree double *expected_y = g_new (double, n_y);
  g_autofree double *expected_dx = g_new (double, n_x);

  /* As after ReLU: many are equal. */
  for (gsize i = 0; i < n_x; i++)
    x[i] = MAX (x[i], 0);
  x_doubles = check_doubles (n_x, x);

  whole_layer_forward (&pool, workers, shape, x, y, argmax);
  reference_maxpool_forward (shape.height, shape.width, shape.channels, size,
                             x_doubles, expected_y);
  check_close (name, n_y, y, expected_y, 0);

  whole_layer_backward (&pool, workers, shape, dy, argmax, FALSE, dx);
  reference_maxpool_backward (shape.height, shape.width, shape.channels, size,
                              x_doubles, dy_doubles, expected_dx);
  check_close (name, n_x, dx, expected_dx, 1e-6);

  whole_layer_backward (&pool, workers, shape, dy, argmax, TRUE, dx);
  for (gsize i = 0; i < n_x; i++)
    expected_dx[i] *= 2;
  check_close (name, n_x, dx, expected_dx, 1e-6);
}

static void
test_largest (void)
{
  for (int threads = 1; threads <= 3; threads++)
    {
      PstWorkers *workers = pst_workers_new (threads);

      for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
        for (int size = 2; size <= 3; size++)
          check_largest (shapes[s], size, workers);
      pst_workers_free (workers);
    }
}

/* Some rows, from those rows alone that are needed. */
static void
test_bands (void)
{
  PstLayer pool = { .kind = &pst_layer_maxpool, .size = 3 };
  PstShape shape = { 21, 9, 5 };
  PstShape small = pst_shape_halve (shape);
  gsize    row_x = shape.width * shape.channels;
  gsize    row_y = small.width * small.channels;
  g_autoptr (CheckFloats) x = random_floats (shape, 3);
  g_autoptr (CheckFloats) y = check_floats_new (small.height * row_y);
  g_autoptr (CheckFloats) part = check_floats_new (4 * row_y);
  g_autoptr (CheckFloats) dx = check_floats_new (shape.height * row_x);
  g_autoptr (CheckFloats) dx_part = check_floats_new (8 * row_x);
  g_autofree guint8 *argmax = g_new (guint8, small.height * row_y);

  PstLayerWork forward = {
    .begin = 4,
    .end = 8,
    .in = { { .data = x + 7 * row_x, .top = 7, .shape = shape } },
    .out = { .data = part, .top = 4, .shape = small }
  };
  PstLayerWork backward = {
    .begin = 8,
    .end = 16,
    .in = { { .data = dx_part, .top = 8, .shape = shape } },
    .out = { .data = y + 4 * row_y, .top = 4, .shape = small },
    .saved = { .data = argmax + 4 * row_y, .top = 4 }
  };

  whole_layer_forward (&pool, NULL, shape, x, y, argmax);
  pst_layer_maxpool.forward (&pool, &forward);
  check_same ("forward", 4 * row_y, part, y + 4 * row_y);

  whole_layer_backward (&pool, NULL, shape, y, argmax, FALSE, dx);
  pst_layer_maxpool.backward (&pool, &backward);
  check_same ("backward", 8 * row_x, dx_part, dx + 8 * row_x);
}

/* ---- sum and mean ------------------------------------------------------- */

static void
check_add (PstShape shape, gboolean relu, PstWorkers *workers)
{
  PstLayer layer = { .kind = &pst_layer_add, .relu = relu };
  gsize    n = pst_shape_size (shape);
  gsize    groups = PST_CHANNEL_GROUPS (shape.channels);
  g_autoptr (CheckFloats) a = random_floats (shape, 4);
  g_autoptr (CheckFloats) b = random_floats (shape, 5);
  g_autoptr (CheckFloats) y = check_floats_new (n);
  g_autoptr (CheckFloats) dx = check_floats_new (n);
  g_autofree PstBits *bits = g_new (PstBits, pst_shape_pixels (shape) * groups);

  PstLayerWork work = { .workers = workers,
                        .end = shape.height,
                        .in = { { .data = a, .shape = shape },
                                { .data = b, .shape = shape } },
                        .out = { .data = y, .shape = shape },
                        .saved = { .data = relu ? bits : NULL } };

  pst_layer_add.forward (&layer, &work);
  whole_layer_backward (&layer, workers, shape, a, work.saved.data, FALSE, dx);
  whole_layer_backward (&layer, workers, shape, b, NULL, TRUE, dx);
  for (gsize i = 0; i < n; i++)
    {
      float    sum = a[i] + b[i];
      gboolean passes = ! relu || sum > 0;

      g_assert_cmpfloat (y[i], ==, passes ? sum : 0);
      g_assert_cmpfloat (dx[i], ==, (passes ? a[i] : 0) + b[i]);
    }
}

static void
check_mean (PstShape shape, PstWorkers *workers)
{
  PstLayer layer = { .kind = &pst_layer_global_avgpool };
  gsize    n = pst_shape_size (shape);
  g_autoptr (CheckFloats) x = random_floats (shape, 6);
  g_autoptr (CheckFloats) mean = check_floats_new (shape.channels);
  g_autoptr (CheckFloats) dx = check_floats_new (n);
  g_autofree double *expected = g_new0 (double, shape.channels);

  for (gsize i = 0; i < n; i++)
    expected[i % shape.channels] += (double) x[i] / pst_shape_pixels (shape);
  whole_layer_forward (&layer, workers, shape, x, mean, NULL);
  check_close ("mean", shape.channels, mean, expected, 1e-6);

  whole_layer_backward (&layer, workers, shape, mean, NULL, FALSE, dx);
  for (gsize i = 0; i < n; i++)
    check_value ("mean backward", dx[i],
                 (double) mean[i % shape.channels] / pst_shape_pixels (shape),
                 1e-6);
}

static void
test_add_and_mean (void)
{
  for (int threads = 1; threads <= 3; threads++)
    {
      PstWorkers *workers = pst_workers_new (threads);

      for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
        {
          check_add (shapes[s], FALSE, workers);
          check_add (shapes[s], TRUE, workers);
          check_mean (shapes[s], workers);
        }
      pst_workers_free (workers);
    }
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/maxpool/largest", test_largest);
  g_test_add_func ("/maxpool/bands", test_bands);
  g_test_add_func ("/maxpool/add-and-mean", test_add_and_mean);
  return g_test_run ();
}
