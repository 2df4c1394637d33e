/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preset-row.c: the presets as a row of buttons, of which one may be on */
#include "preset-row.h"

#include <glib/gi18n-lib.h>

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
refresh_button (GtkWidget *button, gpointer data)
{
  PresetRow *row = data;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                pst_preset_matches (preset_of (button),
                                                    row->params));
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

static GtkWidget *
new_button (const PstPreset *preset)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (_ (preset->label));

  gtk_widget_set_tooltip_text (button, _ (preset->help));
  g_object_set_data (G_OBJECT (button), "preset", (gpointer) preset);
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
