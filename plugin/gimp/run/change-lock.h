/* SPDX-License-Identifier: GPL-3.0-or-later */
/* change-lock.h: one run at a time changes an image
 *
 * GIMP serves its plug-ins call by call, in turns.  A change takes several
 * calls: between two of them another run could freeze undo, so that a result is
 * inserted without a step, or move the place where it goes.
 */
#pragma once

/* pst_change_lock:
 * Waits until no other run of this user's GIMP holds the lock, for five seconds
 * at the most: a process may have been stopped.  The lock of one that ends is
 * free.
 * Returns what pst_change_unlock() takes; -1: there is no lock, the change is
 * made all the same. */
int  pst_change_lock (void);
void pst_change_unlock (int lock);
