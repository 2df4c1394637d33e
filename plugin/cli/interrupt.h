/* SPDX-License-Identifier: GPL-3.0-or-later */
/* interrupt.h: Ctrl-C and other requests to stop */
#pragma once

#include "core/pastiche.h"

/* pst_interrupt_catch:
 * From now on the first signal that asks the program to stop is remembered:
 * SIGINT, SIGTERM, SIGHUP (the terminal closes), SIGXCPU (a limit of processor
 * time), SIGUSR1, SIGUSR2 and SIGALRM (a queue's warning).  A signal that the
 * program was started to ignore stays ignored, such as SIGHUP under nohup. */
void pst_interrupt_catch (void);

/* pst_interrupt_set_transfer:
 * The first signal, even one that came before, cancels @transfer; the second
 * SIGINT or SIGTERM ends the program.  @transfer must stay until it is
 * replaced; NULL: none, and no signal ends the program, since a file may be
 * about to be completed. */
void pst_interrupt_set_transfer (PstTransfer *transfer);

/* Whether there was a signal. */
gboolean pst_interrupt_was_requested (void);
