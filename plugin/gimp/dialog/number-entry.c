/* SPDX-License-Identifier: GPL-3.0-or-later */
/* number-entry.c: the field in which a parameter's number is typed */
#include "number-entry.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/gimp/compat/gtk-compat.h"

static const char *
automatic (void)
{
  /* Translators: in place of a number that Pastiche chooses by itself. */
  return _ ("automatic");
}

/* Whether the text begins as @word does, or is @word. */
static gboolean
begins (const char *text, const char *word)
{
  g_autofree char *typed = g_utf8_casefold (text, -1);
  g_autofree char *folded = g_utf8_casefold (word, -1);

  return g_str_has_prefix (folded, typed);
}

static gboolean
is_automatic (const PstParam *param, double value)
{
  return param->shown == PST_SHOWN_AUTOMATIC && value == 0;
}

/* GTK would take what is no number for 0.  The unit may be left out. */
static int
on_input (GtkSpinButton *spin, double *ret_value, const PstParam *param)
{
  const char      *typed = gtk_entry_get_text (GTK_ENTRY (spin));
  g_autofree char *text = g_strstrip (g_strdup (typed));
  char            *end;

  *ret_value = g_strtod (text, &end);
  while (g_ascii_isspace (*end))
    end++;
  if (end == text && param->shown == PST_SHOWN_AUTOMATIC
      && begins (text, automatic ()))
    *ret_value = 0;
  else if (end == text || ! begins (end, param->unit ? _ (param->unit) : ""))
    *ret_value = gtk_spin_button_get_value (spin);
  else if (param->shown == PST_SHOWN_AUTOMATIC
           && *ret_value > gtk_adjustment_get_upper (
                gtk_spin_button_get_adjustment (spin)))
    *ret_value = 0;
  return TRUE;
}

/* Owned by the caller. */
static char *
format (const PstParam *param, double value)
{
  if (is_automatic (param, value))
    return g_strdup (automatic ());
  if (param->unit)
    return g_strdup_printf ("%.*f %s", param->digits, value, _ (param->unit));
  return g_strdup_printf ("%.*f", param->digits, value);
}

static gboolean
on_output (GtkSpinButton *spin, const PstParam *param)
{
  GtkAdjustment   *adjustment = gtk_spin_button_get_adjustment (spin);
  g_autofree char *text = format (param, gtk_adjustment_get_value (adjustment));

  if (strcmp (gtk_entry_get_text (GTK_ENTRY (spin)), text) != 0)
    gtk_entry_set_text (GTK_ENTRY (spin), text);
  return TRUE;
}

/* Characters of the longest text. */
static int
count_characters (const PstParam *param)
{
  const double values[] = { 0, param->min, param->max };
  int          n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = format (param, values[i]);

      n = MAX (n, g_utf8_strlen (text, -1));
    }
  return n;
}

/* ---- steps from and to "automatic" -------------------------------------- */

static double
first_of (GtkAdjustment *adjustment)
{
  return *(double *) g_object_get_data (G_OBJECT (adjustment), "first");
}

/* Automatic is no small number, but as 0 it would be one step from it. */
static void
set_steps (GtkAdjustment *adjustment, const PstParam *param)
{
  gboolean from_automatic =
    is_automatic (param, gtk_adjustment_get_value (adjustment));
  double first = first_of (adjustment);

  gtk_adjustment_set_step_increment (adjustment,
                                     from_automatic ? first : param->step);
  gtk_adjustment_set_page_increment (adjustment,
                                     from_automatic ? first : 10 * param->step);
}

/* The values are a ring: automatic comes after the largest, too. */
static void
on_wrapped (GtkSpinButton *spin)
{
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (spin);

  if (gtk_adjustment_get_value (adjustment) > 0)
    gtk_adjustment_set_value (adjustment, first_of (adjustment));
}

static void
step_from_automatic (GtkWidget      *spin,
                     const PstParam *param,
                     GtkAdjustment  *adjustment,
                     double          first)
{
  g_object_set_data_full (G_OBJECT (adjustment), "first",
                          g_memdup2 (&first, sizeof first), g_free);
  set_steps (adjustment, param);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (set_steps),
                    (gpointer) param);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  g_signal_connect (spin, "wrapped", G_CALLBACK (on_wrapped), NULL);
}

/* ---- public ------------------------------------------------------------- */

GtkWidget *
pst_number_entry_new (const PstParam *param,
                      GtkAdjustment  *adjustment,
                      double          first)
{
  GtkWidget *spin =
    gtk_spin_button_new (adjustment, param->step, param->digits);

  if (param->shown == PST_SHOWN_AUTOMATIC)
    step_from_automatic (spin, param, adjustment, first);

  g_signal_connect (spin, "input", G_CALLBACK (on_input), (gpointer) param);
  g_signal_connect (spin, "output", G_CALLBACK (on_output), (gpointer) param);
  on_output (GTK_SPIN_BUTTON (spin), param);
  gtk_entry_set_width_chars (GTK_ENTRY (spin), count_characters (param));
  gtk_entry_set_activates_default (GTK_ENTRY (spin), TRUE);
  pst_widget_scroll_if_focused (spin);
  return spin;
}
