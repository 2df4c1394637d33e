/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-memory-files.c: while files and settings are read, files are made, and a
 * head is trained, every allocation may fail: each large one, and each of any
 * size that no library makes
 */
#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "check.h"
#include "core/head/head-features.h"
#include "core/head/head.h"
#include "core/model/safetensors-writer.h"
#include "core/pastiche.h"
#include "plugin/model/import.h"
#include "plugin/model/zip.h"
#include "plugin/params-json.h"
#include "failing-malloc.h"
#include "sample-pictures.h"
#include "small-model.h"

#define CHANNELS 40 /* of a network each of whose tensors is large */
#define N_HIDDEN PST_HEAD_MAX_HIDDEN
#define N_LABELS 128

static GBytes   *network; /* of small_layers[] */
static PstModel *small;   /* the same, read */
static PstImage *pictures[4];

/* ---- what may fail ------------------------------------------------------ */

static gboolean
read_model (gconstpointer data, GError **error)
{
  g_autoptr (PstModel) model =
    pst_model_new_from_bytes (network, "network", error);

  return model != NULL;
}

static gboolean
read_built_in (gconstpointer data, GError **error)
{
  g_autofree char *path = sample_model_path ();
  g_autoptr (PstModel) model = pst_model_new_from_file (path, error);

  return model != NULL;
}

/* @data: GBytes, a file of weights */
static gboolean
import (gconstpointer data, GError **error)
{
  const PstImportOptions options = { .input = PST_INPUT_TORCH };
  g_autoptr (GBytes) imported =
    pst_import ((GBytes *) data, &options, NULL, error);

  return imported != NULL;
}

/* @data: GBytes, an archive with the file "large" */
static gboolean
unpack (gconstpointer data, GError **error)
{
  g_autoptr (GBytes) content =
    pst_zip_read ((GBytes *) data, "large", G_MAXINT, error);

  return content != NULL;
}

/* @data: PstHead */
static gboolean
write_head (gconstpointer data, GError **error)
{
  g_autoptr (GBytes) written = pst_head_write (data, error);

  return written != NULL;
}

static gboolean
read_settings (gconstpointer data, GError **error)
{
  PstParams        params;
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  gboolean ok;

  pst_params_init (&params);
  text = pst_params_to_json (&params, "style");
  object = pst_params_parse (text, strlen (text), error);
  ok = object && pst_params_read (&params, object, error);
  pst_params_clear (&params);
  return ok;
}

/* A head is trained. */
static gboolean
train (gconstpointer data, GError **error)
{
  static const char *const labels[] = { "shapes", "stripes", NULL };
  PstTrainingSettings      settings;
  PstTrainingProgress      progress = { 0 };
  g_autoptr (PstTraining) training = NULL;
  g_autoptr (PstHead) head = NULL;
  gboolean ok;

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

/* A head is trained on so many labels that the tables are large, in a network
 * that needs little for a picture.
 * @data: PstModel */
static gboolean
train_many (gconstpointer data, GError **error)
{
  char               *labels[N_LABELS + 1] = { NULL };
  PstTrainingSettings settings;
  PstTrainingProgress progress;
  g_autoptr (PstTraining) training = NULL;
  gboolean ok;

  for (int i = 0; i < N_LABELS; i++)
    labels[i] = g_strdup_printf ("%d", i);
  pst_training_settings_init (&settings);
  settings.size = PST_HEAD_MIN_SIZE;
  settings.threads = 1;
  training = pst_training_new ((PstModel *) data, (const char *const *) labels,
                               &settings, error);
  ok = training != NULL;
  for (int i = 0; ok && i < 2 * N_LABELS; i++)
    ok = pst_training_add (training, i % N_LABELS, pictures[i % 4], error);
  ok = ok && pst_training_step (training, &progress, error);
  for (int i = 0; i < N_LABELS; i++)
    g_free (labels[i]);
  return ok;
}

/* @data: PstHead, of the network @small */
static gboolean
classify (gconstpointer data, GError **error)
{
  const PstHead     *head = data;
  g_autofree double *probabilities = g_new (double, head->layers.n_labels);

  return pst_head_classify (head, small, pictures[0], 1, probabilities, error);
}

/* ---- the tests ---------------------------------------------------------- */

static void
refuse_all (RefuseWork work, gconstpointer data)
{
  g_assert_cmpint (refuse_each (REFUSE_ALL_LARGE, work, data), ==, 0);
  g_assert_cmpint (refuse_each (REFUSE_ALL_OWN, work, data), ==, 0);
}

static void
test_network (void)
{
  refuse_all (read_model, NULL);
}

static void
test_built_in (void)
{
  g_assert_cmpint (refuse_each (REFUSE_ALL_LARGE, read_built_in, NULL), ==, 0);
}

static void
test_settings (void)
{
  refuse_all (read_settings, NULL);
}

static void
test_training (void)
{
  refuse_all (train, NULL);
}

static void
test_train_many (void)
{
  static const SmallLayer layers[] = {
    { .op = "conv", .name = "conv", .channels = 2, .kernel = 1 },
    { .op = "tap", .name = "tap" },
    { .op = NULL },
  };
  g_autoptr (GBytes) bytes =
    small_model_bytes (layers, PST_PADDING_ZERO, "[\"tap\"]", "[\"tap\"]", 1);
  g_autoptr (PstModel) model = pst_model_new_from_bytes (bytes, "tiny", NULL);

  g_assert_cmpint (refuse_each (REFUSE_ALL_LARGE, train_many, model), ==, 0);
}

static void
test_import (gconstpointer name)
{
  g_autoptr (GBytes) weights = check_corpus_weights (name);

  refuse_all (import, weights);
}

/* VGG-16, narrow, as torchvision numbers its convolutions. */
static GBytes *
make_weights (void)
{
  static const int   modules[] = { 0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24 };
  static const float values[CHANNELS * CHANNELS * 9];
  g_autoptr (PstSafetensorsWriter) writer = NULL;
  gint64 shape[4] = { CHANNELS, 3, 3, 3 };

  writer = pst_safetensors_writer_new (PST_DTYPE_F32);
  for (gsize i = 0; i < G_N_ELEMENTS (modules); i++, shape[1] = CHANNELS)
    {
      g_autofree char *weight =
        g_strdup_printf ("features.%d.weight", modules[i]);
      g_autofree char *bias = g_strdup_printf ("features.%d.bias", modules[i]);

      pst_safetensors_writer_add (writer, weight, 4, shape, values, NULL);
      pst_safetensors_writer_add (writer, bias, 1, shape, values, NULL);
    }
  return pst_safetensors_writer_finish (writer, "made", "here", NULL);
}

static void
test_import_large (void)
{
  g_autoptr (GBytes) weights = make_weights ();

  g_assert_cmpint (refuse_each (REFUSE_ALL_LARGE, import, weights), ==, 0);
}

/* An archive that is read in several pieces. */
static void
test_unpack (void)
{
  static char           content[5 * REFUSE_LARGE], made[6 * REFUSE_LARGE];
  struct archive       *zip = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  size_t                size;
  g_autoptr (GBytes) bytes = NULL;

  archive_write_set_format_zip (zip);
  archive_write_open_memory (zip, made, sizeof made, &size);
  archive_entry_set_pathname (entry, "large");
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_size (entry, sizeof content);
  archive_write_header (zip, entry);
  archive_write_data (zip, content, sizeof content);
  archive_entry_free (entry);
  archive_write_free (zip);

  bytes = g_bytes_new_static (made, size);
  refuse_all (unpack, bytes);
}

static void
test_head (void)
{
  char   *labels[] = { "one", "other", NULL };
  PstHead head = { .model = "network",
                   .layer = "relu1_1",
                   .size = PST_HEAD_MIN_SIZE,
                   .labels = labels };
  int     n_features = pst_features_count (small, 0);

  head.checksum = (char *) pst_model_get_checksum (small);
  g_assert_true (
    pst_head_layers_init (&head.layers, n_features, N_HIDDEN, 2, NULL));
  refuse_all (write_head, &head);
  refuse_all (classify, &head);
  pst_head_layers_clear (&head.layers);
}

int
main (int argc, char **argv)
{
  int status;

  check_init (&argc, &argv);
  network = small_model_bytes (small_layers, PST_PADDING_ZERO, "[\"relu1_1\"]",
                               "[\"relu4_2\"]", 1);
  small = small_model_new (PST_PADDING_ZERO);
  for (int i = 0; i < 4; i++)
    {
      pictures[i] =
        i % 2 == 0 ? sample_content (32, 24, i) : sample_style (32, 24, i);
      sample_fade (pictures[i]);
    }
  g_test_add_func ("/memory-files/network", test_network);
  g_test_add_func ("/memory-files/built-in", test_built_in);
  g_test_add_func ("/memory-files/settings", test_settings);
  g_test_add_func ("/memory-files/training", test_training);
  g_test_add_func ("/memory-files/train-many", test_train_many);
  g_test_add_data_func ("/memory-files/archive", "good-vgg16-archive",
                        test_import);
  g_test_add_data_func ("/memory-files/stream", "good-vgg16-stream",
                        test_import);
  g_test_add_data_func ("/memory-files/safetensors", "good-vgg19-safetensors",
                        test_import);
  g_test_add_func ("/memory-files/import-large", test_import_large);
  g_test_add_func ("/memory-files/unpack", test_unpack);
  g_test_add_func ("/memory-files/head", test_head);
  status = g_test_run ();
  g_bytes_unref (network);
  pst_model_unref (small);
  for (int i = 0; i < 4; i++)
    pst_image_free (pictures[i]);
  return status;
}
