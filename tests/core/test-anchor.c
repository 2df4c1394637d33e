/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-anchor.c: the anchor against doubles, its gradient against
 * differences */
#include <string.h>

#include "check.h"
#include "core/loss/anchor.h"

#define WEIGHT 0.7

typedef struct
{
  int           height;
  int           width;
  const double *held; /* [height][width][3] */
} Case;

/* The mean of one channel in the block at @top, @left. */
static double
block_mean (const Case *c, const double *x, int top, int left, int channel)
{
  int    bottom = MIN (top + PST_ANCHOR_BLOCK, c->height);
  int    right = MIN (left + PST_ANCHOR_BLOCK, c->width);
  double sum = 0.0;

  for (int y = top; y < bottom; y++)
    for (int column = left; column < right; column++)
      sum += x[3 * (y * c->width + column) + channel];
  return sum / ((bottom - top) * (right - left));
}

/* A CheckFunction. */
static double
reference (void *data, const double *x)
{
  const Case *c = data;
  double      sum = 0.0;
  int         n = 0;

  for (int y = 0; y < c->height; y += PST_ANCHOR_BLOCK)
    for (int column = 0; column < c->width; column += PST_ANCHOR_BLOCK)
      for (int channel = 0; channel < 3; channel++, n++)
        {
          double moved = block_mean (c, x, y, column, channel)
                         - block_mean (c, c->held, y, column, channel);

          sum += moved * moved;
        }
  return WEIGHT * sum / n;
}

static CheckFloats *
random_picture (gsize n, guint64 stream)
{
  CheckRandom random;

  check_random_init (&random, stream);
  return check_floats_random (&random, n, -0.2, 1.2);
}

/* The value, and in @dx, which is overwritten, the gradient. */
static double
evaluate (PstWorkers  *workers,
          int          height,
          int          width,
          const float *held,
          const float *x,
          float       *dx)
{
  PstArena  arena;
  PstAnchor anchor;
  double    value;

  pst_arena_init (&arena);
  pst_anchor_init (&anchor, &arena, height, width);
  g_assert_true (pst_arena_commit (&arena, NULL));
  memset (arena.base, 0xA5, arena.size);
  pst_anchor_init (&anchor, &arena, height, width);
  pst_anchor_set (&anchor, workers, held);
  memset (dx, 0, sizeof (float) * 3 * height * width);
  value = pst_anchor_loss (&anchor, workers, x, WEIGHT, dx);
  pst_arena_clear (&arena);
  return value;
}

static void
check_anchor (int height, int width)
{
  gsize            n = 3 * (gsize) height * width;
  g_autofree char *name = g_strdup_printf ("anchor %dx%d", height, width);
  g_autoptr (CheckFloats) held = random_picture (n, 1);
  g_autoptr (CheckFloats) x = random_picture (n, 2);
  g_autoptr (CheckFloats) dx = check_floats_new (n);
  g_autofree double *held_doubles = check_doubles (n, held);
  g_autofree double *x_doubles = check_doubles (n, x);
  Case               c = { height, width, held_doubles };

  check_value (name, WEIGHT * evaluate (NULL, height, width, held, x, dx),
               reference (&c, x_doubles), 1e-5);
  check_gradient (name, reference, &c, n, x, dx, 1e-5);
}

static void
test_value_and_gradient (void)
{
  const int sizes[][2] = {
    { 1, 1 }, { 1, 9 }, { 9, 1 }, { 4, 4 }, { 8, 12 }, { 13, 7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    check_anchor (sizes[i][0], sizes[i][1]);
}

/* Detail that keeps the means of blocks costs nothing. */
static void
test_detail_is_free (void)
{
  int   height = 8, width = 12;
  gsize n = 3 * (gsize) height * width;
  g_autoptr (CheckFloats) held = random_picture (n, 3);
  g_autoptr (CheckFloats) x = check_floats_new (n);
  g_autoptr (CheckFloats) dx = check_floats_new (n);

  for (gsize i = 0; i < n; i++)
    x[i] = held[i] + (i / 3 % 2 ? 0.25f : -0.25f);
  g_assert_cmpfloat (evaluate (NULL, height, width, held, x, dx), <, 1e-12);
}

static void
test_threads (void)
{
  int   height = 61, width = 47;
  gsize n = 3 * (gsize) height * width;
  g_autoptr (CheckFloats) held = random_picture (n, 4);
  g_autoptr (CheckFloats) x = random_picture (n, 5);
  g_autoptr (CheckFloats) alone = check_floats_new (n);
  double value = evaluate (NULL, height, width, held, x, alone);

  for (int threads = 1; threads <= 3; threads++)
    {
      g_autoptr (CheckFloats) dx = check_floats_new (n);
      PstWorkers *workers = pst_workers_new (threads);

      g_assert_true (evaluate (workers, height, width, held, x, dx) == value);
      check_same ("anchor in threads", n, dx, alone);
      pst_workers_free (workers);
    }
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/anchor/value-and-gradient", test_value_and_gradient);
  g_test_add_func ("/anchor/detail-is-free", test_detail_is_free);
  g_test_add_func ("/anchor/threads", test_threads);
  return g_test_run ();
}
