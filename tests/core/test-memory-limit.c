/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-memory-limit.c: the available memory, from files as Linux has them */
#include "check.h"
#include "core/base/memory.h"

typedef struct
{
  const char *name;
  const char *files[16]; /* path, text, …, NULL */
  guint64     expected;
} Case;

#define MIB ((guint64) 1 << 20)
#define MEMINFO   \
  "proc/meminfo", \
    "MemTotal:  8388608 kB\nMemFree:  1024 kB\nMemAvailable:  4194304 kB\n"
#define V1        "sys/fs/cgroup/memory/"
#define UNLIMITED "9223372036854771712\n"

static const Case cases[] = {
  { "nothing is said", { NULL }, G_MAXUINT64 },
  { "no group", { MEMINFO, NULL }, 4096 * MIB },
  { "version 2, no limit",
    { MEMINFO, "proc/self/cgroup", "0::/a\n", "sys/fs/cgroup/a/memory.max",
      "max\n", "sys/fs/cgroup/a/memory.current", "4096\n", NULL },
    4096 * MIB },
  { "version 2, files can be given up",
    { MEMINFO, "proc/self/cgroup", "0::/a\n", "sys/fs/cgroup/a/memory.max",
      "104857600\n",                                  /* 100 MiB */
      "sys/fs/cgroup/a/memory.current", "62914560\n", /* 60 MiB */
      "sys/fs/cgroup/a/memory.stat",
      "anon 1\nfile 31457280\ninactive_file 20971520\nactive_file 7\n", NULL },
    60 * MIB },
  { "version 2, the group above allows less",
    { MEMINFO, "proc/self/cgroup", "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max",
      "max\n", "sys/fs/cgroup/a/memory.max", "104857600\n",
      "sys/fs/cgroup/a/memory.current", "94371840\n", NULL },
    10 * MIB },
  { "version 2, all is used",
    { MEMINFO, "proc/self/cgroup", "0::/\n", "sys/fs/cgroup/memory.max",
      "1048576\n", "sys/fs/cgroup/memory.current", "1052672\n", NULL },
    0 },
  { "version 1",
    { MEMINFO, "proc/self/cgroup", "5:devices:/\n4:memory:/a\n0::/\n",
      V1 "memory.limit_in_bytes", UNLIMITED, V1 "memory.usage_in_bytes",
      "4096\n", V1 "a/memory.limit_in_bytes", "104857600\n",
      V1 "a/memory.usage_in_bytes", "62914560\n", V1 "a/memory.stat",
      "cache 1\ninactive_file 7\n"
      "total_inactive_file 10485760\n",
      NULL },
    50 * MIB },
  /* a container sees its own group as the root, under another name */
  { "version 1, in a container",
    { MEMINFO, "proc/self/cgroup", "4:memory:/docker/1234\n",
      V1 "memory.limit_in_bytes", "104857600\n", NULL },
    100 * MIB },
  { "the machine has less than the group",
    { MEMINFO, "proc/self/cgroup", "0::/a\n", "sys/fs/cgroup/a/memory.max",
      "8589934592\n", NULL },
    4096 * MIB },
};

static void
test_case (gconstpointer data)
{
  const Case      *c = data;
  g_autofree char *root = check_make_tree (c->files);

  g_assert_cmpuint (pst_memory_available_in (root, "/pastiche-test").now, ==,
                    c->expected);
  check_remove_tree (root);
}

/* This machine has some. */
static void
test_here (void)
{
  g_assert_cmpuint (pst_memory_available ().now, >, 0);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/available/here", test_here);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/available/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
