/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-window.c: what the user sees of a running transfer, and how to end it
 *
 * One source for GTK 2 and GTK 3.  A plain GtkProgressBar, since GIMP 3 does
 * not let a plug-in divert the progress that is reported to GIMP.
 */
#include "run-window.h"

#include <glib/gi18n-lib.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "format.h"
#include "plot.h"
#include "plugin/gimp/compat/gtk-compat.h"

#define LOWER_MARGIN 80 /* pixels, for the frame and a panel */

struct _PstRunWindow
{
  GtkWidget   *dialog;
  GtkWidget   *bar;
  GtkWidget   *detail;
  PstPlot     *plot;
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
  gtk_label_set_text (GTK_LABEL (window->detail),
                      window->answer == PST_RUN_CANCEL
                        ? _ ("Cancelling…")
                        : _ ("Keeping the picture so far…"));
  gtk_dialog_set_response_sensitive (dialog, GTK_RESPONSE_CANCEL, FALSE);
  gtk_dialog_set_response_sensitive (dialog, GTK_RESPONSE_ACCEPT, FALSE);
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

PstRunWindow *
pst_run_window_new (const char *name)
{
  PstRunWindow *window = g_new0 (PstRunWindow, 1);
  GtkWidget    *box = pst_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget    *label = pst_label_new (name, FALSE);

  window->dialog =
    gimp_dialog_new (_ ("Neural Style Transfer"), "pastiche-run", NULL, 0, NULL,
                     NULL, _ ("_Cancel"), GTK_RESPONSE_CANCEL,
                     _ ("_Stop and keep"), GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (window->dialog),
                                   GTK_RESPONSE_ACCEPT);
  gimp_window_set_transient (GTK_WINDOW (window->dialog));

  window->bar = gtk_progress_bar_new ();
  gtk_widget_set_size_request (window->bar, 360, -1);
#if GTK_CHECK_VERSION(3, 0, 0)
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (window->bar), TRUE);
#endif
  window->detail = pst_label_new (_ ("Preparing…"), FALSE);
  window->plot = pst_plot_new ();
  gimp_help_set_help_data (pst_plot_get_widget (window->plot),
                           _ ("The loss on a logarithmic scale, one curve for "
                              "each scale of the picture"),
                           NULL);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);

  gtk_container_set_border_width (GTK_CONTAINER (box), 12);
  gtk_box_pack_start (GTK_BOX (box), label, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), window->bar, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), window->detail, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), pst_plot_get_widget (window->plot), TRUE,
                      TRUE, 0);
  gtk_box_pack_start (GTK_BOX (gtk_dialog_get_content_area (
                        GTK_DIALOG (window->dialog))),
                      box, TRUE, TRUE, 0);

  g_signal_connect (window->dialog, "response", G_CALLBACK (on_response),
                    window);
  g_signal_connect (window->dialog, "delete-event", G_CALLBACK (gtk_true),
                    NULL);
  gtk_widget_show_all (
    gtk_dialog_get_content_area (GTK_DIALOG (window->dialog)));
  place_aside (GTK_WINDOW (window->dialog));
  gtk_widget_show (window->dialog);
  return window;
}

/* Returns "Scale 1 of 3. About 3 minutes left.", owned by the caller. */
static char *
describe_progress (const PstProgress *progress)
{
  g_autofree char *scale =
    g_strdup_printf (_ ("Scale %d of %d."), progress->scale + 1,
                     progress->n_scales);
  g_autofree char *duration = NULL;
  g_autofree char *left = NULL;

  if (progress->remaining < 0)
    return g_steal_pointer (&scale);

  duration = pst_format_duration (progress->remaining);
  /* Translators: %s is a time, as "3 minutes". */
  left = g_strdup_printf (_ ("About %s left."), duration);
  return g_strdup_printf ("%s %s", scale, left);
}

void
pst_run_window_update (PstRunWindow *window, const PstProgress *progress)
{
  g_autofree char *percent = NULL;
  g_autofree char *detail = NULL;

  if (window->answer != PST_RUN_GO_ON || progress->n_scales == 0)
    return;

  /* Translators: how much of the work is done. */
  percent = g_strdup_printf (_ ("%d %%"), (int) (progress->fraction * 100));
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (window->bar),
                                 progress->fraction);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (window->bar), percent);

  detail = describe_progress (progress);
  gtk_label_set_text (GTK_LABEL (window->detail), detail);
  pst_plot_add (window->plot, progress);
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
  pst_plot_free (window->plot);
  g_free (window);
}
