/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-processors.c: how many processors may be used, from files as Linux has
 * them and this process's affinity */
#define _GNU_SOURCE /* sched_setaffinity() */

#include <sched.h>

#include "check.h"
#include "core/base/processors.h"
#include "core/base/workers.h"

typedef struct
{
  const char *name;
  const char *files[16]; /* path, text, …, NULL */
  guint64     expected;
} Case;

#define GROUPS    "proc/self/cgroup"
#define MOUNT     "sys/fs/cgroup/"
#define UNLIMITED G_MAXUINT64

static const Case cases[] = {
  { "nothing is said", { NULL }, UNLIMITED },
  { "version 2, no limit",
    { GROUPS, "0::/a\n", MOUNT "a/cpu.max", "max 100000\n", NULL },
    UNLIMITED },
  { "version 2, two processors",
    { GROUPS, "0::/a\n", MOUNT "a/cpu.max", "200000 100000\n", NULL },
    2 },
  { "version 2, one and a half",
    { GROUPS, "0::/a\n", MOUNT "a/cpu.max", "75000 50000\n", NULL },
    2 },
  { "version 2, a twentieth",
    { GROUPS, "0::/a\n", MOUNT "a/cpu.max", "5000 100000\n", NULL },
    1 },
  { "version 2, the group above allows less",
    { GROUPS, "0::/a.slice/b.scope\n", MOUNT "a.slice/b.scope/cpu.max",
      "400000 100000\n", MOUNT "a.slice/cpu.max", "300000 100000\n", NULL },
    3 },
  { "version 2, the group below allows less",
    { GROUPS, "0::/a/b/c\n", MOUNT "a/b/c/cpu.max", "max 100000\n",
      MOUNT "a/b/cpu.max", "100000 100000\n", MOUNT "a/cpu.max",
      "300000 100000\n", NULL },
    1 },
  { "version 2, in a container",
    { GROUPS, "0::/\n", MOUNT "cpu.max", "150000 100000\n", NULL },
    2 },
  { "version 2, damaged",
    { GROUPS, "0::/\n", MOUNT "cpu.max", "100000", NULL },
    UNLIMITED },
  { "version 1, no limit",
    { GROUPS, "4:cpu,cpuacct:/a\n", MOUNT "cpu,cpuacct/a/cpu.cfs_quota_us",
      "-1\n", MOUNT "cpu,cpuacct/a/cpu.cfs_period_us", "100000\n", NULL },
    UNLIMITED },
  { "version 1, two processors",
    { GROUPS, "5:cpuset:/b\n4:cpu,cpuacct:/a\n0::/\n",
      MOUNT "cpu,cpuacct/a/cpu.cfs_quota_us", "200000\n",
      MOUNT "cpu,cpuacct/a/cpu.cfs_period_us", "100000\n", NULL },
    2 },
  { "version 1, mounted by the one name, in a container",
    { GROUPS, "4:cpuacct,cpu:/docker/1234\n", MOUNT "cpu/cpu.cfs_quota_us",
      "50000\n", MOUNT "cpu/cpu.cfs_period_us", "50000\n", NULL },
    1 },
  { "another controller's quota",
    { GROUPS, "4:cpuset:/a\n", MOUNT "cpu/a/cpu.cfs_quota_us", "100000\n",
      MOUNT "cpu/a/cpu.cfs_period_us", "100000\n", NULL },
    UNLIMITED },
};

static void
test_case (gconstpointer data)
{
  const Case      *c = data;
  g_autofree char *root = check_make_tree (c->files);

  g_assert_cmpuint (pst_processors_quota_in (root), ==, c->expected);
  check_remove_tree (root);
}

/* This process may run on fewer processors than the machine has. */
static void
test_affinity (void)
{
  cpu_set_t before, one;
  int       first = 0;

  if (sched_getaffinity (0, sizeof before, &before) != 0)
    {
      g_test_skip ("the system does not say");
      return;
    }
  while (! CPU_ISSET (first, &before))
    first++;
  CPU_ZERO (&one);
  CPU_SET (first, &one);
  g_assert_cmpint (sched_setaffinity (0, sizeof one, &one), ==, 0);
  g_assert_cmpint (pst_processors_available (), ==, 1);
  g_assert_cmpint (pst_workers_wanted (0), ==, 1);
  g_assert_cmpint (pst_workers_wanted (3), ==, 3);
  g_assert_cmpint (sched_setaffinity (0, sizeof before, &before), ==, 0);
  g_assert_cmpint (pst_processors_available (), <=, CPU_COUNT (&before));
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/processors/affinity", test_affinity);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/quota/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
