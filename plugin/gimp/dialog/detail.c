/* SPDX-License-Identifier: GPL-3.0-or-later */
/* detail.c: the spot of the preview that is painted at the result's size */
#include "detail.h"

#include <string.h>

#include "plugin/gimp/image/pixbuf.h"
#include "plugin/gimp/image/sampling.h"
#include "plugin/gimp/run/spot-run.h"

/* How long pieces of pictures are read at a time, microseconds. */
#define READING_TIME (15 * 1000)

struct _PstDetail
{
  PstSpotRun  *run;
  PstSampling *sampling; /* of the basis; owned, NULL: none yet */
  gboolean     stale;    /* it is of another basis */
  gboolean     busy;     /* the run is */
  double       x;
  double       y;
  gboolean     begun;       /* the spot that is chosen is being painted */
  PstImage    *composition; /* that it is painted on; owned */
  PstPictures  place;       /* content and selection there, if there is one */
  GdkPixbuf   *painted;     /* owned; NULL: nothing yet */
  GError      *error;       /* why the pictures cannot be read */
};

PstDetail *
pst_detail_new (void)
{
  PstDetail *detail = g_new0 (PstDetail, 1);

  detail->run = pst_spot_run_new ();
  detail->x = detail->y = 0.5;
  return detail;
}

/* What was painted, or was to be, is another spot. */
static void
drop (PstDetail *detail)
{
  detail->begun = FALSE;
  g_clear_object (&detail->painted);
  g_clear_error (&detail->error);
  pst_spot_run_stop (detail->run);
}

void
pst_detail_choose (PstDetail *detail, double x, double y)
{
  drop (detail);
  detail->x = x;
  detail->y = y;
}

void
pst_detail_stop (PstDetail *detail)
{
  drop (detail);
  detail->stale = TRUE;
}

gboolean
pst_detail_is_busy (const PstDetail *detail)
{
  return detail->busy;
}

/* Reads for a while; returns whether all is there. */
static gboolean
read_pictures (PstDetail *detail, const PstDetailBasis *basis)
{
  gint64   end = g_get_monotonic_time () + READING_TIME;
  gboolean done = FALSE;

  if (! pst_request_check (basis->request, &detail->error))
    return FALSE;
  if (detail->stale)
    g_clear_pointer (&detail->sampling, pst_sampling_free);
  detail->stale = FALSE;
  if (! detail->sampling)
    detail->sampling = pst_sampling_new (basis->request, basis->pictures);
  pst_sampling_move (detail->sampling, detail->x, detail->y);
  while (! done && g_get_monotonic_time () < end)
    if (! pst_sampling_read_more (detail->sampling, &done, &detail->error))
      break;
  return done && ! detail->error;
}

/* The preview drops its own when it is to paint another one. */
static gboolean
take_composition (PstDetail *detail, const PstImage *composition)
{
  PstImage *copy =
    pst_image_new (composition->width, composition->height, &detail->error);

  pst_image_free (detail->composition);
  detail->composition = copy;
  if (copy)
    memcpy (copy->pixels, composition->pixels,
            sizeof (float) * 4 * copy->width * copy->height);
  return copy != NULL;
}

/* What is below the spot, where the selection does not show all of it. */
static gboolean
read_place (PstDetail *detail, const PstRequest *request)
{
  PstContent     place = request->content;
  GeglRectangle *area = &place.area;
  PstSize        size = { area->width, area->height };
  PstArea        spot =
    pst_spot_get_area (size, &request->params.settings, detail->x, detail->y);

  pst_pictures_clear (&detail->place);
  if (! place.is_selected)
    return TRUE;
  *area = (GeglRectangle){ area->x + spot.x, area->y + spot.y, spot.width,
                           spot.height };
  return pst_pictures_read_content (&detail->place, &place, PST_SPOT_SIDE,
                                    &detail->error);
}

static void
begin (PstDetail *detail, const PstDetailBasis *basis)
{
  PstSpotSources sources = *pst_sampling_get_sources (detail->sampling);

  if (! take_composition (detail, basis->composition)
      || ! read_place (detail, basis->request))
    return;
  sources.inputs.composition = detail->composition;
  pst_spot_run_start (detail->run, basis->model, &sources,
                      &basis->request->params);
  detail->begun = TRUE;
  detail->busy = TRUE;
}

/* Returns whether there is a new picture. */
static gboolean
take_picture (PstDetail *detail)
{
  g_autoptr (PstImage) picture = pst_spot_run_take_picture (detail->run);
  g_autoptr (PstImage) view =
    picture ? pst_pictures_dup_view (&detail->place, picture, &detail->error)
            : NULL;

  if (! view)
    return FALSE;
  g_clear_object (&detail->painted);
  detail->painted = pst_pixbuf_from_image (view);
  return TRUE;
}

gboolean
pst_detail_poll (PstDetail *detail, const PstDetailBasis *basis)
{
  double   before = pst_detail_get_fraction (detail);
  gboolean is_new;

  detail->busy = pst_spot_run_poll (detail->run);
  is_new = take_picture (detail);
  if (! detail->begun && ! detail->busy && ! detail->error && basis->composition
      && read_pictures (detail, basis))
    begin (detail, basis);
  return is_new || pst_detail_get_fraction (detail) != before;
}

GdkPixbuf *
pst_detail_get_painted (const PstDetail *detail)
{
  return detail->painted;
}

double
pst_detail_get_fraction (const PstDetail *detail)
{
  if (pst_detail_get_problem (detail))
    return 1;
  return detail->begun ? pst_spot_run_get_fraction (detail->run) : 0;
}

const char *
pst_detail_get_problem (const PstDetail *detail)
{
  if (detail->error)
    return detail->error->message;
  return detail->begun ? pst_spot_run_get_problem (detail->run) : NULL;
}

void
pst_detail_free (PstDetail *detail)
{
  if (! detail)
    return;

  pst_spot_run_free (detail->run);
  pst_sampling_free (detail->sampling);
  pst_image_free (detail->composition);
  pst_pictures_clear (&detail->place);
  g_clear_object (&detail->painted);
  g_clear_error (&detail->error);
  g_free (detail);
}
