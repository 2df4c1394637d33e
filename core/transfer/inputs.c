/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inputs.c: the pictures that a transfer is given, at the size of one scale */
#include "inputs.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "start.h"

void
pst_input_sizes_init (PstInputSizes *sizes, const PstInputPictures *pictures)
{
  const PstImage *content;
  int             region_of[PST_MAX_STYLES];
  gboolean        masked;
  int             n_regions;

  g_return_if_fail (sizes && pictures && pictures->content && pictures->styles);
  g_return_if_fail (pictures->n_styles >= 1);
  g_return_if_fail (pictures->n_styles <= PST_MAX_STYLES);

  content = pictures->content;
  n_regions = pst_regions_count (pictures->styles, pictures->n_styles,
                                 region_of, &masked);
  *sizes = (PstInputSizes){ .content = { content->width, content->height },
                            .has_alpha = ! pst_image_is_opaque (content),
                            .n_styles = pictures->n_styles,
                            .n_masks = masked ? n_regions : 0 };
  for (int i = 0; i < pictures->n_styles; i++)
    {
      const PstImage *style = pictures->styles[i].image;

      sizes->styles[i] = (PstSize){ style->width, style->height };
    }
}

gboolean
pst_inputs_need_content (const PstSettings *settings, gboolean masked)
{
  return settings->colors == PST_COLORS_CONTENT || masked;
}

/* ---- taking them -------------------------------------------------------- */

/* Gives a style the colors of the content where it goes. */
static gboolean
give_content_colors (const PstInputs *inputs,
                     PstSourceStyle  *style,
                     GError         **error)
{
  const PstPicture *content = inputs->content;
  const PstFrame    frame = { content->width, content->height, 0, FALSE };
  g_autofree float *weights = NULL;
  PstColorStats     colors = pst_picture_color_stats (content);

  if (pst_regions_masked (inputs->regions)
      && inputs->regions->shares[style->region] > 0)
    {
      weights = pst_regions_dup_mask (inputs->regions, style->region, &frame,
                                      content->alpha, error);
      if (! weights)
        return FALSE;
      pst_color_stats ((gsize) content->width * content->height, content->rgb,
                       weights, &colors);
    }
  pst_picture_give_colors (style->picture, &colors);
  return TRUE;
}

/* A style of @size is kept at the size that the largest scale needs, or its own
 * if that is smaller. */
static PstSize
kept_size (const PstScalePlan *finest, PstSize size)
{
  PstSize needed = pst_plan_style_size (finest, size);

  return needed.width >= size.width ? size : needed;
}

static gboolean
take_style (PstInputs      *inputs,
            const PstImage *image,
            PstSourceStyle *style,
            GError        **error)
{
  PstSize size = { image->width, image->height };
  PstSize kept = kept_size (inputs->finest, size);

  style->size = size;
  style->picture =
    pst_picture_new (image,
                     _ ("The style is fully transparent: there is "
                        "nothing to see in it."),
                     kept.width, kept.height, error);
  return style->picture != NULL
         && (inputs->settings->colors != PST_COLORS_MATCH
             || give_content_colors (inputs, style, error));
}

/* Sets the region of each style, and its share there. */
static void
share_regions (PstInputs *inputs, const PstInputPictures *pictures)
{
  const PstStylePicture *styles = pictures->styles;
  double                 weights[PST_MAX_STYLES] = { 0 };
  int                    region_of[PST_MAX_STYLES];
  gboolean               masked;

  pst_regions_count (styles, pictures->n_styles, region_of, &masked);
  for (int i = 0; i < pictures->n_styles; i++)
    weights[region_of[i]] += styles[i].weight;
  for (int i = 0; i < pictures->n_styles; i++)
    {
      inputs->styles[i].region = region_of[i];
      inputs->styles[i].share = styles[i].weight / weights[region_of[i]];
    }
  inputs->n_styles = pictures->n_styles;
}

gboolean
pst_inputs_take (PstInputs              *inputs,
                 const PstInputPictures *pictures,
                 GError                **error)
{
  inputs->content =
    pst_picture_new (pictures->content,
                     _ ("The content is fully transparent: there is "
                        "nothing to see in it."),
                     inputs->finest->width, inputs->finest->height, error);
  if (! inputs->content)
    return FALSE;
  inputs->regions = pst_regions_new (pictures, inputs->content, error);
  if (! inputs->regions)
    return FALSE;
  share_regions (inputs, pictures);
  for (int i = 0; i < pictures->n_styles; i++)
    if (! take_style (inputs, pictures->styles[i].image, &inputs->styles[i],
                      error))
      return FALSE;
  return TRUE;
}

void
pst_inputs_clear (PstInputs *inputs)
{
  for (int i = 0; i < PST_MAX_STYLES; i++)
    g_clear_pointer (&inputs->styles[i].picture, pst_picture_free);
  g_clear_pointer (&inputs->regions, pst_regions_free);
  g_clear_pointer (&inputs->content, pst_picture_free);
}

/* ---- what scales need of them ------------------------------------------- */

/* The color mean and covariance of the styles of @region together. */
static PstColorStats
region_colors (const PstInputs *inputs, int region)
{
  PstColorStats stats[PST_MAX_STYLES];
  double        shares[PST_MAX_STYLES];
  int           n = 0;

  for (int i = 0; i < inputs->n_styles; i++)
    if (inputs->styles[i].region == region)
      {
        stats[n] = pst_picture_color_stats (inputs->styles[i].picture);
        shares[n++] = inputs->styles[i].share;
      }
  return pst_color_stats_mix (n, stats, shares);
}

PstPicture *
pst_inputs_first_picture (const PstInputs    *inputs,
                          const PstScalePlan *sizes,
                          GError            **error)
{
  g_autoptr (PstPicture) picture =
    pst_picture_resize (inputs->content, sizes->width, sizes->height, error);
  PstColorStats colors[PST_MAX_STYLES];

  if (! picture || inputs->settings->loss == PST_LOSS_GATYS)
    return g_steal_pointer (&picture);
  for (int r = 0; r < inputs->regions->n; r++)
    colors[r] = region_colors (inputs, r);
  if (! pst_start_make (picture, inputs->settings, inputs->regions, colors,
                        error))
    return NULL;
  return g_steal_pointer (&picture);
}

static gboolean
add_style (const PstInputs    *inputs,
           PstSourceStyle     *style,
           PstScale           *scale,
           const PstScalePlan *sizes,
           gboolean            last,
           GError            **error)
{
  PstFrame frame = pst_plan_style_frame (inputs->plan, sizes, style->size);
  g_autoptr (PstPicture) framed =
    pst_picture_frame (style->picture, &frame, error);

  if (! framed)
    return FALSE;
  if (last)
    g_clear_pointer (&style->picture, pst_picture_free);
  return pst_scale_add_style (scale, style->region, framed, style->share,
                              inputs->cache, error);
}

gboolean
pst_inputs_add_styles (PstInputs          *inputs,
                       PstScale           *scale,
                       const PstScalePlan *sizes,
                       gboolean            last,
                       GError            **error)
{
  for (int i = 0; i < inputs->n_styles; i++)
    if (! add_style (inputs, &inputs->styles[i], scale, sizes, last, error))
      return FALSE;
  return TRUE;
}

PstPicture *
pst_inputs_take_content (PstInputs          *inputs,
                         const PstScalePlan *sizes,
                         gboolean            last,
                         GError            **error)
{
  gboolean    masked = pst_regions_masked (inputs->regions);
  PstFrame    frame = pst_plan_frame (inputs->plan, sizes);
  PstPicture *content = pst_picture_frame (inputs->content, &frame, error);

  if (content && last && ! pst_inputs_need_content (inputs->settings, masked))
    g_clear_pointer (&inputs->content->rgb, g_free);
  return content;
}

/* ---- what results need of them ------------------------------------------ */

void
pst_inputs_put_row (const PstInputs *inputs, int y, float *rgb, PstImage *image)
{
  const PstPicture *content = inputs->content;
  gsize             width = content->width;
  float            *pixels = image->pixels + 4 * y * width;

  if (inputs->settings->colors == PST_COLORS_CONTENT)
    pst_color_restore_chroma (width, rgb, content->rgb + 3 * y * width);
  if (pst_regions_masked (inputs->regions))
    pst_regions_restore (inputs->regions, y, content->rgb + 3 * y * width, rgb);
  for (gsize x = 0; x < width; x++)
    {
      memcpy (pixels + 4 * x, rgb + 3 * x, 3 * sizeof (float));
      pixels[4 * x + 3] = content->alpha ? content->alpha[y * width + x] : 1;
    }
}

/* ---- memory ------------------------------------------------------------- */

gsize
pst_inputs_content_bytes (const PstInputSizes *sizes,
                          const PstScalePlan  *finest)
{
  PstSize size = pst_plan_size (finest);

  return pst_size_add (pst_picture_bytes (size, sizes->has_alpha),
                       pst_regions_bytes (sizes->n_masks, size));
}

/* Of a style of @size as it is kept; it may have alpha. */
static gsize
style_bytes (const PstScalePlan *finest, PstSize size)
{
  return pst_picture_bytes (kept_size (finest, size), TRUE);
}

gsize
pst_inputs_styles_bytes (const PstInputSizes *sizes, const PstScalePlan *finest)
{
  gsize bytes = 0;

  for (int i = 0; i < sizes->n_styles; i++)
    bytes = pst_size_add (bytes, style_bytes (finest, sizes->styles[i]));
  return bytes;
}

gsize
pst_inputs_take_bytes (const PstInputSizes *sizes,
                       const PstScalePlan  *finest,
                       const PstSettings   *settings)
{
  PstSize  size = pst_plan_size (finest);
  PstFrame frame = { size.width, size.height, 0, FALSE };
  gboolean weighs = settings->colors == PST_COLORS_MATCH && sizes->n_masks > 0;
  gsize    weights = weighs ? pst_regions_dup_mask_bytes (size, &frame) : 0;
  gsize    content = pst_picture_bytes (size, sizes->has_alpha);
  gsize regions = pst_regions_new_bytes (sizes->n_masks, sizes->content, size);
  gsize most = MAX (pst_picture_new_bytes (sizes->content, size),
                    pst_size_add (content, regions));
  gsize held = pst_inputs_content_bytes (sizes, finest);

  for (int i = 0; i < sizes->n_styles; i++)
    {
      PstSize style = sizes->styles[i];
      gsize   taking = pst_picture_new_bytes (style, kept_size (finest, style));

      most = MAX (most, pst_size_add (held, taking));
      held = pst_size_add (held, style_bytes (finest, style));
      most = MAX (most, pst_size_add (held, weights));
    }
  return most;
}

gsize
pst_inputs_first_picture_bytes (const PstInputSizes *sizes,
                                const PstScalePlan  *finest,
                                const PstScalePlan  *scale,
                                const PstSettings   *settings)
{
  PstSize size = pst_plan_size (scale);
  gsize   start =
    pst_start_bytes (settings, size, sizes->has_alpha, sizes->n_masks);

  return MAX (pst_picture_resize_bytes (pst_plan_size (finest), size,
                                        sizes->has_alpha),
              pst_size_add (pst_picture_bytes (size, sizes->has_alpha), start));
}

gsize
pst_inputs_add_styles_bytes (const PstInputSizes *sizes,
                             const PstPlan       *plan,
                             const PstScalePlan  *scale,
                             const PstModel      *model,
                             PstWorkers          *workers)
{
  const PstScalePlan *finest = pst_plan_finest (plan, scale);
  gboolean            last = scale == &plan->scales[plan->n_scales - 1];
  gsize               held = pst_inputs_styles_bytes (sizes, finest);
  gsize               most = 0;

  for (int i = 0; i < sizes->n_styles; i++)
    {
      PstSize  kept = kept_size (finest, sizes->styles[i]);
      PstFrame frame = pst_plan_style_frame (plan, scale, sizes->styles[i]);
      PstSize  size = pst_frame_size (&frame);
      gsize    framing = pst_picture_frame_bytes (kept, &frame, TRUE);
      gsize    computing =
        pst_size_add (pst_picture_bytes (size, TRUE),
                      pst_scale_measure_style (model, scale, size, workers));

      most = MAX (most, pst_size_add (held, framing));
      if (last && held != G_MAXSIZE)
        held -= style_bytes (finest, sizes->styles[i]);
      most = MAX (most, pst_size_add (held, computing));
    }
  return most;
}
