/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-net.c: whole networks, forward and backward, against doubles
 *
 * The reference reads the same file and computes in double.  Gradients are
 * compared with central differences of the reference: its steps can be so small
 * (1e-6) that ReLU's kinks do not matter, which differences in float could not.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/net/net.h"
#include "reference-net.h"
#include "sample-pictures.h"
#include "small-model.h"
#include "whole-array.h"

#define FORWARD_TOLERANCE  1e-5
#define GRADIENT_TOLERANCE 1e-4
#define STEP               1e-6

/* Taps in every position: after a pooling, two in a row, projected and not,
 * the last layer not a tap, a convolution without ReLU. */
static const SmallLayer odd_layers[] = {
  { .op = "conv", .name = "a", .channels = 5, .kernel = 1 },
  { .op = "tap", .name = "projected", .channels = 4 },
  { .op = "tap", .name = "plain" },
  { .op = "tap", .name = "again", .channels = 2 },
  { .op = "conv", .name = "b", .channels = 9, .kernel = 3, .linear = TRUE },
  { .op = "tap", .name = "linear" },
  { .op = "avgpool" },
  { .op = "tap", .name = "pooled" },
  { .op = "avgpool" },
  { .op = "avgpool" },
  { .op = "conv", .name = "c", .channels = 11, .kernel = 3 },
  { .op = "conv", .name = "d", .channels = 6, .kernel = 3 },
  { .op = "tap", .name = "deep" },
  { .op = "conv", .name = "e", .channels = 33, .kernel = 3 },
  { .op = NULL },
};

/* Everything that residual networks have: a large first kernel, shortcuts with
 * and without a convolution, sums with and without ReLU, two poolings, taps on
 * both branches, a convolution that leaves out the last row, the mean. */
static const SmallLayer residual_layers[] = {
  { .op = "conv", .name = "stem", .channels = 8, .kernel = 7, .stride = 2 },
  { .op = "tap", .name = "stem" },
  { .op = "maxpool", .name = "pool", .kernel = 3 },
  { .op = "conv", .name = "a", .channels = 6, .kernel = 1 },
  { .op = "conv", .name = "b", .channels = 7, .kernel = 3, .stride = 2 },
  { .op = "conv", .name = "c", .channels = 18, .kernel = 1, .linear = TRUE },
  { .op = "tap", .name = "branch", .channels = 3 },
  { .op = "conv",
    .name = "d",
    .channels = 18,
    .kernel = 1,
    .linear = TRUE,
    .stride = 2,
    .input = "pool",
    .from = 8 },
  { .op = "tap", .name = "shortcut" },
  { .op = "add", .name = "block", .input = "c" },
  { .op = "tap", .name = "block" },
  { .op = "conv", .name = "e", .channels = 18, .kernel = 3 },
  { .op = "conv", .name = "f", .channels = 18, .kernel = 1, .linear = TRUE },
  { .op = "add", .name = "linear", .input = "block", .linear = TRUE },
  { .op = "tap", .name = "sum" },
  { .op = "maxpool", .name = "again", .kernel = 2 },
  { .op = "tap", .name = "deep" },
  { .op = "conv", .name = "g", .channels = 5, .kernel = 1, .stride = 2 },
  { .op = "mean" },
  { .op = "tap", .name = "mean" },
  { .op = NULL },
};

/* ---- a network and its reference ---------------------------------------- */

typedef struct
{
  PstModel     *model;
  ReferenceNet *reference;
  PstWorkers   *workers;
  PstArena      arena;
  PstNet       *net;
  int           height;
  int           width;
  guint32       taps;
  gsize         n; /* of rgb */
  CheckFloats  *rgb;
} Case;

static GBytes *
odd_bytes (PstPadding padding)
{
  return small_model_bytes (odd_layers, padding, "[\"plain\"]", "[\"deep\"]",
                            3);
}

static GBytes *
residual_bytes (void)
{
  return small_model_bytes (residual_layers, PST_PADDING_ZERO, "[\"stem\"]",
                            "[\"deep\"]", 4);
}

static GBytes *
built_in_bytes (void)
{
  g_autofree char *path = sample_model_path ();
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static guint32
all_taps (const Case *c)
{
  return (1u << c->model->n_taps) - 1;
}

static void
net_open_as (Case *c, PstNetMemory memory, gboolean half)
{
  PstNetLayout layout = { .height = c->height,
                          .width = c->width,
                          .taps = c->taps,
                          .memory = memory,
                          .bf16 = half };

  pst_arena_init (&c->arena);
  pst_net_free (pst_net_new (c->model, c->workers, &c->arena, &layout));
  g_assert_true (pst_arena_commit (&c->arena, NULL));
  memset (c->arena.base, 0xA5, c->arena.size);
  c->net = pst_net_new (c->model, c->workers, &c->arena, &layout);
  g_assert_cmpuint (c->arena.used, <=, c->arena.size);
}

static void
net_open (Case *c, PstNetMemory memory)
{
  net_open_as (c, memory, FALSE);
}

static void
net_close (Case *c)
{
  g_clear_pointer (&c->net, pst_net_free);
  pst_arena_clear (&c->arena);
}

/* @taps: 0: all */
static void
case_init (Case   *c,
           GBytes *bytes,
           int     height,
           int     width,
           guint32 taps,
           int     threads)
{
  g_autoptr (GError) error = NULL;
  CheckRandom random;

  *c =
    (Case){ .height = height, .width = width, .n = (gsize) height * width * 3 };
  c->model = pst_model_new_from_bytes (bytes, "test", &error);
  g_assert_no_error (error);
  c->reference = reference_net_new (bytes);
  g_assert_cmpint (reference_net_n_taps (c->reference), ==, c->model->n_taps);
  c->workers = threads > 0 ? pst_workers_new (threads) : NULL;
  c->taps = taps ? taps : all_taps (c);
  check_random_init (&random, height * 1000 + width);
  c->rgb = check_floats_random (&random, c->n, 0.0, 1.0);
}

static void
case_clear (Case *c)
{
  reference_net_free (c->reference);
  pst_model_unref (c->model);
  pst_workers_free (c->workers);
  check_floats_free (c->rgb);
}

/* ---- forward ------------------------------------------------------------ */

static void
check_taps (const Case *c)
{
  g_autofree double *rgb = check_doubles (c->n, c->rgb);
  ReferenceTap       expected[REFERENCE_MAX_TAPS];
  float             *f[PST_MODEL_MAX_TAPS];

  g_assert_true (whole_net_forward (c->net, c->taps, c->rgb, f));
  reference_net_forward (c->reference, c->height, c->width, rgb, expected);
  for (int t = 0; t < c->model->n_taps; t++)
    if (c->taps & (1u << t))
      {
        PstShape         shape = pst_net_tap_shape (c->net, t);
        g_autofree char *name = g_strdup_printf ("tap %d of %dx%d, taps %x", t,
                                                 c->height, c->width, c->taps);

        g_assert_cmpint (shape.height, ==, expected[t].height);
        g_assert_cmpint (shape.width, ==, expected[t].width);
        g_assert_cmpint (shape.channels, ==, expected[t].channels);
        check_close (name, pst_shape_size (shape), f[t], expected[t].f,
                     FORWARD_TOLERANCE);
        g_free (f[t]);
      }
  reference_taps_clear (c->model->n_taps, expected);
}

static void
check_forward (GBytes *bytes, int height, int width, guint32 taps)
{
  Case c;

  case_init (&c, bytes, height, width, taps, 0);
  for (int memory = 0; memory <= PST_NET_KEEP_NONE; memory++)
    {
      net_open (&c, memory);
      check_taps (&c);
      check_taps (&c); /* once more in the same buffers */
      net_close (&c);
    }
  case_clear (&c);
}

static const int sizes[][2] = {
  { 1, 1 }, { 1, 9 }, { 9, 1 }, { 2, 2 }, { 7, 5 }, { 16, 16 }, { 13, 17 },
};

static void
test_forward (void)
{
  for (int padding = 0; padding <= 1; padding++)
    {
      g_autoptr (GBytes) odd = odd_bytes (padding);

      for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
        check_forward (odd, sizes[s][0], sizes[s][1], 0);
      for (guint32 taps = 1; taps < 64; taps++)
        check_forward (odd, 7, 6, taps);
    }
}

static void
test_forward_residual (void)
{
  g_autoptr (GBytes) bytes = residual_bytes ();

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    check_forward (bytes, sizes[s][0], sizes[s][1], 0);
  check_forward (bytes, 61, 150, 0);
  for (guint32 taps = 1; taps < 128; taps++)
    check_forward (bytes, 16, 20, taps);
}

static void
test_forward_built_in (void)
{
  g_autoptr (GBytes) bytes = built_in_bytes ();

  check_forward (bytes, 1, 1, 0);
  check_forward (bytes, 9, 13, 0);
}

/* ---- backward ----------------------------------------------------------- */

/* Of an activation: the sum of its squares times fixed numbers between 0.5 and
 * 1.5, divided by its size. */
static double
tap_weight (int tap, gsize i)
{
  return 1.0 + 0.5 * sin (tap + 0.7 * i);
}

static double
function (void *data, const double *rgb)
{
  const Case  *c = data;
  ReferenceTap taps[REFERENCE_MAX_TAPS];
  double       value = 0.0;

  reference_net_forward (c->reference, c->height, c->width, rgb, taps);
  for (int t = 0; t < c->model->n_taps; t++)
    {
      gsize n = (gsize) taps[t].height * taps[t].width * taps[t].channels;

      for (gsize i = 0; (c->taps >> t & 1) && i < n; i++)
        value += tap_weight (t, i) * taps[t].f[i] * taps[t].f[i] / n;
    }
  reference_taps_clear (c->model->n_taps, taps);
  return value;
}

typedef struct
{
  const Case *c;
  int         seen[PST_MODEL_MAX_TAPS]; /* rows */
} Calls;

static void
tap_gradient (void        *data,
              int          tap,
              int          begin,
              int          end,
              const float *f,
              float       *df)
{
  Calls   *calls = data;
  PstShape shape = pst_net_tap_shape (calls->c->net, tap);
  gsize    row = (gsize) shape.width * shape.channels;

  if (! df)
    return;
  g_assert_cmpint (begin, ==, calls->seen[tap]);
  calls->seen[tap] = end;
  for (gsize i = 0; i < (end - begin) * row; i++)
    df[i] +=
      2.0 * tap_weight (tap, begin * row + i) * f[i] / pst_shape_size (shape);
}

static void
run_backward (const Case *c, float *drgb)
{
  Calls calls = { .c = c };

  g_assert_true (pst_net_forward (c->net, c->rgb, tap_gradient, &calls));
  g_assert_true (pst_net_backward (c->net, tap_gradient, &calls, drgb));
  for (int t = 0; t < c->model->n_taps; t++)
    if (c->taps & (1u << t))
      g_assert_cmpint (calls.seen[t], ==, pst_net_tap_shape (c->net, t).height);
}

/* Along directions that lean towards the gradient: across it, the slope is 0
 * and a relative error makes no sense. */
static void
check_directions (Case *c, const float *drgb, int n_directions)
{
  g_autofree double *rgb = check_doubles (c->n, c->rgb);
  g_autofree double *v = g_new (double, c->n);
  double             norm = 0.0;
  CheckRandom        random;

  for (gsize i = 0; i < c->n; i++)
    norm += (double) drgb[i] * drgb[i];
  norm = sqrt (norm);
  check_random_init (&random, 5);
  for (int k = 0; k < n_directions; k++)
    {
      double           slope = 0.0;
      double           expected;
      g_autofree char *name = g_strdup_printf ("direction %d of %dx%d, taps %x",
                                               k, c->height, c->width, c->taps);

      for (gsize i = 0; i < c->n; i++)
        {
          v[i] = drgb[i] / norm + check_random_normal (&random) / sqrt (c->n);
          slope += v[i] * drgb[i];
        }
      expected = check_slope (function, c, c->n, rgb, v, STEP);
      g_test_message ("%s: relative error %.1e", name,
                      fabs (slope - expected) / fabs (expected));
      check_value (name, slope, expected, GRADIENT_TOLERANCE);
    }
}

static void
check_backward (GBytes  *bytes,
                int      height,
                int      width,
                guint32  taps,
                gboolean every_pixel)
{
  Case c;
  g_autoptr (CheckFloats) drgb = NULL;

  case_init (&c, bytes, height, width, taps, 0);
  drgb = check_floats_new (c.n);
  net_open (&c, PST_NET_KEEP_ALL);
  run_backward (&c, drgb);
  if (every_pixel)
    check_gradient ("every pixel", function, &c, c.n, c.rgb, drgb,
                    GRADIENT_TOLERANCE);
  check_directions (&c, drgb, 3);
  net_close (&c);
  case_clear (&c);
}

static const int few_sizes[][2] = {
  { 1, 1 }, { 1, 9 }, { 9, 1 }, { 7, 5 }, { 13, 11 },
};

static void
test_backward (void)
{
  for (int padding = 0; padding <= 1; padding++)
    {
      g_autoptr (GBytes) odd = odd_bytes (padding);

      for (gsize s = 0; s < G_N_ELEMENTS (few_sizes); s++)
        check_backward (odd, few_sizes[s][0], few_sizes[s][1], 0, TRUE);
      for (int tap = 0; tap < 6; tap++)
        check_backward (odd, 6, 7, 1u << tap, TRUE);
    }
}

static void
test_backward_residual (void)
{
  g_autoptr (GBytes) bytes = residual_bytes ();

  for (gsize s = 0; s < G_N_ELEMENTS (few_sizes); s++)
    check_backward (bytes, few_sizes[s][0], few_sizes[s][1], 0, TRUE);
  for (int tap = 0; tap < 7; tap++)
    check_backward (bytes, 14, 19, 1u << tap, TRUE);
  check_backward (bytes, 75, 131, 0, FALSE);
}

static void
test_backward_built_in (void)
{
  g_autoptr (GBytes) bytes = built_in_bytes ();

  check_backward (bytes, 17, 19, 0, FALSE);
  check_backward (bytes, 3, 2, 0, TRUE);
}

/* ---- memory ------------------------------------------------------------- */

/* The same in less memory. */
static void
check_memory (GBytes *bytes, int height, int width, guint32 taps)
{
  g_autoptr (CheckFloats) all = NULL;
  gsize most = 0;

  for (int memory = PST_NET_KEEP_ALL; memory <= PST_NET_KEEP_NONE; memory++)
    {
      Case         c;
      CheckFloats *drgb;

      case_init (&c, bytes, height, width, taps, 2);
      drgb = check_floats_new (c.n);
      net_open (&c, memory);
      if (memory == PST_NET_KEEP_ALL)
        most = c.arena.size;
      else
        g_assert_cmpuint (c.arena.size, <, most);
      g_test_message ("%dx%d, memory %d: %.1f MB", height, width, memory,
                      c.arena.size / 1e6);
      run_backward (&c, drgb);
      net_close (&c);
      case_clear (&c);
      if (all)
        {
          g_autofree double *expected = check_doubles (c.n, all);

          check_close ("with less memory", c.n, drgb, expected, 1e-6);
          check_floats_free (drgb);
        }
      else
        all = drgb;
    }
}

static void
test_memory (void)
{
  g_autoptr (GBytes) zero = odd_bytes (PST_PADDING_ZERO);
  g_autoptr (GBytes) replicate = odd_bytes (PST_PADDING_REPLICATE);
  g_autoptr (GBytes) residual = residual_bytes ();
  g_autoptr (GBytes) built_in = built_in_bytes ();

  /* Without the mean, which needs the whole picture at once. */
  check_memory (residual, 2501, 1803, 0x3f);
  check_memory (zero, 1501, 903, 0);
  check_memory (replicate, 1501, 903, 0);
  check_memory (built_in, 1103, 521, 0);
}

/* ---- half precision ----------------------------------------------------- */

/* Near to the exact gradient, and the same bits for any number of threads. */
static void
test_half (void)
{
  g_autoptr (GBytes) bytes = built_in_bytes ();
  g_autoptr (CheckFloats) first = NULL;
  g_autofree double *exact = NULL;

  if (! check_has_half ())
    return;
  for (int threads = 0; threads <= 3; threads++)
    {
      Case c;
      g_autoptr (CheckFloats) drgb = NULL;

      case_init (&c, bytes, 61, 90, 0, threads);
      drgb = check_floats_new (c.n);
      net_open_as (&c, PST_NET_KEEP_ALL, threads > 0);
      run_backward (&c, drgb);
      net_close (&c);
      if (threads == 0)
        exact = check_doubles (c.n, drgb);
      else if (first)
        check_same ("in threads", c.n, drgb, first);
      else
        {
          double distance = check_distance (c.n, drgb, exact);

          g_test_message ("distance to the exact gradient %.1e", distance);
          g_assert_cmpfloat (distance, >, 1e-5); /* it is not the exact one */
          g_assert_cmpfloat (distance, <, 0.05);
          first = g_steal_pointer (&drgb);
        }
      case_clear (&c);
    }
}

/* ---- the rest ----------------------------------------------------------- */

static void
test_threads (void)
{
  g_autoptr (GBytes) bytes = built_in_bytes ();
  g_autoptr (CheckFloats) alone = NULL;

  for (int threads = 0; threads <= 3; threads++)
    {
      Case         c;
      CheckFloats *drgb;

      case_init (&c, bytes, 33, 38, 0, threads);
      drgb = check_floats_new (c.n);
      net_open (&c, PST_NET_KEEP_ALL);
      run_backward (&c, drgb);
      net_close (&c);
      if (alone)
        {
          check_same ("in threads", c.n, drgb, alone);
          check_floats_free (drgb);
        }
      else
        alone = drgb;
      case_clear (&c);
    }
}

static void
test_cancel (void)
{
  g_autoptr (GBytes) bytes = odd_bytes (PST_PADDING_ZERO);
  g_autoptr (CheckFloats) drgb = NULL;
  int   cancel = 1;
  Case  c;
  Calls calls = { .c = &c };

  case_init (&c, bytes, 8, 8, 0, 1);
  drgb = check_floats_new (c.n);
  pst_workers_set_cancel (c.workers, &cancel);
  net_open (&c, PST_NET_KEEP_ALL);
  g_assert_false (pst_net_forward (c.net, c.rgb, tap_gradient, &calls));
  cancel = 0;
  g_assert_true (pst_net_forward (c.net, c.rgb, tap_gradient, &calls));
  cancel = 1;
  g_assert_false (pst_net_backward (c.net, tap_gradient, &calls, drgb));
  cancel = 0;
  g_assert_true (pst_net_forward (c.net, c.rgb, tap_gradient, &calls));
  net_close (&c);
  case_clear (&c);
}

/* Counted by hand for a picture of 4x6. */
static void
test_operations (void)
{
  g_autoptr (GBytes) bytes = odd_bytes (PST_PADDING_ZERO);
  Case   c;
  double to_plain = 24.0 * (2 * 3 * 5);
  double to_deep = to_plain + 24.0 * (2 * 9 * 5 * 9) + 1.0 * (2 * 9 * 9 * 11)
                   + 1.0 * (2 * 9 * 11 * 6);

  case_init (&c, bytes, 4, 6, 0, 0);
  g_assert_cmpfloat (pst_net_operations (c.model, 4, 6, 1u << 1), ==, to_plain);
  g_assert_cmpfloat (pst_net_operations (c.model, 4, 6, 1u << 0), ==,
                     to_plain + 24.0 * (2 * 5 * 4));
  g_assert_cmpfloat (pst_net_operations (c.model, 4, 6, 1u << 5), ==, to_deep);
  case_clear (&c);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/net/forward", test_forward);
  g_test_add_func ("/net/forward-residual", test_forward_residual);
  g_test_add_func ("/net/forward-built-in", test_forward_built_in);
  g_test_add_func ("/net/backward", test_backward);
  g_test_add_func ("/net/backward-residual", test_backward_residual);
  g_test_add_func ("/net/backward-built-in", test_backward_built_in);
  g_test_add_func ("/net/memory", test_memory);
  g_test_add_func ("/net/bf16", test_half);
  g_test_add_func ("/net/threads", test_threads);
  g_test_add_func ("/net/cancel", test_cancel);
  g_test_add_func ("/net/operations", test_operations);
  return g_test_run ();
}
