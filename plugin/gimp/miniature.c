/* SPDX-License-Identifier: GPL-3.0-or-later */
/* miniature.c: what a run works on, scaled down for the preview */
#include "miniature.h"

#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "reduced.h"

/* ---- reading ------------------------------------------------------------ */

/* A region belongs to the first style that has it. */
static void
drop_styles (PstMiniature *miniature)
{
  for (int i = miniature->n_styles - 1; i >= 0; i--)
    {
      PstTrialStyle *style = &miniature->styles[i];
      gboolean       is_first = TRUE;

      for (int j = 0; j < i; j++)
        is_first = is_first && miniature->styles[j].region != style->region;
      if (is_first)
        g_free ((float *) style->region);
      pst_image_free (style->image);
      g_free (style->path);
      *style = (PstTrialStyle){ 0 };
    }
  miniature->n_styles = 0;
}

gboolean
pst_miniature_shows (const PstMiniature *miniature, const PstContent *content)
{
  const PstContent *fitted = &miniature->fitted;

  return miniature->original
         && gegl_rectangle_equal (&content->area, &fitted->area)
         && content->selection_is_region == fitted->selection_is_region
         && content->mask_is_region == fitted->mask_is_region;
}

gboolean
pst_miniature_read_content (PstMiniature     *miniature,
                            const PstContent *content,
                            GError          **error)
{
  pst_miniature_clear (miniature);
  miniature->fitted = *content;
  miniature->original = pst_reduced_read_content (content, PST_TRIAL_SIDE,
                                                  &miniature->selection, error);
  return miniature->original != NULL;
}

/* A file that can be read without GIMP is left to the trial's thread. */
static gboolean
read_picture (const PstStyle *style,
              int             side,
              PstTrialStyle  *ret_style,
              GError        **error)
{
  g_autofree char *path = style->file ? g_file_get_path (style->file) : NULL;

  if (style->drawable != PST_NO_ITEM)
    ret_style->image = pst_reduced_read_style (style->drawable, side, error);
  else if (path && gdk_pixbuf_get_file_info (path, NULL, NULL))
    ret_style->path = g_steal_pointer (&path);
  else
    ret_style->image = pst_style_read (style, error);
  return ret_style->image || ret_style->path;
}

static gboolean
read_style (PstMiniature    *miniature,
            const PstStyles *styles,
            int              index,
            GError         **error)
{
  const PstStyle *style = &styles->list[index];
  PstTrialStyle  *read = &miniature->styles[index];
  const int       same = pst_styles_find_region (styles, index);

  miniature->n_styles = index + 1;
  read->weight = style->weight;
  if (same < index)
    read->region = miniature->styles[same].region;
  else if (style->region)
    read->region = pst_reduced_read_region (style->region, &miniature->fitted,
                                            miniature->original, error);
  return (! style->region || read->region)
         && read_picture (style, miniature->side, read, error);
}

gboolean
pst_miniature_read_styles (PstMiniature    *miniature,
                           const PstStyles *styles,
                           int              side,
                           GError         **error)
{
  drop_styles (miniature);
  miniature->side = side;
  for (int i = 0; i < styles->n_styles; i++)
    if (! read_style (miniature, styles, i, error))
      return FALSE;
  return TRUE;
}

/* ---- comparing ---------------------------------------------------------- */

static gboolean
is_same_image (const PstImage *one, const PstImage *other)
{
  return one && other && one->width == other->width
         && one->height == other->height
         && memcmp (one->pixels, other->pixels,
                    sizeof (float) * 4 * (gsize) one->width * one->height)
              == 0;
}

static gboolean
is_same_content (const PstMiniature *miniature, const PstContent *content)
{
  g_autofree float *selection = NULL;
  g_autoptr (PstImage) original =
    pst_reduced_read_content (content, PST_TRIAL_SIDE, &selection, NULL);

  return is_same_image (original, miniature->original);
}

static gboolean
is_same_region (const PstMiniature *miniature,
                const char         *region,
                const float        *then)
{
  const PstImage   *original = miniature->original;
  g_autofree float *now = NULL;

  if (! region || ! then)
    return ! region && ! then;
  now = pst_reduced_read_region (region, &miniature->fitted, original, NULL);
  return now
         && memcmp (now, then,
                    sizeof (float) * (gsize) original->width * original->height)
              == 0;
}

static gboolean
is_same_style (const PstMiniature  *miniature,
               const PstStyle      *style,
               const PstTrialStyle *then)
{
  g_autoptr (PstImage) now = NULL;

  if (style->weight != then->weight
      || ! is_same_region (miniature, style->region, then->region))
    return FALSE;
  if (style->drawable == PST_NO_ITEM)
    return TRUE;
  now = pst_reduced_read_style (style->drawable, miniature->side, NULL);
  return is_same_image (now, then->image);
}

gboolean
pst_miniature_is_current (const PstMiniature *miniature,
                          const PstStyles    *styles)
{
  PstContent content = miniature->fitted;

  if (! miniature->original || styles->n_styles != miniature->n_styles
      || ! pst_content_is_intact (&content, NULL))
    return FALSE;
  pst_styles_fit_content (styles, &content);
  if (! pst_styles_check (styles, &content, NULL)
      || ! pst_miniature_shows (miniature, &content)
      || ! is_same_content (miniature, &content))
    return FALSE;
  for (int i = 0; i < styles->n_styles; i++)
    if (! is_same_style (miniature, &styles->list[i], &miniature->styles[i]))
      return FALSE;
  return TRUE;
}

void
pst_miniature_clear (PstMiniature *miniature)
{
  drop_styles (miniature);
  g_clear_pointer (&miniature->original, pst_image_free);
  g_clear_pointer (&miniature->selection, g_free);
}
