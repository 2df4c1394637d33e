/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery-view.c: the gallery's pictures, in rows */
#include "gallery-view.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>

#include "gallery-draw.h"
#include "grid.h"
#include "plugin/gimp/compat/gtk-compat.h"
#include "thumbnail.h"

#define N_COLUMNS 4
/* At the least; a part of a row tells that there are more. */
#define N_ROWS       2.4
#define N_ROWS_SMALL 1.4 /* where there is no more room */
/* Of a monitor: a lower one has none. */
#define SMALL_HEIGHT 1000
#define NONE         -1

struct _PstGalleryView
{
  const PstStyles *styles;
  PstGalleryPicked picked;
  gpointer         data;

  GtkWidget     *widget;
  GtkWidget     *area;
  GtkAdjustment *scroll;
  int            height; /* that is asked for, if it is not less than: */
  int            least_height;

  GPtrArray *items; /* of PstGalleryItem; owned */
  char      *text;  /* if there are none; owned */
  PstGrid    grid;
  int        cursor; /* where the keyboard is; NONE: there are no items */
  int        hover;  /* where the pointer is, or NONE */

  int           reading; /* whose picture is being read, or NONE */
  GCancellable *cancellable;
  guint         idle;
};

static PstGalleryItem *
get_item (const PstGalleryView *view, int index)
{
  return g_ptr_array_index (view->items, index);
}

/* ---- reading the pictures ----------------------------------------------- */

static void read_next (PstGalleryView *view);

static PstThumbnailSize
get_size (const PstGalleryView *view)
{
  return (PstThumbnailSize){ PST_GALLERY_SIDE
                               * pst_thumbnail_get_scale (view->area),
                             /* is_square= */ TRUE };
}

/* @picture: taken over */
static void
set_picture (PstGalleryView *view, GdkPixbuf *picture)
{
  PstGalleryItem *item = get_item (view, view->reading);

  item->picture = picture;
  item->is_read = TRUE;
  view->reading = NONE;
  gtk_widget_queue_draw (view->area);
  read_next (view);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  PstGalleryView *view = data;
  g_autoptr (GError) error = NULL;
  GdkPixbuf *picture = pst_thumbnail_read_finish (result, &error);

  /* There is no view any more, or it has other items. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error && ! g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    get_item (view, view->reading)->problem = g_strdup (error->message);
  set_picture (view, picture);
}

static gboolean
read_drawable (gpointer data)
{
  PstGalleryView  *view = data;
  PstThumbnailSize size = get_size (view);
  PstDrawableRef   drawable = get_item (view, view->reading)->style.drawable;

  view->idle = 0;
  set_picture (view, gimp_item_is_valid (GIMP_ITEM (drawable))
                       ? pst_thumbnail_of_drawable (drawable, &size)
                       : NULL);
  return G_SOURCE_REMOVE;
}

/* The first without a picture from @top to @bottom, or NONE. */
static int
find_unread (const PstGalleryView *view, double top, double bottom)
{
  int first, end;

  pst_grid_get_visible (&view->grid, top, bottom, &first, &end);
  for (int i = first; i < end; i++)
    if (! get_item (view, i)->is_read)
      return i;
  return NONE;
}

/* First what is seen, then a page beyond. */
static void
read_next (PstGalleryView *view)
{
  double           top = gtk_adjustment_get_value (view->scroll);
  double           page = gtk_adjustment_get_page_size (view->scroll);
  PstThumbnailSize size = get_size (view);

  if (view->reading != NONE)
    return;
  view->reading = find_unread (view, top, top + page);
  if (view->reading == NONE)
    view->reading = find_unread (view, top - page, top + 2 * page);
  if (view->reading == NONE)
    return;

  if (get_item (view, view->reading)->style.file)
    pst_thumbnail_read_async (get_item (view, view->reading)->style.file, &size,
                              view->cancellable, on_read, view);
  else
    view->idle = g_idle_add_full (G_PRIORITY_LOW, read_drawable, view, NULL);
}

static void
stop_reading (PstGalleryView *view)
{
  g_cancellable_cancel (view->cancellable);
  g_clear_object (&view->cancellable);
  if (view->idle != 0)
    g_source_remove (view->idle);
  view->idle = 0;
  view->reading = NONE;
}

/* ---- the layout --------------------------------------------------------- */

static void
lay_out (PstGalleryView *view)
{
  g_autofree gboolean *starts = g_new (gboolean, view->items->len);
  GtkAllocation        area;
  PstGridSizes         sizes;

  gtk_widget_get_allocation (view->area, &area);
  pst_gallery_draw_get_sizes (view->area, &sizes);
  for (guint i = 0; i < view->items->len; i++)
    starts[i] = get_item (view, i)->heading != NULL;
  pst_grid_lay_out (&view->grid, &sizes, starts, view->items->len, area.width);

  gtk_adjustment_configure (view->scroll,
                            CLAMP (gtk_adjustment_get_value (view->scroll), 0,
                                   MAX (view->grid.height - area.height, 0)),
                            0, view->grid.height, sizes.cell_height / 2.0,
                            area.height, area.height);
  gtk_widget_queue_draw (view->area);
  read_next (view);
}

static void
on_scrolled (GtkAdjustment *scroll, PstGalleryView *view)
{
  view->hover = NONE;
  gtk_widget_queue_draw (view->area);
  read_next (view);
}

/* Scrolls to the cell, with its heading. */
static void
show_cell (PstGalleryView *view, int index)
{
  const PstGridCell *cell = &view->grid.cells[index];
  const int          space = view->grid.sizes.spacing;

  gtk_adjustment_clamp_page (view->scroll,
                             cell->y - space
                               - (get_item (view, index)->heading
                                    ? view->grid.sizes.heading
                                    : 0),
                             cell->y + view->grid.sizes.cell_height + space);
}

static void
on_allocated (GtkWidget *area, GtkAllocation *allocation, PstGalleryView *view)
{
  int    n_columns = view->grid.n_columns;
  double height = gtk_adjustment_get_page_size (view->scroll);

  lay_out (view);
  /* Its row is another one, or not seen any more. */
  if ((view->grid.n_columns != n_columns || allocation->height < height)
      && view->cursor != NONE)
    show_cell (view, view->cursor);
}

/* ---- drawing ------------------------------------------------------------ */

static gboolean
is_chosen (const PstGalleryView *view, int index)
{
  return pst_gallery_item_find (get_item (view, index), view->styles) >= 0;
}

/* Whether the user is about to do something there. */
static gboolean
is_near (const PstGalleryView *view, int index)
{
  return index == view->hover
         || (index == view->cursor && gtk_widget_has_focus (view->area));
}

/* A click there mixes, which is to be seen on all that can be mixed in; or it
 * removes. */
static gboolean
has_badge (const PstGalleryView *view, int index)
{
  int n_styles = view->styles->n_styles;

  return is_chosen (view, index) ? is_near (view, index)
                                 : n_styles > 0 && n_styles < PST_MAX_STYLES;
}

static void
draw (cairo_t *cairo, int width, int height, gpointer data)
{
  PstGalleryView *view = data;
  double          top = gtk_adjustment_get_value (view->scroll);
  PstGalleryDraw  context = { cairo, view->area, width, view->grid.sizes };
  int             first, end;

  pst_gallery_draw_begin (&context, height);
  if (view->items->len == 0)
    pst_gallery_draw_text (&context, view->text, height);

  cairo_translate (cairo, 0, -(int) top);
  pst_grid_get_visible (&view->grid, top,
                        top + height + view->grid.sizes.heading, &first, &end);
  for (int i = first; i < end; i++)
    {
      PstGalleryState state = {
        .is_chosen = is_chosen (view, i),
        .has_badge = has_badge (view, i),
        .is_near = is_near (view, i),
        .has_focus = i == view->cursor && gtk_widget_has_focus (view->area),
      };

      pst_gallery_draw_item (&context, get_item (view, i), &view->grid.cells[i],
                             &state);
    }
}

/* ---- what the user does ------------------------------------------------- */

static void
pick (PstGalleryView *view, int index, gboolean mix)
{
  view->picked (get_item (view, index), mix, view->data);
}

/* A screen reader tells what the keyboard is at. */
static void
describe_cursor (PstGalleryView *view)
{
  AtkObject       *accessible = gtk_widget_get_accessible (view->area);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  atk_object_set_role (accessible, view->cursor == NONE ? ATK_ROLE_LIST
                                                        : ATK_ROLE_LIST_ITEM);
  if (view->cursor == NONE)
    {
      atk_object_set_name (accessible, view->text);
      return;
    }
  name = pst_gallery_item_describe (get_item (view, view->cursor));
  text = g_strdup_printf (is_chosen (view, view->cursor)
                            /* Translators: for screen readers: the name of a
                             * picture, and its place, as "Mosaic, 3 of 16". */
                            ? _ ("%s, chosen, %d of %d")
                            : _ ("%s, %d of %d"),
                          name, view->cursor + 1, (int) view->items->len);
  atk_object_set_name (accessible, text);
}

static void
set_cursor (PstGalleryView *view, int index)
{
  view->cursor = index;
  if (index != NONE && view->grid.n_cells > 0)
    show_cell (view, index);
  describe_cursor (view);
  gtk_widget_queue_draw (view->area);
}

/* Where in the area the pointer is; NONE: nowhere. */
static int
find_at (const PstGalleryView *view, double x, double y)
{
  return pst_grid_find (&view->grid, x,
                        y + (int) gtk_adjustment_get_value (view->scroll));
}

static gboolean
is_in_badge (const PstGalleryView *view, int index, double x, double y)
{
  const PstGridCell *cell = &view->grid.cells[index];

  return has_badge (view, index)
         && pst_gallery_draw_is_in_badge (
           &view->grid.sizes, x - cell->x,
           y + (int) gtk_adjustment_get_value (view->scroll) - cell->y);
}

static gboolean
on_button (GtkWidget *area, GdkEventButton *event, PstGalleryView *view)
{
  int      index = find_at (view, event->x, event->y);
  gboolean mix;

  if (event->type != GDK_BUTTON_PRESS || event->button != 1)
    return FALSE;

  gtk_widget_grab_focus (area);
  if (index != NONE)
    {
      view->hover = index;
      mix = (event->state & GDK_CONTROL_MASK)
            || is_in_badge (view, index, event->x, event->y);
      set_cursor (view, index);
      pick (view, index, mix);
    }
  return TRUE;
}

static void
set_hover (PstGalleryView *view, int index)
{
  if (index != view->hover)
    gtk_widget_queue_draw (view->area);
  view->hover = index;
}

static gboolean
on_motion (GtkWidget *area, GdkEventMotion *event, PstGalleryView *view)
{
  set_hover (view, find_at (view, event->x, event->y));
  return FALSE;
}

static gboolean
on_leave (GtkWidget *area, GdkEventCrossing *event, PstGalleryView *view)
{
  set_hover (view, NONE);
  return FALSE;
}

/* At its end the wheel scrolls what the gallery is in. */
static gboolean
on_wheel (GtkWidget *area, GdkEventScroll *event, PstGalleryView *view)
{
  double value = gtk_adjustment_get_value (view->scroll);
  double step = gtk_adjustment_get_step_increment (view->scroll);

  if (event->direction == GDK_SCROLL_UP)
    step = -step;
  else if (event->direction != GDK_SCROLL_DOWN)
    return FALSE;
  gtk_adjustment_set_value (view->scroll, value + step);
  return gtk_adjustment_get_value (view->scroll) != value;
}

/* The cell that @key leads to; NONE: it is no such key. */
static int
find_target (const PstGalleryView *view, guint key)
{
  const PstGrid *grid = &view->grid;
  int            n_rows = MAX (1, gtk_adjustment_get_page_size (view->scroll)
                                    / (grid->sizes.cell_height + 1));

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return pst_grid_move (grid, view->cursor, -1, 0);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return pst_grid_move (grid, view->cursor, 1, 0);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return pst_grid_move (grid, view->cursor, 0, -1);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return pst_grid_move (grid, view->cursor, 0, 1);
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      return pst_grid_move (grid, view->cursor, 0, -n_rows);
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      return pst_grid_move (grid, view->cursor, 0, n_rows);
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      return 0;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      return grid->n_cells - 1;
    default:
      return NONE;
    }
}

static gboolean
on_key (GtkWidget *area, GdkEventKey *event, PstGalleryView *view)
{
  gboolean with_control = (event->state & GDK_CONTROL_MASK) != 0;
  int      target;

  if (view->cursor == NONE || (event->state & GDK_MOD1_MASK))
    return FALSE;
  switch (event->keyval)
    {
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      pick (view, view->cursor, with_control);
      return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      pick (view, view->cursor, TRUE);
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      if (is_chosen (view, view->cursor))
        pick (view, view->cursor, TRUE);
      return TRUE;
    default:
      target = find_target (view, event->keyval);
      if (target != NONE)
        set_cursor (view, target);
      return target != NONE;
    }
}

static gboolean
on_focus (GtkWidget *area, GdkEventFocus *event, PstGalleryView *view)
{
  if (event->in && view->cursor != NONE)
    show_cell (view, view->cursor);
  gtk_widget_queue_draw (area);
  return FALSE;
}

static gboolean
on_tooltip (GtkWidget      *area,
            int             x,
            int             y,
            gboolean        with_keys,
            GtkTooltip     *tooltip,
            PstGalleryView *view)
{
  int              index = with_keys ? view->cursor : find_at (view, x, y);
  g_autofree char *text = NULL;
  GdkRectangle     place;

  if (index == NONE)
    return FALSE;
  text = pst_gallery_item_describe (get_item (view, index));
  place =
    (GdkRectangle){ view->grid.cells[index].x,
                    view->grid.cells[index].y
                      - (int) gtk_adjustment_get_value (view->scroll),
                    view->grid.sizes.cell_width, view->grid.sizes.cell_height };
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &place);
  return TRUE;
}

/* ---- public ------------------------------------------------------------- */

static void
free_view (gpointer data)
{
  PstGalleryView *view = data;

  stop_reading (view);
  g_object_unref (view->scroll);
  g_ptr_array_unref (view->items);
  g_free (view->text);
  pst_grid_clear (&view->grid);
  g_free (view);
}

static void
connect_signals (PstGalleryView *view)
{
  gtk_widget_add_events (view->area,
                         GDK_BUTTON_PRESS_MASK | GDK_POINTER_MOTION_MASK
                           | GDK_LEAVE_NOTIFY_MASK | GDK_SCROLL_MASK
                           | GDK_KEY_PRESS_MASK | GDK_FOCUS_CHANGE_MASK);
  g_signal_connect (view->area, "size-allocate", G_CALLBACK (on_allocated),
                    view);
  g_signal_connect (view->area, "button-press-event", G_CALLBACK (on_button),
                    view);
  g_signal_connect (view->area, "motion-notify-event", G_CALLBACK (on_motion),
                    view);
  g_signal_connect (view->area, "leave-notify-event", G_CALLBACK (on_leave),
                    view);
  g_signal_connect (view->area, "scroll-event", G_CALLBACK (on_wheel), view);
  g_signal_connect (view->area, "key-press-event", G_CALLBACK (on_key), view);
  g_signal_connect (view->area, "focus-in-event", G_CALLBACK (on_focus), view);
  g_signal_connect (view->area, "focus-out-event", G_CALLBACK (on_focus), view);
  g_signal_connect (view->area, "query-tooltip", G_CALLBACK (on_tooltip), view);
  g_signal_connect (view->scroll, "value-changed", G_CALLBACK (on_scrolled),
                    view);
}

static void
make_widget (PstGalleryView *view)
{
  PstGridSizes sizes;
  GdkRectangle monitor;
  int          row;
  GtkWidget   *scrollbar = gtk_vscrollbar_new (view->scroll);
  GtkWidget   *frame = gtk_frame_new (NULL);
  GtkWidget   *box = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  view->area = pst_drawing_new (-1, -1, draw, view);
  pst_gallery_draw_get_sizes (view->area, &sizes);
  pst_monitor_get (view->area, &monitor);
  row = sizes.cell_height + sizes.spacing;
  view->least_height = N_ROWS_SMALL * row;
  view->height =
    monitor.height < SMALL_HEIGHT ? view->least_height : N_ROWS * row;
  gtk_widget_set_size_request (view->area,
                               N_COLUMNS * (sizes.cell_width + sizes.spacing)
                                 + sizes.spacing,
                               view->height);
  gtk_widget_set_can_focus (view->area, TRUE);
  gtk_widget_set_has_tooltip (view->area, TRUE);
  gtk_frame_set_shadow_type (GTK_FRAME (frame), GTK_SHADOW_IN);
  gtk_container_add (GTK_CONTAINER (frame), view->area);
  gtk_box_pack_start (GTK_BOX (box), frame, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (box), scrollbar, FALSE, FALSE, 0);
  view->widget = box;
  g_object_set_data_full (G_OBJECT (box), "view", view, free_view);
}

PstGalleryView *
pst_gallery_view_new (const PstStyles *styles,
                      PstGalleryPicked picked,
                      gpointer         data)
{
  PstGalleryView *view = g_new0 (PstGalleryView, 1);

  view->styles = styles;
  view->picked = picked;
  view->data = data;
  view->items = g_ptr_array_new_with_free_func (pst_gallery_item_free);
  view->cursor = view->hover = view->reading = NONE;
  view->cancellable = g_cancellable_new ();
  view->scroll =
    g_object_ref_sink (GTK_ADJUSTMENT (gtk_adjustment_new (0, 0, 0, 1, 1, 1)));
  make_widget (view);
  connect_signals (view);
  g_signal_connect_swapped (view->widget, "destroy", G_CALLBACK (stop_reading),
                            view);
  return view;
}

GtkWidget *
pst_gallery_view_get_widget (const PstGalleryView *view)
{
  return view->widget;
}

GtkWidget *
pst_gallery_view_get_area (const PstGalleryView *view)
{
  return view->area;
}

void
pst_gallery_view_set_items (PstGalleryView *view,
                            GPtrArray      *items,
                            const char     *text)
{
  int cursor = items->len > 0 ? 0 : NONE;

  stop_reading (view);
  view->cancellable = g_cancellable_new ();
  g_ptr_array_unref (view->items);
  view->items = items;
  g_free (view->text);
  view->text = g_strdup (text);
  view->hover = NONE;
  pst_grid_clear (&view->grid);
  gtk_adjustment_set_value (view->scroll, 0);
  lay_out (view);
  for (int i = items->len - 1; i >= 0; i--)
    if (is_chosen (view, i))
      cursor = i;
  set_cursor (view, cursor);
}

void
pst_gallery_view_change_height (PstGalleryView *view, int by)
{
  int width;

  view->height += by;
  gtk_widget_get_size_request (view->area, &width, NULL);
  gtk_widget_set_size_request (view->area, width,
                               MAX (view->height, view->least_height));
}

void
pst_gallery_view_refresh (PstGalleryView *view)
{
  describe_cursor (view);
  gtk_widget_queue_draw (view->area);
}
