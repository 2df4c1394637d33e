/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery-draw.c: how the gallery's pictures look */
#include "gallery-draw.h"

#include <math.h>

#include <libgimp/gimpui.h>

#include "thumbnail.h"

#define SIDE    PST_GALLERY_SIDE
#define SPACING 4
#define PADDING 5 /* around a picture */
#define FRAME   3 /* around one that is chosen */
#define BADGE   9 /* radius */
#define CORNER  4 /* radius */

#define FAR_ALPHA 0.7 /* of a badge that is not at hand */

#define HEADING_PADDING 4
#define CAPTION_SCALE   0.85

/* ---- text --------------------------------------------------------------- */

static PangoLayout *
new_layout (GtkWidget *widget, const char *text, double scale, gboolean bold)
{
  PangoLayout   *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attributes,
                            pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static int
get_height (GtkWidget *widget, double scale, gboolean bold)
{
  PangoLayout *layout = new_layout (widget, "Xg", scale, bold);
  int          height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  g_object_unref (layout);
  return height;
}

/* In one line of that width. */
static void
show_line (PangoLayout *layout, cairo_t *cairo, double x, double y, int width)
{
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  cairo_move_to (cairo, x, y);
  pango_cairo_show_layout (cairo, layout);
  g_object_unref (layout);
}

void
pst_gallery_draw_text (PstGalleryDraw *draw, const char *text, int height)
{
  PangoLayout *layout = new_layout (draw->widget, text, 1, FALSE);
  int          text_height;

  pango_layout_set_width (layout, (draw->width - 48) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, NULL, &text_height);
  pst_color_use (&draw->colors.text, draw->cairo, 0.7);
  cairo_move_to (draw->cairo, 24, (height - text_height) / 2);
  pango_cairo_show_layout (draw->cairo, layout);
  g_object_unref (layout);
}

/* ---- shapes ------------------------------------------------------------- */

static void
add_rounded (cairo_t *cairo, double x, double y, double width, double height)
{
  cairo_new_sub_path (cairo);
  cairo_arc (cairo, x + width - CORNER, y + CORNER, CORNER, -G_PI / 2, 0);
  cairo_arc (cairo, x + width - CORNER, y + height - CORNER, CORNER, 0,
             G_PI / 2);
  cairo_arc (cairo, x + CORNER, y + height - CORNER, CORNER, G_PI / 2, G_PI);
  cairo_arc (cairo, x + CORNER, y + CORNER, CORNER, G_PI, 1.5 * G_PI);
  cairo_close_path (cairo);
}

/* A disc with a ring that sets it off from the picture. */
static void
draw_disc (cairo_t        *cairo,
           double          x,
           double          y,
           const PstColor *fill,
           const PstColor *ring)
{
  cairo_new_path (cairo);
  cairo_arc (cairo, x, y, BADGE, 0, 2 * G_PI);
  pst_color_use (fill, cairo, 1);
  cairo_fill_preserve (cairo);
  pst_color_use (ring, cairo, 1);
  cairo_set_line_width (cairo, 1.5);
  cairo_stroke (cairo);
}

static void
draw_check_mark (const PstGalleryDraw *draw, double x, double y)
{
  const PstGalleryColors *colors = &draw->colors;

  draw_disc (draw->cairo, x, y, &colors->accent, &colors->on_accent);
  cairo_move_to (draw->cairo, x - 4, y);
  cairo_line_to (draw->cairo, x - 1, y + 3.5);
  cairo_line_to (draw->cairo, x + 4.5, y - 3.5);
  cairo_set_line_width (draw->cairo, 2);
  cairo_stroke (draw->cairo);
}

/* A plus, or turned by 45 degrees, a cross; paler where it is not at hand. */
static void
draw_badge (const PstGalleryDraw  *draw,
            double                 x,
            double                 y,
            const PstGalleryState *state)
{
  cairo_t *cairo = draw->cairo;

  cairo_push_group (cairo);
  draw_disc (cairo, x, y, &draw->colors.back, &draw->colors.text);
  cairo_save (cairo);
  cairo_translate (cairo, x, y);
  cairo_rotate (cairo, state->is_chosen ? G_PI / 4 : 0);
  cairo_move_to (cairo, -5, 0);
  cairo_line_to (cairo, 5, 0);
  cairo_move_to (cairo, 0, -5);
  cairo_line_to (cairo, 0, 5);
  cairo_set_line_width (cairo, 2);
  cairo_stroke (cairo);
  cairo_restore (cairo);
  cairo_pop_group_to_source (cairo);
  cairo_paint_with_alpha (cairo, state->is_near ? 1 : FAR_ALPHA);
}

/* Dots that are seen on any color. */
static void
draw_focus (const PstGalleryDraw *draw, double x, double y)
{
  static const double dots[] = { 2, 2 };
  cairo_t            *cairo = draw->cairo;

  cairo_set_line_width (cairo, 1);
  add_rounded (cairo, x + 0.5, y + 0.5, draw->sizes.cell_width - 1,
               draw->sizes.cell_height - 1);
  pst_color_use (&draw->colors.back, cairo, 1);
  cairo_stroke_preserve (cairo);
  cairo_set_dash (cairo, dots, G_N_ELEMENTS (dots), 0);
  pst_color_use (&draw->colors.text, cairo, 1);
  cairo_stroke (cairo);
  cairo_set_dash (cairo, NULL, 0, 0);
}

/* Where the picture begins in a cell that begins at @x: in its middle. */
static double
picture_x (const PstGridSizes *sizes, double x)
{
  return x + floor ((sizes->cell_width - SIDE) / 2.0);
}

/* ---- pictures ----------------------------------------------------------- */

/* @scale: pixels of @pixbuf for one of the toolkit. */
static void
draw_pixbuf (cairo_t   *cairo,
             GdkPixbuf *pixbuf,
             double     center_x,
             double     center_y,
             double     scale)
{
  double width = gdk_pixbuf_get_width (pixbuf) / scale;
  double height = gdk_pixbuf_get_height (pixbuf) / scale;

  cairo_save (cairo);
  cairo_translate (cairo, floor (center_x - width / 2),
                   floor (center_y - height / 2));
  cairo_scale (cairo, 1 / scale, 1 / scale);
  gdk_cairo_set_source_pixbuf (cairo, pixbuf, 0, 0);
  cairo_paint (cairo);
  cairo_restore (cairo);
}

static void
draw_icon (const PstGalleryDraw *draw, const char *name, double x, double y)
{
  GtkIconTheme *theme =
    gtk_icon_theme_get_for_screen (gtk_widget_get_screen (draw->widget));
  GdkPixbuf *icon =
    gtk_icon_theme_load_icon (theme, name, 32, GTK_ICON_LOOKUP_USE_BUILTIN,
                              NULL);

  if (! icon)
    return;
  draw_pixbuf (draw->cairo, icon, x, y,
               MAX (gdk_pixbuf_get_width (icon) / 32.0, 1));
  g_object_unref (icon);
}

/* Before it has been read, the place where it will be. */
static void
draw_picture (const PstGalleryDraw *draw,
              const PstGalleryItem *item,
              double                x,
              double                y)
{
  if (item->picture)
    {
      draw_pixbuf (draw->cairo, item->picture, x + SIDE / 2.0, y + SIDE / 2.0,
                   pst_thumbnail_get_scale (draw->widget));
      return;
    }

  cairo_rectangle (draw->cairo, x, y, SIDE, SIDE);
  pst_color_use (&draw->colors.text, draw->cairo, 0.1);
  cairo_fill (draw->cairo);
  if (item->is_read)
    draw_icon (draw, item->problem ? "image-missing" : GIMP_ICON_IMAGE,
               x + SIDE / 2.0, y + SIDE / 2.0);
}

static void
draw_chosen (const PstGalleryDraw *draw, double x, double y)
{
  cairo_t *cairo = draw->cairo;

  add_rounded (cairo, x, y, draw->sizes.cell_width, draw->sizes.cell_height);
  pst_color_use (&draw->colors.selected, cairo, 1);
  cairo_fill (cairo);
  cairo_rectangle (cairo, picture_x (&draw->sizes, x) - FRAME,
                   y + PADDING - FRAME, SIDE + 2 * FRAME, SIDE + 2 * FRAME);
  pst_color_use (&draw->colors.accent, cairo, 1);
  cairo_fill (cairo);
}

static void
draw_heading (const PstGalleryDraw *draw, const char *heading, double y)
{
  pst_color_use (&draw->colors.text, draw->cairo, 1);
  show_line (new_layout (draw->widget, heading, 1, TRUE), draw->cairo,
             SPACING + PADDING, y - draw->sizes.heading + HEADING_PADDING,
             draw->width - 2 * (SPACING + PADDING));
}

static void
draw_caption (const PstGalleryDraw *draw,
              const char           *name,
              const PstGridCell    *cell,
              gboolean              is_chosen)
{
  PangoLayout *layout = new_layout (draw->widget, name, CAPTION_SCALE, FALSE);

  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pst_color_use (is_chosen ? &draw->colors.selected_text : &draw->colors.text,
                 draw->cairo, 1);
  show_line (layout, draw->cairo, cell->x + 2, cell->y + 2 * PADDING + SIDE - 2,
             draw->sizes.cell_width - 4);
}

/* ---- public ------------------------------------------------------------- */

void
pst_gallery_draw_get_sizes (GtkWidget *widget, PstGridSizes *ret_sizes)
{
  *ret_sizes = (PstGridSizes){
    .cell_width = SIDE + 2 * PADDING,
    .cell_height =
      SIDE + 2 * PADDING + get_height (widget, CAPTION_SCALE, FALSE),
    .spacing = SPACING,
    .heading = get_height (widget, 1, TRUE) + 2 * HEADING_PADDING,
  };
}

void
pst_gallery_draw_begin (PstGalleryDraw *draw, int height)
{
  pst_gallery_colors_get (&draw->colors, draw->widget);
  cairo_rectangle (draw->cairo, 0, 0, draw->width, height);
  pst_color_use (&draw->colors.back, draw->cairo, 1);
  cairo_fill (draw->cairo);
}

void
pst_gallery_draw_item (PstGalleryDraw        *draw,
                       const PstGalleryItem  *item,
                       const PstGridCell     *cell,
                       const PstGalleryState *state)
{
  double x = picture_x (&draw->sizes, cell->x);
  double y = cell->y + PADDING;

  if (item->heading)
    draw_heading (draw, item->heading, cell->y);
  if (state->is_chosen)
    draw_chosen (draw, cell->x, cell->y);
  draw_picture (draw, item, x, y);
  draw_caption (draw, item->name, cell, state->is_chosen);
  if (state->is_chosen)
    draw_check_mark (draw, x + SIDE - BADGE - 2, y + BADGE + 2);
  if (state->has_badge)
    draw_badge (draw, x + SIDE - BADGE - 2, y + SIDE - BADGE - 2, state);
  if (state->has_focus)
    draw_focus (draw, cell->x, cell->y);
}

gboolean
pst_gallery_draw_is_in_badge (const PstGridSizes *sizes, double x, double y)
{
  const double right = picture_x (sizes, 0) + SIDE;
  const double bottom = PADDING + SIDE;
  const double size = 2 * BADGE + 6;

  return x > right - size && x <= right && y > bottom - size && y <= bottom;
}
