/* SPDX-License-Identifier: GPL-3.0-or-later */
/* processors.c: how many processors this process may use
 *
 * A control group limits the time of all processors together, to a quota in
 * each period of so many microseconds: 200000 in 100000 is two processors.
 */
#define _GNU_SOURCE /* sched_getaffinity() */

#include "processors.h"

#include <sched.h>

#include "control-groups.h"

#define MAX_PROCESSORS 8192 /* the most that Linux is built for */

#define NO_QUOTA G_MAXUINT64

/* PstGroupLimit */
static guint64
quota_of_group (const char *folder, int version)
{
  guint64 quota, period;

  if (version == 2)
    {
      quota = pst_control_group_read (folder, "cpu.max", "", NO_QUOTA);
      period = pst_control_group_read (folder, "cpu.max", " ", 0);
    }
  else
    {
      quota = pst_control_group_read (folder, "cpu.cfs_quota_us", "", NO_QUOTA);
      period = pst_control_group_read (folder, "cpu.cfs_period_us", "", 0);
    }

  if (quota == NO_QUOTA || period == 0)
    return G_MAXUINT64;
  return MAX (quota / period + (quota % period > 0), 1);
}

guint64
pst_processors_quota_in (const char *root)
{
  return pst_control_groups_limit (root, "cpu", quota_of_group);
}

/* Those that the process may run on. */
static int
allowed_processors (void)
{
  int n = 0;

#ifdef CPU_SETSIZE
  cpu_set_t set[MAX_PROCESSORS / CPU_SETSIZE];

  if (sched_getaffinity (0, sizeof set, set) == 0)
    n = CPU_COUNT_S (sizeof set, set);
#endif
  return n > 0 ? n : (int) g_get_num_processors ();
}

int
pst_processors_available (void)
{
  return MIN ((guint64) allowed_processors (), pst_processors_quota_in ("/"));
}
