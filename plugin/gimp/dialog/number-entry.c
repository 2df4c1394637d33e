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
  return TRUE;
}

/* Owned by the caller. */
static char *
format (const PstParam *param, double value)
{
  if (param->shown == PST_SHOWN_AUTOMATIC && value == 0)
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

GtkWidget *
pst_number_entry_new (const PstParam *param, GtkAdjustment *adjustment)
{
  GtkWidget *spin =
    gtk_spin_button_new (adjustment, param->step, param->digits);

  g_signal_connect (spin, "input", G_CALLBACK (on_input), (gpointer) param);
  g_signal_connect (spin, "output", G_CALLBACK (on_output), (gpointer) param);
  on_output (GTK_SPIN_BUTTON (spin), param);
  gtk_entry_set_width_chars (GTK_ENTRY (spin), count_characters (param));
  gtk_entry_set_activates_default (GTK_ENTRY (spin), TRUE);
  pst_widget_scroll_if_focused (spin);
  return spin;
}
