/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-import.c: files of weights become models, or are refused
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
#include "plugin/model/known-file.h"

static const PstImportOptions plain = { .input = PST_INPUT_TORCH };
static const PstImportOptions any = { .input = PST_INPUT_ANY };

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
  GBytes *network = pst_import (weights, options, NULL, &error);

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
  g_autoptr (GBytes) first = import_with ("good-vgg19-archive", &plain);
  PstImportOptions whole = { .float32 = TRUE };
  g_autoptr (GBytes) floats = import_with ("good-vgg19-archive", &whole);

  check_values (first);
  check_values (floats);
  g_assert_cmpuint (g_bytes_get_size (floats), >, g_bytes_get_size (first));
}

/* Imports each file whose name begins with @prefix; all give @expected. */
static void
check_all_equal (const char *prefix, GBytes *expected, int n_least)
{
  g_autofree char *folder =
    g_test_build_filename (G_TEST_BUILT, "fuzz", "weights", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  int         n = 0;

  while ((name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, prefix))
      {
        g_autoptr (GBytes) network = import_with (name, &any);

        if (! g_bytes_equal (network, expected))
          g_error ("%s gives another network", name);
        n++;
      }
  g_assert_cmpint (n, >=, n_least);
}

/* Other formats, names and surroundings. */
static void
test_disguises (void)
{
  PstImportOptions caffe_way = { .input = PST_INPUT_CAFFE };
  g_autoptr (GBytes) torch = import_with ("good-vgg19-archive", &plain);
  g_autoptr (GBytes) caffe = import_with ("good-vgg19-archive", &caffe_way);

  check_all_equal ("good-vgg19-", torch, 30);
  check_all_equal ("good-caffe-", caffe, 2);
  check_all_equal ("good-two-", torch, 1);
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
    { "good-vgg16-archive", "vgg16", 11 }, { "good-vgg16-stream", "vgg16", 11 },
    { "good-vgg19-archive", "vgg19", 13 }, { "good-norms", "vgg19", 13 },
    { "good-pads", "vgg19", 14 },
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
  PstImportOptions swapped_way = { .input = PST_INPUT_CAFFE_RGB };
  g_autoptr (GBytes) torch = import_with ("good-vgg19-archive", &plain);
  g_autoptr (GBytes) caffe = import_with ("good-vgg19-archive", &caffe_way);
  g_autoptr (GBytes) swapped = import_with ("good-vgg19-archive", &swapped_way);
  g_autoptr (PstModel) rgb = pst_model_new_from_bytes (torch, "x", NULL);
  g_autoptr (PstModel) bgr = pst_model_new_from_bytes (caffe, "x", NULL);

  g_assert_cmpfloat_with_epsilon (rgb->mean[0], 0.485, 1e-6);
  g_assert_cmpfloat_with_epsilon (1 / rgb->scale[2], 0.225, 1e-6);
  g_assert_cmpfloat_with_epsilon (bgr->mean[0] * 255, 123.68, 1e-4);
  g_assert_cmpfloat_with_epsilon (bgr->mean[2] * 255, 103.939, 1e-4);
  g_assert_cmpfloat_with_epsilon (bgr->scale[1], 255, 1e-4);

  g_autoptr (PstModel) other = pst_model_new_from_bytes (swapped, "x", NULL);
  g_assert_cmpfloat_with_epsilon (other->mean[0] * 255, 123, 1e-4);
  g_assert_cmpfloat_with_epsilon (other->mean[2] * 255, 104, 1e-4);
  g_assert_cmpfloat_with_epsilon (other->scale[1], 255, 1e-4);
}

/* What is said about the input and the choice of a network. */
static void
test_notes (void)
{
  const struct
  {
    const char *file;
    PstInput    input;
    const char *text; /* NULL: nothing is said */
  } cases[] = {
    { "good-vgg19-archive", PST_INPUT_ANY, "torchvision; --caffe" },
    { "good-vgg19-archive", PST_INPUT_TORCH, NULL },
    { "good-vgg19-archive", PST_INPUT_CAFFE, NULL },
    { "good-caffe-vgg19-blocks", PST_INPUT_ANY, "; --torchvision" },
    { "good-caffe-vgg19-blocks", PST_INPUT_TORCH, NULL },
    { "good-two-vgg19", PST_INPUT_TORCH, "\"model.features.\" was" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) weights = check_corpus_weights (cases[i].file);
      PstImportOptions options = { .input = cases[i].input };
      g_autofree char *notes = NULL;
      g_autoptr (GBytes) network = pst_import (weights, &options, &notes, NULL);

      g_assert_nonnull (network);
      if (! cases[i].text)
        g_assert_cmpstr (notes, ==, "");
      else if (! strstr (notes, cases[i].text)
               || strchr (notes, '\n')[1] != '\0')
        g_error ("%s: \"%s\" is not a line with \"%s\"", cases[i].file, notes,
                 cases[i].text);
    }
}

/* The whole hash is published in several places. */
static void
test_known (void)
{
  const struct
  {
    const char *hash;
    PstInput    input; /* ANY: not known */
  } cases[] = {
    { "dcbb9e9dad569fff7a846263a77324fc34978fea2bfb039c012d710e1776ae44",
      PST_INPUT_TORCH },
    { "397923af00000000", PST_INPUT_TORCH },
    { "d01eb7cb00000000", PST_INPUT_CAFFE },
    { "00b39a1b00000000", PST_INPUT_CAFFE },
    { "88682ab500000000", PST_INPUT_CAFFE_RGB },
    { "dcbb9e9e00000000", PST_INPUT_ANY },
    { "0dcbb9e9dad569ff", PST_INPUT_ANY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PstKnownFile *known = pst_known_file_find (cases[i].hash);

      g_assert_cmpint (known ? known->input : PST_INPUT_ANY, ==,
                       cases[i].input);
    }
}

/* ---- bad files ---------------------------------------------------------- */

static void
check_refused (GBytes *weights, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) network = pst_import (weights, &plain, NULL, &error);

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
    { "bad-names", "(1: \"a\")" },
    { "bad-many-names", "(9: \"layer0.w xxx" },
    { "bad-nested-nothing", "\"optimizer.state.0.step\"" },
    { "bad-no-dict", "\"0\"" },
    { "bad-itself", "state_dict" },
    { "bad-script-frozen", "TorchScript" },
    { "bad-integers", "type" },
    { "bad-expanded", "repeats" },
    { "bad-not-finite", "infinite" },
    { "bad-call-system", "posix.system" },
    { "bad-call-eval", "__builtin__.eval" },
    { "bad-call-open", "io.open" },
    { "bad-call-old", "os.system" },
    { "bad-call-instance", "os.system" },
    { "bad-call-within", "posix.system" },
    { "bad-call-stack", "posix.system" },
    { "bad-instruction", "instruction" },
    { "bad-bomb", "steps" },
    { "bad-shape-overflow", "too large" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) weights = check_corpus_weights (cases[i].file);

      check_refused (weights, cases[i].file, cases[i].text);
    }
}

/* Files of other programs are named as such, also where a model is wanted. */
static void
test_foreign (void)
{
  const struct
  {
    const char *name, *text;
  } cases[] = {
    { "lfs", "git lfs pull" },
    { "h5", "Keras" },
    { "mat", "MATLAB" },
    { "gguf", "GGUF" },
    { "t7", "Torch for Lua" },
    { "t7-table", "Torch for Lua" },
    { "t7-ascii", "Torch for Lua" },
    { "darknet", "Darknet" },
    { "ggml", "GGML" },
    { "tflite", "TensorFlow Lite" },
    { "mxnet", "MXNet" },
    { "npy", "NumPy" },
    { "npz", "NumPy" },
    { "keras", "Keras" },
    { "zip", "unpack" },
    { "gzip", "(gzip); unpack" },
    { "tar", "(tar); unpack" },
    { "torch-tar", "torch.load()" },
    { "torch-tar-time", "torch.load()" },
    { "onnx", "ONNX" },
    { "caffemodel", "Caffe" },
    { "caffemodel-new", "Caffe" },
    { "caffemodel-cut", "Caffe" },
    { "graph", "TensorFlow" },
    { "saved-model", "TensorFlow" },
    { "checkpoint", "TensorFlow" },
    { "mlmodel-200", "Core ML" },
    { "mlmodel-401", "Core ML" },
    { "mlmodel-500", "Core ML" },
    { "mlmodel-502", "Core ML" },
    { "openvino", "OpenVINO" },
    { "index", "several files" },
    { "json", "text" },
    { "text", "text" },
    { "page", "web page" },
    { "png", "picture" },
    { "pickle", "pickle" },
    { "pickle-0", "pickle of Python" },
    { "pickle-1", "pickle of Python" },
    { "pickle-list-0", "pickle of Python" },
    { "pickle-list-1", "pickle of Python" },
    { "pickle-class-0", "pickle of Python" },
    { "pickle-class-1", "pickle of Python" },
    { "model", "already" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("bad-foreign-", cases[i].name, NULL);
      g_autoptr (GBytes) weights = check_corpus_weights (name);
      g_autoptr (GError) error = NULL;

      check_refused (weights, name, cases[i].text);
      g_assert_null (pst_model_new_from_bytes (weights, "x", &error));
      if (g_bytes_get_size (weights) >= 4
          && memcmp (g_bytes_get_data (weights, NULL), "PK", 2) == 0)
        g_assert_nonnull (strstr (error->message, "pastiche-model import"));
      else if (! g_str_equal (cases[i].name, "model"))
        g_assert_nonnull (strstr (error->message, cases[i].text));
    }
}

/* Weights are no model. */
static void
test_not_converted (void)
{
  const char *const files[] = { "good-vgg19-stream", "good-vgg19-archive",
                                "good-vgg19-protocol-5",
                                "good-vgg19-safetensors" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) weights = check_corpus_weights (files[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (pst_model_new_from_bytes (weights, "x", &error));
      g_assert_nonnull (strstr (error->message, "pastiche-model import"));
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

/* No prefix of a good file is valid, but for the bytes after the values. */
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

/* Single bytes are changed: the file is then read, or refused with a message.
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
          g_autoptr (GBytes) network =
            pst_import (weights, &plain, NULL, &error);

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
  g_test_add_func ("/import/disguises", test_disguises);
  g_test_add_func ("/import/notes", test_notes);
  g_test_add_func ("/import/known", test_known);
  g_test_add_func ("/import/foreign", test_foreign);
  g_test_add_func ("/import/not-converted", test_not_converted);
  g_test_add_func ("/import/depths", test_depths);
  g_test_add_func ("/import/input", test_input);
  g_test_add_func ("/import/refused", test_refused);
  g_test_add_func ("/import/all-bad", test_all_bad);
  g_test_add_func ("/import/cut-off", test_cut_off);
  g_test_add_func ("/import/flipped", test_flipped);
  return g_test_run ();
}
