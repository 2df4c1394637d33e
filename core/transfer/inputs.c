/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inputs.c: the pictures that a transfer is given, at the size of one scale */
#include "inputs.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "start.h"

void
pst_input_sizes_init (PstInputSizes         *sizes,
                      const PstImage        *content,
                      const PstStylePicture *styles,
                      int                    n_styles)
{
  int      region_of[PST_MAX_STYLES];
  gboolean masked;
  int      n_regions;

  g_return_if_fail (sizes && content && styles);
  g_return_if_fail (n_styles >= 1 && n_styles <= PST_MAX_STYLES);

  n_regions = pst_regions_count (styles, n_styles, region_of, &masked);
  *sizes = (PstInputSizes){ .content = { content->width, content->height },
                            .has_alpha = ! pst_image_is_opaque (content),
                            .n_styles = n_styles,
                            .n_masks = masked ? n_regions : 0 };
  for (int i = 0; i < n_styles; i++)
    sizes->styles[i] =
      (PstSize){ styles[i].image->width, styles[i].image->height };
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
  g_autofree float *weights = NULL;
  PstColorStats     colors = pst_picture_color_stats (content);

  if (pst_regions_masked (inputs->regions)
      && inputs->regions->shares[style->region] > 0)
    {
      weights =
        pst_regions_dup_mask (inputs->regions, style->region, content->width,
                              content->height, 0, FALSE, content->alpha, error);
      if (! weights)
        return FALSE;
      pst_color_stats ((gsize) content->width * content->height, content->rgb,
                       weights, &colors);
    }
  pst_picture_give_colors (style->picture, &colors);
  return TRUE;
}

/* A style is kept at the size that the largest scale needs, or its own if that
 * is smaller. */
static gboolean
take_style (PstInputs      *inputs,
            const PstImage *image,
            PstSourceStyle *style,
            GError        **error)
{
  PstSize size = { image->width, image->height };
  PstSize kept = pst_plan_style_size (inputs->finest, size);

  if (kept.width >= size.width)
    kept = size;
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
share_regions (PstInputs *inputs, const PstStylePicture *styles, int n_styles)
{
  double   weights[PST_MAX_STYLES] = { 0 };
  int      region_of[PST_MAX_STYLES];
  gboolean masked;

  pst_regions_count (styles, n_styles, region_of, &masked);
  for (int i = 0; i < n_styles; i++)
    weights[region_of[i]] += styles[i].weight;
  for (int i = 0; i < n_styles; i++)
    {
      inputs->styles[i].region = region_of[i];
      inputs->styles[i].share = styles[i].weight / weights[region_of[i]];
    }
  inputs->n_styles = n_styles;
}

gboolean
pst_inputs_take (PstInputs             *inputs,
                 const PstImage        *content,
                 const PstStylePicture *styles,
                 int                    n_styles,
                 GError               **error)
{
  inputs->content =
    pst_picture_new (content,
                     _ ("The content is fully transparent: there is "
                        "nothing to see in it."),
                     inputs->finest->width, inputs->finest->height, error);
  if (! inputs->content)
    return FALSE;
  inputs->regions = pst_regions_new (styles, n_styles, content->width,
                                     content->height, inputs->content, error);
  if (! inputs->regions)
    return FALSE;
  share_regions (inputs, styles, n_styles);
  for (int i = 0; i < n_styles; i++)
    if (! take_style (inputs, styles[i].image, &inputs->styles[i], error))
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

gboolean
pst_inputs_start (const PstInputs *inputs, PstPicture *picture, GError **error)
{
  PstColorStats colors[PST_MAX_STYLES];

  if (inputs->settings->loss == PST_LOSS_GATYS)
    return TRUE;
  for (int r = 0; r < inputs->regions->n; r++)
    colors[r] = region_colors (inputs, r);
  return pst_start_make (picture, inputs->settings->freedom,
                         inputs->settings->tileable, inputs->regions, colors,
                         inputs->settings->seed, error);
}

/* A copy at another size, with a margin as pst_pad() makes it. */
static PstPicture *
dup_padded (const PstPicture *picture,
            int               width,
            int               height,
            int               margin,
            gboolean          wrap,
            GError          **error)
{
  g_autoptr (PstPicture) resized = NULL;

  if (picture->width == width && picture->height == height)
    return pst_picture_pad (picture, margin, wrap, error);
  resized = pst_picture_resize (picture, width, height, error);
  return resized ? pst_picture_pad (resized, margin, wrap, error) : NULL;
}

/* @margin: around it; @last: the style is not kept beyond it */
static gboolean
add_style (PstSourceStyle     *style,
           int                 margin,
           PstScale           *scale,
           const PstScalePlan *sizes,
           PstStyleCache      *targets,
           gboolean            last,
           GError            **error)
{
  PstSize size = pst_plan_style_size (sizes, style->size);
  g_autoptr (PstPicture) padded =
    dup_padded (style->picture, size.width, size.height, margin, FALSE, error);

  if (! padded)
    return FALSE;
  if (last)
    g_clear_pointer (&style->picture, pst_picture_free);
  return pst_scale_add_style (scale, style->region, padded, style->share,
                              targets, error);
}

gboolean
pst_inputs_add_styles (PstInputs          *inputs,
                       PstScale           *scale,
                       const PstScalePlan *sizes,
                       PstStyleCache      *targets,
                       gboolean            last,
                       GError            **error)
{
  for (int i = 0; i < inputs->n_styles; i++)
    if (! add_style (&inputs->styles[i], inputs->plan->style_margin, scale,
                     sizes, targets, last, error))
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
  PstPicture *content =
    dup_padded (inputs->content, sizes->width, sizes->height,
                inputs->plan->margin, inputs->plan->tileable, error);

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
