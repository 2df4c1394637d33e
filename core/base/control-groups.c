/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control-groups.c: what the control groups of this process allow
 *
 * /proc/self/cgroup has a line "number:controllers:group" for each hierarchy;
 * that of version 2 is "0::group".  A container may see its own group as the
 * root while the line has another name for it, so groups that are missing are
 * skipped.
 */
#include "control-groups.h"

#include <string.h>

#define MOUNT "sys/fs/cgroup"

guint64
pst_control_group_read (const char *folder,
                        const char *name,
                        const char *key,
                        guint64     otherwise)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  const char      *found;

  if (! g_file_get_contents (path, &text, NULL, NULL))
    return otherwise;
  found = strstr (text, key);
  if (! found)
    return otherwise;
  found += strlen (key);
  found += strspn (found, " ");
  return g_ascii_isdigit (*found) ? g_ascii_strtoull (found, NULL, 10)
                                  : otherwise;
}

/* The folder of the hierarchy that has @controllers, "cpu,cpuacct"; the caller
 * owns it. */
static char *
find_mount (const char *root, const char *controllers, const char *controller)
{
  char *mount = g_build_filename (root, MOUNT, controllers, NULL);

  if (g_file_test (mount, G_FILE_TEST_IS_DIR))
    return mount;
  g_free (mount);
  return g_build_filename (root, MOUNT, controller, NULL);
}

/* The least of @group and those above it. */
static guint64
limit_of_group (const char   *mount,
                const char   *group,
                int           version,
                PstGroupLimit limit)
{
  g_autofree char *above = g_strdup (group);
  guint64          least = G_MAXUINT64;
  char            *slash;

  do
    {
      g_autofree char *folder = g_build_filename (mount, above, NULL);

      least = MIN (least, limit (folder, version));
      slash = strrchr (above, '/');
      if (slash)
        *slash = '\0';
    }
  while (slash);
  return least;
}

/* Of a line of /proc/self/cgroup. */
static guint64
limit_of_line (const char   *root,
               const char   *line,
               const char   *controller,
               PstGroupLimit limit)
{
  g_auto (GStrv) fields = g_strsplit (line, ":", 3);
  g_auto (GStrv) controllers = NULL;
  g_autofree char *mount = NULL;

  if (g_strv_length (fields) != 3)
    return G_MAXUINT64;
  if (g_str_equal (fields[0], "0") && g_str_equal (fields[1], ""))
    {
      mount = g_build_filename (root, MOUNT, NULL);
      return limit_of_group (mount, fields[2], 2, limit);
    }

  controllers = g_strsplit (fields[1], ",", -1);
  if (! g_strv_contains ((const char *const *) controllers, controller))
    return G_MAXUINT64;
  mount = find_mount (root, fields[1], controller);
  return limit_of_group (mount, fields[2], 1, limit);
}

guint64
pst_control_groups_limit (const char   *root,
                          const char   *controller,
                          PstGroupLimit limit)
{
  g_autofree char *path = g_build_filename (root, "proc/self/cgroup", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint64 least = G_MAXUINT64;

  if (! g_file_get_contents (path, &text, NULL, NULL))
    return least;
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i]; i++)
    least = MIN (least, limit_of_line (root, lines[i], controller, limit));
  return least;
}
