/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-conv-strided.c: convolution with stride 2, and its gradient, against
 * plain loops
 *
 * In bands as well: each band of rows is computed from only those rows of the
 * other side that it needs.
 */
#include <math.h>

#include "check.h"
#include "core/layers/conv.h"
#include "reference.h"

#define TOLERANCE 1e-5

static const struct
{
  int kernel, in, out, height, width;
} cases[] = {
  { 1, 3, 5, 1, 1 },    { 1, 16, 32, 6, 7 },  { 1, 5, 3, 5, 4 },
  { 3, 3, 5, 1, 1 },    { 3, 16, 16, 8, 8 },  { 3, 7, 33, 9, 5 },
  { 3, 4, 4, 2, 3 },    { 3, 16, 8, 3, 301 }, { 7, 3, 16, 1, 1 },
  { 7, 3, 64, 13, 12 }, { 7, 3, 5, 2, 9 },    { 7, 4, 6, 31, 22 },
};

typedef struct
{
  int           kernel, in, out;
  int           height, width; /* of the input */
  int           rows, columns; /* of the output */
  gsize         n_x, n_y;
  CheckFloats  *weight, *bias;
  CheckFloats  *x, *dy;
  PstConv      *conv;
  ReferenceConv reference;
  CheckFloats  *scratch; /* for three workers */
  char         *name;
} Case;

static void
case_init (Case *c, int number)
{
  CheckRandom random;
  gsize       n_weight;

  *c = (Case){ .kernel = cases[number].kernel,
               .in = cases[number].in,
               .out = cases[number].out,
               .height = cases[number].height,
               .width = cases[number].width };
  c->rows = (c->height + 1) / 2;
  c->columns = (c->width + 1) / 2;
  c->n_x = (gsize) c->height * c->width * c->in;
  c->n_y = (gsize) c->rows * c->columns * c->out;
  n_weight = (gsize) c->kernel * c->kernel * c->in * c->out;
  check_random_init (&random, number);
  c->weight = check_floats_random (&random, n_weight, -1, 1);
  c->bias = check_floats_random (&random, c->out, -1, 1);
  c->x = check_floats_random (&random, c->n_x, -1, 1);
  c->dy = check_floats_random (&random, c->n_y, -1, 1);
  c->conv = pst_conv_new (&(PstConvSpec){ .in_channels = c->in,
                                          .out_channels = c->out,
                                          .kernel = c->kernel,
                                          .stride = 2,
                                          .padding = PST_PADDING_ZERO },
                          c->weight, c->bias);
  c->reference = (ReferenceConv){ .in_channels = c->in,
                                  .out_channels = c->out,
                                  .kernel = c->kernel,
                                  .stride = 2,
                                  .padding = PST_PADDING_ZERO,
                                  .weight = c->weight,
                                  .bias = c->bias };
  c->scratch =
    check_scratch_new (3 * pst_conv_scratch (c->conv, FALSE, c->width));
  c->name = g_strdup_printf ("%dx%d, %d to %d channels, %dx%d", c->kernel,
                             c->kernel, c->in, c->out, c->height, c->width);
}

static void
case_clear (Case *c)
{
  check_floats_free (c->weight);
  check_floats_free (c->bias);
  check_floats_free (c->x);
  check_floats_free (c->dy);
  check_floats_free (c->scratch);
  pst_conv_free (c->conv);
  g_free (c->name);
}

/* ---- forward ------------------------------------------------------------ */

/* All rows, still without data. */
static PstLayerWork
work_for (const Case *c, PstWorkers *workers)
{
  PstShape in = { c->height, c->width, c->in };
  PstShape out = { c->rows, c->columns, c->out };

  return (PstLayerWork){ .workers = workers,
                         .in = { { .shape = in } },
                         .out = { .shape = out },
                         .scratch = c->scratch };
}

static void
forward (const Case *c,
         PstWorkers *workers,
         gboolean    relu,
         float      *y,
         PstBits    *bits)
{
  PstLayerWork work = work_for (c, workers);

  work.end = c->rows;
  work.in[0].data = c->x;
  work.out.data = y;
  work.saved.data = bits;
  pst_conv_forward (c->conv, relu, &work);
}

/* Row by row, from copies of the rows that each needs. */
static void
forward_in_rows (const Case *c, float *y)
{
  gsize row_x = (gsize) c->width * c->in;
  gsize row_y = (gsize) c->columns * c->out;

  for (int row = 0; row < c->rows; row++)
    {
      int          first = MAX (0, 2 * row - c->kernel / 2);
      int          end = MIN (c->height, 2 * row + c->kernel / 2 + 1);
      CheckFloats *part = check_floats_new ((end - first) * row_x);
      PstLayerWork work = work_for (c, NULL);

      for (gsize i = 0; i < (end - first) * row_x; i++)
        part[i] = c->x[first * row_x + i];
      work.begin = row;
      work.end = row + 1;
      work.in[0].data = part;
      work.in[0].top = first;
      work.out.data = y + row * row_y;
      work.out.top = row;
      pst_conv_forward (c->conv, FALSE, &work);
      check_floats_free (part);
    }
}

static void
test_forward (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Case c;

      case_init (&c, i);

      g_autoptr (CheckFloats) y = check_floats_new (c.n_y);
      g_autoptr (CheckFloats) again = check_floats_new (c.n_y);
      g_autofree double *x = check_doubles (c.n_x, c.x);
      g_autofree double *expected = g_new (double, c.n_y);

      for (int relu = 0; relu <= 1; relu++)
        {
          forward (&c, NULL, relu, y, NULL);
          reference_conv_forward (&c.reference, c.height, c.width, x, relu,
                                  expected);
          check_close (c.name, c.n_y, y, expected, TOLERANCE);
        }
      forward (&c, NULL, FALSE, y, NULL);
      forward_in_rows (&c, again);
      check_same (c.name, c.n_y, again, y);
      case_clear (&c);
    }
}

/* ---- backward ----------------------------------------------------------- */

static void
backward (const Case    *c,
          PstWorkers    *workers,
          const PstBits *bits,
          gboolean       add,
          float         *dx)
{
  PstLayerWork work = work_for (c, workers);

  work.end = c->height;
  work.in[0].data = dx;
  work.out.data = c->dy;
  work.saved.data = (PstBits *) bits;
  work.add = add;
  pst_conv_backward (c->conv, &work);
}

/* With and without ReLU's bits, overwriting and adding. */
static void
test_backward (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Case c;

      case_init (&c, i);

      gsize groups = PST_CHANNEL_GROUPS (c.out);
      g_autoptr (CheckFloats) y = check_floats_new (c.n_y);
      g_autoptr (CheckFloats) dx = check_floats_new (c.n_x);
      g_autofree PstBits *bits = g_new (PstBits, c.n_y / c.out * groups);
      g_autofree double  *dy = check_doubles (c.n_y, c.dy);
      g_autofree double  *expected = g_new (double, c.n_x);

      backward (&c, NULL, NULL, FALSE, dx);
      reference_conv_backward (&c.reference, c.height, c.width, dy, expected);
      check_close (c.name, c.n_x, dx, expected, TOLERANCE);

      forward (&c, NULL, TRUE, y, bits);
      for (gsize k = 0; k < c.n_y; k++)
        dy[k] = y[k] > 0 ? dy[k] : 0;
      reference_conv_backward (&c.reference, c.height, c.width, dy, expected);
      backward (&c, NULL, bits, FALSE, dx);
      check_close (c.name, c.n_x, dx, expected, TOLERANCE);

      backward (&c, NULL, bits, TRUE, dx);
      for (gsize k = 0; k < c.n_x; k++)
        expected[k] *= 2;
      check_close (c.name, c.n_x, dx, expected, TOLERANCE);
      case_clear (&c);
    }
}

static void
test_threads (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Case c;

      case_init (&c, i);

      g_autoptr (CheckFloats) y = check_floats_new (c.n_y);
      g_autoptr (CheckFloats) dx = check_floats_new (c.n_x);
      g_autoptr (CheckFloats) y2 = check_floats_new (c.n_y);
      g_autoptr (CheckFloats) dx2 = check_floats_new (c.n_x);

      forward (&c, NULL, TRUE, y, NULL);
      backward (&c, NULL, NULL, FALSE, dx);
      for (int threads = 2; threads <= 3; threads++)
        {
          PstWorkers *workers = pst_workers_new (threads);

          forward (&c, workers, TRUE, y2, NULL);
          backward (&c, workers, NULL, FALSE, dx2);
          check_same (c.name, c.n_y, y2, y);
          check_same (c.name, c.n_x, dx2, dx);
          pst_workers_free (workers);
        }
      case_clear (&c);
    }
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/strided/forward", test_forward);
  g_test_add_func ("/strided/backward", test_backward);
  g_test_add_func ("/strided/threads", test_threads);
  return g_test_run ();
}
