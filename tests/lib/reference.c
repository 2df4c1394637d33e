/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reference.c: every operator of the core, in plain loops */
#include "reference.h"

#include <math.h>
#include <string.h>

double
reference_half (double value)
{
  int    exponent;
  double mantissa = frexp ((float) value, &exponent);

  return ldexp (rint (ldexp (mantissa, 8)), exponent - 8);
}

/* ---- convolution -------------------------------------------------------- */

/* One product of a convolution: y[to] += weight * x[from]. */
typedef void (*Product) (void *data, gsize to, gsize from, double weight);

/* Calls @product for each of them.  Forward and backward walk the same list, so
 * that the second is the transpose of the first by construction. */
static void
each_product (const ReferenceConv *conv,
              int                  height,
              int                  width,
              Product              product,
              void                *data)
{
  int kernel = conv->kernel;
  int half = kernel / 2;
  int stride = MAX (conv->stride, 1);
  int new_height = (height + stride - 1) / stride;
  int new_width = (width + stride - 1) / stride;

  for (int row = 0; row < new_height; row++)
    for (int column = 0; column < new_width; column++)
      for (int dr = 0; dr < kernel; dr++)
        for (int dc = 0; dc < kernel; dc++)
          {
            int r = stride * row + dr - half;
            int c = stride * column + dc - half;

            if (conv->padding == PST_PADDING_REPLICATE)
              {
                r = CLAMP (r, 0, height - 1);
                c = CLAMP (c, 0, width - 1);
              }
            else if (r < 0 || r >= height || c < 0 || c >= width)
              continue;

            for (int o = 0; o < conv->out_channels; o++)
              for (int i = 0; i < conv->in_channels; i++)
                {
                  gsize to =
                    ((gsize) row * new_width + column) * conv->out_channels + o;
                  gsize from = ((gsize) r * width + c) * conv->in_channels + i;
                  gsize at =
                    (((gsize) o * conv->in_channels + i) * kernel + dr) * kernel
                    + dc;

                  product (data, to, from, conv->weight[at]);
                }
          }
}

typedef struct
{
  const double *from;
  double       *to;
} Buffers;

static void
product_forward (void *data, gsize to, gsize from, double weight)
{
  Buffers *buffers = data;

  buffers->to[to] += weight * buffers->from[from];
}

static void
product_backward (void *data, gsize to, gsize from, double weight)
{
  Buffers *buffers = data;

  buffers->to[from] += weight * buffers->from[to];
}

void
reference_conv_forward (const ReferenceConv *conv,
                        int                  height,
                        int                  width,
                        const double        *x,
                        gboolean             relu,
                        double              *y)
{
  int   stride = MAX (conv->stride, 1);
  gsize n = (gsize) ((height + stride - 1) / stride)
            * ((width + stride - 1) / stride) * conv->out_channels;
  Buffers buffers = { .from = x, .to = y };

  for (gsize i = 0; i < n; i++)
    y[i] = conv->bias[i % conv->out_channels];
  each_product (conv, height, width, product_forward, &buffers);
  for (gsize i = 0; relu && i < n; i++)
    y[i] = fmax (y[i], 0.0);
}

void
reference_conv_backward (const ReferenceConv *conv,
                         int                  height,
                         int                  width,
                         const double        *dy,
                         double              *dx)
{
  Buffers buffers = { .from = dy, .to = dx };

  memset (dx, 0, (gsize) height * width * conv->in_channels * sizeof (double));
  each_product (conv, height, width, product_backward, &buffers);
}

/* ---- pooling ------------------------------------------------------------ */

/* Pixels of the picture in the window whose first pixel is (row, column). */
static int
window_pixels (int height, int width, int row, int column)
{
  return (row + 1 < height ? 2 : 1) * (column + 1 < width ? 2 : 1);
}

void
reference_pool_forward (int           height,
                        int           width,
                        int           channels,
                        const double *x,
                        double       *y)
{
  int new_height = (height + 1) / 2;
  int new_width = (width + 1) / 2;

  memset (y, 0, (gsize) new_height * new_width * channels * sizeof (double));
  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++)
      for (int c = 0; c < channels; c++)
        y[((gsize) (row / 2) * new_width + column / 2) * channels + c] +=
          x[((gsize) row * width + column) * channels + c]
          / window_pixels (height, width, row / 2 * 2, column / 2 * 2);
}

void
reference_pool_backward (int           height,
                         int           width,
                         int           channels,
                         const double *dy,
                         double       *dx)
{
  int new_width = (width + 1) / 2;

  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++)
      for (int c = 0; c < channels; c++)
        dx[((gsize) row * width + column) * channels + c] =
          dy[((gsize) (row / 2) * new_width + column / 2) * channels + c]
          / window_pixels (height, width, row / 2 * 2, column / 2 * 2);
}

/* The first of the largest values in window (@row, @column), as an index into
 * x. */
static gsize
find_largest (int           height,
              int           width,
              int           channels,
              int           size,
              const double *x,
              int           row,
              int           column,
              int           channel)
{
  int    shift = size == 3 ? 1 : 0;
  double largest = -INFINITY;
  gsize  found = 0;

  for (int r = 2 * row - shift; r < 2 * row - shift + size; r++)
    for (int c = 2 * column - shift; c < 2 * column - shift + size; c++)
      if (r >= 0 && r < height && c >= 0 && c < width)
        {
          gsize at = ((gsize) r * width + c) * channels + channel;

          if (x[at] > largest)
            {
              largest = x[at];
              found = at;
            }
        }
  return found;
}

void
reference_maxpool_forward (int           height,
                           int           width,
                           int           channels,
                           int           size,
                           const double *x,
                           double       *y)
{
  for (int row = 0; row < (height + 1) / 2; row++)
    for (int column = 0; column < (width + 1) / 2; column++)
      for (int c = 0; c < channels; c++)
        *y++ =
          x[find_largest (height, width, channels, size, x, row, column, c)];
}

void
reference_maxpool_backward (int           height,
                            int           width,
                            int           channels,
                            int           size,
                            const double *x,
                            const double *dy,
                            double       *dx)
{
  memset (dx, 0, (gsize) height * width * channels * sizeof (double));
  for (int row = 0; row < (height + 1) / 2; row++)
    for (int column = 0; column < (width + 1) / 2; column++)
      for (int c = 0; c < channels; c++)
        dx[find_largest (height, width, channels, size, x, row, column, c)] +=
          *dy++;
}

/* ---- losses ------------------------------------------------------------- */

static double
weight_of (const float *weights, gsize i)
{
  return weights ? weights[i] : 1.0;
}

static double
weight_sum (gsize n, const float *weights)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += weight_of (weights, i);
  return sum;
}

void
reference_gram (gsize         n,
                int           c,
                const double *f,
                const float  *weights,
                double       *ret_gram)
{
  double total = weight_sum (n, weights);

  memset (ret_gram, 0, (gsize) c * c * sizeof (double));
  for (gsize i = 0; i < n; i++)
    for (int a = 0; a < c; a++)
      for (int b = 0; b < c; b++)
        ret_gram[a * c + b] +=
          weight_of (weights, i) / total * f[i * c + a] * f[i * c + b];
}

double
reference_style_loss (int c, const double *gram, const double *target)
{
  double apart = 0.0;
  double norm = 0.0;

  for (int i = 0; i < c * c; i++)
    {
      apart += (gram[i] - target[i]) * (gram[i] - target[i]);
      norm += target[i] * target[i];
    }
  return apart / norm;
}

double
reference_variance (gsize n, int c, const double *f, const float *weights)
{
  double total = weight_sum (n, weights);
  double variance = 0.0;

  for (int a = 0; a < c; a++)
    {
      double mean = 0.0;

      for (gsize i = 0; i < n; i++)
        mean += weight_of (weights, i) / total * f[i * c + a];
      for (gsize i = 0; i < n; i++)
        variance += weight_of (weights, i) / total * (f[i * c + a] - mean)
                    * (f[i * c + a] - mean) / c;
    }
  return variance;
}

double
reference_content_loss (gsize         n,
                        int           c,
                        const double *f,
                        const double *target,
                        const float  *weights,
                        double        variance)
{
  double total = weight_sum (n, weights);
  double loss = 0.0;

  for (gsize i = 0; i < n * c; i++)
    loss +=
      weight_of (weights, i / c) * (f[i] - target[i]) * (f[i] - target[i]);
  return loss / total / c / variance;
}

double
reference_range_loss (gsize n, const double *x)
{
  double loss = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      double beyond = x[i] < 0.0 ? x[i] : x[i] > 1.0 ? x[i] - 1.0 : 0.0;

      loss += beyond * beyond;
    }
  return loss / n;
}

double
reference_smoothness_loss (int height, int width, const double *x)
{
  double loss = 0.0;

  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++)
      for (int c = 0; c < 3; c++)
        {
          const double *here = &x[((gsize) row * width + column) * 3 + c];
          double        right = 0.0;
          double        below = 0.0;

          if (column + 1 < width)
            right = here[3] - *here;
          if (row + 1 < height)
            below = here[3 * width] - *here;

          loss += right * right + below * below;
        }
  return loss / ((double) height * width * 3);
}

/* ---- resampling --------------------------------------------------------- */

static double
lanczos (double t)
{
  double p = G_PI * t;

  if (t == 0.0)
    return 1.0;
  return fabs (t) < 3.0 ? 3.0 * sin (p) * sin (p / 3.0) / (p * p) : 0.0;
}

/* @weights: [n], of the old samples in the new one, border repeated; they sum
 * up to 1 */
static void
lanczos_weights (int n, int new_n, int index, double *weights)
{
  double step = (double) n / new_n;
  double widened = fmax (step, 1.0);
  double center = (index + 0.5) * step - 0.5;
  int    reach = ceil (3.0 * widened) + 1;
  double sum = 0.0;

  memset (weights, 0, n * sizeof (double));
  for (int i = (int) floor (center) - reach; i <= center + reach; i++)
    {
      double weight = lanczos ((i - center) / widened);

      weights[CLAMP (i, 0, n - 1)] += weight;
      sum += weight;
    }
  for (int i = 0; i < n; i++)
    weights[i] /= sum;
}

void
reference_resample (int           height,
                    int           width,
                    int           channels,
                    const double *x,
                    int           new_height,
                    int           new_width,
                    double       *y)
{
  g_autofree double *rows = g_new (double, height);
  g_autofree double *columns = g_new (double, width);

  for (int row = 0; row < new_height; row++)
    for (int column = 0; column < new_width; column++)
      {
        double *pixel = &y[((gsize) row * new_width + column) * channels];

        lanczos_weights (height, new_height, row, rows);
        lanczos_weights (width, new_width, column, columns);
        memset (pixel, 0, channels * sizeof (double));
        for (int r = 0; r < height; r++)
          for (int c = 0; c < width; c++)
            for (int k = 0; k < channels; k++)
              pixel[k] += rows[r] * columns[c]
                          * x[((gsize) r * width + c) * channels + k];
      }
}
