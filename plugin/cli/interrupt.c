/* SPDX-License-Identifier: GPL-3.0-or-later */
/* interrupt.c: Ctrl-C and the request to terminate
 *
 * A signal handler has no argument of its own, so the transfer is held in the
 * only variables of this program that functions share.
 */
#include "interrupt.h"

#include <signal.h>

static PstTransfer *volatile transfer_to_cancel;
static gint was_requested;

static const int signals[] = { SIGINT, SIGTERM };

static void
on_signal (int number)
{
  /* Atomic, as two signals may come to two threads at once. */
  gboolean is_first = g_atomic_int_compare_and_exchange (&was_requested, 0, 1);

  if (! is_first && transfer_to_cancel)
    {
      signal (number, SIG_DFL);
      raise (number);
      return;
    }

  if (transfer_to_cancel)
    pst_transfer_cancel (transfer_to_cancel);
}

void
pst_interrupt_catch (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    if (signal (signals[i], on_signal) == SIG_IGN)
      signal (signals[i], SIG_IGN);
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
