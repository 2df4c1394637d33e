/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-reservation.c: memory that other processes reserve counts until they use
 * it, and as long as they live */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "core/base/memory.h"
#include "core/base/reservation.h"

#define MIB ((guint64) 1 << 20)
/* What a process uses for itself, and what it has used before. */
#define TOLERANCE (24 * MIB)

static char *table; /* its name, of these tests alone */

static void
assert_outstanding (guint64 expected)
{
  PstReserved all, same_groups;

  pst_reservation_sum (table, &all, &same_groups);
  g_assert_cmpuint (same_groups.outstanding, <=, expected + TOLERANCE);
  g_assert_cmpuint (same_groups.outstanding + TOLERANCE, >=, expected);
  g_assert_cmpuint (all.outstanding, >=, same_groups.outstanding);
}

/* Starts a process that reserves @reserved bytes and uses @used of them.  Where
 * @delay is above 0, it returns while the process still plans. */
static pid_t
start (guint64 reserved, gsize used, gulong delay)
{
  int   ends[2];
  pid_t process;
  char  byte = 0;

  g_assert_cmpint (pipe (ends), ==, 0);
  process = fork ();
  g_assert_cmpint (process, >=, 0);
  if (process == 0)
    {
      PstReservation *reservation = pst_reservation_begin (table);

      prctl (PR_SET_PDEATHSIG, SIGKILL); /* where a test fails */
      if (delay > 0 && write (ends[1], &byte, 1) == 1)
        g_usleep (delay);
      pst_reservation_set (reservation, reserved);
      /* Used without being written to, of which ThreadSanitizer keeps a record
       * that takes several times as much. */
      g_assert_true (mmap (NULL, used + 1, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0)
                     != MAP_FAILED);
      if (write (ends[1], &byte, 1) == 1)
        pause ();
      _exit (1);
    }
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
  close (ends[0]);
  close (ends[1]);
  return process;
}

static void
stop (pid_t process)
{
  kill (process, SIGKILL);
  waitpid (process, NULL, 0);
}

static void
test_others (void)
{
  pid_t one, other;

  assert_outstanding (0);
  one = start (1000 * MIB, 0, 0);
  assert_outstanding (1000 * MIB);
  other = start (3000 * MIB, 0, 0);
  assert_outstanding (4000 * MIB);
  stop (one);
  assert_outstanding (3000 * MIB);
  one = start (200 * MIB, 0, 0);
  assert_outstanding (3200 * MIB);
  stop (one);
  stop (other);
  assert_outstanding (0);
}

static void
test_used (void)
{
  pid_t part = start (500 * MIB, 200 * MIB, 0);
  pid_t all;

  assert_outstanding (300 * MIB);
  all = start (200 * MIB, 300 * MIB, 0);
  assert_outstanding (300 * MIB);
  stop (part);
  stop (all);
}

/* A run that begins waits for one that plans. */
static void
test_one_after_the_other (void)
{
  pid_t           other = start (1000 * MIB, 0, G_USEC_PER_SEC / 4);
  PstReservation *own = pst_reservation_begin (table);

  assert_outstanding (1000 * MIB);
  pst_reservation_set (own, 500 * MIB);
  assert_outstanding (1500 * MIB);
  pst_reservation_free (own);
  assert_outstanding (1000 * MIB);
  stop (other);
}

/* A run that is stopped while it plans does not block others forever. */
static void
test_stopped (void)
{
  pid_t           other = start (1000 * MIB, 0, 3600 * (gulong) G_USEC_PER_SEC);
  PstReservation *own = pst_reservation_begin (table);

  g_assert_nonnull (own);
  pst_reservation_set (own, 500 * MIB);
  assert_outstanding (500 * MIB);
  pst_reservation_free (own);
  stop (other);
}

/* Available memory is less by what is reserved. */
static void
test_available (void)
{
  const char *const  files[] = { "proc/meminfo", "MemAvailable: 4096000 kB\n",
                                 NULL };
  g_autofree char   *root = check_make_tree (files);
  pid_t              other = start (1000 * MIB, 0, 0);
  PstAvailableMemory available = pst_memory_available_in (root, table);

  g_assert_cmpuint (available.now, <=, 3000 * MIB + TOLERANCE);
  g_assert_cmpuint (available.now, >=, 3000 * MIB - TOLERANCE);
  g_assert_cmpuint (available.later, >=, available.now + 1000 * MIB);
  g_assert_cmpuint (available.later, <=,
                    available.now + 1000 * MIB + TOLERANCE);
  stop (other);
  available = pst_memory_available_in (root, table);
  g_assert_cmpuint (available.now, ==, 4000 * MIB);
  g_assert_cmpuint (available.later, ==, 4000 * MIB);
  check_remove_tree (root);
}

int
main (int argc, char **argv)
{
  PstReservation *probe;
  int             status;

  check_init (&argc, &argv);
  table = g_strdup_printf ("/pastiche-test-%d", (int) getpid ());
  probe = pst_reservation_begin (table);
  if (probe)
    {
      pst_reservation_free (probe);
      g_test_add_func ("/reservation/others", test_others);
      g_test_add_func ("/reservation/used", test_used);
      g_test_add_func ("/reservation/one-after-the-other",
                       test_one_after_the_other);
      g_test_add_func ("/reservation/stopped", test_stopped);
      g_test_add_func ("/reservation/available", test_available);
    }
  status = g_test_run ();
  shm_unlink (table);
  g_free (table);
  return status;
}
