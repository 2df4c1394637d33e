/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sampled.c: a picture of which only some is known, at any size */
#include "sampled.h"

#include <math.h>

#include "core/base/error.h"
#include "core/picture/resample.h"

/* Squares in a row and in a column. */
#define SQUARES 2

PstArea
pst_area_scaled (PstArea area, PstSize from, PstSize to)
{
  double across = (double) to.width / from.width;
  double down = (double) to.height / from.height;
  int    right = MIN ((int) ceil ((area.x + area.width) * across), to.width);
  int    bottom = MIN ((int) ceil ((area.y + area.height) * down), to.height);
  int    x = MAX ((int) floor (area.x * across), 0);
  int    y = MAX ((int) floor (area.y * down), 0);

  return (PstArea){ x, y, right - x, bottom - y };
}

/* ---- taking it ---------------------------------------------------------- */

static gboolean
take_part (PstSampledPart *part,
           PstArea         area,
           const PstImage *image,
           const char     *if_empty,
           GError        **error)
{
  part->area = area;
  part->picture =
    pst_picture_new (image, if_empty, image->width, image->height, error);
  return part->picture != NULL;
}

gboolean
pst_sampled_init (PstSampled              *sampled,
                  const PstSampledPicture *picture,
                  const char              *if_empty,
                  GError                 **error)
{
  PstArea all = { 0, 0, picture->size.width, picture->size.height };

  *sampled = (PstSampled){ .size = picture->size };
  if (! take_part (&sampled->whole, all, picture->whole, if_empty, error))
    return FALSE;
  for (int i = 0; i < picture->n_areas; i++)
    {
      g_autoptr (GError) problem = NULL;

      if (take_part (&sampled->parts[sampled->n_parts], picture->areas[i],
                     picture->parts[i], if_empty, &problem))
        sampled->n_parts++;
      else if (! g_error_matches (problem, PST_ERROR, PST_ERROR_IMAGE))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return TRUE;
}

void
pst_sampled_clear (PstSampled *sampled)
{
  g_clear_pointer (&sampled->whole.picture, pst_picture_free);
  for (int i = 0; i < sampled->n_parts; i++)
    g_clear_pointer (&sampled->parts[i].picture, pst_picture_free);
  sampled->n_parts = 0;
}

/* ---- parts -------------------------------------------------------------- */

static gboolean
contains (const PstArea *outer, const PstPart *inner)
{
  const double tolerance = 1; /* pixels, for rounding */

  return inner->x >= outer->x - tolerance && inner->y >= outer->y - tolerance
         && inner->x + inner->width <= outer->x + outer->width + tolerance
         && inner->y + inner->height <= outer->y + outer->height + tolerance;
}

/* Its pixels for each of the picture's own. */
static double
resolution (const PstSampledPart *part)
{
  return (double) part->picture->width / part->area.width;
}

/* What to take @part, in the picture's own pixels, from. */
static const PstSampledPart *
choose (const PstSampled *sampled, const PstPart *part, double wanted)
{
  const PstSampledPart *best = &sampled->whole;

  for (int i = 0; i < sampled->n_parts; i++)
    if (resolution (best) < wanted && contains (&sampled->parts[i].area, part)
        && resolution (&sampled->parts[i]) > resolution (best))
      best = &sampled->parts[i];
  return best;
}

PstPicture *
pst_sampled_dup_part (const PstSampled *sampled,
                      PstSize           scaled,
                      PstArea           part,
                      GError          **error)
{
  double  across = (double) sampled->size.width / scaled.width;
  double  down = (double) sampled->size.height / scaled.height;
  PstPart own = { part.x * across, part.y * down, part.width * across,
                  part.height * down };
  const PstSampledPart *from = choose (sampled, &own, 1 / across);
  double                x = resolution (from);
  double                y = (double) from->picture->height / from->area.height;

  own = (PstPart){ (own.x - from->area.x) * x, (own.y - from->area.y) * y,
                   own.width * x, own.height * y };
  return pst_picture_resize_part (from->picture, own, part.width, part.height,
                                  error);
}

/* ---- samples ------------------------------------------------------------ */

static gboolean
is_small (PstSize scaled, int side)
{
  double most = SQUARES * side;

  return (double) scaled.width * scaled.height <= most * most;
}

/* Along one side of @n pixels: where square number @i of @side pixels begins.
 */
static int
square_begin (int i, int n, int side)
{
  double middle = (2 * i + 1) * (double) n / (2 * SQUARES);

  return CLAMP ((int) lround (middle - side / 2.0), 0, n - side);
}

int
pst_sampled_list_samples (PstSize scaled, int side, PstArea *areas)
{
  int n = 0;

  if (is_small (scaled, side))
    {
      areas[0] = (PstArea){ 0, 0, scaled.width, scaled.height };
      return 1;
    }
  for (int row = 0; row < SQUARES; row++)
    for (int column = 0; column < SQUARES; column++)
      {
        PstArea *square = &areas[n++];

        square->width = MIN (side, scaled.width);
        square->height = MIN (side, scaled.height);
        square->x = square_begin (column, scaled.width, square->width);
        square->y = square_begin (row, scaled.height, square->height);
      }
  return n;
}

int
pst_sampled_list_squares (PstSize  size,
                          PstSize  scaled,
                          int      side,
                          PstArea *areas)
{
  int n = is_small (scaled, side)
            ? 0
            : pst_sampled_list_samples (scaled, side, areas);

  for (int i = 0; i < n; i++)
    areas[i] = pst_area_scaled (areas[i], scaled, size);
  return n;
}

int
pst_sampled_dup_samples (const PstSampled *sampled,
                         PstSize           scaled,
                         int               side,
                         PstPicture      **samples,
                         GError          **error)
{
  PstArea squares[PST_SAMPLED_MAX_SAMPLES];
  int     n = pst_sampled_list_samples (scaled, side, squares);

  for (int i = 0; i < n; i++)
    {
      samples[i] = pst_sampled_dup_part (sampled, scaled, squares[i], error);
      if (! samples[i])
        {
          while (--i >= 0)
            pst_picture_free (samples[i]);
          return 0;
        }
    }
  return n;
}
