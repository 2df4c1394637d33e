/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model.c: a network and what is known of it */
#include "model.h"

PstModel *
pst_model_ref (PstModel *model)
{
  g_atomic_int_inc (&model->ref_count);
  return model;
}

void
pst_model_unref (PstModel *model)
{
  if (! model || ! g_atomic_int_dec_and_test (&model->ref_count))
    return;

  for (int i = 0; i < model->n_layers; i++)
    pst_layer_clear (&model->layers[i]);

  g_free (model->layers);
  g_free (model->name);
  g_free (model->credits);
  g_free (model->checksum);
  g_free (model);
}

const char *
pst_model_get_name (const PstModel *model)
{
  return model->name;
}

const char *
pst_model_get_credits (const PstModel *model)
{
  return model->credits;
}

const char *
pst_model_get_checksum (const PstModel *model)
{
  return model->checksum;
}

guint64
pst_model_get_n_parameters (const PstModel *model)
{
  return model->n_parameters;
}

int
pst_model_find_tap (const PstModel *model, const char *name)
{
  for (int i = 0; i < model->n_taps; i++)
    if (g_strcmp0 (model->layers[model->taps[i]].name, name) == 0)
      return i;

  return -1;
}
