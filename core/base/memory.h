/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.h: how much memory the machine has left */
#pragma once

#include <glib.h>

/* "250 MB", "1.2 GB", for messages; the caller owns it. */
char *pst_memory_format (guint64 bytes);

/* Bytes; G_MAXUINT64 where the system does not say. */
typedef struct
{
  guint64 now;   /* that this process can have without swapping, that its
                  * control groups allow, and that no run has reserved */
  guint64 later; /* the same when the user's other runs have ended */
} PstAvailableMemory;

/* What is available at this moment. */
PstAvailableMemory pst_memory_available (void);

/* The same for the system whose root folder is @root, with the reservations in
 * @table; NULL: the user's. */
PstAvailableMemory pst_memory_available_in (const char *root,
                                            const char *table);
