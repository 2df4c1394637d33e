/* SPDX-License-Identifier: GPL-3.0-or-later */
/* controls.c: all parameters: presets, rows, and the rows under Advanced */
#include "controls.h"

#include <glib/gi18n-lib.h>

#include "plugin/gimp/compat/gtk-compat.h"
#include "preset-row.h"
#include "row.h"

typedef struct
{
  PstParams         *params;
  PstControlsChanged changed;
  gpointer           data;
  GtkWidget         *presets;
  GPtrArray         *rows; /* of PstRow; owned, the rows are not */
} Controls;

static void
free_controls (gpointer data)
{
  Controls *controls = data;

  g_ptr_array_unref (controls->rows);
  g_free (controls);
}

static void
refresh_rows (const Controls *controls)
{
  for (guint i = 0; i < controls->rows->len; i++)
    pst_row_refresh (controls->rows->pdata[i]);
}

static void
on_preset (gpointer data)
{
  Controls *controls = data;

  refresh_rows (controls);
  controls->changed (controls->data);
}

static void
on_row (gpointer data)
{
  Controls *controls = data;

  pst_preset_row_refresh (controls->presets);
  controls->changed (controls->data);
}

static GtkWidget *
new_table (void)
{
  GtkWidget *table = gtk_table_new (1, PST_ROW_COLUMNS, FALSE);

  gtk_table_set_row_spacings (GTK_TABLE (table), 6);
  gtk_table_set_col_spacings (GTK_TABLE (table), 6);
  return table;
}

/* The rows of the table of parameters that are under Advanced, or the others.
 */
static GtkWidget *
new_rows (Controls *controls, PstRowGrid grid, gboolean advanced)
{
  GtkWidget      *table = new_table ();
  int             n_params;
  const PstParam *params = pst_params_table (&n_params);
  int             n_lines = 0;

  grid.table = GTK_TABLE (table);
  for (int i = 0; i < n_params; i++)
    if (params[i].advanced == advanced)
      g_ptr_array_add (controls->rows,
                       pst_row_new (&grid, n_lines++, &params[i],
                                    controls->params, on_row, controls));
  return table;
}

static GtkWidget *
new_expander (GtkWidget *advanced)
{
  GtkWidget *expander = gtk_expander_new_with_mnemonic (_ ("Ad_vanced"));

  gtk_expander_set_spacing (GTK_EXPANDER (expander), 6);
  gtk_container_add (GTK_CONTAINER (expander), advanced);
  return expander;
}

GtkWidget *
pst_controls_new (PstParams         *params,
                  int                side,
                  PstControlsChanged changed,
                  gpointer           data)
{
  Controls  *controls = g_new (Controls, 1);
  GtkWidget *box = pst_box_new (GTK_ORIENTATION_VERTICAL, 12);
  PstRowGrid grid;

  *controls = (Controls){ params, changed, data };
  controls->rows = g_ptr_array_new ();
  controls->presets = pst_preset_row_new (params, on_preset, controls);
  g_object_set_data_full (G_OBJECT (box), "controls", controls, free_controls);
  grid.side = side;
  grid.labels = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  grid.numbers = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  gtk_box_pack_start (GTK_BOX (box), controls->presets, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), new_rows (controls, grid, FALSE), FALSE,
                      FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box),
                      new_expander (new_rows (controls, grid, TRUE)), FALSE,
                      FALSE, 0);
  /* Their widgets keep them. */
  g_object_unref (grid.labels);
  g_object_unref (grid.numbers);
  return box;
}

void
pst_controls_refresh (GtkWidget *box)
{
  Controls *controls = g_object_get_data (G_OBJECT (box), "controls");

  refresh_rows (controls);
  pst_preset_row_refresh (controls->presets);
}
