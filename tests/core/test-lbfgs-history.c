/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-lbfgs-history.c: the optimizer's history against plain loops in double
 *
 * Tolerances: floats are summed 16 to 64 at a time, which costs some 1e-7 of
 * |a| |b|; 16 bits have an error of 2^-15 of the largest in a run, for these
 * numbers 2e-5 of the usual one.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/kernels/kernels.h"
#include "core/transfer/lbfgs-history.h"

#define COUNT 3

static const gsize sizes[] = { 1, 31, 256, 4095, 4097, 12345, 300007 };

/* A history, and the same in double. */
typedef struct
{
  gsize       n;
  gboolean    packed;
  double      tolerance;
  CheckRandom random;
  PstArena    arena;
  PstHistory *pairs;
  float      *x;
  float      *before;
  float      *after;
  double     *s[COUNT];
  double     *y[COUNT];
} Case;

static void
case_init (Case *test, gsize n, gboolean packed)
{
  *test = (Case){ .n = n, .packed = packed, .tolerance = packed ? 5e-5 : 1e-6 };
  check_random_init (&test->random, n);
  pst_arena_init (&test->arena);
  g_assert_null (pst_history_new (&test->arena, n, COUNT, packed, NULL));
  g_assert_true (pst_arena_commit (&test->arena, NULL));
  test->pairs = pst_history_new (&test->arena, n, COUNT, packed, NULL);
  test->x = check_floats_random (&test->random, n, 0, 1);
  test->before = check_floats_random (&test->random, n, -1, 1);
  test->after = check_floats_random (&test->random, n, -1, 1);
}

static void
case_clear (Case *test)
{
  pst_history_free (test->pairs);
  pst_arena_clear (&test->arena);
  check_floats_free (test->x);
  check_floats_free (test->before);
  check_floats_free (test->after);
  for (int k = 0; k < COUNT; k++)
    {
      g_free (test->s[k]);
      g_free (test->y[k]);
    }
}

/* Moves x by random numbers and makes order[0] of that. */
static void
make_pair (Case *test, const int *order, int n_order, PstPairProducts *products)
{
  PstCombination     combination = { .factor = 1e-3 };
  g_autofree double *old = check_doubles (test->n, test->x);
  g_autoptr (CheckFloats) d =
    check_floats_random (&test->random, test->n, -1, 1);
  int slot = order[0];

  pst_history_move (test->pairs, &combination, (PstPairOrder){ 0 }, d, slot,
                    test->x);
  check_random_fill (&test->random, CHECK_FILL_UNIFORM, test->n, test->before);
  check_random_fill (&test->random, CHECK_FILL_UNIFORM, test->n, test->after);
  pst_history_store (test->pairs, (PstPairOrder){ order, n_order }, test->x,
                     test->before, test->after, products);
  test->s[slot] = check_doubles (test->n, test->x);
  test->y[slot] = check_doubles (test->n, test->after);
  for (gsize i = 0; i < test->n; i++)
    {
      test->s[slot][i] -= old[i];
      test->y[slot][i] -= test->before[i];
    }
}

/* Makes all pairs, the last of them in slot 0. */
static void
make_pairs (Case *test, PstPairProducts *products)
{
  const int orders[COUNT][COUNT] = { { 2 }, { 1, 2 }, { 0, 1, 2 } };

  for (int k = 0; k < COUNT; k++)
    make_pair (test, orders[k], k + 1, products);
}

static void
check_product (const Case *test, double got, const double *a, const double *b)
{
  double sum = 0, a_a = 0, b_b = 0;

  for (gsize i = 0; i < test->n; i++)
    {
      sum += a[i] * b[i];
      a_a += a[i] * a[i];
      b_b += b[i] * b[i];
    }
  g_assert_cmpfloat (fabs (got - sum), <=, test->tolerance * sqrt (a_a * b_b));
}

static void
test_products (gconstpointer packed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Case               test;
      PstPairProducts    products[COUNT];
      g_autofree double *g = NULL;

      case_init (&test, sizes[i], packed != NULL);
      make_pairs (&test, products);
      g = check_doubles (test.n, test.after);
      for (int k = 0; k < COUNT; k++)
        {
          check_product (&test, products[k].s_y, test.s[k], test.y[0]);
          check_product (&test, products[k].s_g, test.s[k], g);
          check_product (&test, products[k].y_y, test.y[k], test.y[0]);
          check_product (&test, products[k].y_g, test.y[k], g);
        }
      case_clear (&test);
    }
}

/* What a combination adds to 0, into a slot that it reads, and half of that. */
static void
check_move (Case *test)
{
  const int          order[COUNT] = { 0, 1, 2 };
  PstCombination     combination = { .factor = 0.7,
                                     .s = { 40, -90, 300 },
                                     .y = { 0.5, 0.3, -0.2 } };
  PstCombination     none = { .factor = 0 };
  g_autofree double *expected = check_doubles (test->n, test->after);
  float             *x = test->x;

  for (gsize i = 0; i < test->n; i++)
    {
      x[i] = 0;
      expected[i] *= combination.factor;
      for (int k = 0; k < COUNT; k++)
        expected[i] +=
          combination.s[k] * test->s[k][i] + combination.y[k] * test->y[k][i];
    }
  pst_history_move (test->pairs, &combination, (PstPairOrder){ order, COUNT },
                    test->after, 2, x);
  check_close ("move", test->n, x, expected, test->tolerance);

  for (gsize i = 0; i < test->n; i++)
    expected[i] *= 0.5;
  pst_history_shorten (test->pairs, 2, 0.5, x);
  check_close ("half of it", test->n, x, expected, test->tolerance);

  /* as small as in a gradient, from x = 0 */
  for (gsize i = 0; i < test->n; i++)
    expected[i] = 1e-9 * test->after[i];
  none.factor = 1e-9;
  memset (x, 0, test->n * sizeof *x);
  pst_history_move (test->pairs, &none, (PstPairOrder){ 0 }, test->after, 2, x);
  check_close ("small", test->n, x, expected, test->tolerance);
}

static void
test_move (gconstpointer packed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Case            test;
      PstPairProducts products[COUNT];

      case_init (&test, sizes[i], packed != NULL);
      make_pairs (&test, products);
      check_move (&test);
      case_clear (&test);
    }
}

/* Whatever step was tried, x is restored exactly. */
static void
test_back (gconstpointer packed)
{
  const double factors[] = { 1e-12, 1e-3, 1, 1e6, 1e30, INFINITY };
  gsize        n = 5003;
  Case         test;

  case_init (&test, n, packed != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      PstCombination    combination = { .factor = factors[i] };
      g_autofree float *old = g_memdup2 (test.x, n * sizeof *test.x);

      pst_history_move (test.pairs, &combination, (PstPairOrder){ 0 },
                        test.after, 1, test.x);
      pst_history_shorten (test.pairs, 1, 0.3, test.x);
      pst_history_shorten (test.pairs, 1, 0, test.x);
      check_same ("back", n, test.x, old);
    }
  case_clear (&test);
}

/* The step that x took is the s that is held, to the last bit that x has. */
static void
test_step_taken (gconstpointer packed)
{
  const int       order[] = { 1 };
  PstCombination  step = { .factor = 0.37 };
  PstCombination  again = { .s = { 1 } };
  PstPairProducts products[1];
  gsize           n = 9001;
  Case            test;

  case_init (&test, n, packed != NULL);
  {
    g_autofree float *zero = g_new0 (float, n);
    g_autofree float *x = g_new0 (float, n);

    pst_history_move (test.pairs, &step, (PstPairOrder){ 0 }, test.after, 1, x);
    pst_history_store (test.pairs, (PstPairOrder){ order, 1 }, x, test.before,
                       test.after, products);
    pst_history_move (test.pairs, &again, (PstPairOrder){ order, 1 },
                      test.after, 0, zero);
    check_same ("step", n, zero, x);
  }
  case_clear (&test);
}

static void
test_pack (void)
{
  const PstHistoryKernels *kernels = pst_kernels_get ()->history;
  const float              factors[] = { 0, 1e-30f, 1e-9f, 1, 32767, 1e20f };
  gsize                    n = 2 * PST_PACKED_RUN + 77;
  CheckRandom              random;

  check_random_init (&random, 0);
  for (gsize f = 0; f < G_N_ELEMENTS (factors); f++)
    {
      g_autoptr (CheckFloats) x = check_floats_random (&random, n, -1, 1);
      g_autoptr (CheckFloats) got = check_floats_new (n);
      g_autoptr (CheckFloats) again = check_floats_new (n);
      g_autofree gint16 *q = g_new (gint16, n);
      float              scales[3];
      g_autofree double *expected = NULL;

      for (gsize i = 0; i < n; i++)
        x[i] *= factors[f];
      expected = check_doubles (n, x);
      kernels->pack (n, x, q, scales);
      kernels->unpack (n, q, scales, got);
      check_close ("pack", n, got, expected, 1.0 / 32768);
      kernels->pack (n, got, q, scales);
      kernels->unpack (n, q, scales, again);
      check_same ("again", n, again, got);
    }
}

/* The largest magnitude just below, at, and above a power of two. */
static void
test_pack_limits (void)
{
  const PstHistoryKernels *kernels = pst_kernels_get ()->history;

  for (int i = 0; i <= 400; i++)
    {
      float  x[2] = { 1 + (i - 200) / (4 * 32768.0f), 1e-3f };
      float  got[2], again[2], scale;
      gint16 q[2];

      for (int sign = 0; sign < 2; sign++)
        {
          x[0] = -x[0];
          kernels->pack (2, x, q, &scale);
          kernels->unpack (2, q, &scale, got);
          g_assert_cmpfloat (fabs (got[0] - x[0]), <=, 1.0 / 32768);
          g_assert_cmpfloat (fabs (got[1] - x[1]), <=, 1.0 / 32768);
          kernels->pack (2, got, q, &scale);
          kernels->unpack (2, q, &scale, again);
          check_same ("again", 2, again, got);
        }
    }
}

static void
add_test (const char *name, GTestDataFunc function)
{
  g_autofree char *single = g_strdup_printf ("/pairs/float/%s", name);
  g_autofree char *packed = g_strdup_printf ("/pairs/packed/%s", name);

  g_test_add_data_func (single, NULL, function);
  g_test_add_data_func (packed, GINT_TO_POINTER (TRUE), function);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  add_test ("products", test_products);
  add_test ("move", test_move);
  add_test ("back", test_back);
  add_test ("step-taken", test_step_taken);
  g_test_add_func ("/pairs/pack", test_pack);
  g_test_add_func ("/pairs/pack-limits", test_pack_limits);
  return g_test_run ();
}
