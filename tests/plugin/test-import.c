/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-import.c: files of weights become networks, or are refused
 *
 * The files of fuzz/corpus/weights.tar were written by torch, those of the
 * oldest format by hand; their values follow a formula in
 * make-weights-corpus.py, which is repeated here.
 */
#include <string.h>

#include "check.h"
#include "core/model/model.h"
#include "core/model/safetensors.h"
#include "plugin/model/import.h"

static const PstImportOptions plain = { .input = PST_INPUT_TORCH };

/* What torchvision calls the convolutions, up to conv5_1. */
static const char *const names[] = { "conv1_1", "conv1_2", "conv2_1", "conv2_2",
                                     "conv3_1", "conv3_2", "conv3_3", "conv3_4",
                                     "conv4_1", "conv4_2", "conv4_3", "conv4_4",
                                     "conv5_1" };
static const int modules[] = { 0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28 };

static GBytes *
import_with (const char *name, const PstImportOptions *options)
{
  g_autoptr (GBytes) weights = check_corpus_weights (name);
  g_autoptr (GError) error = NULL;
  GBytes *network = pst_import (weights, options, &error);

  g_assert_no_error (error);
  return network;
}

/* ---- good files --------------------------------------------------------- */

static void
check_tensor (const PstSafetensors *file,
              const char           *name,
              const char           *ending,
              int                   number,
              gsize                 n)
{
  g_autofree char *full = g_strconcat (name, ending, NULL);
  const PstTensor *tensor = pst_safetensors_find (file, full);

  g_assert_nonnull (tensor);
  g_assert_cmpuint (tensor->n_values, ==, n);

  g_autofree float *values = pst_safetensors_dup_values (file, tensor, NULL);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (values[i], ==,
                       ((int) ((7919 * i + number) % 257) - 128) / 256.0f);
}

static void
check_values (GBytes *network)
{
  g_autoptr (PstSafetensors) file = pst_safetensors_new (network, NULL);
  int in = 3;

  g_assert_nonnull (file);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      int out = 2 + modules[i] % 3;

      check_tensor (file, names[i], ".weight", 31 * modules[i], out * in * 9);
      check_tensor (file, names[i], ".bias", 17 * modules[i], out);
      in = out;
    }
}

static void
test_formats (void)
{
  const char *const files[] = { "good-vgg19-stream", "good-vgg19-old-stream",
                                "good-vgg19-oldest-tensors",
                                "good-vgg19-safetensors" };
  g_autoptr (GBytes) first = import_with ("good-vgg19-archive", &plain);
  PstImportOptions whole = { .float32 = TRUE };
  g_autoptr (GBytes) floats = import_with ("good-vgg19-archive", &whole);

  check_values (first);
  check_values (floats);
  g_assert_cmpuint (g_bytes_get_size (floats), >, g_bytes_get_size (first));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) network = import_with (files[i], &plain);

      g_assert_true (g_bytes_equal (network, first));
    }
}

/* The two depths are told apart, and only what is needed is taken. */
static void
test_depths (void)
{
  const struct
  {
    const char *file, *name;
    int         n_convs;
  } cases[] = {
    { "good-vgg16-archive", "vgg16", 11 },
    { "good-vgg16-stream", "vgg16", 11 },
    { "good-vgg19-archive", "vgg19", 13 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) network = import_with (cases[i].file, &plain);
      g_autoptr (PstModel) model =
        pst_model_new_from_bytes (network, "x", NULL);
      int n_convs = 0;

      for (int layer = 0; layer < model->n_layers; layer++)
        n_convs += model->layers[layer].kind == &pst_layer_conv;
      g_assert_cmpstr (model->name, ==, cases[i].name);
      g_assert_cmpint (n_convs, ==, cases[i].n_convs);
      g_assert_cmpint (__builtin_popcount (model->style_taps), ==, 5);
      g_assert_cmpint (g_bit_nth_lsf (model->content_taps, -1), ==,
                       pst_model_find_tap (model, "relu4_2"));
      g_assert_cmpint (model->taps[model->n_taps - 1], ==, model->n_layers - 1);
    }
}

/* The engine turns BGR, so a model's mean is always in RGB. */
static void
test_input (void)
{
  PstImportOptions caffe_way = { .input = PST_INPUT_CAFFE };
  g_autoptr (GBytes) torch = import_with ("good-vgg19-archive", &plain);
  g_autoptr (GBytes) caffe = import_with ("good-vgg19-archive", &caffe_way);
  g_autoptr (PstModel) rgb = pst_model_new_from_bytes (torch, "x", NULL);
  g_autoptr (PstModel) bgr = pst_model_new_from_bytes (caffe, "x", NULL);

  g_assert_cmpfloat_with_epsilon (rgb->mean[0], 0.485, 1e-6);
  g_assert_cmpfloat_with_epsilon (1 / rgb->scale[2], 0.225, 1e-6);
  g_assert_cmpfloat_with_epsilon (bgr->mean[0] * 255, 123.68, 1e-4);
  g_assert_cmpfloat_with_epsilon (bgr->mean[2] * 255, 103.939, 1e-4);
  g_assert_cmpfloat_with_epsilon (bgr->scale[1], 255, 1e-4);
}

/* ---- bad files ---------------------------------------------------------- */

static void
check_refused (GBytes *weights, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) network = pst_import (weights, &plain, &error);

  g_assert_null (network);
  g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
  g_test_message ("%s: %s", name, error->message);
  if (text && ! strstr (error->message, text))
    g_error ("%s: \"%s\" does not say \"%s\"", name, error->message, text);
}

static void
test_refused (void)
{
  const struct
  {
    const char *file, *text;
  } cases[] = {
    { "bad-page", "web page" },
    { "bad-archive-cut", "truncated" },
    { "bad-archive-value", "CRC" },
    { "bad-stream-cut", "truncated" },
    { "bad-tensor-missing", "features.12.bias" },
    { "bad-names", "VGG-19" },
    { "bad-no-dict", "state_dict" },
    { "bad-double", "type" },
    { "bad-strides", "order" },
    { "bad-not-finite", "infinite" },
    { "bad-call-system", "posix.system" },
    { "bad-call-eval", "__builtin__.eval" },
    { "bad-call-open", "io.open" },
    { "bad-call-old", "os.system" },
    { "bad-call-instance", "instruction" },
    { "bad-call-getattr", "torch.serialization.os.system" },
    { "bad-call-storage", "FloatStorage" },
    { "bad-protocol-4", "instruction" },
    { "bad-bomb", "steps" },
    { "bad-shape-overflow", "too large" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) weights = check_corpus_weights (cases[i].file);

      check_refused (weights, cases[i].file, cases[i].text);
    }
}

/* Every file called bad-... is refused. */
static void
test_all_bad (void)
{
  g_autofree char *folder =
    g_test_build_filename (G_TEST_BUILT, "fuzz", "weights", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  int         n = 0;

  while ((name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, "bad-"))
      {
        g_autoptr (GBytes) weights = check_corpus_weights (name);

        check_refused (weights, name, NULL);
        n++;
      }
  g_assert_cmpint (n, >, 40);
}

/* No prefix of a good file is one, but for what stands behind the values. */
static void
test_cut_off (void)
{
  const char *const files[] = { "good-vgg19-stream", "good-vgg19-archive",
                                "good-vgg19-safetensors" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) whole = check_corpus_weights (files[i]);

      for (gsize n = 0; n + 1 < g_bytes_get_size (whole); n += 1 + n / 40)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, n);

          check_refused (part, files[i], NULL);
        }
    }
}

/* Single bytes are changed: whatever comes of it, the answer is an orderly one.
 */
static void
test_flipped (void)
{
  const char *const files[] = { "good-vgg19-stream", "good-vgg19-old-stream",
                                "good-vgg19-archive" };
  CheckRandom       random;

  check_random_init (&random, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) whole = check_corpus_weights (files[i]);
      gsize size = g_bytes_get_size (whole);

      for (int round = 0; round < 400; round++)
        {
          guint8 *bytes = g_memdup2 (g_bytes_get_data (whole, NULL), size);
          gsize   at = check_random_bits (&random) % size;

          bytes[at] ^= 1 << check_random_int (&random, 0, 7);

          g_autoptr (GBytes) weights = g_bytes_new_take (bytes, size);
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) network = pst_import (weights, &plain, &error);

          if (! network)
            g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
        }
    }
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/import/formats", test_formats);
  g_test_add_func ("/import/depths", test_depths);
  g_test_add_func ("/import/input", test_input);
  g_test_add_func ("/import/refused", test_refused);
  g_test_add_func ("/import/all-bad", test_all_bad);
  g_test_add_func ("/import/cut-off", test_cut_off);
  g_test_add_func ("/import/flipped", test_flipped);
  return g_test_run ();
}
