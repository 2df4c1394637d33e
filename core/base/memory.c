/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.c: how much memory the machine has left
 *
 * Linux reports it as MemAvailable in /proc/meminfo (proc(5)), in KiB.  A
 * control group may allow less.  Memory that other runs have reserved does not
 * count as left.
 */
#include "memory.h"

#include <glib/gi18n-lib.h>

#include "control-groups.h"
#include "reservation.h"

/* What the files of a version of control groups are called. */
typedef struct
{
  const char *limit;
  const char *used;
  const char *cached; /* in memory.stat: cached files, which the system gives up
                       * when needed */
} Names;

static const Names names_of_version[] = {
  [1] = { "memory.limit_in_bytes", "memory.usage_in_bytes",
          "\ntotal_inactive_file " },
  [2] = { "memory.max", "memory.current", "\ninactive_file " },
};

/* PstGroupLimit */
static guint64
left_in_group (const char *folder, int version)
{
  const Names *names = &names_of_version[version];
  guint64      limit =
    pst_control_group_read (folder, names->limit, "", G_MAXUINT64);
  guint64 used = pst_control_group_read (folder, names->used, "", 0);
  guint64 cached =
    pst_control_group_read (folder, "memory.stat", names->cached, 0);

  if (limit == G_MAXUINT64)
    return limit;
  used -= MIN (used, cached);
  return limit - MIN (limit, used);
}

/* @left, without what runs have reserved. */
static PstAvailableMemory
without (guint64 left, const PstReserved *reserved)
{
  guint64 now = left - MIN (left, reserved->outstanding);

  if (left == G_MAXUINT64)
    return (PstAvailableMemory){ left, left };
  return (PstAvailableMemory){ now, now + reserved->held };
}

/* As Linux says; G_MAXUINT64: it does not. */
static guint64
left_in_machine (const char *root)
{
  guint64 kib = pst_control_group_read (root, "proc/meminfo",
                                        "MemAvailable:", G_MAXUINT64 / 1024);

  return kib == G_MAXUINT64 / 1024 ? G_MAXUINT64 : kib * 1024;
}

PstAvailableMemory
pst_memory_available_in (const char *root, const char *table)
{
  PstReserved        all, same_groups;
  PstAvailableMemory machine, groups;

  pst_reservation_sum (table, &all, &same_groups);
  machine = without (left_in_machine (root), &all);
  groups = without (pst_control_groups_limit (root, "memory", left_in_group),
                    &same_groups);
  return (PstAvailableMemory){ MIN (machine.now, groups.now),
                               MIN (machine.later, groups.later) };
}

PstAvailableMemory
pst_memory_available (void)
{
  return pst_memory_available_in ("/", NULL);
}

char *
pst_memory_format (guint64 bytes)
{
  return bytes < 999500000 ? g_strdup_printf (_ ("%.0f MB"), bytes / 1e6)
                           : g_strdup_printf (_ ("%.1f GB"), bytes / 1e9);
}
