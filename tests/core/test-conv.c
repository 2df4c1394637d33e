/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-conv.c: convolution and its gradient against plain loops of doubles
 *
 * Tolerances are relative to the largest value expected.  A sum of n products
 * of floats is off by about sqrt (n) * 6e-8 of its terms' size; 1e-5 leaves
 * room for 9 * 256 of them and for Winograd's transforms.
 */
#include <string.h>

#include "check.h"
#include "core/layers/conv.h"
#include "reference.h"
#include "whole-array.h"

#define TOLERANCE 1e-5

typedef struct
{
  int height;
  int width;
} Size;

typedef struct
{
  int in;
  int out;
} Channels;

static const Size sizes[] = {
  { 1, 1 }, { 1, 2 }, { 2, 1 },  { 2, 2 },   { 1, 17 },  { 13, 1 },  { 3, 3 },
  { 2, 5 }, { 5, 4 }, { 7, 11 }, { 16, 16 }, { 13, 37 }, { 31, 33 },
};

static const Channels few_channels[] = {
  { 1, 1 }, { 3, 16 }, { 16, 3 }, { 5, 7 }, { 17, 31 },
};

/* As in the built-in network. */
static const Channels many_channels[] = {
  { 3, 64 }, { 64, 48 }, { 48, 128 }, { 192, 160 }, { 256, 256 },
};

/* One convolution with its data; everything is owned. */
typedef struct
{
  char         *name;
  ReferenceConv reference;
  CheckFloats  *weight;
  CheckFloats  *bias;
  PstConv      *conv;
  int           height;
  int           width;
  gsize         n_x;
  gsize         n_y;
  CheckFloats  *x;
  CheckFloats  *dy;
} Case;

static Case
case_new (Channels   channels,
          int        kernel,
          PstPadding padding,
          Size       size,
          CheckFill  fill)
{
  gsize       pixels = (gsize) size.height * size.width;
  gsize       n_weight = (gsize) channels.in * channels.out * kernel * kernel;
  CheckRandom random;
  Case        c = { .height = size.height,
                    .width = size.width,
                    .n_x = pixels * channels.in,
                    .n_y = pixels * channels.out };

  c.name = g_strdup_printf ("%dx%dx%d -> %d, kernel %d, %s, fill %d",
                            size.height, size.width, channels.in, channels.out,
                            kernel, padding ? "replicate" : "zero", fill);
  check_random_init (&random, g_str_hash (c.name));
  c.weight = check_floats_random (&random, n_weight, -1.0, 1.0);
  c.bias = check_floats_random (&random, channels.out, -1.0, 1.0);
  c.x = check_floats_new (c.n_x);
  c.dy = check_floats_new (c.n_y);
  check_random_fill (&random, fill, c.n_x, c.x);
  check_random_fill (&random, fill, c.n_y, c.dy);
  c.reference = (ReferenceConv){ .in_channels = channels.in,
                                 .out_channels = channels.out,
                                 .kernel = kernel,
                                 .padding = padding,
                                 .weight = c.weight,
                                 .bias = c.bias };
  c.conv = pst_conv_new (&(PstConvSpec){ .in_channels = channels.in,
                                         .out_channels = channels.out,
                                         .kernel = kernel,
                                         .stride = 1,
                                         .padding = padding },
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

static CheckFloats *
scratch_for (const Case *c, int threads)
{
  return check_scratch_new (pst_conv_scratch (c->conv, FALSE, 0) * threads);
}

static void
check_forward (const Case *c, gboolean relu)
{
  g_autoptr (CheckFloats) y = check_floats_new (c->n_y);
  g_autoptr (CheckFloats) scratch = scratch_for (c, 1);
  g_autofree double *x = check_doubles (c->n_x, c->x);
  g_autofree double *expected = g_new (double, c->n_y);

  whole_conv_forward (c->conv, NULL, c->height, c->width, c->x, relu, y,
                      scratch);
  reference_conv_forward (&c->reference, c->height, c->width, x, relu,
                          expected);
  check_close (c->name, c->n_y, y, expected, TOLERANCE);
}

static void
check_backward (const Case *c)
{
  g_autoptr (CheckFloats) dx = check_floats_new (c->n_x);
  g_autoptr (CheckFloats) scratch = scratch_for (c, 1);
  g_autofree double *dy = check_doubles (c->n_y, c->dy);
  g_autofree double *expected = g_new (double, c->n_x);

  reference_conv_backward (&c->reference, c->height, c->width, dy, expected);
  whole_conv_backward (c->conv, NULL, c->height, c->width, c->dy, FALSE, dx,
                       scratch);
  check_close (c->name, c->n_x, dx, expected, TOLERANCE);

  /* added to what is there */
  for (gsize i = 0; i < c->n_x; i++)
    {
      dx[i] = c->x[i];
      expected[i] += c->x[i];
    }
  whole_conv_backward (c->conv, NULL, c->height, c->width, c->dy, TRUE, dx,
                       scratch);
  check_close (c->name, c->n_x, dx, expected, TOLERANCE);
}

static void
check_case (Channels   channels,
            int        kernel,
            PstPadding padding,
            Size       size,
            CheckFill  fill)
{
  Case              c = case_new (channels, kernel, padding, size, fill);
  g_autofree float *x = g_memdup2 (c.x, c.n_x * sizeof (float));
  g_autofree float *dy = g_memdup2 (c.dy, c.n_y * sizeof (float));

  check_forward (&c, FALSE);
  check_forward (&c, TRUE);
  check_backward (&c);

  /* inputs are only read */
  check_same (c.name, c.n_x, c.x, x);
  check_same (c.name, c.n_y, c.dy, dy);
  case_clear (&c);
}

static void
check_both (Channels channels, Size size, CheckFill fill)
{
  for (int kernel = 1; kernel <= 3; kernel += 2)
    {
      check_case (channels, kernel, PST_PADDING_ZERO, size, fill);
      check_case (channels, kernel, PST_PADDING_REPLICATE, size, fill);
    }
}

static void
test_sizes (void)
{
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (gsize k = 0; k < G_N_ELEMENTS (few_channels); k++)
      check_both (few_channels[k], sizes[s], CHECK_FILL_UNIFORM);
}

/* Every width up to 70, so that every remainder of a block or vector is met. */
static void
test_widths (void)
{
  Channels channels = { 4, 6 };

  for (int width = 1; width <= 70; width++)
    check_both (channels, (Size){ 1 + width % 5, width }, CHECK_FILL_UNIFORM);
}

static void
test_fills (void)
{
  Channels channels = { 7, 16 };
  Size     size = { 9, 10 };

  check_both (channels, size, CHECK_FILL_EXTREMES);
  check_both (channels, size, CHECK_FILL_SPARSE);
}

static void
test_network_layers (void)
{
  for (gsize k = 0; k < G_N_ELEMENTS (many_channels); k++)
    {
      check_both (many_channels[k], (Size){ 5, 3 }, CHECK_FILL_UNIFORM);
      check_both (many_channels[k], (Size){ 1, 6 }, CHECK_FILL_UNIFORM);
    }
  check_case (many_channels[1], 3, PST_PADDING_REPLICATE, (Size){ 24, 29 },
              CHECK_FILL_UNIFORM);
}

static double
dot (gsize n, const float *a, const float *b)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (double) a[i] * b[i];
  return sum;
}

/* <conv (x), dy> = <x, conv^T (dy)>, without any reference.  With x = conv^T
 * (dy) the right side is a square: nothing cancels, and a relative tolerance
 * makes sense. */
static void
check_adjoint (Size size, int kernel, PstPadding padding)
{
  Channels channels = { 16, 48 };
  Case     c = case_new (channels, kernel, padding, size, CHECK_FILL_UNIFORM);
  g_autoptr (CheckFloats) y = check_floats_new (c.n_y);
  g_autoptr (CheckFloats) dx = check_floats_new (c.n_x);
  g_autoptr (CheckFloats) scratch = scratch_for (&c, 1);
  g_autofree float *no_bias = g_new0 (float, channels.out);

  pst_conv_free (c.conv);
  c.conv = pst_conv_new (&(PstConvSpec){ .in_channels = channels.in,
                                         .out_channels = channels.out,
                                         .kernel = kernel,
                                         .stride = 1,
                                         .padding = padding },
                         c.weight, no_bias);
  whole_conv_backward (c.conv, NULL, c.height, c.width, c.dy, FALSE, dx,
                       scratch);
  whole_conv_forward (c.conv, NULL, c.height, c.width, dx, FALSE, y, scratch);
  check_value (c.name, dot (c.n_y, y, c.dy), dot (c.n_x, dx, dx), 1e-6);
  case_clear (&c);
}

static void
test_adjoint (void)
{
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (int kernel = 1; kernel <= 3; kernel += 2)
      {
        check_adjoint (sizes[s], kernel, PST_PADDING_ZERO);
        check_adjoint (sizes[s], kernel, PST_PADDING_REPLICATE);
      }
}

static void
check_threads (Size size, int kernel, PstPadding padding)
{
  Channels channels = { 19, 33 };
  Case     c = case_new (channels, kernel, padding, size, CHECK_FILL_UNIFORM);
  g_autoptr (CheckFloats) y = check_floats_new (c.n_y);
  g_autoptr (CheckFloats) dx = check_floats_new (c.n_x);
  g_autoptr (CheckFloats) scratch = scratch_for (&c, 3);

  whole_conv_forward (c.conv, NULL, c.height, c.width, c.x, TRUE, y, scratch);
  whole_conv_backward (c.conv, NULL, c.height, c.width, c.dy, FALSE, dx,
                       scratch);
  for (int threads = 1; threads <= 3; threads++)
    {
      g_autoptr (CheckFloats) y2 = check_floats_new (c.n_y);
      g_autoptr (CheckFloats) dx2 = check_floats_new (c.n_x);
      PstWorkers *workers = pst_workers_new (threads);

      whole_conv_forward (c.conv, workers, c.height, c.width, c.x, TRUE, y2,
                          scratch);
      whole_conv_backward (c.conv, workers, c.height, c.width, c.dy, FALSE, dx2,
                           scratch);
      check_same (c.name, c.n_y, y2, y);
      check_same (c.name, c.n_x, dx2, dx);
      pst_workers_free (workers);
    }
  case_clear (&c);
}

static void
test_threads (void)
{
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (int kernel = 1; kernel <= 3; kernel += 2)
      {
        check_threads (sizes[s], kernel, PST_PADDING_ZERO);
        check_threads (sizes[s], kernel, PST_PADDING_REPLICATE);
      }
  check_threads ((Size){ 67, 71 }, 3, PST_PADDING_REPLICATE);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/conv/sizes", test_sizes);
  g_test_add_func ("/conv/widths", test_widths);
  g_test_add_func ("/conv/fills", test_fills);
  g_test_add_func ("/conv/network-layers", test_network_layers);
  g_test_add_func ("/conv/adjoint", test_adjoint);
  g_test_add_func ("/conv/threads", test_threads);
  return g_test_run ();
}
