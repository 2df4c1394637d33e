/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-avgpool.c: average pooling and its gradient against plain loops */
#include "check.h"
#include "core/layers/layer.h"
#include "reference.h"
#include "whole-array.h"

/* Three additions and a product in float. */
#define TOLERANCE 1e-6

static const PstShape shapes[] = {
  { 1, 1, 1 },    { 1, 1, 16 },  { 1, 2, 3 },   { 2, 1, 3 },
  { 2, 2, 5 },    { 1, 31, 48 }, { 29, 1, 48 }, { 3, 3, 64 },
  { 16, 16, 16 }, { 17, 23, 3 }, { 32, 33, 7 }, { 33, 32, 96 },
};

static const PstLayer pool = { .kind = &pst_layer_avgpool };

static CheckFloats *
random_floats (PstShape shape, guint64 stream)
{
  CheckRandom random;

  check_random_init (&random, stream);
  return check_floats_random (&random, pst_shape_size (shape), -1.0, 1.0);
}

static void
check_shape (PstShape shape)
{
  PstShape         small = pst_shape_halve (shape);
  gsize            n_x = pst_shape_size (shape);
  gsize            n_y = pst_shape_size (small);
  g_autofree char *name =
    g_strdup_printf ("%dx%dx%d", shape.height, shape.width, shape.channels);
  g_autoptr (CheckFloats) x = random_floats (shape, 1);
  g_autoptr (CheckFloats) dy = random_floats (small, 2);
  g_autoptr (CheckFloats) y = check_floats_new (n_y);
  g_autoptr (CheckFloats) dx = check_floats_new (n_x);
  g_autofree double *x_doubles = check_doubles (n_x, x);
  g_autofree double *dy_doubles = check_doubles (n_y, dy);
  g_autofree double *expected_y = g_new (double, n_y);
  g_autofree double *expected_dx = g_new (double, n_x);

  whole_layer_forward (&pool, NULL, shape, x, y, NULL);
  reference_pool_forward (shape.height, shape.width, shape.channels, x_doubles,
                          expected_y);
  check_close (name, n_y, y, expected_y, TOLERANCE);

  whole_layer_backward (&pool, NULL, shape, dy, NULL, FALSE, dx);
  reference_pool_backward (shape.height, shape.width, shape.channels,
                           dy_doubles, expected_dx);
  check_close (name, n_x, dx, expected_dx, TOLERANCE);
}

static void
test_reference (void)
{
  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    check_shape (shapes[s]);
}

static void
test_size_is_rounded_up (void)
{
  PstShape small = pst_shape_halve ((PstShape){ 5, 8, 3 });

  g_assert_cmpint (small.height, ==, 3);
  g_assert_cmpint (small.width, ==, 4);
  g_assert_cmpint (small.channels, ==, 3);
}

/* Computed by hand: windows that are cut off are averaged over the pixels that
 * they have. */
static void
test_by_hand (void)
{
  const float x[9] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
  const float means[4] = { 3.0f, 4.5f, 7.5f, 9.0f };
  g_autoptr (CheckFloats) y = check_floats_new (4);

  whole_layer_forward (&pool, NULL, (PstShape){ 3, 3, 1 }, x, y, NULL);
  check_same ("3x3", 4, y, means);
}

/* <pool (dx), dy> = <dx, dx> where dx = pool^T (dy). */
static void
test_adjoint (void)
{
  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      PstShape shape = shapes[s];
      PstShape small = pst_shape_halve (shape);
      g_autoptr (CheckFloats) dy = random_floats (small, 3);
      g_autoptr (CheckFloats) dx = check_floats_new (pst_shape_size (shape));
      g_autoptr (CheckFloats) y = check_floats_new (pst_shape_size (small));
      double left = 0.0;
      double right = 0.0;

      whole_layer_backward (&pool, NULL, shape, dy, NULL, FALSE, dx);
      whole_layer_forward (&pool, NULL, shape, dx, y, NULL);
      for (gsize i = 0; i < pst_shape_size (small); i++)
        left += (double) y[i] * dy[i];
      for (gsize i = 0; i < pst_shape_size (shape); i++)
        right += (double) dx[i] * dx[i];
      check_value ("adjoint", left, right, 1e-6);
    }
}

static void
test_threads (void)
{
  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (int threads = 1; threads <= 3; threads++)
      {
        PstShape shape = shapes[s];
        gsize    n_x = pst_shape_size (shape);
        gsize    n_y = pst_shape_size (pst_shape_halve (shape));
        g_autoptr (CheckFloats) x = random_floats (shape, 4);
        g_autoptr (CheckFloats) y = check_floats_new (n_y);
        g_autoptr (CheckFloats) dx = check_floats_new (n_x);
        g_autoptr (CheckFloats) y2 = check_floats_new (n_y);
        g_autoptr (CheckFloats) dx2 = check_floats_new (n_x);
        PstWorkers *workers = pst_workers_new (threads);

        whole_layer_forward (&pool, NULL, shape, x, y, NULL);
        whole_layer_backward (&pool, NULL, shape, y, NULL, FALSE, dx);
        whole_layer_forward (&pool, workers, shape, x, y2, NULL);
        whole_layer_backward (&pool, workers, shape, y, NULL, FALSE, dx2);
        check_same ("forward", n_y, y2, y);
        check_same ("backward", n_x, dx2, dx);
        pst_workers_free (workers);
      }
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/pool/reference", test_reference);
  g_test_add_func ("/pool/size-is-rounded-up", test_size_is_rounded_up);
  g_test_add_func ("/pool/by-hand", test_by_hand);
  g_test_add_func ("/pool/adjoint", test_adjoint);
  g_test_add_func ("/pool/threads", test_threads);
  return g_test_run ();
}
