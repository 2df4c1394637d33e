/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery.c: the styles of a run, as a part of the dialog */
#include "gallery.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimpui.h>

#include "chosen-styles.h"
#include "gallery-source.h"
#include "gallery-view.h"
#include "notice.h"
#include "picture-chooser.h"
#include "picture-files.h"
#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/image/last-used.h"

typedef struct
{
  const PstContent *content;
  PstStyles        *styles;
  PstStylesChanged  changed;
  gpointer          data;

  PstStyles     mix;     /* that a click has replaced; owned, empty: none */
  GPtrArray    *sources; /* of PstGallerySource; owned */
  gboolean      listing; /* they are put into the combo, not by the user */
  GCancellable *reading; /* of a source's pictures; owned */
  GCancellable *sorting; /* of files from outside; owned */

  GtkWidget      *widget;
  GtkWidget      *combo; /* of the sources, in the same order */
  GtkWidget      *forget_button;
  PstGalleryView *view;
  GtkWidget      *below; /* a box of: */
  GtkWidget      *notice;
  GtkWidget      *chosen;
  GtkWidget      *back_button; /* to the mix */
} Gallery;

static Gallery *
gallery_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "gallery");
}

/* What is below the pictures was @height pixels high: they give, or take, the
 * difference, so that the window keeps its size. */
static void
make_room (Gallery *gallery, int height)
{
  pst_gallery_view_change_height (
    gallery->view, height - pst_widget_get_natural_height (gallery->below));
}

/* NULL: nothing (any more). */
static void
show_problem (Gallery *gallery, const char *problem)
{
  int height = pst_widget_get_natural_height (gallery->below);

  pst_notice_set_text (gallery->notice, problem);
  make_room (gallery, height);
}

/* After styles came or went: the way back is shown until there is a mix again.
 */
static void
show_styles (Gallery *gallery)
{
  g_autofree char *names = pst_styles_dup_name (&gallery->mix);
  int              height = pst_widget_get_natural_height (gallery->below);

  pst_notice_set_text (gallery->notice, NULL);
  pst_gallery_view_refresh (gallery->view);
  pst_chosen_styles_refresh (gallery->chosen);
  gtk_widget_set_tooltip_text (gallery->back_button, names);
  gtk_widget_set_visible (gallery->back_button,
                          gallery->mix.n_styles > 0
                            && gallery->styles->n_styles <= 1);
  make_room (gallery, height);
}

/* After a style came, went, or became another one. */
static void
show_change (Gallery *gallery)
{
  show_styles (gallery);
  gallery->changed (gallery->data);
}

/* ---- the source that is shown ------------------------------------------- */

/* NULL while there is no list of sources. */
static const PstGallerySource *
get_source (const Gallery *gallery)
{
  int index = gtk_combo_box_get_active (GTK_COMBO_BOX (gallery->combo));

  return index >= 0 ? g_ptr_array_index (gallery->sources, index) : NULL;
}

static void
on_listed (GPtrArray *items, gpointer data)
{
  Gallery *gallery = data;

  pst_gallery_view_set_items (gallery->view, items,
                              pst_gallery_source_get_text (
                                get_source (gallery)));
}

static void
stop_reading (Gallery *gallery)
{
  if (gallery->reading)
    g_cancellable_cancel (gallery->reading);
  g_clear_object (&gallery->reading);
}

static void
remember_source (const Gallery *gallery)
{
  g_autofree char *id = pst_gallery_source_dup_id (get_source (gallery));

  pst_last_used_set_source (id);
}

static void
on_source (GtkWidget *combo, Gallery *gallery)
{
  const PstGallerySource *source = get_source (gallery);

  if (! source)
    return;
  if (! gallery->listing)
    {
      remember_source (gallery);
      show_problem (gallery, NULL);
    }
  gtk_widget_set_visible (gallery->forget_button,
                          source->kind == PST_SOURCE_FOLDER);
  stop_reading (gallery);
  gallery->reading = g_cancellable_new ();
  pst_gallery_source_read (source, gallery->content, gallery->reading,
                           on_listed, gallery);
}

/* Lists the sources anew and shows the one that is remembered. */
static void
show_sources (Gallery *gallery)
{
  int           shown;
  GtkListStore *store =
    GTK_LIST_STORE (gtk_combo_box_get_model (GTK_COMBO_BOX (gallery->combo)));

  gallery->listing = TRUE;
  gtk_combo_box_set_active (GTK_COMBO_BOX (gallery->combo), -1);
  gtk_list_store_clear (store);
  if (gallery->sources)
    g_ptr_array_unref (gallery->sources);
  gallery->sources = pst_gallery_source_list (&shown);
  for (guint i = 0; i < gallery->sources->len; i++)
    {
      g_autofree char *label =
        pst_gallery_source_dup_label (g_ptr_array_index (gallery->sources, i));

      gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (gallery->combo),
                                      label);
    }
  gtk_combo_box_set_active (GTK_COMBO_BOX (gallery->combo), shown);
  gallery->listing = FALSE;
}

static void
show_source (Gallery *gallery, PstSourceKind kind, GFile *folder)
{
  const PstGallerySource source = { kind, folder };
  g_autofree char       *id = pst_gallery_source_dup_id (&source);

  pst_last_used_set_source (id);
  show_sources (gallery);
}

/* ---- what the user does ------------------------------------------------- */

/* Another picture for the only style goes where that one went.  A mix is kept
 * for the way back: it may have weights and regions that took a while. */
static void
choose (Gallery *gallery, const PstStyle *wanted)
{
  PstStyles *styles = gallery->styles;
  PstStyle   style = pst_style_dup (wanted);

  if (styles->n_styles == 1)
    style.region = g_steal_pointer (&styles->list[0].region);
  if (styles->n_styles > 1)
    {
      pst_styles_clear (&gallery->mix);
      gallery->mix = *styles;
      *styles = (PstStyles){ 0 };
    }
  pst_styles_clear (styles);
  pst_styles_add (styles, &style, NULL);
}

static void
on_back (GtkWidget *button, Gallery *gallery)
{
  pst_styles_clear (gallery->styles);
  *gallery->styles = gallery->mix;
  gallery->mix = (PstStyles){ 0 };
  gtk_widget_grab_focus (pst_gallery_view_get_area (gallery->view));
  show_change (gallery);
}

/* Errors: as pst_styles_add(). */
static gboolean
add (Gallery *gallery, const PstStyle *wanted, GError **error)
{
  PstStyle style = pst_style_dup (wanted);

  return pst_styles_add (gallery->styles, &style, error);
}

static void
on_picked (const PstGalleryItem *item, gboolean mix, gpointer data)
{
  Gallery *gallery = data;
  int      index = pst_gallery_item_find (item, gallery->styles);
  g_autoptr (GError) error = NULL;

  if (! mix)
    choose (gallery, &item->style);
  else if (index >= 0)
    pst_styles_remove (gallery->styles, index);
  else if (! add (gallery, &item->style, &error))
    {
      show_problem (gallery, error->message);
      return;
    }
  show_change (gallery);
}

static void
on_chosen_changed (gboolean removed, gpointer data)
{
  Gallery *gallery = data;

  if (! removed)
    {
      gallery->changed (gallery->data);
      return;
    }
  gtk_widget_grab_focus (pst_gallery_view_get_area (gallery->view));
  show_change (gallery);
}

static void
add_folder (Gallery *gallery, GFile *folder)
{
  pst_last_used_add (PST_REMEMBERED_FOLDERS, folder);
  show_source (gallery, PST_SOURCE_FOLDER, folder);
}

/* Pictures from outside: the first becomes the style, the others are mixed with
 * it.  They can be found again.
 * Errors: as pst_styles_add(), there are too many. */
static void
add_files (Gallery *gallery, const GPtrArray *files, GError **error)
{
  for (guint i = files->len; i > 0; i--)
    pst_last_used_add (PST_REMEMBERED_FILES, files->pdata[i - 1]);
  for (guint i = 0; i < files->len; i++)
    {
      PstStyle style = PST_STYLE_NONE;

      style.file = files->pdata[i];
      if (i == 0)
        choose (gallery, &style);
      else if (! add (gallery, &style, error))
        break;
    }
  show_source (gallery, PST_SOURCE_RECENT, NULL);
  show_change (gallery);
}

static void
on_sorted (const PstPictureFiles *files, gpointer data)
{
  Gallery *gallery = data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < files->folders->len; i++)
    add_folder (gallery, files->folders->pdata[i]);
  if (files->pictures->len > 0)
    add_files (gallery, files->pictures, &error);
  show_problem (gallery, error ? error->message : files->problem);
}

/* The folder that a chooser begins in: that of the last picture that came from
 * one.  Owned by the caller; NULL: none. */
static GFile *
find_folder (void)
{
  g_autoptr (GPtrArray) files = pst_last_used_list (PST_REMEMBERED_FILES);

  return files->len > 0 ? g_file_get_parent (files->pdata[0]) : NULL;
}

static void
on_open (GtkWidget *button, Gallery *gallery)
{
  g_autoptr (GFile) folder = find_folder ();
  g_autoptr (GPtrArray) files =
    pst_picture_chooser_run (gallery->widget, folder);

  pst_picture_files_sort (files, gallery->sorting, on_sorted, gallery);
}

static void
on_add_folder (GtkWidget *button, Gallery *gallery)
{
  g_autoptr (GFile) folder =
    pst_picture_chooser_run_for_folder (gallery->widget);

  if (folder)
    add_folder (gallery, folder);
}

static void
on_forget (GtkWidget *button, Gallery *gallery)
{
  pst_last_used_remove (PST_REMEMBERED_FOLDERS, get_source (gallery)->folder);
  show_sources (gallery);
  remember_source (gallery);
}

static void
on_dropped (GtkWidget        *widget,
            GdkDragContext   *context,
            int               x,
            int               y,
            GtkSelectionData *selection,
            guint             info,
            guint             time,
            Gallery          *gallery)
{
  g_auto (GStrv) uris = gtk_selection_data_get_uris (selection);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; uris && uris[i]; i++)
    g_ptr_array_add (files, g_file_new_for_uri (uris[i]));
  pst_picture_files_sort (files, gallery->sorting, on_sorted, gallery);
}

/* ---- the widgets -------------------------------------------------------- */

static GtkWidget *
new_source_row (Gallery *gallery)
{
  GtkWidget *row = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gallery->combo = gtk_combo_box_text_new ();
  gimp_help_set_help_data (gallery->combo, _ ("Which pictures are shown"),
                           NULL);
  pst_widget_set_accessible_name (gallery->combo,
                                  _ ("Which pictures are shown"));
  pst_widget_scroll_if_focused (gallery->combo);
  g_signal_connect (gallery->combo, "changed", G_CALLBACK (on_source), gallery);

  gallery->forget_button = pst_icon_button_new (GIMP_ICON_LIST_REMOVE, "−");
  gimp_help_set_help_data (gallery->forget_button,
                           _ ("Take this folder out of the list. Its pictures "
                              "are kept."),
                           NULL);
  pst_widget_set_accessible_name (gallery->forget_button,
                                  _ ("Take this folder out of the list"));
  gtk_widget_show_all (gallery->forget_button);
  gtk_widget_set_no_show_all (gallery->forget_button, TRUE);
  g_signal_connect (gallery->forget_button, "clicked", G_CALLBACK (on_forget),
                    gallery);

  gtk_box_pack_start (GTK_BOX (row), gallery->combo, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (row), gallery->forget_button, FALSE, FALSE, 0);
  return row;
}

static void
add_button (Gallery    *gallery,
            GtkWidget  *row,
            const char *label,
            const char *help,
            GCallback   clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gimp_help_set_help_data (button, help, NULL);
  g_signal_connect (button, "clicked", clicked, gallery);
  gtk_box_pack_start (GTK_BOX (row), button, TRUE, TRUE, 0);
}

static GtkWidget *
new_buttons (Gallery *gallery)
{
  GtkWidget *row = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  add_button (gallery, row, _ ("Open _Pictures…"),
              _ ("Choose picture files as styles. They can also be dropped "
                 "onto the gallery."),
              G_CALLBACK (on_open));
  add_button (gallery, row, _ ("Add Folder…"),
              _ ("Show the pictures of a folder, now and in later sessions"),
              G_CALLBACK (on_add_folder));
  return row;
}

static void
accept_drops (Gallery *gallery)
{
  gtk_drag_dest_set (gallery->widget, GTK_DEST_DEFAULT_ALL, NULL, 0,
                     GDK_ACTION_COPY);
  gtk_drag_dest_add_uri_targets (gallery->widget);
  g_signal_connect (gallery->widget, "drag-data-received",
                    G_CALLBACK (on_dropped), gallery);
}

/* What comes later finds no widgets any more. */
static void
stop (Gallery *gallery)
{
  stop_reading (gallery);
  g_cancellable_cancel (gallery->sorting);
}

static void
free_gallery (gpointer data)
{
  Gallery *gallery = data;

  stop (gallery);
  g_object_unref (gallery->sorting);
  pst_styles_clear (&gallery->mix);
  g_ptr_array_unref (gallery->sources);
  g_free (gallery);
}

static void
make_widgets (Gallery *gallery)
{
  GtkWidget *box = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = pst_label_new (NULL, FALSE);

  gallery->widget = box;
  gallery->below = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gallery->notice = pst_notice_new ();
  gtk_label_set_text_with_mnemonic (GTK_LABEL (title), _ ("St_yle"));
  gimp_label_set_attributes (GTK_LABEL (title), PANGO_ATTR_WEIGHT,
                             PANGO_WEIGHT_BOLD, -1);
  gallery->view = pst_gallery_view_new (gallery->styles, on_picked, gallery);
  gtk_label_set_mnemonic_widget (GTK_LABEL (title),
                                 pst_gallery_view_get_area (gallery->view));
  gallery->chosen = pst_chosen_styles_new (gallery->content, gallery->styles,
                                           on_chosen_changed, gallery);
  gallery->back_button = gtk_button_new_with_label (_ ("Back to the Mix"));
  gtk_widget_set_no_show_all (gallery->back_button, TRUE);
  g_signal_connect (gallery->back_button, "clicked", G_CALLBACK (on_back),
                    gallery);

  gtk_box_pack_start (GTK_BOX (box), title, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), new_source_row (gallery), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box),
                      pst_gallery_view_get_widget (gallery->view), TRUE, TRUE,
                      0);
  gtk_box_pack_start (GTK_BOX (box), new_buttons (gallery), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (gallery->below), gallery->notice, FALSE, FALSE,
                      0);
  gtk_box_pack_start (GTK_BOX (gallery->below), gallery->chosen, FALSE, FALSE,
                      0);
  gtk_box_pack_start (GTK_BOX (gallery->below), gallery->back_button, FALSE,
                      FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), gallery->below, FALSE, FALSE, 0);
  gtk_widget_show_all (box);
}

/* ---- public ------------------------------------------------------------- */

GtkWidget *
pst_gallery_new (const PstContent *content,
                 PstStyles        *styles,
                 PstStylesChanged  changed,
                 gpointer          data)
{
  Gallery *gallery = g_new0 (Gallery, 1);

  *gallery = (Gallery){ content, styles, changed, data };
  gallery->sorting = g_cancellable_new ();
  make_widgets (gallery);
  g_object_set_data_full (G_OBJECT (gallery->widget), "gallery", gallery,
                          free_gallery);
  g_signal_connect_swapped (gallery->widget, "destroy", G_CALLBACK (stop),
                            gallery);
  accept_drops (gallery);
  show_sources (gallery);
  return gallery->widget;
}

void
pst_gallery_grab_focus (GtkWidget *gallery)
{
  gtk_widget_grab_focus (
    pst_gallery_view_get_area (gallery_of (gallery)->view));
}
