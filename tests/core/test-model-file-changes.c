/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-model-file-changes.c: a model's file may change while the model is in
 * use, with any number of threads
 */
#include <unistd.h>

#include <glib/gstdio.h>

#include "check.h"
#include "sample-pictures.h"

/* A short run with @model; the caller owns the result. */
static PstImage *
restyle (PstModel *model, int threads)
{
  g_autoptr (PstImage) content = sample_content (40, 30, 1);
  g_autoptr (PstImage) style = sample_style (40, 30, 1);
  PstSettings settings;
  PstProgress progress = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PstTransfer) transfer = NULL;
  PstImage *result;

  pst_settings_init (&settings);
  settings.quality = PST_QUALITY_DRAFT;
  settings.threads = threads;
  transfer = sample_transfer (model, content, style, &settings, &error);
  g_assert_no_error (error);
  while (progress.iteration < 4 && ! progress.done)
    g_assert_true (pst_transfer_step (transfer, &progress, &error));
  result = pst_transfer_dup_result (transfer, &error);
  g_assert_no_error (error);
  return result;
}

/* The built-in network from a file of its own; the caller owns *@ret_path. */
static PstModel *
load_copy (char **ret_path)
{
  g_autofree char *path = sample_model_path ();
  g_autofree char *data = NULL;
  gsize            size;
  g_autoptr (GError) error = NULL;
  PstModel *model;
  int       file = g_file_open_tmp (NULL, ret_path, &error);

  g_assert_no_error (error);
  close (file);
  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  g_assert_true (g_file_set_contents (*ret_path, data, size, &error));
  model = pst_model_new_from_file (*ret_path, &error);
  g_assert_no_error (error);
  return model;
}

static void
cut (const char *path)
{
  g_assert_cmpint (truncate (path, 100), ==, 0);
}

/* In place, as cp does it. */
static void
overwrite (const char *path)
{
  static const char text[] = "not a network";
  FILE             *file = g_fopen (path, "r+");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (text, 1, sizeof text, file), ==, sizeof text);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
replace (const char *path)
{
  g_assert_true (g_file_set_contents (path, "not a network", -1, NULL));
}

static void delete (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_network (void)
{
  void (*const faults[]) (const char *) = { cut, overwrite, replace, delete };
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) expected = restyle (model, 2);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = NULL;
      g_autoptr (PstModel) copy = load_copy (&path);
      g_autoptr (PstImage) got = NULL;

      faults[i](path);
      got = restyle (copy, 2);
      sample_same ("fault", got, expected);
      g_unlink (path);
    }
}

static void
test_threads (void)
{
  const int threads[] = { 2, 3, 4, 5, 7, 8, 16, 31, 64 };
  g_autoptr (PstModel) model = sample_model ();
  g_autoptr (PstImage) expected = restyle (model, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (PstImage) got = restyle (model, threads[i]);

      sample_same ("threads", got, expected);
    }
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/faults/network", test_network);
  g_test_add_func ("/faults/threads", test_threads);
  return g_test_run ();
}
