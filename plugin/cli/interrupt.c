/* SPDX-License-Identifier: GPL-3.0-or-later */
/* interrupt.c: Ctrl-C and other requests to stop
 *
 * A signal handler has no argument of its own, so the transfer is held in the
 * only variables of this program that functions share.
 *
 * Signals come in series: a terminal that closes sends SIGHUP twice, a limit of
 * processor time SIGXCPU each second, a queue SIGUSR1 and later SIGTERM.  So
 * only SIGINT and SIGTERM end the program when they are repeated.
 */
#include "interrupt.h"

#include <signal.h>

static PstTransfer *volatile transfer_to_cancel;
static gint was_requested;
static gint was_asked_to_quit;

static const int quitting[] = { SIGINT, SIGTERM };
static const int warnings[] = { SIGHUP, SIGXCPU, SIGUSR1, SIGUSR2, SIGALRM };

/* Writing fails instead, which is no reason to lose the picture. */
static const int ignored[] = { SIGPIPE, SIGXFSZ };

static void
on_warning (int number)
{
  g_atomic_int_set (&was_requested, TRUE);
  if (transfer_to_cancel)
    pst_transfer_cancel (transfer_to_cancel);
}

static void
on_quit (int number)
{
  /* Atomic, as two signals may come to two threads at once. */
  gboolean is_first =
    g_atomic_int_compare_and_exchange (&was_asked_to_quit, 0, 1);

  if (! is_first && transfer_to_cancel)
    {
      signal (number, SIG_DFL);
      raise (number);
      return;
    }

  on_warning (number);
}

/* A signal that the program was started to ignore stays ignored. */
static void
catch_signals (const int *numbers, int n, void (*handler) (int))
{
  for (int i = 0; i < n; i++)
    if (signal (numbers[i], handler) == SIG_IGN)
      signal (numbers[i], SIG_IGN);
}

void
pst_interrupt_catch (void)
{
  catch_signals (quitting, G_N_ELEMENTS (quitting), on_quit);
  catch_signals (warnings, G_N_ELEMENTS (warnings), on_warning);
  catch_signals (ignored, G_N_ELEMENTS (ignored), SIG_IGN);
}

void
pst_interrupt_set_transfer (PstTransfer *transfer)
{
  transfer_to_cancel = transfer;
  if (transfer && g_atomic_int_get (&was_requested))
    pst_transfer_cancel (transfer);
}

gboolean
pst_interrupt_was_requested (void)
{
  return g_atomic_int_get (&was_requested);
}
