/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-memory-files.c: while files and settings are read, and a head is trained,
 * every allocation may fail: each large one, and each of any size that no
 * library makes
 *
 * Files are written by GLib's arrays, so an import may not lose large ones.
 */
#include <string.h>

#include "check.h"
#include "core/pastiche.h"
#include "count-memory.h"
#include "plugin/model/import.h"
#include "plugin/params-read.h"
#include "plugin/settings-text.h"
#include "sample.h"
#include "small-model.h"

#define LARGE (32 * 1024)

static GBytes   *weights;        /* of the case that runs */
static GBytes   *network;        /* of small_layers[] */
static PstModel *small;          /* the same, read */
static PstImage *pictures[4];

static gboolean
read_network (GError **error)
{
  g_autoptr (PstModel) model = pst_model_new_from_bytes (network, "network",
                                                         error);

  return model != NULL;
}

static gboolean
import (GError **error)
{
  const PstImportOptions options = { .input = PST_INPUT_TORCH };
  g_autoptr (GBytes)     imported = pst_import (weights, &options, error);

  return imported != NULL;
}

static gboolean
read_settings (GError **error)
{
  PstParams              params;
  g_autofree char       *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  gboolean               ok;

  pst_params_init (&params);
  text = pst_params_to_json (&params, "style");
  object = pst_settings_text_parse (text, strlen (text), error);
  ok = object && pst_params_read (&params, object, error);
  pst_params_clear (&params);
  return ok;
}

/* A head is trained. */
static gboolean
train (GError **error)
{
  static const char * const labels[] = { "shapes", "stripes", NULL };
  PstTrainingSettings       settings;
  PstTrainingProgress       progress = { 0 };
  g_autoptr (PstTraining)   training = NULL;
  g_autoptr (PstHead)       head = NULL;
  gboolean                  ok;

  pst_training_settings_init (&settings);
  settings.size = 32;
  settings.max_epochs = 2;
  training = pst_training_new (small, labels, &settings, error);
  ok = training != NULL;
  for (int i = 0; ok && i < 4; i++)
    ok = pst_training_add (training, i % 2, pictures[i], error);
  while (ok && ! progress.done)
    ok = pst_training_step (training, &progress, error);
  head = ok ? pst_training_dup_head (training, error) : NULL;
  return head != NULL;
}

/* Refuses the first, second, … allocation until there is none to refuse. */
static void
refuse (gboolean (*read) (GError **error),
        gsize      bytes,
        gboolean   spare)
{
  gsize before = 0;
  int   nth = 0;

  count_memory_spare (spare);
  do
    {
      g_autoptr (GError) error = NULL;
      gboolean           ok;

      if (nth == 3)
        before = count_memory_now ();
      count_memory_refuse (bytes, ++nth);
      ok = read (&error);
      if (bytes == LARGE && count_memory_refused ())
        g_assert_error (error, PST_ERROR, PST_ERROR_MEMORY);
      g_assert_true (ok ? ! error : error && error->domain == PST_ERROR);
      if (! count_memory_refused ())
        g_assert_true (ok);
    }
  while (count_memory_refused () && nth < 5000);
  count_memory_refuse (0, 0);
  count_memory_spare (FALSE);
  g_test_message ("%d allocations", nth - 1);
  if (nth > 4)
    g_assert_cmpuint (count_memory_now (), <, before + LARGE);
}

static void
refuse_all (gboolean (*read) (GError **error),
            gboolean   large)
{
  g_autoptr (GError) error = NULL;

  if (! count_memory_works ())
    {
      g_test_skip ("allocations cannot be refused here");
      return;
    }
  g_assert_true (read (&error));
  if (large)
    refuse (read, LARGE, FALSE);
  refuse (read, 1, TRUE);
}

static void
test_network (void)
{
  refuse_all (read_network, TRUE);
}

static void
test_settings (void)
{
  refuse_all (read_settings, TRUE);
}

static void
test_training (void)
{
  refuse_all (train, TRUE);
}

static void
test_import (gconstpointer data)
{
  weights = check_corpus_weights (data);
  refuse_all (import, FALSE);
  g_bytes_unref (weights);
}

int
main (int    argc,
      char **argv)
{
  int status;

  check_init (&argc, &argv);
  network = small_model_bytes (small_layers, PST_PADDING_ZERO,
                               "[\"relu1_1\"]", "[\"relu4_2\"]", 1);
  small = small_model_new (PST_PADDING_ZERO);
  for (int i = 0; i < 4; i++)
    {
      pictures[i] = i % 2 == 0 ? sample_content (32, 24, i)
                               : sample_style (32, 24, i);
      sample_fade (pictures[i]);
    }
  g_test_add_func ("/memory-files/network", test_network);
  g_test_add_func ("/memory-files/settings", test_settings);
  g_test_add_func ("/memory-files/training", test_training);
  g_test_add_data_func ("/memory-files/archive", "good-vgg16-archive",
                        test_import);
  g_test_add_data_func ("/memory-files/stream", "good-vgg16-stream",
                        test_import);
  g_test_add_data_func ("/memory-files/safetensors", "good-vgg19-safetensors",
                        test_import);
  status = g_test_run ();
  g_bytes_unref (network);
  pst_model_unref (small);
  for (int i = 0; i < 4; i++)
    pst_image_free (pictures[i]);
  return status;
}
