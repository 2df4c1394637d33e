/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sampling.c: what a spot of the result needs of GIMP's pictures */
#include "sampling.h"

#include "pixels.h"
#include "region.h"

struct _PstSampling
{
  PstRequest    *request; /* a reference */
  PstSpotSources sources;
  gboolean       lent[PST_MAX_STYLES]; /* the style's picture is another's */
  int            content_sides[PST_SPOT_MAX_AREAS]; /* to read the areas with */
  int            style_sides[PST_MAX_STYLES][PST_SPOT_MAX_AREAS];
};

/* ---- what is to be read ------------------------------------------------- */

static PstSize
content_size (const PstSampling *sampling)
{
  const GeglRectangle *area = &sampling->request->content.area;

  return (PstSize){ area->width, area->height };
}

/* A style file: its picture is read elsewhere, or is there. */
static void
take_file (PstSampling *sampling, int index, const PstStyleSource *source)
{
  PstSampledPicture *picture = &sampling->sources.inputs.styles[index].picture;

  sampling->lent[index] = TRUE;
  if (source->path)
    sampling->sources.paths[index] = source->path;
  else
    {
      picture->size = (PstSize){ source->image->width, source->image->height };
      picture->whole = source->image;
    }
}

static void
take_layer (PstSampling *sampling, int index)
{
  const PstRequest  *request = sampling->request;
  PstSampledPicture *picture = &sampling->sources.inputs.styles[index].picture;

  pst_style_get_size (&request->styles.list[index], &picture->size.width,
                      &picture->size.height);
  picture->n_areas =
    pst_spot_list_style_areas (content_size (sampling),
                               &request->params.settings, picture->size,
                               picture->areas, sampling->style_sides[index]);
}

void
pst_sampling_move (PstSampling *sampling, double x, double y)
{
  PstSpotInputs     *inputs = &sampling->sources.inputs;
  PstSampledPicture *content = &inputs->content;

  if (content->n_areas > 0 && inputs->x == x && inputs->y == y)
    return;

  inputs->x = x;
  inputs->y = y;
  content->n_areas =
    pst_spot_list_content_areas (content->size,
                                 &sampling->request->params.settings, x, y,
                                 content->areas, sampling->content_sides);
  /* The first one is the spot's. */
  pst_image_free ((PstImage *) content->parts[0]);
  content->parts[0] = NULL;
}

PstSampling *
pst_sampling_new (PstRequest *request, const PstPictures *pictures)
{
  PstSampling     *sampling = g_new0 (PstSampling, 1);
  PstSpotInputs   *inputs = &sampling->sources.inputs;
  const PstStyles *styles = &request->styles;

  sampling->request = pst_request_ref (request);
  inputs->content.size = content_size (sampling);
  inputs->n_styles = styles->n_styles;
  for (int i = 0; i < styles->n_styles; i++)
    {
      inputs->styles[i].weight = styles->list[i].weight;
      if (styles->list[i].drawable == PST_NO_ITEM)
        take_file (sampling, i, &pictures->styles[i]);
      else
        take_layer (sampling, i);
    }
  return sampling;
}

/* ---- one piece after the other ------------------------------------------ */

/* What of a picture is to be read next. */
#define WHOLE   (-1)
#define NOTHING PST_SPOT_MAX_AREAS

static int
find_missing (const PstSampledPicture *picture)
{
  if (! picture->whole)
    return WHOLE;
  for (int i = 0; i < picture->n_areas; i++)
    if (! picture->parts[i])
      return i;
  return NOTHING;
}

static void
put (PstSampledPicture *picture, int missing, const PstImage *image)
{
  if (missing == WHOLE)
    picture->whole = image;
  else
    picture->parts[missing] = image;
}

/* Returns NULL on errors. */
static PstImage *
read_content (const PstSampling *sampling, int missing, GError **error)
{
  const PstArea *area = &sampling->sources.inputs.content.areas[missing];
  PstContent     place = sampling->request->content;

  if (missing == WHOLE)
    return pst_content_read (&place, PST_SPOT_WHOLE_SIDE, error);
  place.area = (GeglRectangle){ place.area.x + area->x, place.area.y + area->y,
                                area->width, area->height };
  return pst_content_read (&place, sampling->content_sides[missing], error);
}

static PstImage *
read_style (const PstSampling *sampling, int index, int missing, GError **error)
{
  const PstSampledStyle *style = &sampling->sources.inputs.styles[index];
  const PstArea         *area = &style->picture.areas[missing];
  PstDrawableRef drawable = sampling->request->styles.list[index].drawable;
  GeglRectangle  rectangle;
  int            side;

  if (missing == WHOLE)
    return pst_pixels_read_whole (drawable, PST_SPOT_WHOLE_SIDE, error);
  rectangle = (GeglRectangle){ area->x, area->y, area->width, area->height };
  side = sampling->style_sides[index][missing];
  return gimp_item_is_layer (GIMP_ITEM (drawable))
           ? pst_pixels_read_layer (GIMP_LAYER (drawable), &rectangle, side,
                                    error)
           : pst_pixels_read (drawable, &rectangle, side, error);
}

/* Styles of the same region share it. */
static gboolean
read_region (PstSampling *sampling, int index, GError **error)
{
  const PstRequest *request = sampling->request;
  PstSampledStyle  *styles = sampling->sources.inputs.styles;
  int               same = pst_styles_find_region (&request->styles, index);

  styles[index].region =
    same < index
      ? styles[same].region
      : pst_region_read (request->styles.list[index].region, &request->content,
                         PST_SPOT_WHOLE_SIDE, error);
  return styles[index].region != NULL;
}

gboolean
pst_sampling_read_more (PstSampling *sampling,
                        gboolean    *ret_done,
                        GError     **error)
{
  const PstRequest *request = sampling->request;
  PstSpotInputs    *inputs = &sampling->sources.inputs;
  int               missing = find_missing (&inputs->content);

  *ret_done = FALSE;
  if (missing != NOTHING)
    {
      put (&inputs->content, missing, read_content (sampling, missing, error));
      return find_missing (&inputs->content) != missing;
    }
  for (int i = 0; i < inputs->n_styles; i++)
    {
      PstSampledPicture *picture = &inputs->styles[i].picture;

      if (request->styles.list[i].region && ! inputs->styles[i].region)
        return read_region (sampling, i, error);
      missing = sampling->lent[i] ? NOTHING : find_missing (picture);
      if (missing != NOTHING)
        {
          put (picture, missing, read_style (sampling, i, missing, error));
          return find_missing (picture) != missing;
        }
    }
  *ret_done = TRUE;
  return TRUE;
}

const PstSpotSources *
pst_sampling_get_sources (const PstSampling *sampling)
{
  return &sampling->sources;
}

static void
clear_picture (PstSampledPicture *picture)
{
  pst_image_free ((PstImage *) picture->whole);
  for (int i = 0; i < PST_SPOT_MAX_AREAS; i++)
    pst_image_free ((PstImage *) picture->parts[i]);
}

void
pst_sampling_free (PstSampling *sampling)
{
  PstSpotInputs *inputs;

  if (! sampling)
    return;

  inputs = &sampling->sources.inputs;
  clear_picture (&inputs->content);
  for (int i = 0; i < inputs->n_styles; i++)
    {
      if (pst_styles_find_region (&sampling->request->styles, i) == i)
        g_free ((float *) inputs->styles[i].region);
      if (! sampling->lent[i])
        clear_picture (&inputs->styles[i].picture);
    }
  pst_request_unref (sampling->request);
  g_free (sampling);
}
