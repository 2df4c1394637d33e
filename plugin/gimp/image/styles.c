/* SPDX-License-Identifier: GPL-3.0-or-later */
/* styles.c: the style pictures of a run, in order */
#include "styles.h"

#include <glib/gi18n-lib.h>

#include "plugin/gimp/compat/gimp-compat.h"
#include "region.h"

/* ---- the list ----------------------------------------------------------- */

gboolean
pst_styles_add (PstStyles *styles, PstStyle *style, GError **error)
{
  if (styles->n_styles == PST_MAX_STYLES)
    {
      pst_style_clear (style);
      g_set_error (error, PST_ERROR, PST_ERROR_SETTINGS,
                   _ ("There can be no more than %d styles."), PST_MAX_STYLES);
      return FALSE;
    }

  styles->list[styles->n_styles++] = *style;
  *style = PST_STYLE_NONE;
  return TRUE;
}

void
pst_styles_remove (PstStyles *styles, int index)
{
  pst_style_clear (&styles->list[index]);
  styles->n_styles--;
  memmove (&styles->list[index], &styles->list[index + 1],
           (styles->n_styles - index) * sizeof *styles->list);
}

void
pst_styles_add_default (PstStyles *styles, const PstContent *content)
{
  PstStyle style = PST_STYLE_NONE;

  style.drawable = pst_style_find_layer (content);
  if (style.drawable != PST_NO_ITEM)
    pst_styles_add (styles, &style, NULL);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS, message);
  return FALSE;
}

/* Returns PST_NO_ITEM, and says so, if there is nothing of that number. */
static PstDrawableRef
find_drawable (gint32 id, GError **error)
{
  PstDrawableRef drawable = pst_gimp_find_drawable (id);

  if (drawable == PST_NO_ITEM)
    g_set_error (error, PST_ERROR, PST_ERROR_SETTINGS,
                 _ ("There is no layer or channel with the number %d."), id);
  return drawable;
}

gboolean
pst_styles_add_layers (PstStyles    *styles,
                       const gint32 *layers,
                       gsize         n_layers,
                       GError      **error)
{
  for (gsize i = 0; i < n_layers; i++)
    {
      PstStyle style = PST_STYLE_NONE;

      style.drawable = find_drawable (layers[i], error);
      if (style.drawable == PST_NO_ITEM
          || ! pst_styles_add (styles, &style, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
pst_styles_add_file (PstStyles *styles, const char *file, GError **error)
{
  PstStyle style = PST_STYLE_NONE;

  if (! *file)
    return refuse (error, _ ("The name of a style file is empty."));
  style.file = g_file_new_for_commandline_arg (file);
  return pst_styles_add (styles, &style, error);
}

gboolean
pst_styles_set_weights (PstStyles    *styles,
                        const double *weights,
                        gsize         n_weights,
                        GError      **error)
{
  if (n_weights > (gsize) styles->n_styles)
    return refuse (error, _ ("There are more weights than styles."));

  for (gsize i = 0; i < n_weights; i++)
    {
      if (! (weights[i] > 0 && weights[i] <= PST_STYLE_MAX_WEIGHT))
        {
          g_set_error (error, PST_ERROR, PST_ERROR_SETTINGS,
                       _ ("The weight of a style must be above 0 and at most "
                          "%g, not %g."),
                       PST_STYLE_MAX_WEIGHT, weights[i]);
          return FALSE;
        }
      styles->list[i].weight = weights[i];
    }
  return TRUE;
}

gboolean
pst_styles_set_regions (PstStyles        *styles,
                        const gint32     *regions,
                        gsize             n_regions,
                        const PstContent *content,
                        GError          **error)
{
  if (n_regions > (gsize) styles->n_styles)
    return refuse (error, _ ("There are more regions than styles."));

  for (gsize i = 0; i < n_regions; i++)
    if (regions[i] != -1)
      {
        PstDrawableRef drawable = find_drawable (regions[i], error);

        if (drawable != PST_NO_ITEM)
          styles->list[i].region = pst_region_new (drawable, content, error);
        if (! styles->list[i].region)
          return FALSE;
      }
  return TRUE;
}

gboolean
pst_styles_check (const PstStyles  *styles,
                  const PstContent *content,
                  GError          **error)
{
  if (styles->n_styles == 0)
    return pst_style_check (&PST_STYLE_NONE, content, error);

  for (int i = 0; i < styles->n_styles; i++)
    if (! pst_style_check (&styles->list[i], content, error))
      return FALSE;
  return TRUE;
}

/* Index of the first style with the same region; @index itself if it is the
 * first. */
int
pst_styles_find_region (const PstStyles *styles, int index)
{
  int same = 0;

  while (g_strcmp0 (styles->list[same].region, styles->list[index].region) != 0)
    same++;
  return same;
}

gboolean
pst_styles_use_region (const PstStyles *styles, const char *region)
{
  for (int i = 0; i < styles->n_styles; i++)
    if (g_strcmp0 (styles->list[i].region, region) == 0)
      return TRUE;
  return FALSE;
}

int
pst_styles_count_masks (const PstStyles *styles)
{
  int n_regions = 0;

  for (int i = 0; i < styles->n_styles; i++)
    n_regions += pst_styles_find_region (styles, i) == i;
  return n_regions == 1 && pst_styles_use_region (styles, NULL) ? 0 : n_regions;
}

gboolean
pst_styles_equal (const PstStyles *one, const PstStyles *other)
{
  if (one->n_styles != other->n_styles)
    return FALSE;
  for (int i = 0; i < one->n_styles; i++)
    if (! pst_style_equal (&one->list[i], &other->list[i]))
      return FALSE;
  return TRUE;
}

const char *
pst_styles_name_rest (const PstStyles *styles, int index)
{
  for (int i = 0; i < styles->n_styles; i++)
    if (i != index && styles->list[i].region)
      return _ ("Elsewhere");
  return _ ("Everywhere");
}

char *
pst_styles_dup_name (const PstStyles *styles)
{
  g_autofree char **names = g_new0 (char *, styles->n_styles + 1);
  char             *name;

  for (int i = 0; i < styles->n_styles; i++)
    names[i] = pst_style_dup_name (&styles->list[i]);
  name = g_strjoinv (" + ", names);
  for (int i = 0; i < styles->n_styles; i++)
    g_free (names[i]);
  return name;
}

void
pst_styles_copy (PstStyles *target, const PstStyles *source)
{
  pst_styles_clear (target);
  for (int i = 0; i < source->n_styles; i++)
    target->list[i] = pst_style_dup (&source->list[i]);
  target->n_styles = source->n_styles;
}

void
pst_styles_clear (PstStyles *styles)
{
  for (int i = 0; i < styles->n_styles; i++)
    pst_style_clear (&styles->list[i]);
  styles->n_styles = 0;
}
