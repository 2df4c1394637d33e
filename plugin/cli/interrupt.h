/* SPDX-License-Identifier: GPL-3.0-or-later */
/* interrupt.h: Ctrl-C and the request to terminate */
#pragma once

#include "core/pastiche.h"

/* pst_interrupt_catch:
 * From now on the first SIGINT or SIGTERM is remembered.  A signal that the
 * program was started to ignore stays ignored. */
void pst_interrupt_catch (void);

/* pst_interrupt_set_transfer:
 * The first signal, even one that came before, cancels @transfer, and the
 * second one ends the program.  @transfer must stay until it is replaced; NULL:
 * none, and no signal ends the program, since a file may be about to be
 * completed. */
void pst_interrupt_set_transfer (PstTransfer *transfer);

/* Whether there was a signal. */
gboolean pst_interrupt_was_requested (void);
