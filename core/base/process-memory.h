/* SPDX-License-Identifier: GPL-3.0-or-later */
/* process-memory.h: how much memory a process has; pst_process_bytes() is in
 * pastiche.h */
#pragma once

#include <glib.h>

/* Bytes of memory that a process has, whose folder in /proc is called @process;
 * 0: it is not there, or the system does not say. */
guint64 pst_process_resident (const char *process);
