/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp210-row.c: one parameter of the table as a row of the dialog */
#include "gimp210-row.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "plugin/gimp/run/procedure.h"

struct _PstRow
{
  const PstParam *param;
  PstParams      *params;
  PstRowChanged   changed;
  gpointer        data;
  GtkWidget      *label;
  GtkAdjustment  *adjustment; /* of a number, else NULL */
  GtkWidget      *toggle;     /* of a boolean, else NULL */
  GtkWidget      *combo;      /* of a choice, else NULL */
};

static void
on_number_changed (GtkAdjustment *adjustment, PstRow *row)
{
  pst_params_set_number (row->params, row->param,
                         gtk_adjustment_get_value (adjustment));
  row->changed (row->data);
}

static void
on_choice_changed (GtkWidget *combo, PstRow *row)
{
  int choice = 0;

  gimp_int_combo_box_get_active (GIMP_INT_COMBO_BOX (combo), &choice);
  pst_params_set_number (row->params, row->param, choice);
  row->changed (row->data);
}

static void
on_model_changed (GtkWidget *combo, PstRow *row)
{
  g_free (row->params->model);
  row->params->model =
    gtk_combo_box_text_get_active_text (GTK_COMBO_BOX_TEXT (combo));
  row->changed (row->data);
}

static void
attach (GtkWidget *table, int line, PstRow *row, GtkWidget *widget)
{
  const PstParam  *param = row->param;
  g_autofree char *help = pst_param_describe (param);

  gimp_help_set_help_data (widget, help, NULL);
  row->label =
    gimp_table_attach_aligned (GTK_TABLE (table), 0, line, _ (param->label),
                               0.0, 0.5, widget, 2, FALSE);
}

static void
add_slider (GtkWidget *table, int line, PstRow *row, double value)
{
  const PstParam *param = row->param;
  GtkObject      *adjustment;

  adjustment =
    gimp_scale_entry_new (GTK_TABLE (table), 0, line, _ (param->label), 180, 6,
                          value, param->min, param->max, param->step,
                          param->step * 10, param->digits, TRUE, 0, 0,
                          _ (param->help), NULL);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (on_number_changed),
                    row);
  row->label = GIMP_SCALE_ENTRY_LABEL (adjustment);
  row->adjustment = GTK_ADJUSTMENT (adjustment);
}

static void
add_number (GtkWidget *table, int line, PstRow *row, double value)
{
  const PstParam *param = row->param;
  GtkAdjustment  *adjustment;
  GtkWidget      *button;

  adjustment =
    GTK_ADJUSTMENT (gtk_adjustment_new (value, param->min, param->max,
                                        param->step, param->step * 10, 0));
  button = gtk_spin_button_new (adjustment, param->step, param->digits);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (button), TRUE);
  gtk_entry_set_activates_default (GTK_ENTRY (button), TRUE);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (on_number_changed),
                    row);
  row->adjustment = adjustment;
  attach (table, line, row, button);
}

static void
add_choice (GtkWidget *table, int line, PstRow *row, int value)
{
  const PstParam *param = row->param;
  GtkWidget      *combo = g_object_new (GIMP_TYPE_INT_COMBO_BOX, NULL);

  for (int i = 0; param->choices[i].name; i++)
    gimp_int_combo_box_append (GIMP_INT_COMBO_BOX (combo), GIMP_INT_STORE_VALUE,
                               i, GIMP_INT_STORE_LABEL,
                               _ (param->choices[i].label), -1);
  gimp_int_combo_box_connect (GIMP_INT_COMBO_BOX (combo), value,
                              G_CALLBACK (on_choice_changed), row);
  row->combo = combo;
  attach (table, line, row, combo);
}

static void
on_toggled (GtkToggleButton *button, PstRow *row)
{
  pst_params_set_number (row->params, row->param,
                         gtk_toggle_button_get_active (button));
  row->changed (row->data);
}

static void
add_toggle (GtkWidget *table, int line, PstRow *row, gboolean value)
{
  GtkWidget *button = gtk_check_button_new ();

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), value);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), row);
  row->toggle = button;
  attach (table, line, row, button);
}

static void
add_model (GtkWidget *table, int line, PstRow *row)
{
  const char *current = row->params->model;
  GtkWidget  *combo = gtk_combo_box_text_new ();
  g_auto (GStrv) names = pst_procedure_list_models (current);
  int active = 0;

  for (int i = 0; names[i]; i++)
    {
      gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (combo), names[i]);
      if (g_strcmp0 (names[i], current) == 0)
        active = i;
    }
  gtk_combo_box_set_active (GTK_COMBO_BOX (combo), active);
  g_signal_connect (combo, "changed", G_CALLBACK (on_model_changed), row);
  attach (table, line, row, combo);
}

static void
free_row (gpointer row, GObject *table)
{
  g_free (row);
}

PstRow *
pst_row_add (GtkWidget      *table,
             int             line,
             const PstParam *param,
             PstParams      *params,
             PstRowChanged   changed,
             gpointer        data)
{
  PstRow *row = g_new (PstRow, 1);
  double  value = 0;

  *row = (PstRow){ param, params, changed, data };
  g_object_weak_ref (G_OBJECT (table), free_row, row);
  if (param->kind != PST_PARAM_MODEL)
    value = pst_params_get_number (params, param);

  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
      add_slider (table, line, row, value);
      break;

    case PST_PARAM_INT:
      add_number (table, line, row, value);
      break;

    case PST_PARAM_BOOLEAN:
      add_toggle (table, line, row, value);
      break;

    case PST_PARAM_CHOICE:
      add_choice (table, line, row, value);
      break;

    case PST_PARAM_MODEL:
      add_model (table, line, row);
      break;
    }
  return row;
}

GtkWidget *
pst_row_get_label (PstRow *row)
{
  return row->label;
}

void
pst_row_refresh (PstRow *row)
{
  double value;

  if (row->param->kind == PST_PARAM_MODEL)
    return;

  value = pst_params_get_number (row->params, row->param);
  if (row->adjustment)
    gtk_adjustment_set_value (row->adjustment, value);
  else if (row->toggle)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row->toggle), value);
  else
    gimp_int_combo_box_set_active (GIMP_INT_COMBO_BOX (row->combo), value);
}
