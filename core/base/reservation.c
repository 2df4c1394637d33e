/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reservation.c: memory that concurrent runs are going to use
 *
 * A POSIX shared memory object is the table.  A byte of it is locked by the
 * process that owns the record, so that the system forgets those of processes
 * that die; another byte, after the records, by the one that is planning.  Such
 * locks belong to an open file (F_OFD_SETLK, fcntl(2)), and so also tell two
 * runs in one process apart.
 */
#define _GNU_SOURCE /* F_OFD_SETLK */

#include "reservation.h"

#include <fcntl.h>

#include "core/pastiche.h"
#include "process-memory.h"

struct _PstReservation
{
  int file;
  int number; /* of the record */
};

#ifdef F_OFD_SETLK

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_RECORDS 256
#define WAIT      (G_USEC_PER_SEC / 100)
#define MAX_WAITS 150
#define PLAN_BYTE (N_RECORDS * (int) sizeof (Record))

typedef struct
{
  gint64  process;
  guint64 bytes; /* of resident memory that it may reach */
} Record;

static int
open_table (const char *name)
{
  g_autofree char *own = g_strdup_printf ("/pastiche-%u", (guint) geteuid ());
  int file = shm_open (name ? name : own, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  struct stat found;

  /* Another user may have made it. */
  if (file >= 0 && (fstat (file, &found) != 0 || found.st_uid != geteuid ()))
    {
      close (file);
      return -1;
    }
  return file;
}

/* @command: F_OFD_SETLK or F_OFD_GETLK
 * Returns the type of lock that is found, or that is now held; -1: refused */
static int
lock (int file, int command, int type, int byte)
{
  struct flock range = {
    .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1
  };

  return fcntl (file, command, &range) == 0 ? range.l_type : -1;
}

static void
write_record (PstReservation *reservation, guint64 bytes)
{
  const Record record = { .process = getpid (), .bytes = bytes };

  if (pwrite (reservation->file, &record, sizeof record,
              reservation->number * sizeof record)
      < 0)
    g_debug ("the memory of this run cannot be reserved");
}

/* Bytes of memory that @process has; 0: it is not there. */
static guint64
resident_bytes (gint64 process)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, process);

  return pst_process_resident (name);
}

PstReservation *
pst_reservation_begin (const char *name)
{
  PstReservation *reservation;
  int             file = open_table (name);
  int             number = 0;

  if (file < 0)
    return NULL;
  for (int i = 0; i < MAX_WAITS; i++)
    {
      if (lock (file, F_OFD_SETLK, F_WRLCK, PLAN_BYTE) != -1)
        break;
      g_usleep (WAIT);
    }
  while (number < N_RECORDS
         && lock (file, F_OFD_SETLK, F_WRLCK, number * (int) sizeof (Record))
              == -1)
    number++;
  if (number == N_RECORDS)
    {
      close (file);
      return NULL;
    }

  reservation = g_new (PstReservation, 1);
  *reservation = (PstReservation){ .file = file, .number = number };
  write_record (reservation, 0);
  return reservation;
}

void
pst_reservation_set (PstReservation *reservation, guint64 bytes)
{
  if (! reservation)
    return;
  write_record (reservation, pst_process_bytes () + bytes);
  lock (reservation->file, F_OFD_SETLK, F_UNLCK, PLAN_BYTE);
}

void
pst_reservation_free (PstReservation *reservation)
{
  if (! reservation)
    return;
  write_record (reservation, 0);
  close (reservation->file);
  g_free (reservation);
}

/* Whether @process is in the control groups that this one is in. */
static gboolean
is_in_same_groups (gint64 process)
{
  g_autofree char *path =
    g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/cgroup", process);
  g_autofree char *its = NULL;
  g_autofree char *own = NULL;

  return g_file_get_contents (path, &its, NULL, NULL)
         && g_file_get_contents ("/proc/self/cgroup", &own, NULL, NULL)
         && g_str_equal (its, own);
}

/* Adds what a process has reserved of which @resident bytes are in use. */
static void
add_record (const Record *record, guint64 resident, PstReserved *sum)
{
  sum->outstanding += record->bytes - MIN (record->bytes, resident);
  if (record->process != getpid ())
    sum->held += MAX (record->bytes, resident);
}

void
pst_reservation_sum (const char  *name,
                     PstReserved *ret_all,
                     PstReserved *ret_same_groups)
{
  int    file = open_table (name);
  Record record;

  *ret_all = *ret_same_groups = (PstReserved){ 0 };
  if (file < 0)
    return;
  for (int i = 0; i < N_RECORDS; i++)
    {
      int     at = i * (int) sizeof record;
      guint64 resident;

      if (pread (file, &record, sizeof record, at) != sizeof record)
        break;
      if (record.bytes == 0 || lock (file, F_OFD_GETLK, F_WRLCK, at) != F_WRLCK)
        continue;
      resident = resident_bytes (record.process);
      if (resident == 0) /* it has just ended */
        continue;
      add_record (&record, resident, ret_all);
      if (is_in_same_groups (record.process))
        add_record (&record, resident, ret_same_groups);
    }
  close (file);
}

#else /* no such locks */

PstReservation *
pst_reservation_begin (const char *name)
{
  return NULL;
}

void
pst_reservation_set (PstReservation *reservation, guint64 bytes)
{
}

void
pst_reservation_free (PstReservation *reservation)
{
}

void
pst_reservation_sum (const char  *name,
                     PstReserved *ret_all,
                     PstReserved *ret_same_groups)
{
  *ret_all = *ret_same_groups = (PstReserved){ 0 };
}

#endif
