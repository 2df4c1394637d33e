/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.h: how much memory the machine has to give */
#pragma once

#include <glib.h>

/* Bytes that can be had without swapping; G_MAXUINT64 where the system does not
 * say. */
guint64 pst_memory_available (void);
