/* SPDX-License-Identifier: GPL-3.0-or-later */
/* row.c: one parameter of the table as a row of the dialog
 *
 * Numbers with a range that can be judged by eye have a slider; the others, and
 * choices, fill the width.
 */
#include "row.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "number-entry.h"
#include "plugin/find-model.h"
#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/run/procedure.h"

#define SLIDER_WIDTH 130

struct _PstRow
{
  const PstParam *param;
  PstParams      *params;
  PstRowChanged   changed;
  gpointer        data;
  gboolean        refreshing; /* widgets change, but not by the user */
  GtkAdjustment  *number;     /* of a number, else NULL */
  GtkAdjustment  *logarithm;  /* of base 2, of that number, or NULL */
  GtkWidget      *toggle;     /* of a boolean, else NULL */
  GtkWidget      *combo;      /* of a choice or the model, else NULL */
};

/* ---- from the widgets to the parameters --------------------------------- */

static void
set_number (PstRow *row, double value)
{
  if (row->refreshing)
    return;
  pst_params_set_number (row->params, row->param, value);
  row->changed (row->data);
}

static void
on_number_changed (GtkAdjustment *number, PstRow *row)
{
  double value = gtk_adjustment_get_value (number);

  if (row->logarithm)
    gtk_adjustment_set_value (row->logarithm, log2 (value));
  set_number (row, value);
}

/* The number has fewer digits than the slider's place. */
static void
on_logarithm_changed (GtkAdjustment *logarithm, PstRow *row)
{
  double unit = pow (10, -row->param->digits);
  double value = exp2 (gtk_adjustment_get_value (logarithm));

  value = unit * round (value / unit);
  if (fabs (value - gtk_adjustment_get_value (row->number)) > unit / 2)
    gtk_adjustment_set_value (row->number, value);
}

static void
on_choice_changed (GtkComboBox *combo, PstRow *row)
{
  set_number (row, gtk_combo_box_get_active (combo));
}

static void
on_toggled (GtkToggleButton *toggle, PstRow *row)
{
  set_number (row, gtk_toggle_button_get_active (toggle));
}

static void
on_model_changed (GtkComboBoxText *combo, PstRow *row)
{
  if (row->refreshing)
    return;
  g_free (row->params->model);
  row->params->model = gtk_combo_box_text_get_active_text (combo);
  row->changed (row->data);
}

static void
on_new_seed (GtkWidget *button, PstRow *row)
{
  gtk_adjustment_set_value (row->number,
                            g_random_int_range (0, row->param->max));
}

/* ---- the widgets -------------------------------------------------------- */

static void
attach (const PstRowGrid *grid,
        int               line,
        GtkWidget        *widget,
        int               left,
        int               right)
{
  gtk_table_attach (grid->table, widget, left, right, line, line + 1,
                    right > 1 && left < 2 ? GTK_EXPAND | GTK_FILL : GTK_FILL,
                    GTK_FILL, 0, 0);
}

/* @target: what the label's key goes to */
static void
attach_label (PstRow *row, const PstRowGrid *grid, int line, GtkWidget *target)
{
  GtkWidget *label = pst_label_new (NULL, FALSE);

  gtk_label_set_text_with_mnemonic (GTK_LABEL (label), _ (row->param->label));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), target);
  gtk_size_group_add_widget (grid->labels, label);
  attach (grid, line, label, 0, 1);
}

static void
set_help (PstRow *row, GtkWidget *widget)
{
  g_autofree char *help = pst_param_describe (row->param);

  gtk_widget_set_tooltip_text (widget, help);
}

static GtkAdjustment *
new_adjustment (double min, double max, double step)
{
  return GTK_ADJUSTMENT (
    gtk_adjustment_new (min, min, max, step, 10 * step, 0));
}

/* Where a step leads from "automatic": of the size to the next smaller one. */
static double
first_step (const PstParam *param, int side)
{
  double step = param->step;

  return param->first > 0 ? param->first
                          : MAX (step, step * (ceil (side / step) - 1));
}

static GtkWidget *
new_number_entry (PstRow *row, int side)
{
  const PstParam *param = row->param;
  double          max = param->max;
  GtkWidget      *entry;

  if (param->shown == PST_SHOWN_AUTOMATIC && param->first == 0)
    max = CLAMP (side, param->step, max); /* a content is never enlarged */
  row->number = new_adjustment (param->min, max, param->step);
  g_signal_connect (row->number, "value-changed",
                    G_CALLBACK (on_number_changed), row);
  entry = pst_number_entry_new (param, row->number, first_step (param, side));
  set_help (row, entry);
  return entry;
}

static GtkWidget *
new_slider (PstRow *row)
{
  const PstParam *param = row->param;
  GtkWidget      *slider;

  if (param->shown == PST_SHOWN_LOGARITHMIC)
    {
      row->logarithm = new_adjustment (log2 (param->min), log2 (param->max),
                                       log2 (1 + param->step));
      g_signal_connect (row->logarithm, "value-changed",
                        G_CALLBACK (on_logarithm_changed), row);
      slider = pst_slider_new (row->logarithm, SLIDER_WIDTH);
      gtk_range_set_round_digits (GTK_RANGE (slider), -1);
    }
  else
    {
      slider = pst_slider_new (row->number, SLIDER_WIDTH);
      gtk_range_set_round_digits (GTK_RANGE (slider), param->digits);
    }
  pst_widget_set_accessible_name (slider, _ (param->label));
  pst_widget_scroll_if_focused (slider);
  set_help (row, slider);
  return slider;
}

static void
add_slider (PstRow *row, const PstRowGrid *grid, int line)
{
  GtkWidget *entry = new_number_entry (row, grid->side);

  attach_label (row, grid, line, entry);
  attach (grid, line, new_slider (row), 1, 2);
  attach (grid, line, entry, 2, 3);
  gtk_size_group_add_widget (grid->numbers, entry);
}

static void
add_number (PstRow *row, const PstRowGrid *grid, int line)
{
  const PstParam *param = row->param;
  GtkWidget      *box = pst_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget      *entry = new_number_entry (row, grid->side);

  gtk_box_pack_start (GTK_BOX (box), entry, TRUE, TRUE, 0);
  if (param->shown == PST_SHOWN_SEED)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_New Seed"));

      gtk_widget_set_tooltip_text (button,
                                   _ ("Tries another, equally good result"));
      g_signal_connect (button, "clicked", G_CALLBACK (on_new_seed), row);
      gtk_box_pack_start (GTK_BOX (box), button, FALSE, FALSE, 0);
    }
  attach_label (row, grid, line, entry);
  attach (grid, line, box, 1, 3);
}

static void
add_toggle (PstRow *row, const PstRowGrid *grid, int line)
{
  row->toggle = gtk_check_button_new_with_mnemonic (_ (row->param->label));
  set_help (row, row->toggle);
  pst_button_make_legible (row->toggle);
  g_signal_connect (row->toggle, "toggled", G_CALLBACK (on_toggled), row);
  attach (grid, line, row->toggle, 0, 3);
}

static void
add_combo (PstRow *row, const PstRowGrid *grid, int line, GCallback changed)
{
  row->combo = gtk_combo_box_text_new ();
  set_help (row, row->combo);
  pst_widget_scroll_if_focused (row->combo);
  g_signal_connect (row->combo, "changed", changed, row);
  attach_label (row, grid, line, row->combo);
  attach (grid, line, row->combo, 1, 3);
}

static void
add_choice (PstRow *row, const PstRowGrid *grid, int line)
{
  add_combo (row, grid, line, G_CALLBACK (on_choice_changed));
  for (const PstChoice *choice = row->param->choices; choice->name; choice++)
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (row->combo),
                                    _ (choice->label));
}

/* ---- from the parameters to the widgets --------------------------------- */

/* With the one that is chosen, which may come from a file of settings. */
static void
show_models (PstRow *row)
{
  const char *current =
    row->params->model ? row->params->model : PST_MODEL_BUILT_IN;
  GtkComboBoxText *combo = GTK_COMBO_BOX_TEXT (row->combo);
  g_auto (GStrv) names = pst_procedure_list_models (current);

  gtk_list_store_clear (
    GTK_LIST_STORE (gtk_combo_box_get_model (GTK_COMBO_BOX (combo))));
  for (int i = 0; names[i]; i++)
    {
      gtk_combo_box_text_append_text (combo, names[i]);
      if (g_str_equal (names[i], current))
        gtk_combo_box_set_active (GTK_COMBO_BOX (combo), i);
    }
}

static void
show_number (PstRow *row)
{
  double value = pst_params_get_number (row->params, row->param);

  if (row->number)
    gtk_adjustment_set_value (row->number, value);
  else if (row->toggle)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row->toggle), value != 0);
  else
    gtk_combo_box_set_active (GTK_COMBO_BOX (row->combo), value);
}

void
pst_row_refresh (PstRow *row)
{
  row->refreshing = TRUE;
  if (row->param->kind == PST_PARAM_MODEL)
    show_models (row);
  else
    show_number (row);
  row->refreshing = FALSE;
}

/* ---- public ------------------------------------------------------------- */

static void
free_row (gpointer row, GObject *table)
{
  g_free (row);
}

PstRow *
pst_row_new (const PstRowGrid *grid,
             int               line,
             const PstParam   *param,
             PstParams        *params,
             PstRowChanged     changed,
             gpointer          data)
{
  PstRow *row = g_new (PstRow, 1);

  *row = (PstRow){ param, params, changed, data };
  row->refreshing = TRUE; /* new widgets report changes, too */
  g_object_weak_ref (G_OBJECT (grid->table), free_row, row);
  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
      add_slider (row, grid, line);
      break;

    case PST_PARAM_INT:
      add_number (row, grid, line);
      break;

    case PST_PARAM_BOOLEAN:
      add_toggle (row, grid, line);
      break;

    case PST_PARAM_CHOICE:
      add_choice (row, grid, line);
      break;

    case PST_PARAM_MODEL:
      add_combo (row, grid, line, G_CALLBACK (on_model_changed));
      break;
    }
  pst_row_refresh (row);
  return row;
}
