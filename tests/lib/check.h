/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check.h: what the tests of the core share
 *
 * Random numbers come from one seed, fixed unless PASTICHE_TEST_SEED says
 * otherwise, and printed by every failure.  Buffers for kernels are poisoned
 * and stand between guard values.
 */
#pragma once

#include <glib.h>

/* Sets up GLib's tests (TAP) and the core. */
void check_init (int *argc, char ***argv);

/* FALSE, and the test is skipped, where the machine has no half precision. */
gboolean check_has_half (void);

/* ---- random numbers (splitmix64) ---------------------------------------- */

typedef struct
{
  guint64 state;
} CheckRandom;

typedef enum
{
  CHECK_FILL_UNIFORM,  /* -1..1 */
  CHECK_FILL_EXTREMES, /* one of -4, 0, 4 */
  CHECK_FILL_SPARSE    /* one in sixteen is not 0 */
} CheckFill;

guint64 check_seed (void);

/* @stream: tells the cases of a test apart */
void    check_random_init (CheckRandom *random, guint64 stream);
guint64 check_random_bits (CheckRandom *random);
/* low..high */
double  check_random_uniform (CheckRandom *random, double low, double high);
/* mean 0, variance 1 */
double  check_random_normal (CheckRandom *random);
/* low..high, both included */
int     check_random_int (CheckRandom *random, int low, int high);
void check_random_fill (CheckRandom *random, CheckFill fill, gsize n, float *x);

/* ---- guarded buffers ---------------------------------------------------- */

typedef float CheckFloats;

/* [n], aligned as the arena's are, between guard values; every element is a
 * NaN. */
CheckFloats *check_floats_new (gsize n);
/* The same with every byte 0xA5: scratch. */
CheckFloats *check_scratch_new (gsize n);
/* The same, filled with uniform random numbers in low..high. */
CheckFloats *
check_floats_random (CheckRandom *random, gsize n, double low, double high);
/* Whether nothing was written before or after the buffer. */
gboolean check_floats_guarded (const CheckFloats *floats);
/* Fails the test if the guards were written to.  NULL is allowed. */
void     check_floats_free (CheckFloats *floats);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CheckFloats, check_floats_free)

/* @x as doubles; the caller owns them. */
double *check_doubles (gsize n, const float *x);

/* ---- comparisons -------------------------------------------------------- */

/* check_compare:
 * Whether |got[i] - expected[i]| <= tolerance * max |expected| everywhere and
 * no got[i] is a NaN.  If not, sets @ret_message, which the caller owns.
 * @case_name: printed with the seed, the first differing index, the values */
gboolean check_compare (const char   *case_name,
                        gsize         n,
                        const float  *got,
                        const double *expected,
                        double        tolerance,
                        char        **ret_message);

/* These fail the test. */
void check_close (const char   *case_name,
                  gsize         n,
                  const float  *got,
                  const double *expected,
                  double        tolerance);
void check_close_doubles (const char   *case_name,
                          gsize         n,
                          const double *got,
                          const double *expected,
                          double        tolerance);
/* |got - expected| <= tolerance * |expected| */
void check_value (const char *case_name,
                  double      got,
                  double      expected,
                  double      tolerance);
/* The same bits. */
void check_same (const char  *case_name,
                 gsize        n,
                 const float *got,
                 const float *expected);

/* |a - b| / |b|, Euclidean. */
double check_distance (gsize n, const float *a, const double *b);

/* ---- gradients ---------------------------------------------------------- */

typedef double (*CheckFunction) (void *data, const double *x);

/* check_gradient:
 * @x: [n], a point of @function   @got: [n], its gradient there, as computed by
 * the core
 * Compares with central differences in double.  @tolerance: as check_compare(),
 * 1e-5 for a function without kinks near x */
void check_gradient (const char   *case_name,
                     CheckFunction function,
                     void         *data,
                     gsize         n,
                     const float  *x,
                     const float  *got,
                     double        tolerance);

/* (function (x + step v) - function (x - step v)) / 2 step */
double check_slope (CheckFunction function,
                    void         *data,
                    gsize         n,
                    const double *x,
                    const double *v,
                    double        step);

/* ---- files -------------------------------------------------------------- */

/* The file of weights @name of the corpus; the caller owns it. */
GBytes *check_corpus_weights (const char *name);

/* Makes a new folder with these files, and the folders that they need; returns
 * its path, which the caller owns and removes with check_remove_tree().
 * @files: path, text, path, text, ..., NULL */
char *check_make_tree (const char *const *files);

/* Removes the folder @path and what is in it; links are not followed. */
void check_remove_tree (const char *path);
