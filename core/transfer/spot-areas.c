/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spot-areas.c: where a spot of a result is, and what it needs to be known */
#include "spot-areas.h"

#include <math.h>

#include "plan.h"

PstSize
pst_spot_get_size (PstSize content, const PstSettings *settings)
{
  return pst_plan_result_size (content, settings);
}

PstArea
pst_spot_area_of_result (PstSize result, double x, double y)
{
  PstArea area = { .width = MIN (PST_SPOT_SIDE, result.width),
                   .height = MIN (PST_SPOT_SIDE, result.height) };

  area.x = CLAMP ((int) lround (x * result.width - area.width / 2.0), 0,
                  result.width - area.width);
  area.y = CLAMP ((int) lround (y * result.height - area.height / 2.0), 0,
                  result.height - area.height);
  return area;
}

PstArea
pst_spot_get_area (PstSize            content,
                   const PstSettings *settings,
                   double             x,
                   double             y)
{
  PstSize result = pst_spot_get_size (content, settings);

  return pst_area_scaled (pst_spot_area_of_result (result, x, y), result,
                          content);
}

PstArea
pst_area_widen (PstArea area, int margin, PstSize size, int beyond)
{
  int x = MAX (area.x - margin, -beyond);
  int y = MAX (area.y - margin, -beyond);
  int right = MIN (area.x + area.width + margin, size.width + beyond);
  int bottom = MIN (area.y + area.height + margin, size.height + beyond);

  return (PstArea){ x, y, right - x, bottom - y };
}

/* ---- areas to be read --------------------------------------------------- */

/* Whether a picture that is taken at @scaled is known well enough as a whole.
 */
static gboolean
is_whole_enough (PstSize size, PstSize scaled)
{
  return MAX (size.width, size.height) <= PST_SPOT_WHOLE_SIDE
         || MAX (scaled.width, scaled.height) <= PST_SPOT_WHOLE_SIDE;
}

static void
fill_sides (int            n,
            const PstArea *areas,
            PstSize        size,
            PstSize        scaled,
            int           *sides)
{
  double factor = MIN (1, (double) scaled.width / size.width);

  for (int i = 0; i < n; i++)
    sides[i] =
      MAX (1, (int) ceil (MAX (areas[i].width, areas[i].height) * factor));
}

int
pst_spot_list_content_areas (PstSize            content,
                             const PstSettings *settings,
                             double             x,
                             double             y,
                             PstArea           *areas,
                             int               *sides)
{
  PstSize result = pst_spot_get_size (content, settings);
  int     n = 0;
  PstArea area = pst_spot_area_of_result (result, x, y);
  double  most = MAX (result.width, result.height);
  int     margin = PST_SPOT_MARGIN;

  if (is_whole_enough (content, result))
    return 0;
  /* At coarser scales the margin is as many pixels, which show more. */
  while (most / 2 > PST_SPOT_WHOLE_SIDE)
    {
      most /= 2;
      margin = 2 * margin + 2;
    }
  areas[n++] =
    pst_area_scaled (pst_area_widen (area, margin, result, 0), result, content);
  n += pst_sampled_list_squares (content, result, PST_SPOT_CONTENT_SIDE,
                                 areas + n);
  fill_sides (n, areas, content, result, sides);
  return n;
}

int
pst_spot_list_style_areas (PstSize            content,
                           const PstSettings *settings,
                           PstSize            style,
                           PstArea           *areas,
                           int               *sides)
{
  PstSize result = pst_spot_get_size (content, settings);
  double  factor = MAX (result.width, result.height) * settings->style_scale
                  / MAX (style.width, style.height);
  PstSize scaled;
  int     n;

  factor = MIN (factor, 1);
  scaled = (PstSize){ MAX (1, (int) lround (style.width * factor)),
                      MAX (1, (int) lround (style.height * factor)) };
  if (is_whole_enough (style, scaled))
    return 0;
  n = pst_sampled_list_squares (style, scaled, PST_SPOT_STYLE_SIDE, areas);
  fill_sides (n, areas, style, scaled, sides);
  return n;
}
