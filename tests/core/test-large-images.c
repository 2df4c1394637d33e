/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-large-images.c: pictures of 16 megapixels keep to the memory limit, or
 * the message says which size would
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "core/pastiche.h"
#include "count-memory.h"
#include "run-transfer.h"
#include "sample-pictures.h"
#include "small-model.h"

#define WIDTH  4608
#define HEIGHT 3456

static PstSettings
limited_settings (int megabytes)
{
  PstSettings settings = run_draft_settings ();

  settings.memory_limit = megabytes;
  return settings;
}

static guint64
bytes_needed (const PstModel *model, int size, int megabytes)
{
  PstSettings settings = limited_settings (megabytes);
  PstEstimate estimate;

  settings.size = size;
  g_assert_true (sample_estimate (model, (PstSize){ WIDTH, HEIGHT },
                                  (PstSize){ 400, 300 }, &settings, &estimate,
                                  NULL));
  return estimate.bytes;
}

/* ---- refused ------------------------------------------------------------ */

/* The message that a run within @megabytes is refused with. */
static char *
refusal (PstModel *model, const PstImage *content, int megabytes)
{
  g_autoptr (PstImage) style = sample_style (400, 300, 1);
  PstSettings settings = limited_settings (megabytes);
  g_autoptr (GError) error = NULL;

  g_assert_null (sample_transfer (model, content, style, &settings, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_MEMORY);
  g_test_message ("%s", error->message);
  return g_strdup (error->message);
}

static void
test_refused (void)
{
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) content = sample_flat (WIDTH, HEIGHT, 0.5f, 0.5f, 0.5f);
  const int limits[] = { 700, 1000, 1400 };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *message = refusal (model, content, limits[i]);
      const char      *advice = strstr (message, "Set the size to ");
      int              size;

      g_assert_nonnull (advice);
      g_assert_cmpint (sscanf (advice, "Set the size to %d or less", &size), ==,
                       1);
      g_assert_cmpuint (bytes_needed (model, size, limits[i]), <=,
                        limits[i] * G_GUINT64_CONSTANT (1000000));
      /* and it is not far below the largest that fits */
      g_assert_cmpuint (bytes_needed (model, size * 5 / 4, limits[i] * 9 / 10),
                        >, limits[i] * G_GUINT64_CONSTANT (900000));
    }
}

/* The picture itself needs more, at any size of the result. */
static void
test_refused_at_any_size (void)
{
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) content = sample_flat (WIDTH, HEIGHT, 0.5f, 0.5f, 0.5f);
  g_autofree char *message = refusal (model, content, 400);

  g_assert_nonnull (strstr (message, "Use smaller pictures"));
}

/* ---- within a limit ----------------------------------------------------- */

/* With forms as large as a photo's. */
static PstImage *
large_content (void)
{
  g_autoptr (PstImage) small = sample_content (WIDTH / 36, HEIGHT / 36, 1);

  return pst_image_resize (small, WIDTH, HEIGHT, NULL);
}

/* Stops after the first iteration, or does one at each scale.  Checks that
 * @megabytes suffice. */
static PstImage *
run_within (PstModel       *model,
            const PstImage *content,
            int             megabytes,
            gboolean        stop)
{
  g_autoptr (PstImage) style = sample_style (400, 300, 1);
  PstSettings  settings = limited_settings (megabytes);
  gsize        before = count_memory_now ();
  PstTransfer *transfer;
  PstImage    *result;
  gsize        peak;

  settings.threads = 2;
  settings.colors = PST_COLORS_CONTENT;
  settings.freedom = 0;
  settings.iterations = stop ? 0 : 1;
  count_memory_peak ();
  transfer = run_start (model, content, style, &settings);
  run_until (transfer, stop ? 1 : 0);
  result = run_result (transfer);
  pst_transfer_free (transfer);
  peak = count_memory_peak () - before;
  g_test_message ("peak %.0f MB of %d MB", peak / 1e6, megabytes);
  if (count_memory_works ())
    g_assert_cmpuint (peak, <=,
                      megabytes * (gsize) 1000000 + COUNT_MEMORY_SLACK);
  return result;
}

static void
check_result (const PstImage *result, const PstImage *content)
{
  g_assert_cmpint (result->width, ==, WIDTH);
  g_assert_cmpint (result->height, ==, HEIGHT);
  sample_valid ("result", result);
  /* Painted, and still this picture: 0.1 was seen, a gray area is 0.2 away. */
  g_test_message ("%.3f from the content", sample_apart (result, content));
  g_assert_cmpfloat (sample_apart (result, content), >, 0.02);
  g_assert_cmpfloat (sample_apart (result, content), <, 0.15);
}

/* Right after the beginning, with the built-in network. */
static void
test_stopped (void)
{
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) content = large_content ();
  g_autoptr (PstImage) result = run_within (model, content, 3000, TRUE);

  check_result (result, content);
}

/* At every size, with a network that is quick enough. */
static void
test_whole (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  g_autoptr (PstImage) content = large_content ();
  g_autoptr (PstImage) result = run_within (model, content, 1800, FALSE);

  check_result (result, content);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/large/refused", test_refused);
  g_test_add_func ("/large/refused-at-any-size", test_refused_at_any_size);
  g_test_add_func ("/large/stopped", test_stopped);
  g_test_add_func ("/large/whole", test_whole);
  return g_test_run ();
}
