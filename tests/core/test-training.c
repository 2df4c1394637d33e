/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-training.c: pictures become features, a head is trained on them, and
 * classifies other pictures
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "core/head/head-features.h"
#include "core/head/head.h"
#include "core/head/samples.h"
#include "reference-net.h"
#include "sample-pictures.h"
#include "small-model.h"

#define SIZE 48

static const char *const labels[] = { "shapes", "stripes", NULL };

/* Number @number of the pictures of @label. */
static PstImage *
picture (int label, int number)
{
  int width = 40 + number % 5;
  int height = 36 + number % 3;

  return label == 0 ? sample_content (width, height, number)
                    : sample_style (width, height, number);
}

static PstTrainingSettings
small_settings (void)
{
  PstTrainingSettings settings;

  pst_training_settings_init (&settings);
  settings.size = SIZE;
  settings.threads = 1;
  settings.max_epochs = 40;
  return settings;
}

/* ---- features ----------------------------------------------------------- */

/* The mean over a tap of @rgb, by the network in doubles, weighted. */
static void
reference_features (GBytes       *bytes,
                    int           tap,
                    int           height,
                    int           width,
                    const double *rgb,
                    double       *ret_features)
{
  g_autoptr (ReferenceNet) net = reference_net_new (bytes);
  int          n_taps = reference_net_n_taps (net);
  ReferenceTap taps[REFERENCE_MAX_TAPS];
  int          n;

  reference_net_forward (net, height, width, rgb, taps);
  n = taps[tap].height * taps[tap].width;
  for (int c = 0; c < taps[tap].channels; c++)
    {
      ret_features[c] = 0;
      for (int i = 0; i < n; i++)
        ret_features[c] += taps[tap].f[i * taps[tap].channels + c] / n;
    }
  reference_taps_clear (n_taps, taps);
}

static void
test_features (void)
{
  enum
  {
    WIDTH = 21,
    HEIGHT = 13
  };
  g_autoptr (GBytes) bytes =
    small_model_bytes (small_layers, PST_PADDING_ZERO, "[\"relu1_1\"]",
                       "[\"relu4_2\"]", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PstModel) model =
    pst_model_new_from_bytes (bytes, "small", &error);
  g_autoptr (PstImage) image = sample_style (WIDTH, HEIGHT, 1);
  double rgb[WIDTH * HEIGHT * 3];

  g_assert_no_error (error);
  for (int i = 0; i < WIDTH * HEIGHT * 3; i++)
    rgb[i] = image->pixels[i / 3 * 4 + i % 3];
  for (int tap = 0; tap < model->n_taps; tap++)
    {
      int                n = pst_features_count (model, tap);
      g_autofree double *expected = g_new (double, n);
      g_autofree float  *got = NULL;

      reference_features (bytes, tap, HEIGHT, WIDTH, rgb, expected);
      got = pst_features_new (model, tap, WIDTH, 2, image, &error);
      g_assert_no_error (error);
      check_close ("features", n, got, expected, 1e-5);
    }
}

/* A tap after the layer that takes the mean gives what the one before it
 * gives. */
static void
test_mean (void)
{
  static const SmallLayer layers[] = {
    { .op = "conv", .name = "conv1", .channels = 6, .kernel = 3 },
    { .op = "tap", .name = "one" },
    { .op = "mean" },
    { .op = "tap", .name = "mean" },
    { .op = NULL },
  };
  g_autoptr (GBytes) bytes =
    small_model_bytes (layers, PST_PADDING_ZERO, "[\"one\"]", "[\"one\"]", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PstModel) model =
    pst_model_new_from_bytes (bytes, "small", &error);
  g_autoptr (PstImage) image = sample_content (30, 20, 1);
  g_autofree float *one = NULL;
  g_autofree float *mean = NULL;

  g_assert_no_error (error);
  one = pst_features_new (model, 0, 30, 1, image, &error);
  mean = pst_features_new (model, 1, 30, 1, image, &error);
  g_assert_no_error (error);

  g_autofree double *expected = check_doubles (6, one);

  check_close ("mean", 6, mean, expected, 1e-5);
}

/* A picture on a large transparent background is like the picture alone. */
static void
test_transparent (void)
{
  enum
  {
    SIDE = 32,
    N = 8
  };
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) alone = sample_style (SIDE, SIDE, 1);
  g_autoptr (PstImage) image = pst_image_new (4 * SIDE, 4 * SIDE, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree float *expected = NULL;
  g_autofree float *got = NULL;
  g_autofree float *opaque = NULL;

  for (int y = 0; y < SIDE; y++)
    memcpy (image->pixels + 4 * ((y + SIDE) * 4 * SIDE + SIDE),
            alone->pixels + 4 * y * SIDE, sizeof (float) * 4 * SIDE);
  expected = pst_features_new (model, 0, SIDE, 1, alone, &error);
  got = pst_features_new (model, 0, 4 * SIDE, 1, image, &error);
  for (int i = 0; i < 16 * SIDE * SIDE; i++)
    image->pixels[4 * i + 3] = 1;
  opaque = pst_features_new (model, 0, 4 * SIDE, 1, image, &error);
  g_assert_no_error (error);

  g_assert_cmpint (pst_features_count (model, 0), ==, N);
  g_autofree double *wanted = check_doubles (N, expected);

  g_assert_cmpfloat (check_distance (N, got, wanted), <, 0.1);
  g_assert_cmpfloat (check_distance (N, opaque, wanted), >, 0.3);

  memset (image->pixels, 0, sizeof (float) * 4 * 16 * SIDE * SIDE);
  g_assert_null (pst_features_new (model, 0, SIDE, 1, image, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_IMAGE);
}

/* ---- validation samples ------------------------------------------------- */

static void
test_hold_out (void)
{
  static const int counts[3] = { 20, 2, 7 };
  static const int held_out[3] = { 4, 1, 1 };
  PstSamples       samples;
  GRand           *random = g_rand_new_with_seed (1);
  int              left[3], total = 0;
  gboolean         seen[29] = { FALSE };

  pst_samples_init (&samples, 1);
  for (int c = 0; c < 3; c++)
    for (int i = 0; i < counts[c]; i++)
      {
        float *features = g_new (float, 1);

        *features = total++;
        g_assert_true (pst_samples_add (&samples, c, features, NULL));
      }
  g_assert_true (pst_samples_hold_out (&samples, 3, 0.2, random, NULL));
  pst_samples_count (&samples, 3, left);
  for (int c = 0; c < 3; c++)
    g_assert_cmpint (left[c], ==, counts[c] - held_out[c]);

  /* Each is in one of the two, with its label. */
  for (int i = 0; i < total; i++)
    {
      int   label;
      float feature;

      pst_samples_gather (&samples, i, 1, &feature, &label);
      g_assert_false (seen[(int) feature]);
      seen[(int) feature] = TRUE;
      g_assert_cmpint (label, ==, feature < 20 ? 0 : feature < 22 ? 1 : 2);
    }
  pst_samples_clear (&samples);
  g_rand_free (random);
}

/* ---- training ----------------------------------------------------------- */

static PstTraining *
training_new (PstModel                  *model,
              const PstTrainingSettings *settings,
              int                        n_pictures)
{
  g_autoptr (GError) error = NULL;
  PstTraining *training = pst_training_new (model, labels, settings, &error);

  g_assert_no_error (error);
  for (int number = 0; number < n_pictures; number++)
    for (int label = 0; label < 2; label++)
      {
        g_autoptr (PstImage) image = picture (label, number);

        pst_training_add (training, label, image, &error);
        g_assert_no_error (error);
      }
  return training;
}

static PstHead *
train (PstModel                  *model,
       const PstTrainingSettings *settings,
       int                        n_pictures,
       PstTrainingProgress       *ret_progress)
{
  g_autoptr (PstTraining) training = training_new (model, settings, n_pictures);
  g_autoptr (GError) error = NULL;
  PstHead *head;
  int      counts[4];
  int      epoch = 0;

  *ret_progress = (PstTrainingProgress){ 0 };
  while (! ret_progress->done)
    {
      g_assert_true (pst_training_step (training, ret_progress, &error));
      g_assert_cmpint (ret_progress->epoch, ==, ++epoch);
    }
  g_assert_true (pst_training_step (training, ret_progress, &error));
  g_assert_cmpint (ret_progress->epoch, ==, epoch);

  pst_training_get_confusion (training, counts);
  g_assert_cmpint (counts[0] + counts[1], ==, (n_pictures + 2) / 5);
  g_assert_cmpint (counts[2] + counts[3], ==, (n_pictures + 2) / 5);
  head = pst_training_dup_head (training, &error);
  g_assert_no_error (error);
  return head;
}

/* The accuracy on pictures that were not trained on. */
static double
recognized (const PstHead *head, const PstModel *model, int begin, int end)
{
  int n_right = 0;

  for (int number = begin; number < end; number++)
    for (int label = 0; label < 2; label++)
      {
        g_autoptr (PstImage) image = picture (label, number);
        g_autoptr (GError) error = NULL;
        double p[2];

        pst_head_classify (head, model, image, 1, p, &error);
        g_assert_no_error (error);
        check_value ("sum", p[0] + p[1], 1, 1e-12);
        n_right += p[label] > p[! label];
      }
  return n_right / (2.0 * (end - begin));
}

static void
test_learns (void)
{
  g_autoptr (PstModel) model = sample_model ();
  PstTrainingSettings settings = small_settings ();
  PstTrainingProgress progress;
  g_autoptr (PstHead) head = train (model, &settings, 16, &progress);

  g_test_message ("%d epochs, the best %d, loss %g, validation %g",
                  progress.epoch, progress.best_epoch, progress.loss,
                  progress.validation_loss);
  g_assert_cmpfloat (progress.validation_accuracy, >, 0.8);
  g_assert_cmpfloat (progress.loss, <, 0.1);
  g_assert_cmpfloat (recognized (head, model, 100, 120), >, 0.9);
  g_assert_cmpstr (pst_head_get_model (head), ==, "compact");
  g_assert_cmpint (head->layers.n_hidden, ==, 500);
  g_assert_cmpint (head->layers.n_features, ==, 128);
}

/* Random labels are memorized, which does not help with other pictures:
 * training ends, and the validation loss shows it. */
static void
test_ends (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  PstTrainingSettings settings = small_settings ();
  PstTrainingProgress progress = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PstTraining) training = NULL;

  settings.max_epochs = 1000;
  training = pst_training_new (model, labels, &settings, &error);
  for (int i = 0; i < 40; i++)
    {
      g_autoptr (PstImage) image = picture (0, i);

      pst_training_add (training, i % 7 % 2, image, &error);
    }
  while (! progress.done && pst_training_step (training, &progress, &error))
    ;
  g_assert_no_error (error);
  g_test_message ("%d epochs, the best %d", progress.epoch,
                  progress.best_epoch);
  g_assert_cmpint (progress.epoch, <, 1000);
  g_assert_cmpint (progress.best_epoch, <, progress.epoch);
  g_assert_cmpfloat (progress.validation_loss, >, 0.5);
}

static GBytes *
trained_bytes (guint32 seed, int threads)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  PstTrainingSettings settings = small_settings ();
  PstTrainingProgress progress;
  g_autoptr (PstHead) head = NULL;

  settings.seed = seed;
  settings.threads = threads;
  settings.max_epochs = 3;
  head = train (model, &settings, 6, &progress);
  return pst_head_write (head, NULL);
}

static void
test_same (void)
{
  g_autoptr (GBytes) one = trained_bytes (1, 1);
  g_autoptr (GBytes) again = trained_bytes (1, 3);
  g_autoptr (GBytes) other = trained_bytes (2, 1);

  g_assert_true (g_bytes_equal (one, again));
  g_assert_false (g_bytes_equal (one, other));
}

/* A head that was written and read classifies as before. */
static void
test_file (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  g_autoptr (PstImage) image = picture (1, 50);
  PstTrainingSettings settings = small_settings ();
  PstTrainingProgress progress;
  g_autoptr (PstHead) head = NULL;
  g_autoptr (PstHead) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  double p[2], p_again[2];

  settings.layer = "relu3_1";
  settings.model = "of-this-name";
  settings.max_epochs = 3;
  head = train (model, &settings, 6, &progress);
  bytes = pst_head_write (head, &error);
  g_assert_no_error (error);
  again = pst_head_new_from_bytes (bytes, "bytes", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pst_head_get_model (again), ==, "of-this-name");
  g_assert_cmpint (again->size, ==, SIZE);
  g_assert_cmpint (again->layers.n_features, ==, 10);
  pst_head_classify (head, model, image, 1, p, &error);
  pst_head_classify (again, model, image, 2, p_again, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (p, sizeof p, p_again, sizeof p_again);
}

/* ---- errors ------------------------------------------------------------- */

static void
assert_refused (const char *const         *wrong_labels,
                const PstTrainingSettings *settings,
                const char                *message)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  g_autoptr (GError) error = NULL;
  g_autoptr (PstTraining) training =
    pst_training_new (model, wrong_labels, settings, &error);

  g_assert_null (training);
  g_assert_error (error, PST_ERROR, PST_ERROR_SETTINGS);
  if (! strstr (error->message, message))
    g_error ("\"%s\" is not in \"%s\"", message, error->message);
}

static void
test_settings (void)
{
  const char *const   one[] = { "alone", NULL };
  const char *const   twice[] = { "a", "b", "a", NULL };
  const char *const   lines[] = { "a", "b\nc", NULL };
  const char *const   bytes[] = { "a", "\xff", NULL };
  PstTrainingSettings good = small_settings ();
  PstTrainingSettings bad;

  assert_refused (one, &good, "labels is 1");
  assert_refused (twice, &good, "two labels \"a\"");
  assert_refused (lines, &good, "\"b\\nc\" is not a line of text");
  assert_refused (bytes, &good, "\"\\377\" is not a line of text");

  bad = good;
  bad.layer = "relu9_9";
  assert_refused (labels, &bad,
                  "no layer \"relu9_9\"; it has relu1_1, relu3_1, relu4_2");
  bad = good;
  bad.size = 8;
  assert_refused (labels, &bad, "\"size\" is 8");
  bad = good;
  bad.validation_share = NAN;
  assert_refused (labels, &bad, "held-out");
  bad = good;
  bad.max_epochs = 0;
  assert_refused (labels, &bad, "\"epochs\" is 0");
}

static void
test_too_few (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  PstTrainingSettings settings = small_settings ();
  PstTrainingProgress progress;
  g_autoptr (PstTraining) training = training_new (model, &settings, 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (pst_training_step (training, &progress, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "\"shapes\" is 1"));
}

/* The checksum tells a network of the same name and shape apart. */
static void
test_other_network (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_ZERO);
  g_autoptr (PstModel) other = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) image = picture (0, 1);
  PstTrainingSettings settings = small_settings ();
  PstTrainingProgress progress;
  g_autoptr (PstHead) head = NULL;
  g_autoptr (GError) error = NULL;
  double p[2] = { 7, 7 };

  settings.max_epochs = 1;
  head = train (model, &settings, 3, &progress);
  g_assert_false (pst_head_classify (head, other, image, 1, p, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, pst_model_get_checksum (model)));
  g_assert_cmpfloat (p[0], ==, 7);
  g_clear_error (&error);

  head->layers.scale[0] = head->layers.output[0] = 3e38f;
  head->layers.shift[0] = 3e38f;
  g_assert_false (pst_head_classify (head, model, image, 1, p, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/training/features", test_features);
  g_test_add_func ("/training/mean", test_mean);
  g_test_add_func ("/training/transparent", test_transparent);
  g_test_add_func ("/training/hold-out", test_hold_out);
  g_test_add_func ("/training/learns", test_learns);
  g_test_add_func ("/training/ends", test_ends);
  g_test_add_func ("/training/same", test_same);
  g_test_add_func ("/training/file", test_file);
  g_test_add_func ("/training/settings", test_settings);
  g_test_add_func ("/training/too-few", test_too_few);
  g_test_add_func ("/training/other-network", test_other_network);
  return g_test_run ();
}
