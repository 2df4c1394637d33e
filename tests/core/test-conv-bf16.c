/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-conv-bf16.c: convolution in half precision against plain loops of
 * doubles
 *
 * Products of two bfloat16 are exact in float, so the error against a reference
 * with rounded operands is that of float sums: 1e-5 of the largest value is
 * enough for 9 * 512 of them.  Rounding moves each number by at most 1/512 of
 * itself; as errors are independent, the sums of numbers that were not rounded
 * are off by about that much too.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/kernels/kernels-bf16.h"
#include "core/layers/conv-bf16.h"
#include "core/pastiche.h"
#include "reference.h"

#define TOLERANCE       1e-5
#define LOOSE_TOLERANCE 1e-2

typedef struct
{
  int        height;
  int        width;
  int        in;
  int        out;
  PstPadding padding;
  gboolean   adjoint;
  gboolean   pointwise; /* 1x1, else 3x3 */
} Shape;

/* One convolution with its data; everything is owned. */
typedef struct
{
  Shape        shape;
  char        *name;
  gsize        n_x;
  gsize        n_y;
  CheckFloats *weight; /* [kernel][kernel][in][out] */
  CheckFloats *bias;   /* [out, rounded up to groups] */
  CheckFloats *x;
  PstBits     *bits; /* of x; a third of them set */
  PstConvBf16 *bf16;
} Case;

static int
taps (Shape shape)
{
  return shape.pointwise ? 1 : 9;
}

/* The same of 1x1 where the machine has no 3x3. */
static Shape
possible (Shape shape)
{
  if (! pst_conv_bf16_applies (3, shape.out))
    {
      shape.pointwise = TRUE;
      shape.out = PST_ROUND_CHANNELS (shape.out);
    }
  return shape;
}

static Case
case_new (Shape shape)
{
  gsize       pixels = (gsize) shape.height * shape.width;
  gsize       n_bits = pixels * PST_CHANNEL_GROUPS (shape.in);
  gsize       n_weight = taps (shape) * (gsize) shape.in * shape.out;
  CheckRandom random;
  Case        c = { .shape = shape,
                    .n_x = pixels * shape.in,
                    .n_y = pixels * shape.out };

  c.name =
    g_strdup_printf ("%dx%dx%d -> %d, %s%s", shape.height, shape.width,
                     shape.in, shape.out, shape.padding ? "replicate" : "zero",
                     shape.adjoint ? ", adjoint" : "");
  check_random_init (&random, g_str_hash (c.name));
  c.weight = check_floats_random (&random, n_weight, -1.0, 1.0);
  c.bias =
    check_floats_random (&random, PST_ROUND_CHANNELS (shape.out), -1.0, 1.0);
  for (int o = shape.out; o < PST_ROUND_CHANNELS (shape.out); o++)
    c.bias[o] = 0.0f;
  c.x = check_floats_random (&random, c.n_x, -1.0, 1.0);
  c.bits = g_new (PstBits, n_bits);
  for (gsize i = 0; i < n_bits; i++)
    c.bits[i] = check_random_bits (&random) & check_random_bits (&random);
  c.bf16 =
    pst_conv_bf16_new (shape.in, shape.out, shape.pointwise ? 1 : 3, c.weight);
  g_assert_nonnull (c.bf16);
  return c;
}

static void
case_clear (Case *c)
{
  pst_conv_bf16_free (c->bf16);
  check_floats_free (c->weight);
  check_floats_free (c->bias);
  check_floats_free (c->x);
  g_free (c->bits);
  g_free (c->name);
}

/* ---- the reference ------------------------------------------------------ */

static gboolean
has_bit (const Case *c, gsize pixel, int channel)
{
  return c->bits[pixel * PST_CHANNEL_GROUPS (c->shape.in) + channel / 16]
           >> channel % 16
         & 1;
}

/* What the convolution reads, as doubles; the caller owns it. */
static double *
read_input (const Case *c, gboolean masked, gboolean exact)
{
  double *x = g_new (double, c->n_x);

  for (gsize i = 0; i < c->n_x; i++)
    {
      x[i] = exact ? c->x[i] : reference_half (c->x[i]);
      if (masked && ! has_bit (c, i / c->shape.in, i % c->shape.in))
        x[i] = 0.0;
    }
  return x;
}

/* In the order of ReferenceConv, [out][in][kernel][kernel], of the convolution
 * whose adjoint it is, if it is one; the caller owns it. */
static float *
read_weight (const Case *c, gboolean exact)
{
  int    in = c->shape.in;
  int    out = c->shape.out;
  int    n = taps (c->shape);
  float *weight = g_new (float, n *(gsize) in *out);

  for (int k = 0; k < n; k++)
    for (int i = 0; i < in; i++)
      for (int o = 0; o < out; o++)
        {
          float w = c->weight[((gsize) k * in + i) * out + o];
          gsize at = c->shape.adjoint ? ((gsize) i * out + o) * n + n - 1 - k
                                      : ((gsize) o * in + i) * n + k;

          weight[at] = exact ? w : reference_half (w);
        }
  return weight;
}

/* The sums, with the bias but without ReLU; the caller owns them. */
static double *
expect (const Case *c, gboolean bias, gboolean masked, gboolean exact)
{
  Shape              shape = c->shape;
  double            *y = g_new (double, c->n_y);
  g_autofree double *x = read_input (c, masked, exact);
  g_autofree float  *weight = read_weight (c, exact);
  g_autofree float  *no_bias = g_new0 (float, MAX (shape.in, shape.out));
  ReferenceConv      reference = {
         .in_channels = shape.adjoint ? shape.out : shape.in,
         .out_channels = shape.adjoint ? shape.in : shape.out,
         .kernel = shape.pointwise ? 1 : 3,
         .weight = weight,
         .padding = shape.adjoint ? PST_PADDING_ZERO : shape.padding,
         .bias = bias ? c->bias : no_bias
  };

  if (shape.adjoint)
    reference_conv_backward (&reference, shape.height, shape.width, x, y);
  else
    reference_conv_forward (&reference, shape.height, shape.width, x, FALSE, y);
  return y;
}

/* ---- running ------------------------------------------------------------ */

static PstSource
source_of (const Case *c, gboolean masked)
{
  return (PstSource){ .x = c->x,
                      .bits = masked ? c->bits : NULL,
                      .height = c->shape.height,
                      .width = c->shape.width,
                      .channels = c->shape.in,
                      .padding = c->shape.padding,
                      .adjoint = c->shape.adjoint };
}

/* @rows at a time */
static void
run (const Case          *c,
     int                  threads,
     int                  rows,
     gboolean             masked,
     const PstConvOutput *output)
{
  gsize size = pst_conv_bf16_scratch (c->shape.in, c->shape.width);
  g_autoptr (CheckFloats) scratch = check_scratch_new (size * threads);
  PstConvWork work = { .workers = pst_workers_new (threads),
                       .source = source_of (c, masked),
                       .output = *output,
                       .bf16 = TRUE,
                       .scratch = scratch,
                       .scratch_size = size };

  for (; work.begin < c->shape.height; work.begin = work.end)
    {
      work.end = MIN (work.begin + rows, c->shape.height);
      pst_conv_bf16_run (c->bf16, &work);
    }
  pst_workers_free (work.workers);
}

/* Bias, ReLU, and the bits of its derivative.  Where a sum is as small as its
 * error, either bit is right. */
static void
check_forward (const Case *c)
{
  int                 out = c->shape.out;
  int                 groups = PST_CHANNEL_GROUPS (out);
  gsize               pixels = c->n_y / out;
  g_autofree double  *expected = expect (c, TRUE, FALSE, FALSE);
  g_autofree PstBits *bits = g_new (PstBits, pixels * groups);
  g_autoptr (CheckFloats) y = check_floats_new (c->n_y);
  PstConvOutput output = {
    .bias = c->bias, .relu = TRUE, .y = y, .bits = bits
  };

  memset (bits, 0xa5, pixels * groups * sizeof *bits);
  run (c, 1, c->shape.height, FALSE, &output);
  for (gsize pixel = 0; pixel < pixels; pixel++)
    for (int o = 0; o < groups * 16; o++)
      {
        gboolean bit = bits[pixel * groups + o / 16] >> o % 16 & 1;
        double   value = o < out ? expected[pixel * out + o] : -1.0;

        if (fabs (value) > 1e-3)
          g_assert_cmpint (bit, ==, value > 0.0);
      }
  for (gsize i = 0; i < c->n_y; i++)
    expected[i] = MAX (expected[i], 0.0);
  check_close (c->name, c->n_y, y, expected, TOLERANCE);
}

/* Added to the output, with bits.  The extra gradient of an adjoint's border
 * pixels is not made by conv-bf16.c. */
static void
check_added (const Case *c)
{
  g_autofree double *expected = expect (c, FALSE, TRUE, FALSE);
  g_autoptr (CheckFloats) y = check_floats_new (c->n_y);
  PstConvOutput output = { .add = TRUE, .y = y };

  for (gsize i = 0; i < c->n_y; i++)
    {
      y[i] = i % 7;
      expected[i] += y[i];
    }
  run (c, 1, c->shape.height, TRUE, &output);
  check_close (c->name, c->n_y, y, expected, TOLERANCE);
}

static void
check_shape (Shape shape)
{
  Case              c;
  g_autofree float *x = NULL;

  if (! pst_conv_bf16_applies (shape.pointwise ? 1 : 3, shape.out))
    return;
  c = case_new (shape);
  x = g_memdup2 (c.x, c.n_x * sizeof (float));
  if (! shape.adjoint)
    check_forward (&c);
  check_added (&c);
  check_same (c.name, c.n_x, c.x, x);
  case_clear (&c);
}

static void
check_all (int height, int width, int in, int out)
{
  for (int adjoint = 0; adjoint < 2; adjoint++)
    {
      check_shape (
        (Shape){ height, width, in, out, PST_PADDING_ZERO, adjoint });
      check_shape (
        (Shape){ height, width, in, out, PST_PADDING_REPLICATE, adjoint });
      check_shape (
        (Shape){ height, width, in, out, PST_PADDING_ZERO, adjoint, TRUE });
      check_shape ((Shape){ height, width, in, PST_ROUND_CHANNELS (out),
                            PST_PADDING_ZERO, adjoint, TRUE });
    }
}

/* ---- tests -------------------------------------------------------------- */

static void
test_sizes (void)
{
  const int sizes[][2] = {
    { 1, 1 },  { 1, 2 },   { 2, 1 },   { 3, 3 },   { 1, 17 }, { 13, 1 },
    { 7, 11 }, { 16, 16 }, { 13, 37 }, { 31, 33 }, { 9, 64 },
  };

  if (! check_has_half ())
    return;
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    check_all (sizes[s][0], sizes[s][1], 19, 37);
}

/* Every width up to 70, so that every remainder of a tile is met. */
static void
test_widths (void)
{
  if (! check_has_half ())
    return;
  for (int width = 1; width <= 70; width++)
    check_all (1 + width % 5, width, 33, 16);
}

static void
test_channels (void)
{
  const int channels[][2] = {
    { 1, 1 },   { 3, 64 },  { 64, 3 },  { 16, 16 },   { 32, 32 },
    { 33, 48 }, { 64, 80 }, { 48, 17 }, { 192, 160 }, { 512, 40 },
  };

  if (! check_has_half ())
    return;
  for (gsize k = 0; k < G_N_ELEMENTS (channels); k++)
    check_all (5, 9, channels[k][0], channels[k][1]);
}

/* Wide enough to be cut side by side. */
static void
test_blocks (void)
{
  if (! check_has_half ())
    return;
  check_all (35, 150, 32, 16);
  check_all (3, 1100, 32, 16);
}

/* The same bits for any number of threads and any number of rows at a time, and
 * when only the rows that are needed are in memory. */
static void
check_cuts (Shape shape)
{
  Case c = case_new (possible (shape));
  g_autoptr (CheckFloats) y = check_floats_new (c.n_y);
  PstConvOutput output = { .bias = c.bias, .y = y };

  run (&c, 1, shape.height, TRUE, &output);
  for (int threads = 1; threads <= 3; threads++)
    for (int rows = 1; rows < shape.height; rows += 10)
      {
        g_autoptr (CheckFloats) y2 = check_floats_new (c.n_y);

        output.y = y2;
        run (&c, threads, rows, TRUE, &output);
        check_same (c.name, c.n_y, y2, y);
      }
  case_clear (&c);
}

static void
test_cuts (void)
{
  if (! check_has_half ())
    return;
  check_cuts ((Shape){ 41, 67, 40, 33, PST_PADDING_REPLICATE, FALSE });
  check_cuts ((Shape){ 41, 64, 64, 32, PST_PADDING_ZERO, TRUE });
}

/* Rows begin .. end - 1 of the output, and of the source one more on each
 * side. */
static void
test_rows (void)
{
  const int          begin = 8, end = 20;
  Shape              shape = possible ((Shape){ 29, 23, 40, 33 });
  gsize              row = (gsize) shape.width * shape.out;
  Case               c;
  PstConvWork        work = { .begin = begin, .end = end, .bf16 = TRUE };
  PstSource         *source = &work.source;
  g_autofree double *expected = NULL;
  g_autoptr (CheckFloats) x = NULL;
  g_autoptr (CheckFloats) y = check_floats_new ((end - begin) * row);
  g_autoptr (CheckFloats) scratch = NULL;

  if (! check_has_half ())
    return;
  c = case_new (shape);
  expected = expect (&c, FALSE, TRUE, FALSE);
  *source = source_of (&c, TRUE);
  x = check_floats_new ((end - begin + 2) * (gsize) shape.width * shape.in);
  memcpy (x, pst_source_row (source, begin - 1),
          (end - begin + 2) * (gsize) shape.width * shape.in * sizeof (float));
  source->x = x;
  source->top = begin - 1;
  source->bits = pst_source_bits (source, begin - 1);
  source->bits_top = begin - 1;
  work.output = (PstConvOutput){ .y = y, .top = begin };
  work.scratch_size = pst_conv_bf16_scratch (shape.in, shape.width);
  work.scratch = scratch = check_scratch_new (work.scratch_size);
  pst_conv_bf16_run (c.bf16, &work);
  check_close (c.name, (end - begin) * row, y, expected + begin * row,
               TOLERANCE);
  case_clear (&c);
}

/* Against numbers that were not rounded. */
static void
test_exact (void)
{
  Shape              shape = { 12, 17, 128, 64, PST_PADDING_ZERO, FALSE };
  Case               c;
  g_autofree double *expected = NULL;
  g_autoptr (CheckFloats) y = NULL;
  PstConvOutput output = { 0 };

  if (! check_has_half ())
    return;
  shape = possible (shape);
  c = case_new (shape);
  expected = expect (&c, FALSE, FALSE, TRUE);
  y = check_floats_new (c.n_y);
  output.y = y;
  run (&c, 1, shape.height, FALSE, &output);
  check_close (c.name, c.n_y, y, expected, LOOSE_TOLERANCE);
  g_test_message ("distance %.1e", check_distance (c.n_y, y, expected));
  case_clear (&c);
}

/* PASTICHE_CPU rules it out. */
static void
test_level (void)
{
  const char *wanted = g_getenv ("PASTICHE_CPU");

  if (g_strcmp0 (wanted, "x86-64") == 0 || g_strcmp0 (wanted, "x86-64-v3") == 0)
    g_assert_null (pst_bf16_kernels_get ());
  g_assert_true (! pst_bf16_kernels_get ()
                 == ! (g_str_has_suffix (pst_cpu_level (), "-bf16")
                       || g_str_has_suffix (pst_cpu_level (), "-amx")));
  g_assert_true (pst_bf16_kernels_get () == pst_bf16_kernels_get ());
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/bf16/level", test_level);
  g_test_add_func ("/bf16/sizes", test_sizes);
  g_test_add_func ("/bf16/widths", test_widths);
  g_test_add_func ("/bf16/channels", test_channels);
  g_test_add_func ("/bf16/blocks", test_blocks);
  g_test_add_func ("/bf16/cuts", test_cuts);
  g_test_add_func ("/bf16/rows", test_rows);
  g_test_add_func ("/bf16/exact", test_exact);
  return g_test_run ();
}
