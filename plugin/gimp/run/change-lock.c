/* SPDX-License-Identifier: GPL-3.0-or-later */
/* change-lock.c: one run at a time changes an image
 *
 * What is locked is the folder of GIMP's settings, flock(2), so no file is left
 * behind.
 */
#include "change-lock.h"

#include <libgimp/gimp.h>

#ifdef G_OS_UNIX

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#define WAIT     (G_USEC_PER_SEC / 200)
#define MAX_WAIT (5 * G_USEC_PER_SEC)

int
pst_change_lock (void)
{
  const gint64 end = g_get_monotonic_time () + MAX_WAIT;
  int          folder = open (gimp_directory (), O_RDONLY | O_CLOEXEC);

  if (folder < 0)
    return -1;
  while (flock (folder, LOCK_EX | LOCK_NB) != 0)
    {
      /* NFS does not lock folders. */
      if (errno != EWOULDBLOCK || g_get_monotonic_time () >= end)
        {
          close (folder);
          return -1;
        }
      g_usleep (WAIT);
    }
  return folder;
}

void
pst_change_unlock (int lock)
{
  if (lock >= 0)
    close (lock);
}

#else /* no such locks */

int
pst_change_lock (void)
{
  return -1;
}

void
pst_change_unlock (int lock)
{
}

#endif
