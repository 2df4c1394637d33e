/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stall.c: how long the plug-in's windows do not answer
 *
 * Preloaded into GIMP and its plug-ins by window.sh.  While the plug-in called
 * "pastiche" is in a main loop, a source that is due every 5 ms looks at the
 * clock.  When the loop ends, a line is added to the file $STALL_FILE: the
 * longest time between two looks, in ms, and how much of it this thread was at
 * work, the rest being waiting, or a machine that is busy with something else.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <time.h>

#include <glib.h>

#define INTERVAL_MS 5

typedef struct
{
  double last, last_busy;       /* ms */
  double longest, longest_busy; /* ms */
} Watch;

static double
now (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static gboolean
look (gpointer data)
{
  Watch       *watch = data;
  const double time = now (CLOCK_MONOTONIC);
  const double busy = now (CLOCK_THREAD_CPUTIME_ID);

  if (time - watch->last > watch->longest)
    {
      watch->longest = time - watch->last;
      watch->longest_busy = busy - watch->last_busy;
    }
  watch->last = time;
  watch->last_busy = busy;
  return G_SOURCE_CONTINUE;
}

static void
report (const Watch *watch)
{
  FILE *file = fopen (g_getenv ("STALL_FILE"), "a");

  if (! file)
    return;
  fprintf (file, "%.0f %.0f\n", watch->longest, watch->longest_busy);
  fclose (file);
}

/* In place of GLib's. */
void
g_main_loop_run (GMainLoop *loop)
{
  void (*run) (GMainLoop *) = dlsym (RTLD_NEXT, "g_main_loop_run");
  Watch watch = { 0 };
  guint source;

  if (! g_getenv ("STALL_FILE")
      || g_strcmp0 (program_invocation_short_name, "pastiche") != 0)
    {
      run (loop);
      return;
    }

  source =
    g_timeout_add_full (G_PRIORITY_HIGH, INTERVAL_MS, look, &watch, NULL);
  watch.last = now (CLOCK_MONOTONIC);
  watch.last_busy = now (CLOCK_THREAD_CPUTIME_ID);
  run (loop);
  g_source_remove (source);
  report (&watch);
}
