/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c: pastiche, style transfer from the command line
 *
 * Options are validated before any work starts.  Exit codes: 0 done, 1
 * something failed, 2 wrong usage, 130 interrupted.  An error is one message on
 * the standard error; on a terminal there is a line of progress, else nothing.
 */
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "batch.h"
#include "interrupt.h"
#include "options.h"
#include "paint.h"
#include "plugin/find-style.h"
#include "plugin/program.h"

enum
{
  EXIT_DONE = 0,
  EXIT_FAILED = 1,
  EXIT_USAGE = 2,
  EXIT_INTERRUPTED = 130
};

static int
fail (const GError *error)
{
  g_printerr ("pastiche: %s\n", error->message);
  return EXIT_FAILED;
}

static int
fail_usage (const GError *error)
{
  g_printerr (_ ("pastiche: %s\nTry \"pastiche --help\".\n"), error->message);
  return EXIT_USAGE;
}

static int
estimate (PstSession *session, const GPtrArray *items)
{
  int code = EXIT_DONE;

  for (guint i = 0; i < items->len; i++)
    if (pst_paint_estimate (session, items->pdata[i]) != PST_PAINT_DONE)
      code = EXIT_FAILED;
  return code;
}

/* Prints name and title of each style picture that comes with @program. */
static int
list_styles (const char *program)
{
  g_autoptr (GPtrArray) styles = pst_shipped_styles_list (program);

  if (styles->len == 0)
    {
      g_printerr (_ ("pastiche: There are no style pictures. Install them, or "
                     "put JPEG files into a folder and let PASTICHE_STYLES "
                     "name it.\n"));
      return EXIT_FAILED;
    }
  for (guint i = 0; i < styles->len; i++)
    {
      const PstShippedStyle *style = styles->pdata[i];

      g_print ("%-16s  %s\n", style->id, style->title);
    }
  return EXIT_DONE;
}

/* Removes the items that an earlier run finished.  Returns how many. */
static int
drop_finished (GPtrArray *items)
{
  guint n_items = items->len;

  for (guint i = items->len; i-- > 0;)
    if (pst_batch_is_finished (items->pdata[i]))
      g_ptr_array_remove_index (items, i);
  return n_items - items->len;
}

/* Paints until the end, or until continuing is useless. */
static int
paint (PstSession *session, const GPtrArray *items)
{
  int code = EXIT_DONE;

  pst_interrupt_catch ();
  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *start =
        items->len == 1 ? g_strdup ("")
                        : g_strdup_printf (_ ("%u of %u: "), i + 1, items->len);

      /* Another run may have made it meanwhile. */
      if (pst_batch_is_finished (items->pdata[i]))
        continue;

      switch (pst_paint (session, items->pdata[i], start))
        {
        case PST_PAINT_DONE:
          break;

        case PST_PAINT_FAILED:
          code = EXIT_FAILED;
          break;

        case PST_PAINT_CANNOT_SAVE:
          return EXIT_FAILED;

        case PST_PAINT_INTERRUPTED:
          return EXIT_INTERRUPTED;
        }

      if (pst_interrupt_was_requested () && i + 1 < items->len)
        {
          g_printerr (_ ("Interrupted between two pictures.\n"));
          return EXIT_INTERRUPTED;
        }
    }
  return code;
}

/* Checks, loads and does what the options ask for. */
static int
execute (const PstOptions *options, const char *program)
{
  g_auto (PstSession) session = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean is_incomplete;
  g_autoptr (GPtrArray) items = pst_batch_new (options, &is_incomplete, &error);
  int n_finished, code;

  if (! items)
    return error->domain == G_OPTION_ERROR ? fail_usage (error) : fail (error);

  n_finished = drop_finished (items);
  if (n_finished > 0 && isatty (STDERR_FILENO))
    g_printerr (_ ("Already finished: %d\n"), n_finished);

  if (! options->estimate && ! pst_batch_drop_unwritable (options, items))
    {
      is_incomplete = TRUE;
      if (items->len == 0)
        return EXIT_FAILED;
    }
  if (! pst_session_open (&session, options, program, &error))
    return fail (error);

  code =
    options->estimate ? estimate (&session, items) : paint (&session, items);
  return code == EXIT_DONE && is_incomplete ? EXIT_FAILED : code;
}

/* Does what the arguments ask for; returns the exit status. */
static int
run (char **argv)
{
  g_auto (PstOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  if (! pst_options_parse (argv, &options, &error))
    return fail_usage (error);

  if (options.help)
    {
      g_autofree char *help = pst_options_help ();

      g_print ("%s", help);
      return EXIT_DONE;
    }

  if (options.version)
    {
      g_print ("pastiche %s\n", pst_version ());
      return EXIT_DONE;
    }

  if (options.list_styles)
    return list_styles (argv[0]);

  return execute (&options, argv[0]);
}

int
main (int argc, char **argv)
{
  pst_program_init_language (argv[0]);
  return pst_program_end ("pastiche", run (argv));
}
