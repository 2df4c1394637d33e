/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fault.c: something that happens in the middle of a run
 *
 * Preloaded into GIMP and its plug-ins.  The plug-in called "pastiche" takes
 * the file $FAULT_FILE away, if there is one, and what is in it happens to this
 * process only:
 *
 *   FUNCTION COUNT kill         it gets SIGKILL
 *   FUNCTION COUNT halt         it gets SIGSTOP
 *   FUNCTION COUNT respond N    the run's window is answered with N, of
 *                               GtkResponseType
 *   FUNCTION COUNT (SCHEME)     another plug-in evaluates that: what a user or
 *                               another script does at that time
 *
 * when it has called FUNCTION for the COUNTth time, in the main thread.  A main
 * loop counts when it begins to wait, gimp_displays_flush() only once a layer
 * has been inserted.  One source for both series of GIMP, and without their
 * headers: a reference goes through as a pointer, which is also right where it
 * is a number.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#define EVALUATE "plug-in-script-fu-eval"

enum
{
  INTEGER,
  STRING = 4,
  END = 22
}; /* of GimpPDBArgType in 2.10 */

#define NONINTERACTIVE 1

static char function[64], action[2048];
static int  countdown;
static int  n_inserted;

/* Fails for what is not there: this is a test. */
static void *
find (const char *name)
{
  void *found = dlsym (RTLD_NEXT, name);

  if (! found)
    g_error ("fault.c: there is no %s", name);
  return found;
}

static void
take_fault (void)
{
  static gboolean is_taken = FALSE;
  const char     *name = g_getenv ("FAULT_FILE");
  FILE           *file;

  if (is_taken || ! name
      || g_strcmp0 (program_invocation_short_name, "pastiche") != 0)
    return;
  is_taken = TRUE;
  file = fopen (name, "r");
  if (! file)
    return;
  if (fscanf (file, "%63s %d %2047[^\n]", function, &countdown, action) != 3)
    g_error ("fault.c: \"%s\" has no fault in it", name);
  fclose (file);
  unlink (name);
}

static void
evaluate (const char *script)
{
  void *(*run_old) (const char *, int *, ...) =
    dlsym (RTLD_NEXT, "gimp_run_procedure");
  int n_values;

  if (run_old)
    {
      run_old (EVALUATE, &n_values, INTEGER, NONINTERACTIVE, STRING, script,
               END);
    }
  else
    {
      void *(*get_pdb) (void) = find ("gimp_get_pdb");
      void *(*look_up) (void *, const char *) =
        find ("gimp_pdb_lookup_procedure");
      void *(*run) (void *, const char *, ...) = find ("gimp_procedure_run");

      run (look_up (get_pdb (), EVALUATE), "run-mode", NONINTERACTIVE, "script",
           script, NULL);
    }
}

static void
respond (int response)
{
  GList *(*list_windows) (void) = find ("gtk_window_list_toplevels");
  const char *(*get_role) (void *) = find ("gtk_window_get_role");
  void (*send) (void *, int) = find ("gtk_dialog_response");

  for (GList *link = list_windows (); link; link = link->next)
    if (g_strcmp0 (get_role (link->data), "pastiche-run") == 0)
      send (link->data, response);
}

static void
called (const char *name)
{
  take_fault ();
  if (strcmp (name, function) != 0 || --countdown != 0)
    return;

  if (strcmp (action, "kill") == 0)
    raise (SIGKILL);
  else if (strcmp (action, "halt") == 0)
    raise (SIGSTOP);
  else if (action[0] == '(')
    evaluate (action);
  else
    respond (atoi (action + strlen ("respond")));
}

static gboolean
loop_waits (gpointer data)
{
  called ("g_main_loop_run");
  return G_SOURCE_REMOVE;
}

/* ---- in place of those of the libraries --------------------------------- */

void     g_main_loop_run (GMainLoop *loop);
void     gtk_progress_bar_set_fraction (void *bar, double fraction);
gboolean gimp_progress_update (double fraction);
gboolean
gimp_image_insert_layer (void *image, void *layer, void *parent, int position);
gboolean gimp_displays_flush (void);
gboolean gimp_image_undo_freeze (void *image);
gboolean gimp_item_attach_parasite (void *item, void *parasite);

void
g_main_loop_run (GMainLoop *loop)
{
  void (*run) (GMainLoop *) = find ("g_main_loop_run");

  take_fault ();
  if (strcmp (function, "g_main_loop_run") == 0)
    g_idle_add_full (G_PRIORITY_HIGH, loop_waits, NULL, NULL);
  run (loop);
}

void
gtk_progress_bar_set_fraction (void *bar, double fraction)
{
  void (*set) (void *, double) = find ("gtk_progress_bar_set_fraction");

  set (bar, fraction);
  called ("gtk_progress_bar_set_fraction");
}

gboolean
gimp_progress_update (double fraction)
{
  gboolean (*update) (double) = find ("gimp_progress_update");
  gboolean done = update (fraction);

  called ("gimp_progress_update");
  return done;
}

gboolean
gimp_image_insert_layer (void *image, void *layer, void *parent, int position)
{
  gboolean (*insert) (void *, void *, void *, int) =
    find ("gimp_image_insert_layer");
  gboolean done = insert (image, layer, parent, position);

  n_inserted++;
  called ("gimp_image_insert_layer");
  return done;
}

gboolean
gimp_displays_flush (void)
{
  gboolean (*flush) (void) = find ("gimp_displays_flush");
  gboolean done = flush ();

  if (n_inserted > 0)
    called ("gimp_displays_flush");
  return done;
}

gboolean
gimp_image_undo_freeze (void *image)
{
  gboolean (*freeze) (void *) = find ("gimp_image_undo_freeze");
  gboolean done = freeze (image);

  called ("gimp_image_undo_freeze");
  return done;
}

gboolean
gimp_item_attach_parasite (void *item, void *parasite)
{
  gboolean (*attach) (void *, void *) = find ("gimp_item_attach_parasite");
  gboolean done = attach (item, parasite);

  called ("gimp_item_attach_parasite");
  return done;
}
