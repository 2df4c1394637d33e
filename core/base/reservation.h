/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reservation.h: memory that runs at the same time are going to use
 *
 * What is free while a run is planned may be gone when it is needed, since
 * other processes may have planned with it, too.  So each run of a user tells
 * the others how much it will need, and they plan one after the other.
 */
#pragma once

#include <glib.h>

typedef struct _PstReservation PstReservation;

/* pst_reservation_begin:
 * Keeps others from planning, until pst_reservation_set(), but not for more
 * than a second or two.  The caller frees it.
 * @name: of the table, "/name"; NULL: that of the user's runs
 * NULL: the system has no such table; the functions below take that. */
PstReservation *pst_reservation_begin (const char *name);

/* Tells the others that this process will need @bytes more than it has now, and
 * lets them plan. */
void pst_reservation_set (PstReservation *reservation, guint64 bytes);

/* The memory is no longer needed.  A process that dies does the same. */
void pst_reservation_free (PstReservation *reservation);

/* pst_reservation_outstanding:
 * The bytes that all runs have reserved and are not using yet.
 * @same_group: only those of processes in the control groups of this one */
guint64 pst_reservation_outstanding (const char *name, gboolean same_group);

/* The same of all that other processes have reserved, in use or not: what is
 * there when they have ended. */
guint64 pst_reservation_held (const char *name, gboolean same_group);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstReservation, pst_reservation_free)
