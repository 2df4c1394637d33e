/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-large.c: where pictures of 16 megapixels need more than the memory limit,
 * the message says what would do
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "core/pastiche.h"
#include "run.h"
#include "sample.h"

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
bytes_needed (const PstModel *model,
              int             size,
              int             megabytes)
{
  PstSettings settings = limited_settings (megabytes);
  PstEstimate estimate;

  settings.size = size;
  g_assert_true (pst_transfer_estimate (model, WIDTH, HEIGHT, FALSE, 400, 300,
                                        1, 1, &settings, &estimate, NULL));
  return estimate.bytes;
}

/* ---- refused ------------------------------------------------------------- */

/* The message that a run within @megabytes is refused with. */
static char *
refusal (PstModel       *model,
         const PstImage *content,
         int             megabytes)
{
  g_autoptr (PstImage) style = sample_style (400, 300, 1);
  PstSettings          settings = limited_settings (megabytes);
  g_autoptr (GError)   error = NULL;

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
  const int            limits[] = { 700, 1000, 2000 };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *message = refusal (model, content, limits[i]);
      const char      *advice = strstr (message, "Set the size to ");
      int              size;

      g_assert_nonnull (advice);
      g_assert_cmpint (sscanf (advice, "Set the size to %d or less", &size),
                       ==, 1);
      g_assert_cmpuint (bytes_needed (model, size, limits[i]), <=,
                        limits[i] * G_GUINT64_CONSTANT (1000000));
      /* and it is not far below what would do */
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
  g_autofree char     *message = refusal (model, content, 400);

  g_assert_nonnull (strstr (message, "Take smaller pictures"));
}

int
main (int    argc,
      char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/large/refused", test_refused);
  g_test_add_func ("/large/refused-at-any-size", test_refused_at_any_size);
  return g_test_run ();
}
