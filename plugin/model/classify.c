/* SPDX-License-Identifier: GPL-3.0-or-later */
/* classify.c: pastiche-model classify: classifies pictures by a head */
#include "classify.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "core/pastiche-heads.h"
#include "options.h"
#include "plugin/files/picture-file.h"
#include "plugin/find-model.h"

typedef struct
{
  char    *head;
  char    *model; /* NULL: as the head says */
  gboolean all;
  char   **pictures;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->head);
  g_free (options->model);
  g_strfreev (options->pictures);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "head", 0, 0, G_OPTION_ARG_FILENAME, &options->head },
    { "model", 0, 0, G_OPTION_ARG_FILENAME, &options->model },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options->all },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
      &options->pictures },
    { NULL },
  };

  if (! pst_model_options_read (argv + 1, entries, NULL, error))
    return FALSE;
  if (options->head && options->pictures)
    return TRUE;

  return pst_model_options_fail (error,
                                 _ ("classify needs --head and pictures."));
}

typedef struct
{
  const char *label;
  double      probability;
} Line;

/* The most likely first, equal ones by name. */
static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Line *first = a;
  const Line *second = b;

  if (first->probability != second->probability)
    return first->probability < second->probability ? 1 : -1;
  return strcmp (first->label, second->label);
}

/* The @n_lines most likely of @n labels.
 * @lines: [n], overwritten */
static void
print_lines (const char        *path,
             int                n,
             const char *const *labels,
             const double      *probabilities,
             int                n_lines,
             Line              *lines)
{
  for (int i = 0; i < n; i++)
    lines[i] = (Line){ labels[i], probabilities[i] };
  qsort (lines, n, sizeof (Line), compare_lines);
  for (int i = 0; i < n_lines; i++)
    printf ("%s\t%s\t%.4f\n", path, lines[i].label, lines[i].probability);
  fflush (stdout);
}

static gboolean
classify (const PstHead  *head,
          const PstModel *model,
          const char     *path,
          gboolean        all,
          GError        **error)
{
  const char *const *labels = pst_head_get_labels (head);
  int                n = g_strv_length ((char **) labels);
  g_autofree double *probabilities = g_try_new (double, n);
  g_autofree Line   *lines = g_try_new (Line, n);
  g_autoptr (PstImage) image = NULL;

  if (! probabilities || ! lines)
    {
      g_set_error (error, PST_ERROR, PST_ERROR_MEMORY,
                   _ ("Not enough memory for %d labels."), n);
      return FALSE;
    }
  image = pst_picture_read (path, PST_IMAGE_MAX_SIDE, NULL, error);
  if (! image
      || ! pst_head_classify (head, model, image, 0, probabilities, error))
    return FALSE;
  print_lines (path, n, labels, probabilities, all ? n : 1, lines);
  return TRUE;
}

/* Of several errors, all but the last are printed. */
static gboolean
classify_all (const Options  *options,
              const PstHead  *head,
              const PstModel *model,
              GError        **error)
{
  g_autoptr (GError) last = NULL;

  for (char **path = options->pictures; *path; path++)
    {
      g_autoptr (GError) reason = NULL;

      if (classify (head, model, *path, options->all, &reason))
        continue;
      if (last)
        g_printerr ("pastiche-model: %s\n", last->message);
      g_clear_error (&last);
      last = g_steal_pointer (&reason);
    }
  if (! last)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&last));
  return FALSE;
}

gboolean
pst_classify (char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (PstHead) head = NULL;
  g_autoptr (PstModel) model = NULL;

  if (! parse (argv, &options, error))
    return FALSE;
  head = pst_head_new_from_file (options.head, error);
  if (! head)
    return FALSE;
  model = options.model ? pst_model_find (options.model, argv[0], error)
                        : pst_model_find_for (head, argv[0], error);
  if (! model)
    return FALSE;

  return classify_all (&options, head, model, error);
}
