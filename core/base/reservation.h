/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reservation.h: memory that concurrent runs are going to use
 *
 * Memory that is free while a run is planned may be gone when it is needed,
 * because other processes have planned with it, too.  So each run of a user
 * tells the others how much it will need, and runs plan one after the other.
 */
#pragma once

#include <glib.h>

typedef struct _PstReservation PstReservation;

/* pst_reservation_begin:
 * Keeps others from planning, until pst_reservation_set(), but not for more
 * than a second or two.  The caller frees it.
 * @name: of the table, "/name"; NULL: that of the user's runs
 * Returns NULL where the system has no such table; the functions below accept
 * that. */
PstReservation *pst_reservation_begin (const char *name);

/* Tells the others that this process will need @bytes more than it has now, and
 * lets them plan. */
void pst_reservation_set (PstReservation *reservation, guint64 bytes);

/* The memory is no longer needed.  A process that dies does the same. */
void pst_reservation_free (PstReservation *reservation);

/* Sums over runs, in bytes. */
typedef struct
{
  guint64 outstanding; /* reserved, and not in use yet */
  guint64 held;        /* by other processes, in use or not: free when they
                        * have ended */
} PstReserved;

/* pst_reservation_sum:
 * Reads the table @name, as above, once.
 * @ret_all: of all runs
 * @ret_same_groups: of processes in the control groups of this one */
void pst_reservation_sum (const char  *name,
                          PstReserved *ret_all,
                          PstReserved *ret_same_groups);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstReservation, pst_reservation_free)
