/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preview-view.c: the preview's picture, scaled to the room that there is */
#include "preview-view.h"

#include <math.h>

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/compat/gtk-compat.h"

/* Pixels of the screen. */
#define MIN_WIDTH  320
#define MIN_HEIGHT 240
#define GRIP       6 /* on both sides of the line */
#define CLICK      4 /* the pointer moves no farther in a click */
#define MARGIN     6 /* around the spot */

/* Most of the area that the spot covers. */
#define SPOT_SHARE (2 / 3.0)
/* Least that is left of it, so that it does not cover its own place. */
#define MIN_SPOT 96

/* Steps of the arrow keys, of the line and of the spot, in its own size. */
#define LINE_STEP 0.05
#define SPOT_STEP 0.5

typedef enum
{
  IDLE,
  PRESSED, /* a click, if the pointer does not move */
  DRAGGING /* the line */
} Gesture;

struct _PstPreviewView
{
  const PstPreviewActions *actions;
  gpointer                 data;
  GtkWidget               *area;
  GdkPixbuf               *before; /* NULL: nothing is shown */
  GdkPixbuf               *after;
  gboolean                 compare;
  double                   line; /* where the original ends, 0..1 */
  gboolean                 has_spot;
  PstShownSpot             spot; /* painted is a reference */
  Gesture                  gesture;
  double                   pressed_x;
  double                   pressed_y;
};

/* A rectangle of the area. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} Frame;

/* ---- places ------------------------------------------------------------- */

/* Where the picture is in an area of this size. */
static Frame
picture_frame (const PstPreviewView *view, int width, int height)
{
  int    picture_width = gdk_pixbuf_get_width (view->before);
  int    picture_height = gdk_pixbuf_get_height (view->before);
  double scale =
    MIN ((double) width / picture_width, (double) height / picture_height);
  Frame frame = { .width = scale * picture_width,
                  .height = scale * picture_height };

  frame.x = floor ((width - frame.width) / 2);
  frame.y = floor ((height - frame.height) / 2);
  return frame;
}

/* The part of the picture that the spot is. */
static Frame
marked_frame (const PstShownSpot *spot, const Frame *picture)
{
  Frame frame = { .width = spot->width * picture->width,
                  .height = spot->height * picture->height };

  frame.x = picture->x + spot->x * picture->width - frame.width / 2;
  frame.y = picture->y + spot->y * picture->height - frame.height / 2;
  frame.x =
    CLAMP (frame.x, picture->x, picture->x + picture->width - frame.width);
  frame.y =
    CLAMP (frame.y, picture->y, picture->y + picture->height - frame.height);
  return frame;
}

/* Room beside the part from @begin on, of @length, in an area of @size: in that
 * direction where there is more. */
static double
room_beside (double begin, double length, double size)
{
  return floor (MAX (begin, size - begin - length) - 2 * MARGIN);
}

/* Takes as little from @frame as uncovers @marked, if enough is left. */
static void
uncover (Frame *frame, const Frame *marked, int width, int height)
{
  double across = room_beside (marked->x, marked->width, width);
  double down = room_beside (marked->y, marked->height, height);

  if (across >= frame->width || down >= frame->height)
    return;
  if (across * frame->height >= down * frame->width)
    frame->width = across >= MIN_SPOT ? across : frame->width;
  else
    frame->height = down >= MIN_SPOT ? down : frame->height;
}

/* Where the spot is shown: in the corner that is farthest from it, at the top
 * or left of one in the middle, which may be half a pixel off. */
static Frame
spot_frame (const PstShownSpot *spot,
            const Frame        *picture,
            int                 width,
            int                 height)
{
  double shape = spot->painted ? (double) gdk_pixbuf_get_height (spot->painted)
                                   / gdk_pixbuf_get_width (spot->painted)
                               : 1;
  Frame  marked = marked_frame (spot, picture);
  Frame  frame = { .width = floor (MIN (spot->side, SPOT_SHARE * width)) };

  frame.height = floor (MIN (spot->side * shape, SPOT_SHARE * height));
  uncover (&frame, &marked, width, height);
  frame.x = marked.x + marked.width / 2 < width / 2.0 - 1
              ? width - MARGIN - frame.width
              : MARGIN;
  frame.y = marked.y + marked.height / 2 < height / 2.0 - 1
              ? height - MARGIN - frame.height
              : MARGIN;
  return frame;
}

/* What of @marked is seen in @frame. */
static Frame
seen_frame (const PstShownSpot *spot, const Frame *marked, const Frame *frame)
{
  double scale = marked->width / spot->side;
  Frame  seen = { .width = MIN (marked->width, scale * frame->width),
                  .height = MIN (marked->height, scale * frame->height) };

  seen.x = marked->x + (marked->width - seen.width) / 2;
  seen.y = marked->y + (marked->height - seen.height) / 2;
  return seen;
}

static gboolean
is_in (const Frame *frame, double x, double y)
{
  return x >= frame->x && x < frame->x + frame->width && y >= frame->y
         && y < frame->y + frame->height;
}

/* ---- drawing ------------------------------------------------------------ */

/* Fills @frame with @pixbuf. */
static void
paint (cairo_t *cairo, GdkPixbuf *pixbuf, const Frame *frame)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);

  cairo_save (cairo);
  cairo_translate (cairo, frame->x, frame->y);
  cairo_scale (cairo, frame->width / width, frame->height / height);
  gdk_cairo_set_source_pixbuf (cairo, pixbuf, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cairo), CAIRO_EXTEND_PAD);
  cairo_rectangle (cairo, 0, 0, width, height);
  cairo_fill (cairo);
  cairo_restore (cairo);
}

/* Strokes the path so that it is seen on light and on dark. */
static void
stroke (cairo_t *cairo)
{
  for (int i = 0; i < 2; i++)
    {
      cairo_set_source_rgb (cairo, i, i, i);
      cairo_set_line_width (cairo, i == 0 ? 3 : 1);
      cairo_stroke_preserve (cairo);
    }
  cairo_new_path (cairo);
}

static void
outline (cairo_t *cairo, const Frame *frame)
{
  cairo_rectangle (cairo, floor (frame->x) - 0.5, floor (frame->y) - 0.5,
                   ceil (frame->width) + 1, ceil (frame->height) + 1);
  stroke (cairo);
}

static void
draw_before (const PstPreviewView *view, cairo_t *cairo, const Frame *picture)
{
  double at = picture->x + floor (view->line * picture->width);

  cairo_save (cairo);
  cairo_rectangle (cairo, picture->x, picture->y, at - picture->x,
                   picture->height);
  cairo_clip (cairo);
  paint (cairo, view->before, picture);
  cairo_restore (cairo);
  cairo_move_to (cairo, at + 0.5, picture->y);
  cairo_line_to (cairo, at + 0.5, picture->y + picture->height);
  stroke (cairo);
}

/* Where all of the picture would be if the spot's middle were that of
 * @frame. */
static Frame
enlarged_frame (const PstShownSpot *spot,
                const Frame        *marked,
                const Frame        *picture,
                const Frame        *frame)
{
  double scale = spot->side / marked->width;
  Frame  all = { .width = scale * picture->width,
                 .height = scale * picture->height };

  all.x = frame->x + frame->width / 2
          - scale * (marked->x + marked->width / 2 - picture->x);
  all.y = frame->y + frame->height / 2
          - scale * (marked->y + marked->height / 2 - picture->y);
  return all;
}

/* Until it is painted the picture is shown enlarged, as the run would begin. */
static void
draw_spot (const PstPreviewView *view,
           cairo_t              *cairo,
           const Frame          *picture,
           const Frame          *frame)
{
  const PstShownSpot *spot = &view->spot;
  Frame               marked = marked_frame (spot, picture);
  Frame               seen = seen_frame (spot, &marked, frame);

  outline (cairo, &seen);
  cairo_save (cairo);
  cairo_rectangle (cairo, frame->x, frame->y, frame->width, frame->height);
  cairo_clip (cairo);
  if (spot->painted)
    {
      int   width = gdk_pixbuf_get_width (spot->painted);
      int   height = gdk_pixbuf_get_height (spot->painted);
      Frame all = { frame->x + floor ((frame->width - width) / 2),
                    frame->y + floor ((frame->height - height) / 2), width,
                    height };

      paint (cairo, spot->painted, &all);
    }
  else
    {
      Frame all = enlarged_frame (spot, &marked, picture, frame);

      paint (cairo, view->after ? view->after : view->before, &all);
    }
  cairo_restore (cairo);
  outline (cairo, frame);
}

static void
draw_focus (const PstPreviewView *view, cairo_t *cairo, const Frame *picture)
{
  static const double dashes[] = { 1, 1 };

  if (! gtk_widget_has_focus (view->area))
    return;
  cairo_save (cairo);
  cairo_set_dash (cairo, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_rectangle (cairo, picture->x + 1.5, picture->y + 1.5,
                   picture->width - 3, picture->height - 3);
  stroke (cairo);
  cairo_restore (cairo);
}

static void
draw (cairo_t *cairo, int width, int height, gpointer data)
{
  PstPreviewView *view = data;
  Frame           picture, spot;

  if (! view->before)
    return;

  picture = picture_frame (view, width, height);
  paint (cairo, view->after ? view->after : view->before, &picture);
  if (view->compare)
    draw_before (view, cairo, &picture);
  if (view->has_spot)
    {
      spot = spot_frame (&view->spot, &picture, width, height);
      draw_spot (view, cairo, &picture, &spot);
    }
  draw_focus (view, cairo, &picture);
}

/* ---- the pointer -------------------------------------------------------- */

/* Where things are at present. */
static void
find_frames (const PstPreviewView *view, Frame *ret_picture, Frame *ret_spot)
{
  GtkAllocation area;

  gtk_widget_get_allocation (view->area, &area);
  *ret_picture = picture_frame (view, area.width, area.height);
  *ret_spot = (Frame){ 0 };
  if (view->has_spot)
    *ret_spot = spot_frame (&view->spot, ret_picture, area.width, area.height);
}

static gboolean
is_at_line (const PstPreviewView *view, double x)
{
  Frame picture, spot;

  if (! view->compare)
    return FALSE;
  find_frames (view, &picture, &spot);
  return fabs (x - picture.x - view->line * picture.width) <= GRIP;
}

static void
move_line (PstPreviewView *view, double line)
{
  view->line = CLAMP (line, 0, 1);
  view->actions->line_moved (view->data);
  gtk_widget_queue_draw (view->area);
}

static void
choose_spot (PstPreviewView *view, double x, double y)
{
  view->actions->spot_chosen (CLAMP (x, 0, 1), CLAMP (y, 0, 1), view->data);
}

static gboolean
on_press (GtkWidget *area, GdkEventButton *event, PstPreviewView *view)
{
  if (! view->before || event->button != 1)
    return FALSE;

  gtk_widget_grab_focus (area);
  view->gesture = is_at_line (view, event->x) ? DRAGGING : PRESSED;
  view->pressed_x = event->x;
  view->pressed_y = event->y;
  return TRUE;
}

static gboolean
on_release (GtkWidget *area, GdkEventButton *event, PstPreviewView *view)
{
  Gesture gesture = view->gesture;
  Frame   picture, spot;

  if (! view->before || event->button != 1)
    return FALSE;

  view->gesture = IDLE;
  if (gesture != PRESSED)
    return TRUE;
  find_frames (view, &picture, &spot);
  if (is_in (&spot, event->x, event->y))
    view->actions->spot_closed (view->data);
  else if (is_in (&picture, event->x, event->y))
    choose_spot (view, (event->x - picture.x) / picture.width,
                 (event->y - picture.y) / picture.height);
  return TRUE;
}

static void
show_cursor (PstPreviewView *view, double x)
{
  GdkDisplay *display = gtk_widget_get_display (view->area);
  gboolean    at_line = view->gesture == DRAGGING || is_at_line (view, x);
  GdkCursor  *cursor =
    gdk_cursor_new_for_display (display, at_line ? GDK_SB_H_DOUBLE_ARROW
                                                 : GDK_CROSSHAIR);

  gdk_window_set_cursor (gtk_widget_get_window (view->area), cursor);
#if GTK_CHECK_VERSION(3, 0, 0)
  g_object_unref (cursor);
#else
  gdk_cursor_unref (cursor);
#endif
}

static gboolean
on_motion (GtkWidget *area, GdkEventMotion *event, PstPreviewView *view)
{
  Frame picture, spot;

  if (! view->before)
    return FALSE;

  if (view->gesture == PRESSED
      && hypot (event->x - view->pressed_x, event->y - view->pressed_y) > CLICK)
    view->gesture = DRAGGING;
  if (view->gesture == DRAGGING)
    {
      find_frames (view, &picture, &spot);
      move_line (view, (event->x - picture.x) / picture.width);
    }
  show_cursor (view, event->x);
  return TRUE;
}

/* ---- the keyboard ------------------------------------------------------- */

static gboolean
on_key (GtkWidget *area, GdkEventKey *event, PstPreviewView *view)
{
  int across =
    (event->keyval == GDK_KEY_Right) - (event->keyval == GDK_KEY_Left);
  int down = (event->keyval == GDK_KEY_Down) - (event->keyval == GDK_KEY_Up);
  const PstShownSpot *spot = &view->spot;

  if (! view->before)
    return FALSE;
  if (event->keyval == GDK_KEY_space)
    {
      if (view->has_spot)
        view->actions->spot_closed (view->data);
      else
        choose_spot (view, spot->x, spot->y);
      return TRUE;
    }
  if (across == 0 && down == 0)
    return FALSE;

  if (view->has_spot)
    choose_spot (view, spot->x + across * SPOT_STEP * spot->width,
                 spot->y + down * SPOT_STEP * spot->height);
  else if (across != 0)
    move_line (view, view->line + across * LINE_STEP);
  return TRUE;
}

/* ---- public ------------------------------------------------------------- */

static void
connect (PstPreviewView *view)
{
  GtkWidget *area = view->area;

  gtk_widget_set_can_focus (area, TRUE);
  gtk_widget_add_events (area, GDK_BUTTON_PRESS_MASK | GDK_BUTTON_RELEASE_MASK
                                 | GDK_POINTER_MOTION_MASK | GDK_KEY_PRESS_MASK
                                 | GDK_FOCUS_CHANGE_MASK);
  g_signal_connect (area, "button-press-event", G_CALLBACK (on_press), view);
  g_signal_connect (area, "button-release-event", G_CALLBACK (on_release),
                    view);
  g_signal_connect (area, "motion-notify-event", G_CALLBACK (on_motion), view);
  g_signal_connect (area, "key-press-event", G_CALLBACK (on_key), view);
  g_signal_connect_swapped (area, "notify::has-focus",
                            G_CALLBACK (gtk_widget_queue_draw), area);
}

PstPreviewView *
pst_preview_view_new (const PstPreviewActions *actions, gpointer data)
{
  PstPreviewView *view = g_new0 (PstPreviewView, 1);
  AtkObject      *accessible;

  view->actions = actions;
  view->data = data;
  view->line = 0.5;
  view->spot.x = view->spot.y = 0.5;
  view->area = pst_drawing_new (MIN_WIDTH, MIN_HEIGHT, draw, view);
  accessible = gtk_widget_get_accessible (view->area);
  connect (view);
  gimp_help_set_help_data (view->area,
                           _ ("Click to see a spot at the size of the result; "
                              "drag to compare with the original"),
                           NULL);
  atk_object_set_name (accessible, _ ("Preview"));
  atk_object_set_role (accessible, ATK_ROLE_DRAWING_AREA);
  return view;
}

GtkWidget *
pst_preview_view_get_widget (PstPreviewView *view)
{
  return view->area;
}

void
pst_preview_view_set_before (PstPreviewView *view, GdkPixbuf *before)
{
  g_set_object (&view->before, before);
  gtk_widget_queue_draw (view->area);
}

void
pst_preview_view_set_after (PstPreviewView *view, GdkPixbuf *after)
{
  g_set_object (&view->after, after);
  gtk_widget_queue_draw (view->area);
}

void
pst_preview_view_set_compare (PstPreviewView *view, gboolean compare)
{
  view->compare = compare;
  gtk_widget_queue_draw (view->area);
}

void
pst_preview_view_set_spot (PstPreviewView *view, const PstShownSpot *spot)
{
  GdkPixbuf *before = view->spot.painted;

  view->has_spot = spot != NULL;
  if (spot)
    {
      view->spot = *spot;
      if (spot->painted)
        g_object_ref (spot->painted);
      g_clear_object (&before);
    }
  gtk_widget_queue_draw (view->area);
}

void
pst_preview_view_free (PstPreviewView *view)
{
  if (! view)
    return;

  g_clear_object (&view->before);
  g_clear_object (&view->after);
  g_clear_object (&view->spot.painted);
  g_free (view);
}
