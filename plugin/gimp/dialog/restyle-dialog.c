/* SPDX-License-Identifier: GPL-3.0-or-later */
/* restyle-dialog.c: the choice of a result whose settings are used again */
#include "restyle-dialog.h"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "content-header.h"
#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/gallery/thumbnail.h"
#include "plugin/gimp/image/param-text.h"
#include "plugin/gimp/image/request.h"
#include "plugin/gimp/image/result-settings.h"

#if GTK_CHECK_VERSION(3, 0, 0)
#include <cairo-gobject.h>
#endif

#define ICON_SIZE   48
#define LIST_WIDTH  360
#define LIST_HEIGHT 210
/* Room for three lines, so that the dialog keeps its size. */
#define SUMMARY_HEIGHT 60

enum
{
  ICON,
  TEXT, /* of Pango's markup */
  INDEX,
  N_COLUMNS
};

typedef struct
{
  PstCall           *call;
  const PstLayerRef *results;
  GtkWidget         *dialog;
  GtkWidget         *view;
  GtkWidget         *summary;
} Dialog;

/* ---- the list ----------------------------------------------------------- */

/* The layer's name above that of its image; owned by the caller. */
static char *
dup_markup (PstLayerRef layer)
{
  PstItemRef       item = GIMP_ITEM (layer);
  g_autofree char *name = gimp_item_get_name (item);
  g_autofree char *image = gimp_image_get_name (gimp_item_get_image (item));

  return g_markup_printf_escaped ("<b>%s</b>\n%s", name, image);
}

#if GTK_CHECK_VERSION(3, 0, 0)

#define ICON_TYPE     CAIRO_GOBJECT_TYPE_SURFACE
#define ICON_PROPERTY "surface"

static void
set_icon (GtkListStore *store,
          GtkTreeIter  *row,
          PstLayerRef   layer,
          GtkWidget    *view)
{
  int                    scale = pst_thumbnail_get_scale (view);
  const PstThumbnailSize size = { ICON_SIZE * scale, FALSE };
  g_autoptr (GdkPixbuf) pixbuf =
    pst_thumbnail_of_drawable (GIMP_DRAWABLE (layer), &size);
  cairo_surface_t *surface =
    pixbuf ? gdk_cairo_surface_create_from_pixbuf (pixbuf, scale, NULL) : NULL;

  gtk_list_store_set (store, row, ICON, surface, -1);
  g_clear_pointer (&surface, cairo_surface_destroy);
}

#else

#define ICON_TYPE     GDK_TYPE_PIXBUF
#define ICON_PROPERTY "pixbuf"

static void
set_icon (GtkListStore *store,
          GtkTreeIter  *row,
          PstLayerRef   layer,
          GtkWidget    *view)
{
  const PstThumbnailSize size = { ICON_SIZE, FALSE };
  g_autoptr (GdkPixbuf) pixbuf =
    pst_thumbnail_of_drawable (GIMP_DRAWABLE (layer), &size);

  gtk_list_store_set (store, row, ICON, pixbuf, -1);
}

#endif

/* GIMP 2.10's dark theme writes what is selected in light gray on the same. */
static void
make_legible (GtkWidget *view)
{
#if ! GTK_CHECK_VERSION(3, 0, 0)
  const GtkStyle *style;

  gtk_widget_ensure_style (view);
  style = gtk_widget_get_style (view);
  if (gdk_color_equal (&style->text[GTK_STATE_SELECTED],
                       &style->base[GTK_STATE_SELECTED]))
    gtk_widget_modify_base (view, GTK_STATE_SELECTED,
                            &style->bg[GTK_STATE_SELECTED]);
#endif
}

static void
add_columns (GtkTreeView *view)
{
  GtkCellRenderer *icon = gtk_cell_renderer_pixbuf_new ();
  GtkCellRenderer *text = gtk_cell_renderer_text_new ();

  gtk_cell_renderer_set_fixed_size (icon, ICON_SIZE + 12, ICON_SIZE + 6);
  g_object_set (text, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, NULL);
  gtk_tree_view_insert_column_with_attributes (view, -1, NULL, icon,
                                               ICON_PROPERTY, ICON, NULL);
  gtk_tree_view_insert_column_with_attributes (view, -1, NULL, text, "markup",
                                               TEXT, NULL);
  gtk_tree_view_set_headers_visible (view, FALSE);
  gtk_tree_view_set_search_column (view, TEXT);
}

/* Returns the list with @first selected. */
static GtkWidget *
new_view (const PstLayerRef *results, int n_results, PstLayerRef first)
{
  GtkListStore *store =
    gtk_list_store_new (N_COLUMNS, ICON_TYPE, G_TYPE_STRING, G_TYPE_INT);
  GtkWidget   *view = gtk_tree_view_new_with_model (GTK_TREE_MODEL (store));
  GtkTreePath *path;
  int          selected = 0;

  g_object_unref (store); /* the view has it */
  add_columns (GTK_TREE_VIEW (view));
  for (int i = 0; i < n_results; i++)
    {
      g_autofree char *markup = dup_markup (results[i]);
      GtkTreeIter      row;

      gtk_list_store_insert_with_values (store, &row, -1, TEXT, markup, INDEX,
                                         i, -1);
      set_icon (store, &row, results[i], view);
      if (results[i] == first)
        selected = i;
    }

  path = gtk_tree_path_new_from_indices (selected, -1);
  gtk_tree_view_set_cursor (GTK_TREE_VIEW (view), path, NULL, FALSE);
  gtk_tree_view_scroll_to_cell (GTK_TREE_VIEW (view), path, NULL, FALSE, 0, 0);
  gtk_tree_path_free (path);
  return view;
}

/* PST_NO_ITEM if there is none. */
static PstLayerRef
get_chosen (const Dialog *dialog)
{
  GtkTreeSelection *selection =
    gtk_tree_view_get_selection (GTK_TREE_VIEW (dialog->view));
  GtkTreeModel *model;
  GtkTreeIter   row;
  int           index;

  if (! gtk_tree_selection_get_selected (selection, &model, &row))
    return PST_NO_ITEM;
  gtk_tree_model_get (model, &row, INDEX, &index, -1);
  return gimp_item_is_valid (GIMP_ITEM (dialog->results[index]))
           ? dialog->results[index]
           : PST_NO_ITEM;
}

/* ---- what will be done -------------------------------------------------- */

/* Returns what the settings of @result would do to the content, or why they
 * cannot; owned by the caller. */
static char *
describe (const PstContent *content, PstLayerRef result, gboolean *ret_possible)
{
  g_auto (PstParams) params;
  g_auto (PstStyles) styles = { 0 };
  g_autoptr (PstRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = gimp_item_get_name (GIMP_ITEM (content->layer));
  g_autofree char *style = NULL;
  g_autofree char *settings = NULL;

  *ret_possible = FALSE;
  pst_params_init (&params);
  if (! pst_result_settings_read (result, &params, &styles, &error))
    return g_strdup (error->message);
  request = pst_request_new (content, &styles, &params);
  if (! pst_request_check (request, &error))
    return g_strdup (error->message);

  *ret_possible = TRUE;
  style = pst_styles_dup_name (&styles);
  settings = pst_param_text_list (&params);
  /* Translators: names of a layer and of a style, and settings, as "Strength
   * 75, Freedom 50". */
  return g_strdup_printf (_ ("Paints \"%s\" in the style of \"%s\": %s."), name,
                          style, settings);
}

static void
on_changed (GtkTreeSelection *selection, Dialog *dialog)
{
  PstLayerRef      result = get_chosen (dialog);
  gboolean         possible = FALSE;
  g_autofree char *text = NULL;

  if (result != PST_NO_ITEM)
    text = describe (&dialog->call->content, result, &possible);
  gtk_label_set_text (GTK_LABEL (dialog->summary), text);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (dialog->dialog),
                                     GTK_RESPONSE_OK, possible);
}

static void
on_activated (GtkTreeView       *view,
              GtkTreePath       *path,
              GtkTreeViewColumn *column,
              Dialog            *dialog)
{
  gtk_window_activate_default (GTK_WINDOW (dialog->dialog));
}

/* ---- public ------------------------------------------------------------- */

static GtkWidget *
new_window (void)
{
  GtkWidget *window =
    gimp_dialog_new (_ ("Restyle with Settings of Layer"), PST_RESTYLE_NAME,
                     NULL, 0, /* help= */ NULL, NULL, _ ("_Cancel"),
                     GTK_RESPONSE_CANCEL, _ ("_OK"), GTK_RESPONSE_OK, NULL);

  gtk_dialog_set_default_response (GTK_DIALOG (window), GTK_RESPONSE_OK);
  gimp_window_set_transient (GTK_WINDOW (window));
  return window;
}

static GtkWidget *
new_list (const Dialog *dialog)
{
  GtkWidget  *box = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *text = _ ("_Layer with the settings");
  GtkWidget  *label = gtk_label_new_with_mnemonic (text);
  GtkWidget  *scrolled = gtk_scrolled_window_new (NULL, NULL);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), dialog->view);
  pst_label_align_left (label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_shadow_type (GTK_SCROLLED_WINDOW (scrolled),
                                       GTK_SHADOW_IN);
  gtk_widget_set_size_request (scrolled, LIST_WIDTH, LIST_HEIGHT);
  gtk_container_add (GTK_CONTAINER (scrolled), dialog->view);
  gtk_box_pack_start (GTK_BOX (box), label, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), scrolled, TRUE, TRUE, 0);
  return box;
}

static void
fill (Dialog *dialog)
{
  GtkWidget *box = pst_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *content =
    gtk_dialog_get_content_area (GTK_DIALOG (dialog->dialog));

  dialog->summary = pst_label_new (NULL, TRUE);
  gtk_widget_set_size_request (dialog->summary, LIST_WIDTH, SUMMARY_HEIGHT);
#if GTK_CHECK_VERSION(3, 0, 0)
  gtk_label_set_max_width_chars (GTK_LABEL (dialog->summary), 40);
#endif

  gtk_container_set_border_width (GTK_CONTAINER (box), 12);
  gtk_box_pack_start (GTK_BOX (box), pst_content_header_new (dialog->call),
                      FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), new_list (dialog), TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (box), dialog->summary, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (content), box, TRUE, TRUE, 0);
  gtk_widget_show_all (box);
  make_legible (dialog->view);
  gtk_widget_grab_focus (dialog->view);
}

PstLayerRef
pst_restyle_dialog_run (PstCall           *call,
                        const PstLayerRef *results,
                        int                n_results,
                        PstLayerRef        first)
{
  Dialog            dialog = { call, results, new_window () };
  PstLayerRef       chosen = PST_NO_ITEM;
  GtkTreeSelection *selection;

  dialog.view = new_view (results, n_results, first);
  selection = gtk_tree_view_get_selection (GTK_TREE_VIEW (dialog.view));
  fill (&dialog);
  g_signal_connect (selection, "changed", G_CALLBACK (on_changed), &dialog);
  g_signal_connect (dialog.view, "row-activated", G_CALLBACK (on_activated),
                    &dialog);
  on_changed (selection, &dialog);
  if (gimp_dialog_run (GIMP_DIALOG (dialog.dialog)) == GTK_RESPONSE_OK)
    chosen = get_chosen (&dialog);
  g_signal_handlers_disconnect_by_data (selection, &dialog);
  gtk_widget_destroy (dialog.dialog);
  return chosen;
}
