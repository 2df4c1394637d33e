/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv-window.c: pixels and their neighbors, also beyond the border
 *
 * Channels-last makes a row of a window one run of memory, so inside a picture
 * gathering is copying.
 */
#include "conv-window.h"

#include <string.h>

#define TILE 6

/* The pixels that position @p + @k - 1 of a line of @n pixels stands for: none,
 * one or, in the adjoint of replicate padding, two. */
static int
line_sources (const PstSource *source, int n, int p, int k, int ret_pixels[2])
{
  gboolean replicate = source->padding == PST_PADDING_REPLICATE;
  int      q = p + k - 1;
  int      count = 0;

  if (q >= 0 && q < n)
    ret_pixels[count++] = q;
  else if (replicate && ! source->adjoint)
    ret_pixels[count++] = CLAMP (q, 0, n - 1);

  if (replicate && source->adjoint
      && ((p == 0 && k == 2) || (p == n - 1 && k == 0)))
    ret_pixels[count++] = p;
  return count;
}

/* Adds a pixel to @sum, or what the bits leave of it. */
static void
add_pixel (const PstSource *source, int row, int column, float *sum)
{
  int            channels = source->channels;
  const float   *x = pst_source_row (source, row) + (gsize) column * channels;
  const PstBits *bits;

  if (! source->bits)
    {
      for (int c = 0; c < channels; c++)
        sum[c] += x[c];
      return;
    }
  bits = pst_source_bits (source, row)
         + (gsize) column * PST_CHANNEL_GROUPS (channels);
  for (int c = 0; c < channels; c += PST_CHANNEL_GROUP)
    for (guint word = bits[c / PST_CHANNEL_GROUP]; word; word &= word - 1)
      {
        int k = c + __builtin_ctz (word);

        sum[k] += x[k];
      }
}

/* The window of one pixel, which may lie at the border. */
static void
gather_border (const PstSource *source, int row, int column, float *window)
{
  int channels = source->channels;

  memset (window, 0, sizeof (float) * 9 * channels);
  for (int k = 0; k < 9; k++, window += channels)
    {
      int rows[2], columns[2];
      int n_rows = line_sources (source, source->height, row, k / 3, rows);
      int n_columns =
        line_sources (source, source->width, column, k % 3, columns);

      for (int r = 0; r < n_rows; r++)
        for (int i = 0; i < n_columns; i++)
          add_pixel (source, rows[r], columns[i], window);
    }
}

void
pst_window_gather_side (const PstSource *source,
                        int              row,
                        int              column,
                        gboolean         along,
                        float           *window)
{
  int channels = source->channels;

  memset (window, 0, sizeof (float) * 3 * channels);
  for (int k = 0; k < 3; k++, window += channels)
    if (along)
      {
        int columns[2];
        int n = line_sources (source, source->width, column, k, columns);

        for (int i = 0; i < n; i++)
          add_pixel (source, row, columns[i], window);
      }
    else if (row + k - 1 >= 0 && row + k - 1 < source->height)
      add_pixel (source, row + k - 1, column, window);
}

static void
gather_inside (const PstSource *source, int row, int column, float *window)
{
  gsize left = (gsize) (column - 1) * source->channels;
  gsize run = 3 * (gsize) source->channels;

  for (int k = 0; k < 3; k++)
    memcpy (window + k * run, pst_source_row (source, row + k - 1) + left,
            sizeof (float) * run);
}

void
pst_window_gather (const PstSource *source,
                   gsize            first,
                   int              count,
                   float           *windows)
{
  gsize size = 9 * (gsize) source->channels;
  int   row = first / source->width;
  int   column = first % source->width;

  for (int i = 0; i < count; i++, windows += size)
    {
      if (! source->bits && row > 0 && row < source->height - 1 && column > 0
          && column < source->width - 1)
        gather_inside (source, row, column, windows);
      else
        gather_border (source, row, column, windows);
      if (++column == source->width)
        {
          column = 0;
          row++;
        }
    }
}

void
pst_window_copy (const PstSource *source, gsize first, int count, float *pixels)
{
  memset (pixels, 0, sizeof (float) * source->channels * count);
  for (gsize i = first; i < first + count; i++, pixels += source->channels)
    add_pixel (source, i / source->width, i % source->width, pixels);
}

/* What a pixel of a tile that may lie outside stands for; FALSE: nothing. */
static gboolean
find_inside (const PstSource *source, int *row, int *column)
{
  int y = CLAMP (*row, 0, source->height - 1);
  int x = CLAMP (*column, 0, source->width - 1);

  if ((y != *row || x != *column)
      && (source->padding != PST_PADDING_REPLICATE || source->adjoint))
    return FALSE;
  *row = y;
  *column = x;
  return TRUE;
}

void
pst_window_gather_tile (const PstSource *source,
                        int              row,
                        int              column,
                        float           *tile,
                        PstBits         *bits)
{
  gsize channels = source->channels;
  gsize groups = PST_CHANNEL_GROUPS (channels);

  for (int i = 0; i < TILE * TILE; i++, tile += channels, bits += groups)
    {
      int y = row + i / TILE;
      int x = column + i % TILE;

      if (! find_inside (source, &y, &x))
        {
          memset (tile, 0, sizeof (float) * channels);
          continue;
        }
      memcpy (tile, pst_source_row (source, y) + x * channels,
              sizeof (float) * channels);
      if (source->bits)
        memcpy (bits, pst_source_bits (source, y) + x * groups,
                sizeof (PstBits) * groups);
    }
}

void
pst_window_finish (const PstConvOutput *output,
                   gsize                width,
                   int                  out,
                   gsize                first,
                   int                  count)
{
  PstBits *bits = NULL;

  if (output->bits)
    bits = output->bits
           + (first - output->bits_top * width) * PST_CHANNEL_GROUPS (out);
  pst_kernels_get ()->finish (count, out, output->bias, output->relu,
                              output->y + (first - output->top * width) * out,
                              bits);
}
