/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery-colors.c: the theme's colors, for what the gallery draws itself */
#include "gallery-colors.h"

#include <math.h>

/* Themes of GIMP show what is selected by a gray that hardly differs from the
 * others; a frame has to be seen at a glance. */
#define MIN_CONTRAST 0.35

#if GTK_CHECK_VERSION(3, 0, 0)

static PstColor
get_color (GtkStyleContext *context,
           GtkStateFlags    state,
           const char      *property,
           const PstColor  *otherwise)
{
  GdkRGBA *found;
  PstColor color = *otherwise;

  gtk_style_context_get (context, state, property, &found, NULL);
  if (found && found->alpha > 0.5) /* else the theme draws a picture */
    color = (PstColor){ found->red, found->green, found->blue };
  gdk_rgba_free (found);
  return color;
}

static void
get_list_colors (PstGalleryColors *colors, GtkWidget *widget)
{
  static const PstColor black = { 0, 0, 0 };
  static const PstColor white = { 1, 1, 1 };
  GtkStyleContext      *context = gtk_widget_get_style_context (widget);

  gtk_style_context_save (context);
  gtk_style_context_add_class (context, GTK_STYLE_CLASS_VIEW);
  gtk_style_context_set_state (context, GTK_STATE_FLAG_NORMAL);
  colors->text = get_color (context, GTK_STATE_FLAG_NORMAL, "color", &black);
  colors->back = get_color (context, GTK_STATE_FLAG_NORMAL, "background-color",
                            colors->text.green > 0.5 ? &black : &white);
  gtk_style_context_set_state (context, GTK_STATE_FLAG_SELECTED);
  colors->selected_text =
    get_color (context, GTK_STATE_FLAG_SELECTED, "color", &colors->back);
  colors->selected = get_color (context, GTK_STATE_FLAG_SELECTED,
                                "background-color", &colors->text);
  gtk_style_context_restore (context);
}

#else

static PstColor
convert (const GdkColor *color)
{
  return (PstColor){ color->red / 65535.0, color->green / 65535.0,
                     color->blue / 65535.0 };
}

static void
get_list_colors (PstGalleryColors *colors, GtkWidget *widget)
{
  GtkStyle *style = gtk_widget_get_style (widget);

  colors->back = convert (&style->base[GTK_STATE_NORMAL]);
  colors->text = convert (&style->text[GTK_STATE_NORMAL]);
  colors->selected = convert (&style->base[GTK_STATE_SELECTED]);
  colors->selected_text = convert (&style->text[GTK_STATE_SELECTED]);
}

#endif

static double
contrast (const PstColor *one, const PstColor *other)
{
  return fmax (fabs (one->red - other->red),
               fmax (fabs (one->green - other->green),
                     fabs (one->blue - other->blue)));
}

void
pst_gallery_colors_get (PstGalleryColors *colors, GtkWidget *widget)
{
  gboolean is_clear;

  get_list_colors (colors, widget);
  is_clear = contrast (&colors->selected, &colors->back) >= MIN_CONTRAST;
  colors->accent = is_clear ? colors->selected : colors->text;
  colors->on_accent = is_clear ? colors->selected_text : colors->back;
}

void
pst_color_use (const PstColor *color, cairo_t *cairo, double alpha)
{
  cairo_set_source_rgba (cairo, color->red, color->green, color->blue, alpha);
}
