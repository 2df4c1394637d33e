/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-window.c: what the user sees of a running transfer, and how to end it
 *
 * One source for GTK 2 and GTK 3.  A plain GtkProgressBar, since GIMP 3 does
 * not let a plug-in divert the progress that is reported to GIMP.
 */
#include "run-window.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "format.h"
#include "plugin/gimp/compat/gtk-compat.h"

#define LOWER_MARGIN 80 /* pixels, for the frame and a panel */

struct _PstRunWindow
{
  GtkWidget   *dialog;
  GtkWidget   *bar;
  GtkWidget   *stage;
  GtkWidget   *time;
  PstRunAnswer answer;
};

/* Escape and the window's own button keep the picture, so that minutes of work
 * are not lost by a slip. */
static void
on_response (GtkDialog *dialog, int response, PstRunWindow *window)
{
  if (window->answer != PST_RUN_GO_ON)
    return;

  window->answer =
    response == GTK_RESPONSE_CANCEL ? PST_RUN_CANCEL : PST_RUN_KEEP;
  gtk_label_set_text (GTK_LABEL (window->stage),
                      window->answer == PST_RUN_CANCEL
                        ? _ ("Cancelling…")
                        : _ ("Keeping the picture so far…"));
  gtk_label_set_text (GTK_LABEL (window->time), "");
  gtk_dialog_set_response_sensitive (dialog, GTK_RESPONSE_CANCEL, FALSE);
  gtk_dialog_set_response_sensitive (dialog, GTK_RESPONSE_ACCEPT, FALSE);
}

/* GIMP 3's dialogs do not answer by themselves. */
static gboolean
on_delete (GtkDialog *dialog, GdkEvent *event, gpointer data)
{
  gtk_dialog_response (dialog, GTK_RESPONSE_DELETE_EVENT);
  return TRUE;
}

static gboolean
on_key (GtkDialog *dialog, GdkEventKey *event, gpointer data)
{
  if (event->keyval != GDK_KEY_Escape)
    return FALSE;
  gtk_dialog_response (dialog, GTK_RESPONSE_ACCEPT);
  return TRUE;
}

/* At the lower edge of the monitor that the pointer is on: a window manager
 * would put the window over the middle of the image, where the picture
 * develops. */
static void
place_aside (GtkWindow *window)
{
  GdkRectangle monitor;
  int          width, height;

  pst_monitor_get (GTK_WIDGET (window), &monitor);
  gtk_widget_realize (GTK_WIDGET (window));
  gtk_window_get_size (window, &width, &height);
  gtk_window_move (window, monitor.x + (monitor.width - width) / 2,
                   monitor.y + monitor.height - height - LOWER_MARGIN);
}

static GtkWidget *
new_dialog (PstRunWindow *window)
{
  /* Translators: (Esc) is the key that does it. */
  const char *keep = _ ("_Stop and keep (Esc)");
  GtkWidget  *dialog =
    gimp_dialog_new (_ ("Neural Style Transfer"), "pastiche-run", NULL, 0, NULL,
                     NULL, _ ("_Cancel"), GTK_RESPONSE_CANCEL, keep,
                     GTK_RESPONSE_ACCEPT, NULL);

  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  gimp_window_set_transient (GTK_WINDOW (dialog));
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), window);
  g_signal_connect (dialog, "delete-event", G_CALLBACK (on_delete), NULL);
  g_signal_connect (dialog, "key-press-event", G_CALLBACK (on_key), NULL);
  return dialog;
}

static void
show_fraction (PstRunWindow *window, double fraction)
{
  /* Translators: how much of the work is done. */
  g_autofree char *percent =
    g_strdup_printf (_ ("%d %%"), (int) (fraction * 100));

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (window->bar), fraction);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (window->bar), percent);
}

PstRunWindow *
pst_run_window_new (const char *name)
{
  PstRunWindow *window = g_new0 (PstRunWindow, 1);
  GtkWidget    *box = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget    *label = pst_label_new (name, FALSE);
  GtkWidget    *content;

  window->dialog = new_dialog (window);
  window->bar = gtk_progress_bar_new ();
  gtk_widget_set_size_request (window->bar, 360, -1);
#if GTK_CHECK_VERSION(3, 0, 0)
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (window->bar), TRUE);
#endif
  show_fraction (window, 0);
  window->stage = pst_label_new (_ ("Preparing…"), FALSE);
  window->time = pst_label_new (NULL, FALSE);
  pst_label_fit_name (label);
  gimp_label_set_attributes (GTK_LABEL (label), PANGO_ATTR_WEIGHT,
                             PANGO_WEIGHT_BOLD, -1);

  gtk_container_set_border_width (GTK_CONTAINER (box), 12);
  gtk_box_pack_start (GTK_BOX (box), label, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), window->bar, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), window->stage, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), window->time, FALSE, FALSE, 0);
  content = gtk_dialog_get_content_area (GTK_DIALOG (window->dialog));
  gtk_box_pack_start (GTK_BOX (content), box, TRUE, TRUE, 0);
  gtk_widget_show_all (content);

  place_aside (GTK_WINDOW (window->dialog));
  gtk_widget_show (window->dialog);
  return window;
}

/* The first scale decides on the forms, the others add what only a larger
 * picture can have.  Owned by the caller. */
static char *
describe_stage (const PstProgress *progress)
{
  int n_details = progress->n_scales - 1;

  if (progress->n_scales == 0)
    return g_strdup (_ ("Preparing…"));
  if (n_details == 0)
    return g_strdup (_ ("Painting the picture."));
  if (progress->scale == 0)
    return g_strdup (_ ("Composition: the large forms and colors."));
  if (n_details == 1)
    return g_strdup (_ ("Detail: the brushwork."));
  /* Translators: the passes add finer and finer brushwork. */
  return g_strdup_printf (_ ("Detail: the brushwork, pass %d of %d."),
                          progress->scale, n_details);
}

/* Returns "About 3 minutes left.", owned by the caller. */
static char *
describe_time (double left)
{
  g_autofree char *duration = NULL;

  if (left < 0)
    return g_strdup ("");
  duration = pst_format_duration (left);
  /* Translators: %s is a time, as "3 minutes". */
  return g_strdup_printf (_ ("About %s left."), duration);
}

void
pst_run_window_update (PstRunWindow      *window,
                       const PstProgress *progress,
                       double             left)
{
  g_autofree char *stage = NULL;
  g_autofree char *time = NULL;

  if (window->answer != PST_RUN_GO_ON)
    return;

  stage = describe_stage (progress);
  time = describe_time (left);
  gtk_label_set_text (GTK_LABEL (window->stage), stage);
  gtk_label_set_text (GTK_LABEL (window->time), time);
  if (progress->n_scales > 0)
    show_fraction (window, progress->fraction);
}

PstRunAnswer
pst_run_window_get_answer (const PstRunWindow *window)
{
  return window->answer;
}

void
pst_run_window_free (PstRunWindow *window)
{
  if (! window)
    return;

  gtk_widget_destroy (window->dialog);
  g_free (window);
}
