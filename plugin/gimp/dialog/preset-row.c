/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preset-row.c: the presets as a row of buttons, of which one may be on */
#include "preset-row.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/compat/gtk-compat.h"

typedef struct
{
  PstParams      *params;
  PstPresetChosen chosen;
  gpointer        data;
  gboolean        refreshing; /* buttons change, but not by the user */
} PresetRow;

static PresetRow *
row_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "preset-row");
}

static const PstPreset *
preset_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "preset");
}

static void
set_weight (GtkWidget *button, PangoWeight weight)
{
  gimp_label_set_attributes (GTK_LABEL (gtk_bin_get_child (GTK_BIN (button))),
                             PANGO_ATTR_WEIGHT, weight, -1);
}

/* Themes may hardly show which one is on. */
static void
refresh_button (GtkWidget *button, gpointer data)
{
  PresetRow *row = data;
  gboolean   is_on = pst_preset_matches (preset_of (button), row->params);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), is_on);
  set_weight (button, is_on ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
}

/* The one that is on stays on when it is clicked. */
static void
on_toggled (GtkWidget *button, GtkWidget *box)
{
  PresetRow *row = row_of (box);

  if (row->refreshing)
    return;
  pst_preset_apply (preset_of (button), row->params);
  pst_preset_row_refresh (box);
  row->chosen (row->data);
}

/* The button keeps its width when the text gets bold. */
static void
reserve_width (GtkWidget *button)
{
  GtkWidget *label = gtk_bin_get_child (GTK_BIN (button));
  int        width;

  set_weight (button, PANGO_WEIGHT_BOLD);
  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (label)), &width,
                               NULL);
  gtk_widget_set_size_request (label, width, -1);
}

static GtkWidget *
new_button (const PstPreset *preset)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (_ (preset->label));

  reserve_width (button);
  gtk_widget_set_tooltip_text (button, _ (preset->help));
  g_object_set_data (G_OBJECT (button), "preset", (gpointer) preset);
  pst_button_make_legible (button);
  return button;
}

GtkWidget *
pst_preset_row_new (PstParams *params, PstPresetChosen chosen, gpointer data)
{
  GtkWidget       *box = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  PresetRow       *row = g_new (PresetRow, 1);
  int              n_presets;
  const PstPreset *presets = pst_presets_table (&n_presets);

  *row = (PresetRow){ params, chosen, data };
  g_object_set_data_full (G_OBJECT (box), "preset-row", row, g_free);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
#if GTK_CHECK_VERSION(3, 0, 0)
  gtk_style_context_add_class (gtk_widget_get_style_context (box),
                               GTK_STYLE_CLASS_LINKED);
#endif
  pst_widget_set_accessible_name (box, _ ("Presets"));
  for (int i = 0; i < n_presets; i++)
    {
      GtkWidget *button = new_button (&presets[i]);

      g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), box);
      gtk_box_pack_start (GTK_BOX (box), button, TRUE, TRUE, 0);
    }
  pst_preset_row_refresh (box);
  return box;
}

void
pst_preset_row_refresh (GtkWidget *box)
{
  PresetRow *row = row_of (box);

  row->refreshing = TRUE;
  gtk_container_foreach (GTK_CONTAINER (box), refresh_button, row);
  row->refreshing = FALSE;
}
