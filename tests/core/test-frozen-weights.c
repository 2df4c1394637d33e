/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-frozen-weights.c: training a head leaves every bit of its network
 * unchanged
 *
 * All memory of the network is compared; the program's own allocator records
 * it.  G_SLICE=always-malloc, so that nothing else lies in the same blocks.
 */
#include "check.h"
#include "core/model/model.h"
#include "core/pastiche-heads.h"
#include "count-memory.h"
#include "sample-pictures.h"

#define SMALLEST 64 /* bytes, less than any layer's biases */

static void
train (PstModel *model)
{
  static const char *const labels[] = { "shapes", "stripes", NULL };
  PstTrainingSettings      settings;
  PstTrainingProgress      progress = { 0 };
  g_autoptr (PstTraining) training = NULL;
  g_autoptr (PstHead) head = NULL;
  g_autoptr (GError) error = NULL;

  pst_training_settings_init (&settings);
  settings.size = 40;
  settings.max_epochs = 20;
  training = pst_training_new (model, labels, &settings, &error);
  for (int i = 0; i < 12; i++)
    {
      g_autoptr (PstImage) image =
        i % 2 == 0 ? sample_content (40, 30, i) : sample_style (40, 30, i);

      pst_training_add (training, i % 2, image, &error);
    }
  while (! progress.done && pst_training_step (training, &progress, &error))
    ;
  head = pst_training_dup_head (training, &error);
  g_assert_no_error (error);
}

static void
test_frozen (void)
{
  PstModel *model;
  gsize     size;
  guint64   before;
  guint8   *byte;

  if (! count_memory_works ())
    {
      g_test_skip ("no allocator of our own here");
      return;
    }

  pst_model_unref (sample_model ()); /* libraries have allocated by now what
                                      * they keep */
  count_memory_record (SMALLEST);
  model = sample_model ();
  count_memory_record (0);

  before = count_memory_checksum (&size);
  g_test_message ("%" G_GSIZE_FORMAT " bytes", size);
  g_assert_cmpuint (size, >=,
                    sizeof (float) * pst_model_get_n_parameters (model));

  /* A change would be noticed. */
  byte = (guint8 *) model->layers[0].conv;
  *byte ^= 1;
  g_assert_cmphex (count_memory_checksum (&size), !=, before);
  *byte ^= 1;

  train (model);
  g_assert_cmphex (count_memory_checksum (&size), ==, before);
  pst_model_unref (model);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/frozen", test_frozen);
  return g_test_run ();
}
