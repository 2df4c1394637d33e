/* SPDX-License-Identifier: GPL-3.0-or-later */
/* interrupt.h: Ctrl-C and the request to terminate */
#pragma once

#include "core/pastiche.h"

/* pst_interrupt_catch:
 * From now on the first SIGINT or SIGTERM cancels @transfer, and the second one
 * ends the program.  Once in a program; @transfer must stay until
 * pst_interrupt_ignore().  A signal that the program was started to ignore
 * stays ignored. */
void pst_interrupt_catch  (PstTransfer *transfer);

/* From now on the signals do nothing: a file is being completed. */
void pst_interrupt_ignore (void);
