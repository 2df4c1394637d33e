/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.c: how much memory the machine has to give
 *
 * Linux tells it as MemAvailable in /proc/meminfo (proc(5)), in KiB.
 */
#include "memory.h"

#include <string.h>

guint64
pst_memory_available (void)
{
  g_autofree char *text = NULL;
  const char      *line;

  if (! g_file_get_contents ("/proc/meminfo", &text, NULL, NULL))
    return G_MAXUINT64;
  line = strstr (text, "MemAvailable:");
  if (! line)
    return G_MAXUINT64;
  return g_ascii_strtoull (line + strlen ("MemAvailable:"), NULL, 10) * 1024;
}
