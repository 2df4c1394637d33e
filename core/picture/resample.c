/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resample.c: pictures at another size (resample.h)
 *
 * Separable Lanczos filter of three lobes (Duchon, "Lanczos Filtering in One
 * and Two Dimensions", 1979), first along rows, then along columns.  When
 * shrinking, the filter is widened by the factor, so that every input pixel
 * counts.
 */
#include "resample.h"

#include <math.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/shape.h"

#define LOBES 3

/* The input pixels of one output pixel. */
typedef struct
{
  int    first; /* may lie outside; positions are clamped in use */
  int    count;
  float *weights; /* [count], sum 1 */
} Window;

typedef struct
{
  Window *windows; /* [n], of the new size */
  float  *weights;
} Filter;

static double
lanczos (double x)
{
  double a = G_PI * x;

  if (fabs (x) < 1e-9)
    return 1;
  if (fabs (x) >= LOBES)
    return 0;
  return LOBES * sin (a) * sin (a / LOBES) / (a * a);
}

static void
fill_window (Window *window, double center, double widening)
{
  double sum = 0;

  window->first = (int) ceil (center - LOBES * widening - 0.5);
  for (int i = 0; i < window->count; i++)
    {
      double x = (window->first + i + 0.5 - center) / widening;

      window->weights[i] = lanczos (x);
      sum += window->weights[i];
    }
  for (int i = 0; i < window->count; i++)
    window->weights[i] /= sum;
}

static void
filter_clear (Filter *filter)
{
  g_free (filter->windows);
  g_free (filter->weights);
}

/* Input pixels of an output pixel, of which one is @ratio. */
static int
window_size (double ratio)
{
  return (int) ceil (2 * LOBES * MAX (ratio, 1)) + 1;
}

static gsize
filter_bytes (int old_size, int new_size)
{
  gsize weights =
    pst_size_mul (window_size ((double) old_size / new_size), sizeof (float));

  return pst_size_mul (new_size, sizeof (Window) + weights);
}

/* @begin, @size: what of a line of input pixels becomes @new_size pixels */
static gboolean
filter_init (Filter *filter, double begin, double size, int new_size)
{
  double ratio = size / new_size;
  double widening = MAX (ratio, 1);
  int    count = window_size (ratio);

  filter->windows = g_try_new (Window, new_size);
  filter->weights = g_try_new (float, pst_size_mul (new_size, count));
  if (! filter->windows || ! filter->weights)
    return FALSE;
  for (int i = 0; i < new_size; i++)
    {
      Window *window = &filter->windows[i];

      window->count = count;
      window->weights = filter->weights + (gsize) i * count;
      fill_window (window, begin + (i + 0.5) * ratio, widening);
    }
  return TRUE;
}

/* @y: [channels] of one output pixel; @x: a line of @n input pixels, @stride
 * floats apart */
static void
apply (const Window *window,
       const float  *x,
       int           n,
       gsize         stride,
       int           channels,
       float        *y)
{
  memset (y, 0, sizeof (float) * channels);
  for (int i = 0; i < window->count; i++)
    {
      int          p = CLAMP (window->first + i, 0, n - 1);
      const float *pixel = x + p * stride;

      for (int c = 0; c < channels; c++)
        y[c] += window->weights[i] * pixel[c];
    }
}

static void
resample_rows (const Filter *filter,
               PstShape      shape,
               const float  *x,
               int           new_width,
               float        *y)
{
  int width = shape.width;
  int channels = shape.channels;

  for (int r = 0; r < shape.height; r++)
    for (int i = 0; i < new_width; i++)
      apply (&filter->windows[i], x + (gsize) r * width * channels, width,
             channels, channels, y + ((gsize) r * new_width + i) * channels);
}

/* A whole row is a pixel of many channels here. */
static void
resample_columns (const Filter *filter,
                  const float  *x,
                  int           height,
                  int           row,
                  int           new_height,
                  float        *y)
{
  for (int i = 0; i < new_height; i++)
    apply (&filter->windows[i], x, height, row, row, y + (gsize) i * row);
}

gboolean
pst_resample_part (PstShape     shape,
                   const float *x,
                   PstPart      part,
                   int          new_height,
                   int          new_width,
                   float       *y,
                   GError     **error)
{
  Filter   along_rows = { 0 };
  Filter   along_columns = { 0 };
  gsize    row = (gsize) new_width * shape.channels;
  float   *middle = g_try_new (float, pst_size_mul (row, shape.height));
  gboolean ready =
    middle && filter_init (&along_rows, part.x, part.width, new_width)
    && filter_init (&along_columns, part.y, part.height, new_height);

  if (ready)
    {
      resample_rows (&along_rows, shape, x, new_width, middle);
      resample_columns (&along_columns, middle, shape.height, row, new_height,
                        y);
    }
  else
    pst_fail_memory (error);
  filter_clear (&along_rows);
  filter_clear (&along_columns);
  g_free (middle);
  return ready;
}

gboolean
pst_resample (PstShape     shape,
              const float *x,
              int          new_height,
              int          new_width,
              float       *y,
              GError     **error)
{
  PstPart all = { 0, 0, shape.width, shape.height };

  return pst_resample_part (shape, x, all, new_height, new_width, y, error);
}

gsize
pst_resample_bytes (int height,
                    int width,
                    int channels,
                    int new_height,
                    int new_width)
{
  gsize middle = pst_size_mul ((gsize) new_width * channels,
                               (gsize) height * sizeof (float));
  gsize filters = pst_size_add (filter_bytes (width, new_width),
                                filter_bytes (height, new_height));

  return pst_size_add (middle, filters);
}
