/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-list.c: the styles of a run, as a part of both dialogs */
#include "style-list.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/image/region.h"
#include "style-library.h"
#include "style-menu.h"
#include "thumbnail.h"

#define THUMBNAIL_SIZE 48
#define ADD            -1 /* instead of a style's index */

typedef struct
{
  const PstContent *content;
  PstStyles        *styles;
  PstStylesChanged  changed;
  gpointer          data;

  char     **regions; /* owned, NULL-ended */
  GtkWidget *lines;   /* a box, with a line for each style */
  GtkWidget *add_button;
  GtkWidget *library;
  int        choosing; /* index of the style that is being replaced */
} StyleList;

static void show_lines (StyleList *list);

static void
free_list (gpointer data)
{
  StyleList *list = data;

  g_strfreev (list->regions);
  g_free (list);
}

static int
index_of (GtkWidget *widget)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (widget), "index"));
}

static void
set_index (GtkWidget *widget, int index)
{
  g_object_set_data (G_OBJECT (widget), "index", GINT_TO_POINTER (index));
}

/* After a style came, went, or became another one. */
static void
show_change (StyleList *list)
{
  show_lines (list);
  pst_style_library_mark (list->library);
  list->changed (list->data);
}

/* ---- what the user does ------------------------------------------------- */

static void
on_chosen (PstStyle *style, gpointer data)
{
  StyleList *list = data;

  if (list->choosing == ADD)
    {
      pst_styles_add (list->styles, style, NULL);
    }
  else
    {
      PstStyle *old = &list->styles->list[list->choosing];

      /* Weight and region belong to the line. */
      style->weight = old->weight;
      style->region = g_steal_pointer (&old->region);
      pst_style_clear (old);
      *old = *style;
      /* Any further files come behind. */
      list->choosing = ADD;
    }
  show_change (list);
}

static void
on_choose (GtkWidget *button, StyleList *list)
{
  list->choosing = index_of (button);
  pst_style_menu_popup (list->lines, list->content, on_chosen, list);
}

static void
on_remove (GtkWidget *button, StyleList *list)
{
  pst_styles_remove (list->styles, index_of (button));
  show_change (list);
}

static void
on_weight (GtkWidget *spin, StyleList *list)
{
  list->styles->list[index_of (spin)].weight =
    gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin));
  list->changed (list->data);
}

static void
on_region (GtkWidget *combo, StyleList *list)
{
  PstStyle *style = &list->styles->list[index_of (combo)];
  int       choice = gtk_combo_box_get_active (GTK_COMBO_BOX (combo));

  g_free (style->region);
  style->region = choice > 0 ? g_strdup (list->regions[choice - 1]) : NULL;
  list->changed (list->data);
}

static void
on_library (GFile *file, gboolean wanted, gpointer data)
{
  StyleList *list = data;

  for (int i = list->styles->n_styles - 1; i >= 0 && ! wanted; i--)
    if (list->styles->list[i].file
        && g_file_equal (list->styles->list[i].file, file))
      pst_styles_remove (list->styles, i);

  if (wanted)
    {
      PstStyle style = PST_STYLE_NONE;

      style.file = g_object_ref (file);
      pst_styles_add (list->styles, &style, NULL);
    }
  show_change (list);
}

/* ---- the lines ---------------------------------------------------------- */

/* The style's picture and name, as the button to choose another. */
static GtkWidget *
new_choice (StyleList *list, int index)
{
  const PstStyle  *style = &list->styles->list[index];
  g_autofree char *name = pst_style_dup_name (style);
  GtkWidget       *button = gtk_button_new ();
  GtkWidget       *box = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *label = pst_label_new (name, FALSE);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_box_pack_start (GTK_BOX (box), pst_thumbnail_new (style, THUMBNAIL_SIZE),
                      FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), label, TRUE, TRUE, 0);
  gtk_container_add (GTK_CONTAINER (button), box);
  gimp_help_set_help_data (button,
                           _ ("The style picture. Click to choose another "
                              "layer of any open image, or a file."),
                           NULL);
  set_index (button, index);
  g_signal_connect (button, "clicked", G_CALLBACK (on_choose), list);
  return button;
}

static GtkWidget *
new_weight (StyleList *list, int index)
{
  GtkWidget *spin =
    gtk_spin_button_new_with_range (0.05, PST_STYLE_MAX_WEIGHT, 0.05);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), 2);
  gtk_entry_set_width_chars (GTK_ENTRY (spin), 5);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin),
                             list->styles->list[index].weight);
  gimp_help_set_help_data (spin,
                           _ ("Weight: the share of this style among those of "
                              "the same region"),
                           NULL);
  set_index (spin, index);
  g_signal_connect (spin, "value-changed", G_CALLBACK (on_weight), list);
  return spin;
}

static GtkWidget *
new_region (StyleList *list, int index)
{
  const PstStyle *style = &list->styles->list[index];
  GtkWidget      *combo = gtk_combo_box_text_new ();
  int             active = 0;

  gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (combo),
                                  list->styles->n_styles > 1
                                    ? _ ("Everywhere else")
                                    : _ ("Everywhere"));
  for (int i = 0; list->regions[i]; i++)
    {
      g_autofree char *label = pst_region_dup_label (list->regions[i]);

      gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (combo), label);
      if (g_strcmp0 (list->regions[i], style->region) == 0)
        active = i + 1;
    }
  gtk_combo_box_set_active (GTK_COMBO_BOX (combo), active);
  gimp_help_set_help_data (combo,
                           _ ("Where this style is applied. Outside all "
                              "regions the content is kept."),
                           NULL);
  set_index (combo, index);
  g_signal_connect (combo, "changed", G_CALLBACK (on_region), list);
  return combo;
}

static GtkWidget *
new_remove_button (StyleList *list, int index)
{
  GtkWidget *button = gtk_button_new ();

  gtk_container_add (GTK_CONTAINER (button),
                     gtk_image_new_from_icon_name (GIMP_ICON_EDIT_DELETE,
                                                   GTK_ICON_SIZE_MENU));
  gtk_button_set_relief (GTK_BUTTON (button), GTK_RELIEF_NONE);
  gimp_help_set_help_data (button, _ ("Remove this style"), NULL);
  set_index (button, index);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), list);
  return button;
}

static void
add_line (StyleList *list, int index)
{
  GtkWidget *line = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_pack_start (GTK_BOX (line), new_choice (list, index), TRUE, TRUE, 0);
  if (list->styles->n_styles > 1)
    gtk_box_pack_start (GTK_BOX (line), new_weight (list, index), FALSE, FALSE,
                        0);
  if (list->regions[0])
    gtk_box_pack_start (GTK_BOX (line), new_region (list, index), FALSE, FALSE,
                        0);
  if (list->styles->n_styles > 1)
    gtk_box_pack_start (GTK_BOX (line), new_remove_button (list, index), FALSE,
                        FALSE, 0);
  gtk_box_pack_start (GTK_BOX (list->lines), line, FALSE, FALSE, 0);
}

static void
destroy (GtkWidget *line, gpointer data)
{
  gtk_widget_destroy (line);
}

static void
show_lines (StyleList *list)
{
  gtk_container_foreach (GTK_CONTAINER (list->lines), destroy, NULL);
  for (int i = 0; i < list->styles->n_styles; i++)
    add_line (list, i);
  gtk_widget_set_sensitive (list->add_button,
                            list->styles->n_styles < PST_MAX_STYLES);
  gtk_widget_show_all (list->lines);
}

/* ---- public ------------------------------------------------------------- */

GtkWidget *
pst_style_list_new (const PstContent *content,
                    PstStyles        *styles,
                    PstStylesChanged  changed,
                    gpointer          data)
{
  StyleList *list = g_new0 (StyleList, 1);
  GtkWidget *frame = gimp_frame_new (_ ("Style"));
  GtkWidget *box = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);

  *list = (StyleList){ content, styles, changed, data };
  list->regions = pst_region_list (content);
  g_object_set_data_full (G_OBJECT (frame), "list", list, free_list);

  list->lines = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  list->add_button = gtk_button_new_with_mnemonic (_ ("Add St_yle"));
  set_index (list->add_button, ADD);
  gimp_help_set_help_data (list->add_button,
                           _ ("Mix in another style, or give part of the "
                              "picture its own style"),
                           NULL);
  g_signal_connect (list->add_button, "clicked", G_CALLBACK (on_choose), list);
  list->library = pst_style_library_new (styles, on_library, list);

  gtk_box_pack_start (GTK_BOX (box), list->lines, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), list->add_button, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), list->library, FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (frame), box);
  gtk_widget_show_all (frame);

  show_lines (list);
  pst_style_library_mark (list->library);
  return frame;
}
