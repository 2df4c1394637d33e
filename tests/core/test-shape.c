/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-shape.c: arithmetic of sizes, and the arena */
#include <stdint.h>
#include <string.h>

#include "check.h"
#include "core/base/arena.h"
#include "core/base/shape.h"
#include "core/pastiche.h"

static void
test_sizes (void)
{
  PstShape shape = { .height = 3, .width = 5, .channels = 7 };
  PstShape huge = { G_MAXINT, G_MAXINT, G_MAXINT };

  g_assert_cmpuint (pst_shape_size (shape), ==, 105);
  g_assert_cmpuint (pst_shape_pixels (shape), ==, 15);
  g_assert_cmpuint (pst_shape_size (huge), ==, G_MAXSIZE);
}

static void
test_no_wrap (void)
{
  g_assert_cmpuint (pst_size_add (2, 3), ==, 5);
  g_assert_cmpuint (pst_size_mul (2, 3), ==, 6);
  g_assert_cmpuint (pst_size_mul (0, G_MAXSIZE - 1), ==, 0);
  g_assert_cmpuint (pst_size_add (G_MAXSIZE - 1, 2), ==, G_MAXSIZE);
  g_assert_cmpuint (pst_size_mul (G_MAXSIZE / 2, 3), ==, G_MAXSIZE);

  /* absorbing, also where plain arithmetic would wrap around */
  g_assert_cmpuint (pst_size_mul (G_MAXSIZE, 0), ==, G_MAXSIZE);
  g_assert_cmpuint (pst_size_mul (0, G_MAXSIZE), ==, G_MAXSIZE);
  g_assert_cmpuint (pst_size_add (G_MAXSIZE, 0), ==, G_MAXSIZE);
}

static void
take_twice (PstArena *arena, float **ret_floats, double **ret_doubles)
{
  *ret_floats = pst_arena_floats (arena, 5);
  *ret_doubles = pst_arena_doubles (arena, 3);
}

static void
test_arena (void)
{
  PstArena arena;
  float   *floats;
  double  *doubles;

  pst_arena_init (&arena);
  take_twice (&arena, &floats, &doubles);
  g_assert_null (floats);
  g_assert_null (doubles);

  g_assert_true (pst_arena_commit (&arena, NULL));
  take_twice (&arena, &floats, &doubles);
  g_assert_cmpuint ((uintptr_t) floats % PST_ARENA_ALIGNMENT, ==, 0);
  g_assert_cmpuint ((uintptr_t) doubles % PST_ARENA_ALIGNMENT, ==, 0);
  g_assert_true ((char *) doubles >= (char *) (floats + 5));
  memset (floats, 1, 5 * sizeof (float));
  memset (doubles, 1, 3 * sizeof (double));

  pst_arena_clear (&arena);
  g_assert_null (pst_arena_floats (&arena, 1));
  pst_arena_clear (&arena);
}

static void
test_arena_empty (void)
{
  PstArena arena;

  pst_arena_init (&arena);
  g_assert_true (pst_arena_commit (&arena, NULL));
  pst_arena_clear (&arena);
}

/* More than fits, or than any machine has, is an error with the right code. */
static void
test_arena_too_large (void)
{
  const gsize sizes[] = { G_MAXSIZE, G_MAXSIZE / 4, G_MAXSIZE / 8 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      PstArena arena;

      pst_arena_init (&arena);
      pst_arena_floats (&arena, sizes[i]);
      pst_arena_floats (&arena, 1);
      g_assert_false (pst_arena_commit (&arena, &error));
      g_assert_error (error, PST_ERROR, PST_ERROR_MEMORY);
      pst_arena_clear (&arena);
    }
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/shape/sizes", test_sizes);
  g_test_add_func ("/shape/no-wrap", test_no_wrap);
  g_test_add_func ("/arena/plan-and-take", test_arena);
  g_test_add_func ("/arena/empty", test_arena_empty);
  g_test_add_func ("/arena/too-large", test_arena_too_large);
  return g_test_run ();
}
