/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read-spot.c: what a spot of a result is made of, as layers */
#include "read-spot.h"

#include "plugin/find-model.h"
#include "plugin/gimp/dialog/detail.h"
#include "plugin/gimp/image/pixbuf.h"
#include "plugin/gimp/image/pixels.h"
#include "plugin/gimp/image/sampling.h"

gboolean
read_add_layer (PstImageRef     image,
                const char     *name,
                const PstImage *picture,
                int             x,
                int             y,
                GError        **error)
{
  PstLayerRef layer =
    gimp_layer_new (image, name, picture->width, picture->height,
                    GIMP_RGBA_IMAGE, 100, GIMP_LAYER_MODE_NORMAL);

  gimp_image_insert_layer (image, layer, PST_NO_ITEM, -1);
  gimp_layer_set_offsets (layer, x, y);
  if (pst_pixels_write (layer, picture, 0, picture->height))
    return TRUE;
  g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE, "no layer");
  return FALSE;
}

PstImage *
read_draw_region (const float *values, PstSize size, GError **error)
{
  PstImage *image = pst_image_new (size.width, size.height, error);

  for (gsize i = 0; image && i < (gsize) image->width * image->height; i++)
    for (int c = 0; c < 4; c++)
      image->pixels[4 * i + c] = c < 3 ? values[i] : 1;
  return image;
}

/* ---- what is read ------------------------------------------------------- */

static gboolean
add_sampled (PstImageRef              image,
             const char              *name,
             const PstSampledPicture *picture,
             GError                 **error)
{
  for (int i = 0; i < picture->n_areas; i++)
    {
      g_autofree char *part = g_strdup_printf ("%s %d", name, i);

      if (! read_add_layer (image, part, picture->parts[i], picture->areas[i].x,
                            picture->areas[i].y, error))
        return FALSE;
    }
  return read_add_layer (image, name, picture->whole, 0, 0, error);
}

static gboolean
add_region (PstImageRef image, const PstSpotInputs *inputs, GError **error)
{
  const PstImage *whole = inputs->content.whole;
  PstSize         size = { whole->width, whole->height };
  g_autoptr (PstImage) region = NULL;

  if (! inputs->styles[0].region)
    return TRUE;
  region = read_draw_region (inputs->styles[0].region, size, error);
  return region && read_add_layer (image, "spot region", region, 0, 0, error);
}

/* Another place first: what was read for it is not taken for this one's. */
static gboolean
add_sources (PstImageRef        image,
             PstRequest        *request,
             const PstPictures *pictures,
             GError           **error)
{
  g_autoptr (PstSampling) sampling = pst_sampling_new (request, pictures);
  const PstSpotInputs *inputs = &pst_sampling_get_sources (sampling)->inputs;

  for (int i = 0; i < 2; i++)
    {
      gboolean done = FALSE;

      pst_sampling_move (sampling, i == 0 ? 0.9 : 0.5, 0.5);
      while (! done)
        if (! pst_sampling_read_more (sampling, &done, error))
          return FALSE;
    }
  return add_sampled (image, "spot content", &inputs->content, error)
         && add_sampled (image, "spot style", &inputs->styles[0].picture, error)
         && add_region (image, inputs, error);
}

/* ---- what is painted ---------------------------------------------------- */

static PstModel *
find_model (GError **error)
{
  g_autofree char *own = g_path_get_dirname (gimp_get_progname ());
  g_autofree char *program =
    g_build_filename (own, "..", "pastiche", "pastiche", NULL);

  return pst_model_find (NULL, program, error);
}

/* As if a preview had made it: as far from the content as can be. */
static PstImage *
dup_negative (const PstImage *content, GError **error)
{
  PstImage *image = pst_image_new (content->width, content->height, error);

  for (gsize i = 0; image && i < (gsize) image->width * image->height; i++)
    for (int c = 0; c < 4; c++)
      image->pixels[4 * i + c] = c < 3 ? 1 - content->pixels[4 * i + c] : 1;
  return image;
}

static gboolean
add_painted (PstImageRef       image,
             const PstRequest *request,
             GdkPixbuf        *painted,
             GError          **error)
{
  const GeglRectangle *whole = &request->content.area;
  PstSize              size = { whole->width, whole->height };
  PstArea area = pst_spot_get_area (size, &request->params.settings, 0.5, 0.5);
  g_autoptr (PstImage) picture = pst_pixbuf_to_image (painted, error);

  return picture
         && read_add_layer (image, "spot", picture, area.x, area.y, error);
}

static gboolean
paint (PstImageRef        image,
       PstRequest        *request,
       const PstPictures *pictures,
       GError           **error)
{
  PstModel *model = find_model (error);
  g_autoptr (PstImage) composition = dup_negative (pictures->content, error);
  g_autoptr (PstDetail) detail = pst_detail_new ();
  PstDetailBasis basis = { request, pictures, model, composition };
  gboolean       success = FALSE;

  if (model && composition)
    {
      do
        {
          pst_detail_poll (detail, &basis);
          g_usleep (1000);
        }
      while (pst_detail_get_fraction (detail) < 1
             || pst_detail_is_busy (detail));
      if (pst_detail_get_problem (detail))
        g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE,
                             pst_detail_get_problem (detail));
      else
        success =
          add_painted (image, request, pst_detail_get_painted (detail), error);
    }
  g_clear_pointer (&model, pst_model_unref);
  return success;
}

gboolean
read_spot (PstImageRef image, PstRequest *request, GError **error)
{
  g_auto (PstPictures) pictures = { 0 };

  return pst_pictures_read_content (&pictures, &request->content,
                                    PST_PREVIEW_SIDE, error)
         && pst_pictures_read_styles (&pictures, request, PST_PREVIEW_SIDE,
                                      error)
         && add_sources (image, request, &pictures, error)
         && paint (image, request, &pictures, error);
}
