/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-find-model.c: where models are looked for
 *
 * A folder stands for the machine: every place of the search is in it, and each
 * model file says by the name inside where it came from.
 */
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "check.h"
#include "model-file.h"
#include "plugin/find-model.h"

static char *home;    /* the folder that stands for the machine */
static char *program; /* in it: prefix/bin/program */

/* @path: below home; the caller owns the result. */
static char *
place (const char *path)
{
  return g_build_filename (home, path, NULL);
}

/* Puts a network, whose name inside is @inside, at @path below home. */
static void
put_network (const char *path, const char *inside)
{
  g_autofree char *file = place (path);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autofree char *name = g_strdup_printf ("\"name\":\"%s\"", inside);
  g_autofree char *description =
    replace_once (tiny_description, "\"name\":\"tiny\"", name);
  g_autoptr (GBytes) bytes = tiny_file_new (description, tiny_tensors);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (file, g_bytes_get_data (bytes, NULL),
                       g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
}

static void
remove_network (const char *path)
{
  g_autofree char *file = place (path);

  g_assert_cmpint (g_unlink (file), ==, 0);
}

/* Loading @name gives the network that is called @inside. */
static void
check_load (const char *name, const char *inside)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PstModel) model = pst_model_find (name, program, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (pst_model_get_name (model), ==, inside);
}

/* Places in the order of the search: with each one taken away, the next is
 * found. */
static void
test_order (void)
{
  const char *const places[] = { "chosen/net.safetensors",
                                 "prefix/bin/models/net.safetensors",
                                 "prefix/models/net.safetensors",
                                 "prefix/share/pastiche/models/net.safetensors",
                                 "user/pastiche/models/net.safetensors",
                                 "system-1/pastiche/models/net.safetensors",
                                 "system-2/pastiche/models/net.safetensors" };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    put_network (places[i], places[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      check_load ("net", places[i]);
      remove_network (places[i]);
    }
}

/* A path is used as it is; an empty name is the built-in model. */
static void
test_names (void)
{
  g_autofree char *path = place ("elsewhere/net.safetensors");
  g_autofree char *other = place ("elsewhere/net.data");
  g_autofree char *folder = g_get_current_dir ();

  put_network ("elsewhere/net.safetensors", "by path");
  put_network ("elsewhere/net.data", "by path, other extension");
  put_network ("chosen/compact.safetensors", "built in");
  put_network ("chosen/net.safetensors", "by name");

  check_load (path, "by path");
  check_load (other, "by path, other extension");
  check_load ("net", "by name");
  check_load (NULL, "built in");
  check_load ("", "built in");

  g_assert_cmpint (g_chdir (home), ==, 0);
  check_load ("./elsewhere/net.safetensors", "by path");
  g_assert_cmpint (g_chdir ("elsewhere"), ==, 0);
  check_load ("net.safetensors", "by path");
  g_assert_cmpint (g_chdir (folder), ==, 0);

  remove_network ("chosen/compact.safetensors");
  remove_network ("chosen/net.safetensors");
}

/* A program that is called through a link looks next to the real one. */
static void
test_link (void)
{
#ifdef G_OS_UNIX
  g_autofree char *link = place ("link");
  g_autoptr (GError) error = NULL;
  g_autoptr (PstModel) model = NULL;

  put_network ("prefix/models/net.safetensors", "next to the real one");
  g_assert_cmpint (symlink (program, link), ==, 0);
  model = pst_model_find ("net", link, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pst_model_get_name (model), ==, "next to the real one");
  remove_network ("prefix/models/net.safetensors");
#else
  g_test_skip ("no symbolic links");
#endif
}

/* The message names the network and the folders. */
static void
test_missing (void)
{
  const char *const folders[] = { "chosen",
                                  "prefix/bin/models",
                                  "prefix/models",
                                  "prefix/share/pastiche/models",
                                  "user/pastiche/models",
                                  "system-1/pastiche/models",
                                  "system-2/pastiche/models" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;

  g_assert_null (pst_model_find ("nowhere", program, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, "\"nowhere\""));
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = place (folders[i]);

      g_assert_nonnull (strstr (error->message, folder));
    }

  g_assert_null (pst_model_find ("./nowhere", NULL, &other_error));
  g_assert_error (other_error, PST_ERROR, PST_ERROR_MODEL);
  g_assert_nonnull (strstr (other_error->message, "./nowhere"));
}

/* All names, each once, the built-in model's first. */
static void
test_list (void)
{
  g_auto (GStrv) names = NULL;
  const char *const expected[] = { "compact", "alpha", "zebra", NULL };
  g_autofree char  *stray = place ("chosen/readme.txt");

  put_network ("chosen/zebra.safetensors", "x");
  put_network ("system-2/pastiche/models/alpha.safetensors", "x");
  put_network ("user/pastiche/models/zebra.safetensors", "x");
  put_network ("user/pastiche/models/compact.safetensors", "x");
  g_assert_true (g_file_set_contents (stray, "x", -1, NULL));

  names = pst_model_list (program);
  g_assert_cmpstrv (names, expected);
}

/* GLib reads these variables once, so they are set before anything else. */
static void
set_up_machine (void)
{
  g_autofree char *chosen = NULL;
  g_autofree char *user = NULL;
  g_autofree char *system = NULL;

  home = g_dir_make_tmp ("pastiche-test-XXXXXX", NULL);
  g_assert_nonnull (home);
  chosen = place ("chosen");
  user = place ("user");
  system = g_strdup_printf ("%s/system-1:%s/system-2", home, home);

  g_setenv ("PASTICHE_MODELS", chosen, TRUE);
  g_setenv ("XDG_DATA_HOME", user, TRUE);
  g_setenv ("XDG_DATA_DIRS", system, TRUE);

  program = place ("prefix/bin/program");
  put_network ("prefix/bin/program", "not a network to be found");
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
}

static void
check_name (const char *name, const char *expected)
{
  g_autofree char *bare = pst_model_dup_name (name);

  g_assert_cmpstr (bare, ==, expected);
}

static void
test_bare_names (void)
{
  check_name (NULL, "compact");
  check_name ("", "compact");
  check_name ("vgg19", "vgg19");
  check_name ("/some/where/vgg19.safetensors", "vgg19");
  check_name ("../vgg19", "vgg19");
}

int
main (int argc, char **argv)
{
  int status;

  set_up_machine ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/network/order", test_order);
  g_test_add_func ("/network/names", test_names);
  g_test_add_func ("/network/link", test_link);
  g_test_add_func ("/network/missing", test_missing);
  g_test_add_func ("/network/list", test_list);
  g_test_add_func ("/network/bare-names", test_bare_names);

  status = g_test_run ();
  check_remove_tree (home);
  g_free (program);
  g_free (home);
  return status;
}
