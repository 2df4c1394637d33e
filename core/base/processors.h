/* SPDX-License-Identifier: GPL-3.0-or-later */
/* processors.h: how many processors this process may use */
#pragma once

#include <glib.h>

/* The processors that this process may run on (its affinity and its cpuset),
 * or fewer if its control groups allow less time than these have; at least
 * 1. */
int pst_processors_available (void);

/* How many processors' time the control groups allow, rounded up, in the system
 * whose root folder is @root; G_MAXUINT64: there is no limit. */
guint64 pst_processors_quota_in (const char *root);
