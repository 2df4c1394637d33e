/* SPDX-License-Identifier: GPL-3.0-or-later */
/* classify.c: classifies a layer with a head */
#include "classify.h"

#include <gegl.h>

#include "plugin/gimp/image/pixels.h"
#include "plugin/find-model.h"

static gboolean
classify (PstClassification *result, const PstImage *image, GError **error)
{
  g_autoptr (PstModel) model =
    pst_model_find_for (result->head, gimp_get_progname (), error);

  if (! model
      || ! pst_head_classify (result->head, model, image, /* threads= */ 0,
                              result->probabilities, error))
    return FALSE;
  for (int i = 1; i < result->n_labels; i++)
    if (result->probabilities[i] > result->probabilities[result->best])
      result->best = i;
  return TRUE;
}

gboolean
pst_classify_drawable (PstDrawableRef     drawable,
                       GFile             *head,
                       PstClassification *ret_result,
                       GError           **error)
{
  g_autofree char *path = head ? g_file_get_path (head) : NULL;
  g_autoptr (PstImage) image = NULL;

  if (! path)
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                           _ ("Choose a head file, made by \"pastiche-model "
                              "train-head\"."));
      return FALSE;
    }

  ret_result->head = pst_head_new_from_file (path, error);
  if (! ret_result->head)
    return FALSE;
  ret_result->n_labels =
    g_strv_length ((char **) pst_head_get_labels (ret_result->head));
  ret_result->probabilities = g_new (double, ret_result->n_labels);

  image = pst_pixels_read_whole (drawable, 0, error);
  return image && classify (ret_result, image, error);
}

void
pst_classification_clear (PstClassification *result)
{
  g_clear_pointer (&result->head, pst_head_free);
  g_clear_pointer (&result->probabilities, g_free);
}
