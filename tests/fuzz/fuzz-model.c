/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-model.c: any bytes must be accepted or properly refused as a network
 *
 * For libFuzzer, or with replay.c.  Input is as model_file_from_bytes() has it,
 * or '#' and after it a description of the tiny network of model-file.h.
 */
#include <stdint.h>
#include <string.h>

#include "core/model/model.h"
#include "core/pastiche.h"
#include "model-file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static GBytes *
file_from_input (const uint8_t *data, size_t size)
{
  g_autofree char *text = NULL;

  if (size == 0 || data[0] != '#')
    return model_file_from_bytes (data, size);

  text = g_strndup ((const char *) data + 1, size - 1);
  return tiny_file_new (text, tiny_tensors);
}

/* What the engine relies on. */
static void
check_model (const PstModel *model)
{
  guint32 known = (guint32) ((G_GUINT64_CONSTANT (1) << model->n_taps) - 1);

  g_assert_true (g_utf8_validate (model->name, -1, NULL));
  g_assert_true (g_utf8_validate (model->credits, -1, NULL));
  g_assert_true (model->style_taps != 0 && ! (model->style_taps & ~known));
  g_assert_true (model->content_taps != 0 && ! (model->content_taps & ~known));

  for (int i = 0; i < model->n_layers; i++)
    {
      const PstLayer *layer = &model->layers[i];

      g_assert_nonnull (layer->name);
      g_assert_true (layer->conv || layer->in_channels == layer->out_channels);
      for (int k = 0; k < 2; k++)
        {
          int input = layer->inputs[k];

          g_assert_true (input >= -1 && input < i);
          g_assert_cmpint (input < 0 ? 3 : model->layers[input].out_channels,
                           ==, k == 1 && input < 0 ? 3 : layer->in_channels);
          g_assert_true (input < 0
                         || model->layers[input].kind != &pst_layer_tap);
        }
    }

  for (int t = 0; t < model->n_taps; t++)
    g_assert_true (model->layers[model->taps[t]].kind == &pst_layer_tap);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = file_from_input (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PstModel) model =
    pst_model_new_from_bytes (bytes, "input", &error);

  if (model)
    {
      g_assert_no_error (error);
      check_model (model);
    }
  else
    {
      g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }

  return 0;
}
