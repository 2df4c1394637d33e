/* SPDX-License-Identifier: GPL-3.0-or-later */
/* classify.c: classifies a picture by a head */
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "head-features.h"
#include "head.h"

/* The tap that @head uses; -1 if @model is not its model. */
static int
find_tap (const PstHead *head, const PstModel *model, GError **error)
{
  int tap = pst_model_find_tap (model, head->layer);

  if (strcmp (head->checksum, model->checksum) == 0 && tap >= 0
      && pst_features_count (model, tap) == head->layers.n_features)
    return tap;

  pst_fail (error, PST_ERROR_MODEL,
            _ ("The head was made for another model than \"%s\"; it "
               "needs \"%s\", the file whose SHA-256 is %s."),
            model->name, head->model, head->checksum);
  return -1;
}

gboolean
pst_head_classify (const PstHead  *head,
                   const PstModel *model,
                   const PstImage *image,
                   int             threads,
                   double         *ret_probabilities,
                   GError        **error)
{
  g_autofree float  *features = NULL;
  g_autofree float  *scratch = NULL;
  g_autofree double *probabilities = NULL;
  int                n_labels, tap;

  g_return_val_if_fail (head && model && image && ret_probabilities, FALSE);

  tap = find_tap (head, model, error);
  if (tap < 0)
    return FALSE;
  features = pst_features_new (model, tap, head->size, threads, image, error);
  if (! features)
    return FALSE;

  n_labels = head->layers.n_labels;
  scratch = g_try_new (float, pst_head_layers_scratch (&head->layers, 1));
  probabilities = g_try_new (double, n_labels);
  if (! scratch || ! probabilities)
    return pst_fail_memory (error);
  pst_head_layers_predict (&head->layers, 1, features, probabilities, scratch);
  for (int c = 0; c < n_labels; c++)
    if (! isfinite (probabilities[c]))
      return pst_fail (error, PST_ERROR_MODEL,
                       _ ("The head’s values overflow."));
  memcpy (ret_probabilities, probabilities, sizeof (double) * n_labels);
  return TRUE;
}
