/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chosen-styles.c: the styles that are chosen, a line for each */
#include "chosen-styles.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/image/region.h"
#include "thumbnail.h"

#define THUMBNAIL_SIZE   40
#define HINT_WIDTH       330
#define INVITATION_WIDTH 220 /* the same; the rest is for what is not seen */
#define REGION_WIDTH     100 /* at least, whatever the names of the channels */

typedef struct
{
  PstStyles       *styles;
  PstChosenChanged changed;
  gpointer         data;

  char     **regions; /* that the content has; owned, NULL-ended */
  GtkWidget *box;
  GtkWidget *lines;                 /* a box */
  GtkWidget *where[PST_MAX_STYLES]; /* the choices of a region, by style */
  GtkWidget *hint;
} Chosen;

static void
free_chosen (gpointer data)
{
  Chosen *chosen = data;

  g_strfreev (chosen->regions);
  g_free (chosen);
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

/* ---- what the user does ------------------------------------------------- */

static void
on_remove (GtkWidget *button, Chosen *chosen)
{
  pst_styles_remove (chosen->styles, index_of (button));
  chosen->changed (TRUE, chosen->data);
}

static void
on_weight (GtkWidget *spin, Chosen *chosen)
{
  chosen->styles->list[index_of (spin)].weight =
    gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin));
  chosen->changed (FALSE, chosen->data);
}

/* The first choice of a region is what no other style has for itself. */
static void
name_rest (Chosen *chosen, int index)
{
  GtkTreeModel *choices =
    gtk_combo_box_get_model (GTK_COMBO_BOX (chosen->where[index]));
  GtkTreeIter first;

  if (gtk_tree_model_get_iter_first (choices, &first))
    gtk_list_store_set (GTK_LIST_STORE (choices), &first, 0,
                        pst_styles_name_rest (chosen->styles, index), -1);
}

static void
on_region (GtkWidget *combo, Chosen *chosen)
{
  PstStyle *style = &chosen->styles->list[index_of (combo)];
  int       choice = gtk_combo_box_get_active (GTK_COMBO_BOX (combo));

  g_free (style->region);
  style->region = choice > 0 ? g_strdup (chosen->regions[choice - 1]) : NULL;
  for (int i = 0; i < chosen->styles->n_styles; i++)
    name_rest (chosen, i);
  chosen->changed (FALSE, chosen->data);
}

/* ---- the lines ---------------------------------------------------------- */

static GtkWidget *
new_name (const PstStyle *style)
{
  g_autofree char *name = pst_style_dup_name (style);
  g_autofree char *place =
    style->file ? g_file_get_parse_name (style->file) : NULL;
  GtkWidget *label;

  label = pst_label_new (name, FALSE);
  pst_label_fit_name (label);
  gtk_widget_set_tooltip_text (label, place);
  return label;
}

/* What a screen reader says, which does not see what is beside the widget.
 * @format: with the name of the style */
static void
describe (GtkWidget *widget, const char *format, const PstStyle *style)
{
  g_autofree char *name = pst_style_dup_name (style);
  g_autofree char *text = g_strdup_printf (format, name);

  atk_object_set_name (gtk_widget_get_accessible (widget), text);
}

static GtkWidget *
new_remove_button (Chosen *chosen, int index)
{
  GtkWidget *button = pst_icon_button_new (GIMP_ICON_EDIT_DELETE, "×");

  gtk_button_set_relief (GTK_BUTTON (button), GTK_RELIEF_NONE);
  gimp_help_set_help_data (button, _ ("Remove this style"), NULL);
  set_index (button, index);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), chosen);
  return button;
}

static GtkWidget *
new_weight (Chosen *chosen, int index)
{
  GtkWidget *spin =
    gtk_spin_button_new_with_range (0.05, PST_STYLE_MAX_WEIGHT, 0.05);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), 2);
  gtk_entry_set_width_chars (GTK_ENTRY (spin), 5);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin),
                             chosen->styles->list[index].weight);
  gimp_help_set_help_data (spin,
                           _ ("Weight: the share of this style among those of "
                              "the same region"),
                           NULL);
  set_index (spin, index);
  /* Translators: for screen readers: %s is the name of a style. */
  describe (spin, _ ("Weight of \"%s\""), &chosen->styles->list[index]);
  pst_widget_scroll_if_focused (spin);
  g_signal_connect (spin, "value-changed", G_CALLBACK (on_weight), chosen);
  return spin;
}

static void
make_italic (GtkWidget *label)
{
  gimp_label_set_attributes (GTK_LABEL (label), PANGO_ATTR_STYLE,
                             PANGO_STYLE_ITALIC, -1);
}

static void
ellipsize (GtkWidget *combo)
{
  GList *cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (combo));

  g_object_set (cells->data, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  g_list_free (cells);
}

static GtkWidget *
new_region (Chosen *chosen, int index)
{
  const PstStyle *style = &chosen->styles->list[index];
  GtkWidget      *combo = gtk_combo_box_text_new ();
  int             active = 0;

  gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (combo),
                                  pst_styles_name_rest (chosen->styles, index));
  for (int i = 0; chosen->regions[i]; i++)
    {
      g_autofree char *label = pst_region_dup_label (chosen->regions[i]);

      gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (combo), label);
      if (g_strcmp0 (chosen->regions[i], style->region) == 0)
        active = i + 1;
    }
  gtk_combo_box_set_active (GTK_COMBO_BOX (combo), active);
  ellipsize (combo);
  gtk_widget_set_size_request (combo, REGION_WIDTH, -1);
  gimp_help_set_help_data (combo,
                           _ ("Where this style is applied. Outside all "
                              "regions the content is kept."),
                           NULL);
  set_index (combo, index);
  chosen->where[index] = combo;
  describe (combo, _ ("Where \"%s\" is applied"), style);
  pst_widget_scroll_if_focused (combo);
  g_signal_connect (combo, "changed", G_CALLBACK (on_region), chosen);
  return combo;
}

static void
add_label (GtkWidget *row, const char *text)
{
  gtk_box_pack_start (GTK_BOX (row), pst_label_new (text, FALSE), FALSE, FALSE,
                      0);
}

/* Weight and region; NULL if there is nothing to choose. */
static GtkWidget *
new_controls (Chosen *chosen, int index)
{
  gboolean   has_weight = chosen->styles->n_styles > 1;
  gboolean   has_region = chosen->regions[0] != NULL;
  GtkWidget *row;

  if (! has_weight && ! has_region)
    return NULL;
  row = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  if (has_weight)
    {
      add_label (row, _ ("Weight"));
      gtk_box_pack_start (GTK_BOX (row), new_weight (chosen, index), FALSE,
                          FALSE, 0);
    }
  if (has_region)
    {
      if (! has_weight) /* else there is no room, and no need */
        add_label (row, _ ("Where"));
      gtk_box_pack_start (GTK_BOX (row), new_region (chosen, index), TRUE, TRUE,
                          0);
    }
  return row;
}

/* A picture of THUMBNAIL_SIZE, and what is beside it. */
static GtkWidget *
add_line (Chosen *chosen, GtkWidget *picture, GtkWidget *beside)
{
  GtkWidget *line = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_size_request (picture, THUMBNAIL_SIZE, THUMBNAIL_SIZE);
  gtk_box_pack_start (GTK_BOX (line), picture, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (line), beside, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (chosen->lines), line, FALSE, FALSE, 0);
  return line;
}

/* @controls: NULL: none */
static GtkWidget *
new_rows (GtkWidget *name, GtkWidget *remove, GtkWidget *controls)
{
  GtkWidget *rows = pst_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_pack_start (GTK_BOX (title), name, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (title), remove, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (rows), title, TRUE, TRUE, 0);
  if (controls)
    gtk_box_pack_start (GTK_BOX (rows), controls, FALSE, FALSE, 0);
  return rows;
}

static void
add_style (Chosen *chosen, int index)
{
  const PstStyle *style = &chosen->styles->list[index];
  GtkWidget      *remove = new_remove_button (chosen, index);

  describe (remove, _ ("Remove \"%s\""), style);
  add_line (chosen, pst_thumbnail_new (style, THUMBNAIL_SIZE),
            new_rows (new_name (style), remove, new_controls (chosen, index)));
}

/* Instead of the first style: what to do, as high as the line of a style, so
 * that the window keeps its size when one is chosen. */
static void
add_invitation (Chosen *chosen)
{
  GtkWidget *icon =
    gtk_image_new_from_icon_name (GIMP_ICON_IMAGE, GTK_ICON_SIZE_DND);
  GtkWidget *text =
    pst_label_new (_ ("Click a picture to choose it as the style."), TRUE);
  GtkWidget *unseen =
    new_rows (pst_label_new (" ", FALSE), new_remove_button (chosen, 0),
              chosen->regions[0] ? gtk_combo_box_text_new () : NULL);
  GtkWidget *line = add_line (chosen, icon, text);

  gtk_widget_set_sensitive (icon, FALSE);
  make_italic (text);
  pst_label_set_wrap_width (text, INVITATION_WIDTH);
#if GTK_CHECK_VERSION(3, 0, 0)
  gtk_label_set_yalign (GTK_LABEL (text), 0.5);
#else
  gtk_misc_set_alignment (GTK_MISC (text), 0, 0.5);
#endif
  gtk_box_pack_start (GTK_BOX (line), unseen, FALSE, FALSE, 0);
  gtk_widget_set_child_visible (unseen, FALSE);
}

static void
destroy (GtkWidget *line, gpointer data)
{
  gtk_widget_destroy (line);
}

/* What can be done when a style is chosen. */
static const char *
get_hint (const Chosen *chosen)
{
  return chosen->regions[0]
           ? _ ("Click the plus on another picture to mix it in.")
           : _ ("Click the plus on another picture to mix it in. To paint "
                "only a part of the layer, select it in the image first.");
}

/* ---- public ------------------------------------------------------------- */

GtkWidget *
pst_chosen_styles_new (const PstContent *content,
                       PstStyles        *styles,
                       PstChosenChanged  changed,
                       gpointer          data)
{
  Chosen *chosen = g_new0 (Chosen, 1);

  *chosen = (Chosen){ styles, changed, data };
  chosen->regions = pst_region_list (content);
  chosen->box = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  chosen->lines = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  chosen->hint = pst_label_new (get_hint (chosen), TRUE);
  pst_label_set_wrap_width (chosen->hint, HINT_WIDTH);
  make_italic (chosen->hint);
  gtk_box_pack_start (GTK_BOX (chosen->box), chosen->lines, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (chosen->box), chosen->hint, FALSE, FALSE, 0);
  g_object_set_data_full (G_OBJECT (chosen->box), "chosen", chosen,
                          free_chosen);
  gtk_widget_show_all (chosen->box);
  gtk_widget_set_no_show_all (chosen->hint, TRUE);
  pst_chosen_styles_refresh (chosen->box);
  return chosen->box;
}

void
pst_chosen_styles_refresh (GtkWidget *widget)
{
  Chosen *chosen = g_object_get_data (G_OBJECT (widget), "chosen");
  int     n_styles = chosen->styles->n_styles;

  gtk_container_foreach (GTK_CONTAINER (chosen->lines), destroy, NULL);
  for (int i = 0; i < n_styles; i++)
    add_style (chosen, i);
  if (n_styles == 0)
    add_invitation (chosen);
  gtk_widget_show_all (chosen->lines);
  /* Without a style its room is kept. */
  gtk_widget_set_visible (chosen->hint, n_styles <= 1);
  gtk_widget_set_child_visible (chosen->hint, n_styles == 1);
}
