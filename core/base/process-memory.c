/* SPDX-License-Identifier: GPL-3.0-or-later */
/* process-memory.c: how much memory a process has */
#include "process-memory.h"

#include "control-groups.h"
#include "core/pastiche.h"

#ifdef G_OS_UNIX
#include <unistd.h>
#endif

guint64
pst_process_resident (const char *process)
{
#ifdef G_OS_UNIX
  g_autofree char *folder = g_build_filename ("/proc", process, NULL);

  /* The second of the sizes in statm. */
  return pst_control_group_read (folder, "statm", " ", 0)
         * (guint64) sysconf (_SC_PAGESIZE);
#else
  return 0;
#endif
}

guint64
pst_process_bytes (void)
{
  return pst_process_resident ("self");
}
