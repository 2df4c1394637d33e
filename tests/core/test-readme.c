/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-readme.c: the example at the head of core/pastiche.h, compiled and run
 *
 * readme-example.inc is cut out of the header when the tests are built.
 */
#include "check.h"
#include "core/pastiche.h"
#include "sample-pictures.h"

static void
test_example (void)
{
  g_autofree char *path = sample_model_path ();
  g_autoptr (PstImage) content = sample_content (24, 18, 1);
  g_autoptr (PstImage) painting = sample_style (24, 18, 1);
  g_autoptr (GError) error = NULL;

#include "readme-example.inc"

  g_assert_no_error (error);
  g_assert_true (progress.done);
  sample_valid ("example", result);
  g_assert_cmpfloat (sample_apart (result, content), >, 0.01);
}

static void
test_build (void)
{
  const char *level = pst_cpu_level ();

  g_assert_cmpstr (pst_version (), ==, "0.2.0");
  g_assert_true (g_strv_contains (
    (const char *const[]){ "x86-64", "x86-64-v3", "x86-64-v3-bf16", "x86-64-v4",
                           "x86-64-v4-bf16", "x86-64-v4-amx", "aarch64",
                           "aarch64-bf16", "generic", NULL },
    level));
}

static void
test_model (void)
{
  g_autofree char *path = sample_model_path ();
  g_autoptr (PstModel) model = pst_model_new_from_file (path, NULL);

  g_assert_cmpstr (pst_model_get_name (model), ==, "compact");
  g_assert_cmpuint (pst_model_get_n_parameters (model), ==, 2429616);
  g_assert_nonnull (pst_model_get_credits (model));
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/readme/example", test_example);
  g_test_add_func ("/readme/build", test_build);
  g_test_add_func ("/readme/model", test_model);
  return g_test_run ();
}
