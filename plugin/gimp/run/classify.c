/* SPDX-License-Identifier: GPL-3.0-or-later */
/* classify.c: what a head says about a layer */
#include "classify.h"

#include <gegl.h>

#include "plugin/gimp/image/pixels.h"
#include "plugin/network.h"

static gboolean
classify (PstClassification *verdict, const PstImage *image, GError **error)
{
  g_autoptr (PstModel) model =
    pst_network_load_for (verdict->head, gimp_get_progname (), error);

  if (! model
      || ! pst_head_classify (verdict->head, model, image, /* threads= */ 0,
                              verdict->probabilities, error))
    return FALSE;
  for (int i = 1; i < verdict->n_labels; i++)
    if (verdict->probabilities[i] > verdict->probabilities[verdict->best])
      verdict->best = i;
  return TRUE;
}

gboolean
pst_classify_drawable (PstDrawableRef     drawable,
                       GFile             *head,
                       PstClassification *ret_verdict,
                       GError           **error)
{
  g_autofree char *path = head ? g_file_get_path (head) : NULL;
  g_autoptr (PstImage) image = NULL;

  if (! path)
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                           _ ("Give the file of a head, which \"pastiche-model "
                              "train-head\" makes."));
      return FALSE;
    }

  ret_verdict->head = pst_head_new_from_file (path, error);
  if (! ret_verdict->head)
    return FALSE;
  ret_verdict->n_labels =
    g_strv_length ((char **) pst_head_get_labels (ret_verdict->head));
  ret_verdict->probabilities = g_new (double, ret_verdict->n_labels);

  image = pst_pixels_read_whole (drawable, 0, error);
  return image && classify (ret_verdict, image, error);
}

void
pst_verdict_clear (PstClassification *verdict)
{
  g_clear_pointer (&verdict->head, pst_head_free);
  g_clear_pointer (&verdict->probabilities, g_free);
}
