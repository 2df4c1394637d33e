/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-row.c: one parameter of the table as a row of the dialog */
#include "gimp210-row.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "procedure.h"

/* Freed with the table. */
typedef struct
{
  const PstParam *param;
  PstParams      *params;
  PstRowChanged   changed;
  gpointer        data;
} Row;

static void
on_number_changed (GtkAdjustment *adjustment,
                   Row           *row)
{
  pst_params_set_number (row->params, row->param,
                         gtk_adjustment_get_value (adjustment));
  row->changed (row->data);
}

static void
on_choice_changed (GtkWidget *combo,
                   Row       *row)
{
  int choice = 0;

  gimp_int_combo_box_get_active (GIMP_INT_COMBO_BOX (combo), &choice);
  pst_params_set_number (row->params, row->param, choice);
  row->changed (row->data);
}

static void
on_network_changed (GtkWidget *combo,
                    Row       *row)
{
  g_free (row->params->network);
  row->params->network =
    gtk_combo_box_text_get_active_text (GTK_COMBO_BOX_TEXT (combo));
  row->changed (row->data);
}

/* Returns the label. */
static GtkWidget *
attach (GtkWidget      *table,
        int             line,
        const PstParam *param,
        GtkWidget      *widget)
{
  gimp_help_set_help_data (widget, _(param->help), NULL);
  return gimp_table_attach_aligned (GTK_TABLE (table), 0, line,
                                    _(param->label), 0.0, 0.5, widget, 2,
                                    FALSE);
}

static GtkWidget *
add_slider (GtkWidget *table,
            int        line,
            Row       *row,
            double     value)
{
  const PstParam *param = row->param;
  GtkObject      *adjustment;

  adjustment = gimp_scale_entry_new (GTK_TABLE (table), 0, line,
                                     _(param->label), 180, 6, value,
                                     param->min, param->max,
                                     param->step, param->step * 10,
                                     param->digits, TRUE, 0, 0,
                                     _(param->help), NULL);
  g_signal_connect (adjustment, "value-changed",
                    G_CALLBACK (on_number_changed), row);
  return GIMP_SCALE_ENTRY_LABEL (adjustment);
}

static GtkWidget *
add_number (GtkWidget *table,
            int        line,
            Row       *row,
            double     value)
{
  const PstParam *param = row->param;
  GtkAdjustment  *adjustment;
  GtkWidget      *button;

  adjustment = GTK_ADJUSTMENT (gtk_adjustment_new (value, param->min,
                                                   param->max, param->step,
                                                   param->step * 10, 0));
  button = gtk_spin_button_new (adjustment, param->step, param->digits);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (button), TRUE);
  gtk_entry_set_activates_default (GTK_ENTRY (button), TRUE);
  g_signal_connect (adjustment, "value-changed",
                    G_CALLBACK (on_number_changed), row);
  return attach (table, line, param, button);
}

static GtkWidget *
add_choice (GtkWidget *table,
            int        line,
            Row       *row,
            int        value)
{
  const PstParam *param = row->param;
  GtkWidget      *combo = g_object_new (GIMP_TYPE_INT_COMBO_BOX, NULL);

  for (int i = 0; param->choices[i].name; i++)
    gimp_int_combo_box_append (GIMP_INT_COMBO_BOX (combo),
                               GIMP_INT_STORE_VALUE, i,
                               GIMP_INT_STORE_LABEL,
                               _(param->choices[i].label),
                               -1);
  gimp_int_combo_box_connect (GIMP_INT_COMBO_BOX (combo), value,
                              G_CALLBACK (on_choice_changed), row);
  return attach (table, line, param, combo);
}

static void
on_toggled (GtkToggleButton *button,
            Row             *row)
{
  pst_params_set_number (row->params, row->param,
                         gtk_toggle_button_get_active (button));
  row->changed (row->data);
}

static GtkWidget *
add_toggle (GtkWidget *table,
            int        line,
            Row       *row,
            gboolean   value)
{
  GtkWidget *button = gtk_check_button_new ();

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), value);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), row);
  return attach (table, line, row->param, button);
}

static GtkWidget *
add_network (GtkWidget *table,
             int        line,
             Row       *row)
{
  const char      *current = row->params->network;
  GtkWidget       *combo = gtk_combo_box_text_new ();
  g_auto (GStrv)   names = pst_procedure_list_networks (current);
  int              active = 0;

  for (int i = 0; names[i]; i++)
    {
      gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (combo), names[i]);
      if (g_strcmp0 (names[i], current) == 0)
        active = i;
    }
  gtk_combo_box_set_active (GTK_COMBO_BOX (combo), active);
  g_signal_connect (combo, "changed", G_CALLBACK (on_network_changed), row);
  return attach (table, line, row->param, combo);
}

static void
free_row (gpointer  row,
          GObject  *table)
{
  g_free (row);
}

GtkWidget *
pst_row_add (GtkWidget       *table,
             int              line,
             const PstParam  *param,
             PstParams       *params,
             PstRowChanged    changed,
             gpointer         data)
{
  Row    *row = g_new (Row, 1);
  double  value = 0;

  *row = (Row) { param, params, changed, data };
  g_object_weak_ref (G_OBJECT (table), free_row, row);
  if (param->kind != PST_PARAM_NETWORK)
    value = pst_params_get_number (params, param);

  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
      return add_slider (table, line, row, value);

    case PST_PARAM_INT:
      return add_number (table, line, row, value);

    case PST_PARAM_BOOLEAN:
      return add_toggle (table, line, row, value);

    case PST_PARAM_CHOICE:
      return add_choice (table, line, row, value);

    case PST_PARAM_NETWORK:
      break;
    }
  return add_network (table, line, row);
}
