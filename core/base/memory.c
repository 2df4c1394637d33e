/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.c: how much memory the machine has left
 *
 * Linux reports it as MemAvailable in /proc/meminfo (proc(5)), in KiB.  A
 * control group, of a container or a service, may allow less (cgroups(7)): what
 * counts is the least that the process's own group and those above have left.
 */
#include "memory.h"

#include <string.h>

/* A version of control groups: where it is, and what its files are called. */
typedef struct
{
  const char *line; /* begins the group's name in /proc/self/cgroup */
  const char *mount;
  const char *limit;
  const char *used;
  const char *cached; /* in memory.stat: of files, given up when needed */
} Groups;

static const Groups versions[] = {
  { "0::", "sys/fs/cgroup", "memory.max", "memory.current",
    "\ninactive_file " },
  { ":memory:", "sys/fs/cgroup/memory", "memory.limit_in_bytes",
    "memory.usage_in_bytes", "\ntotal_inactive_file " },
};

static void
read_text (const char *folder, const char *name, char **ret_text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_file_get_contents (path, ret_text, NULL, NULL);
}

/* The number after @key in a file; @otherwise if there is none. */
static guint64
read_number (const char *folder,
             const char *name,
             const char *key,
             guint64     otherwise)
{
  g_autofree char *text = NULL;
  const char      *found;

  read_text (folder, name, &text);
  found = text ? strstr (text, key) : NULL;
  if (! found)
    return otherwise;
  found += strlen (key);
  found += strspn (found, " ");
  return g_ascii_isdigit (*found) ? g_ascii_strtoull (found, NULL, 10)
                                  : otherwise;
}

static guint64
left_in_group (const Groups *version, const char *folder)
{
  guint64 limit = read_number (folder, version->limit, "", G_MAXUINT64);
  guint64 used = read_number (folder, version->used, "", 0);
  guint64 cached = read_number (folder, "memory.stat", version->cached, 0);

  if (limit == G_MAXUINT64)
    return limit;
  used -= MIN (used, cached);
  return limit - MIN (limit, used);
}

static guint64
left_in_groups (const Groups *version, const char *root, const char *groups)
{
  guint64          least = G_MAXUINT64;
  const char      *line = strstr (groups, version->line);
  g_autofree char *group = NULL;
  char            *slash;

  if (! line)
    return least;
  line += strlen (version->line);
  group = g_strndup (line, strcspn (line, "\n"));
  do
    {
      g_autofree char *folder =
        g_build_filename (root, version->mount, group, NULL);

      least = MIN (least, left_in_group (version, folder));
      slash = strrchr (group, '/');
      if (slash)
        *slash = '\0';
    }
  while (slash);
  return least;
}

guint64
pst_memory_available_in (const char *root)
{
  guint64 kib =
    read_number (root, "proc/meminfo", "MemAvailable:", G_MAXUINT64 / 1024);
  guint64          least = kib == G_MAXUINT64 / 1024 ? G_MAXUINT64 : kib * 1024;
  g_autofree char *groups = NULL;

  read_text (root, "proc/self/cgroup", &groups);
  for (gsize i = 0; groups && i < G_N_ELEMENTS (versions); i++)
    least = MIN (least, left_in_groups (&versions[i], root, groups));
  return least;
}

guint64
pst_memory_available (void)
{
  return pst_memory_available_in ("/");
}
