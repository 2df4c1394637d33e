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

/* Whether the text is the word or begins as the word does. */
static gboolean
means_automatic (const char *text)
{
  g_autofree char *typed = g_utf8_casefold (text, -1);
  g_autofree char *word = g_utf8_casefold (automatic (), -1);

  return g_str_has_prefix (word, typed);
}

/* GTK would take what is no number for 0. */
static int
on_input (GtkSpinButton *spin, double *ret_value, gpointer data)
{
  const char      *typed = gtk_entry_get_text (GTK_ENTRY (spin));
  g_autofree char *text = g_strstrip (g_strdup (typed));
  char            *end;

  *ret_value = g_strtod (text, &end);
  if (means_automatic (text))
    *ret_value = 0;
  else if (*end)
    *ret_value = gtk_spin_button_get_value (spin);
  return TRUE;
}

static gboolean
on_output (GtkSpinButton *spin, gpointer data)
{
  GtkEntry *entry = GTK_ENTRY (spin);

  if (gtk_adjustment_get_value (gtk_spin_button_get_adjustment (spin)) != 0)
    return FALSE;
  if (strcmp (gtk_entry_get_text (entry), automatic ()) != 0)
    gtk_entry_set_text (entry, automatic ());
  return TRUE;
}

/* Characters that the longest number takes, or the word. */
static int
count_characters (const PstParam *param)
{
  g_autofree char *min = g_strdup_printf ("%.*f", param->digits, param->min);
  g_autofree char *max = g_strdup_printf ("%.*f", param->digits, param->max);
  int              n = MAX (strlen (min), strlen (max));

  if (param->shown == PST_SHOWN_AUTOMATIC)
    n = MAX (n, g_utf8_strlen (automatic (), -1));
  return n;
}

GtkWidget *
pst_number_entry_new (const PstParam *param, GtkAdjustment *adjustment)
{
  GtkWidget *spin =
    gtk_spin_button_new (adjustment, param->step, param->digits);

  if (param->shown == PST_SHOWN_AUTOMATIC)
    {
      g_signal_connect (spin, "input", G_CALLBACK (on_input), NULL);
      g_signal_connect (spin, "output", G_CALLBACK (on_output), NULL);
      gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
    }
  else
    {
      gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
    }
  gtk_entry_set_width_chars (GTK_ENTRY (spin), count_characters (param));
  gtk_entry_set_activates_default (GTK_ENTRY (spin), TRUE);
  pst_widget_scroll_if_focused (spin);
  return spin;
}
