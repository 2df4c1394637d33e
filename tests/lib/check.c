/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check.c: what the tests of the core share */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "core/base/arena.h"
#include "core/kernels/blas.h"
#include "core/pastiche.h"

#define DEFAULT_SEED 20161 /* arbitrary */

/* Floats before and after a buffer; the first of them holds its length. */
#define GUARD_FLOATS 64
#define GUARD_BITS   0x7fc0dead

void
check_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  g_assert_true (pst_blas_init (0, 0, NULL));
}

gboolean
check_has_half (void)
{
  if (pst_cpu_has_bf16 ())
    return TRUE;
  g_test_skip ("this machine has no half precision");
  return FALSE;
}

/* ---- random numbers ----------------------------------------------------- */

guint64
check_seed (void)
{
  const char *text = g_getenv ("PASTICHE_TEST_SEED");

  return text ? g_ascii_strtoull (text, NULL, 10) : DEFAULT_SEED;
}

void
check_random_init (CheckRandom *random, guint64 stream)
{
  random->state =
    check_seed () * G_GUINT64_CONSTANT (0xd1342543de82ef95) + stream;
  check_random_bits (random);
}

guint64
check_random_bits (CheckRandom *random)
{
  guint64 z = random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

double
check_random_uniform (CheckRandom *random, double low, double high)
{
  return low + (high - low) * ldexp (check_random_bits (random) >> 11, -53);
}

double
check_random_normal (CheckRandom *random)
{
  double u = 1.0 - check_random_uniform (random, 0.0, 1.0);
  double v = check_random_uniform (random, 0.0, 1.0);

  return sqrt (-2.0 * log (u)) * cos (2.0 * G_PI * v);
}

int
check_random_int (CheckRandom *random, int low, int high)
{
  return low + check_random_bits (random) % (guint64) (high - low + 1);
}

void
check_random_fill (CheckRandom *random, CheckFill fill, gsize n, float *x)
{
  for (gsize i = 0; i < n; i++)
    switch (fill)
      {
      case CHECK_FILL_UNIFORM:
        x[i] = check_random_uniform (random, -1.0, 1.0);
        break;
      case CHECK_FILL_EXTREMES:
        x[i] = check_random_int (random, -1, 1) * 4.0f;
        break;
      case CHECK_FILL_SPARSE:
        x[i] = check_random_int (random, 0, 15) == 0
                 ? check_random_uniform (random, -1.0, 1.0)
                 : 0.0;
        break;
      }
}

/* ---- guarded buffers ---------------------------------------------------- */

static guint32
guard_value (int i)
{
  return GUARD_BITS + i;
}

/* Writes the guards, or checks whether they are intact. */
static gboolean
guards (guint32 *block, gsize n, gboolean write)
{
  gboolean intact = TRUE;

  for (int i = 0; i < GUARD_FLOATS; i++)
    {
      guint32 *after = &block[GUARD_FLOATS + n + i];

      if (write)
        *after = guard_value (i);
      intact = intact && *after == guard_value (i);
      if (i < (int) (sizeof n / sizeof *block))
        continue; /* the length is here */
      if (write)
        block[i] = guard_value (i);
      intact = intact && block[i] == guard_value (i);
    }
  return intact;
}

static CheckFloats *
guarded_new (gsize n)
{
  gsize bytes = (n + 2 * GUARD_FLOATS) * sizeof (float);
  void *block = NULL;

  if (posix_memalign (&block, PST_ARENA_ALIGNMENT, bytes) != 0)
    g_error ("no memory for a buffer of %" G_GSIZE_FORMAT " floats", n);
  memcpy (block, &n, sizeof n);
  guards (block, n, /* write= */ TRUE);
  return (float *) block + GUARD_FLOATS;
}

CheckFloats *
check_floats_new (gsize n)
{
  CheckFloats *floats = guarded_new (n);

  for (gsize i = 0; i < n; i++)
    floats[i] = NAN;
  return floats;
}

CheckFloats *
check_scratch_new (gsize n)
{
  CheckFloats *floats = guarded_new (n);

  memset (floats, 0xA5, n * sizeof (float));
  return floats;
}

CheckFloats *
check_floats_random (CheckRandom *random, gsize n, double low, double high)
{
  CheckFloats *floats = guarded_new (n);

  for (gsize i = 0; i < n; i++)
    floats[i] = check_random_uniform (random, low, high);
  return floats;
}

gboolean
check_floats_guarded (const CheckFloats *floats)
{
  guint32 *block = (guint32 *) (floats - GUARD_FLOATS);
  gsize    n;

  memcpy (&n, block, sizeof n);
  return guards (block, n, /* write= */ FALSE);
}

void
check_floats_free (CheckFloats *floats)
{
  if (! floats)
    return;
  if (! check_floats_guarded (floats))
    g_test_fail_printf ("written outside a buffer");
  free (floats - GUARD_FLOATS);
}

double *
check_doubles (gsize n, const float *x)
{
  double *copy = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    copy[i] = x[i];
  return copy;
}

/* ---- comparisons -------------------------------------------------------- */

static double
largest (gsize n, const double *x)
{
  double max = 0.0;

  for (gsize i = 0; i < n; i++)
    max = fmax (max, fabs (x[i]));
  return max;
}

static char *
difference (const char *case_name,
            gsize       index,
            gsize       n,
            double      got,
            double      expected,
            double      limit)
{
  return g_strdup_printf ("%s, seed %" G_GUINT64_FORMAT ": [%" G_GSIZE_FORMAT
                          "] of %" G_GSIZE_FORMAT ": expected %.9g, got %.9g, "
                          "tolerance %.3g",
                          case_name, check_seed (), index, n, expected, got,
                          limit);
}

/* The message owned by the caller, or NULL where all is well.  Exactly one of
 * @floats and @doubles is not NULL. */
static char *
compare (const char   *case_name,
         gsize         n,
         const float  *floats,
         const double *doubles,
         const double *expected,
         double        tolerance)
{
  double limit = tolerance * largest (n, expected);

  for (gsize i = 0; i < n; i++)
    {
      double got = floats ? floats[i] : doubles[i];

      if (! (fabs (got - expected[i]) <= limit))
        return difference (case_name, i, n, got, expected[i], limit);
    }
  return NULL;
}

gboolean
check_compare (const char   *case_name,
               gsize         n,
               const float  *got,
               const double *expected,
               double        tolerance,
               char        **ret_message)
{
  char *message = compare (case_name, n, got, NULL, expected, tolerance);

  if (message)
    *ret_message = message;
  return message == NULL;
}

void
check_close (const char   *case_name,
             gsize         n,
             const float  *got,
             const double *expected,
             double        tolerance)
{
  g_autofree char *message =
    compare (case_name, n, got, NULL, expected, tolerance);

  if (message)
    g_test_fail_printf ("%s", message);
}

void
check_close_doubles (const char   *case_name,
                     gsize         n,
                     const double *got,
                     const double *expected,
                     double        tolerance)
{
  g_autofree char *message =
    compare (case_name, n, NULL, got, expected, tolerance);

  if (message)
    g_test_fail_printf ("%s", message);
}

void
check_value (const char *case_name,
             double      got,
             double      expected,
             double      tolerance)
{
  check_close_doubles (case_name, 1, &got, &expected, tolerance);
}

void
check_same (const char  *case_name,
            gsize        n,
            const float *got,
            const float *expected)
{
  for (gsize i = 0; i < n; i++)
    if (memcmp (&got[i], &expected[i], sizeof (float)) != 0)
      {
        g_autofree char *message =
          difference (case_name, i, n, got[i], expected[i], 0.0);

        g_test_fail_printf ("%s", message);
        return;
      }
}

double
check_distance (gsize n, const float *a, const double *b)
{
  double apart = 0.0;
  double norm = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      apart += (a[i] - b[i]) * (a[i] - b[i]);
      norm += b[i] * b[i];
    }
  return sqrt (apart / norm);
}

/* ---- gradients ---------------------------------------------------------- */

/* Of a function of double precision: its rounding, 1e-16, and the third
 * derivative, of order 1, then cause equal errors. */
#define STEP 1e-5

double
check_slope (CheckFunction function,
             void         *data,
             gsize         n,
             const double *x,
             const double *v,
             double        step)
{
  g_autofree double *moved = g_new (double, n);
  double             ahead;

  for (gsize i = 0; i < n; i++)
    moved[i] = x[i] + step * v[i];
  ahead = function (data, moved);
  for (gsize i = 0; i < n; i++)
    moved[i] = x[i] - step * v[i];
  return (ahead - function (data, moved)) / (2.0 * step);
}

void
check_gradient (const char   *case_name,
                CheckFunction function,
                void         *data,
                gsize         n,
                const float  *x,
                const float  *got,
                double        tolerance)
{
  g_autofree double *point = check_doubles (n, x);
  g_autofree double *direction = g_new0 (double, n);
  g_autofree double *expected = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    {
      direction[i] = 1.0;
      expected[i] = check_slope (function, data, n, point, direction, STEP);
      direction[i] = 0.0;
    }
  check_close (case_name, n, got, expected, tolerance);
}

/* ---- files -------------------------------------------------------------- */

GBytes *
check_corpus_weights (const char *name)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_BUILT, "fuzz", "weights", name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

char *
check_make_tree (const char *const *files)
{
  g_autoptr (GError) error = NULL;
  char *root = g_dir_make_tmp (NULL, &error);

  g_assert_no_error (error);
  for (int i = 0; files[i]; i += 2)
    {
      g_autofree char *path = g_build_filename (root, files[i], NULL);
      g_autofree char *folder = g_path_get_dirname (path);

      g_mkdir_with_parents (folder, 0700);
      g_file_set_contents (path, files[i + 1], -1, &error);
      g_assert_no_error (error);
    }
  return root;
}

void
check_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK)
                           ? NULL
                           : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      check_remove_tree (child);
    }
  g_remove (path);
}
