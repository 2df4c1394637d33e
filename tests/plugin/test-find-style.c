/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-find-style.c: where the style pictures that come with us are found
 *
 * A folder stands for the machine: every place of the search is in it.
 */
#include <glib/gstdio.h>

#include "check.h"
#include "plugin/find-style.h"

static char *home;    /* the folder that stands for the machine */
static char *program; /* in it: prefix/bin/program */

/* Puts a file at @path below home. */
static void
put (const char *path)
{
  g_autofree char *file = g_build_filename (home, path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
}

static void
take_away (const char *path)
{
  g_autofree char *file = g_build_filename (home, path, NULL);

  g_assert_cmpint (g_unlink (file), ==, 0);
}

/* The list is @ids, joined by spaces. */
static void
check_list (const char *ids)
{
  g_autoptr (GPtrArray) styles = pst_shipped_styles_list (program);
  g_autoptr (GString) there = g_string_new (NULL);

  for (guint i = 0; i < styles->len; i++)
    {
      const PstShippedStyle *style = styles->pdata[i];

      g_string_append_printf (there, "%s%s", i > 0 ? " " : "", style->id);
      g_assert_true (g_file_test (style->path, G_FILE_TEST_IS_REGULAR));
      g_assert_cmpstr (style->title, ==, pst_shipped_style_title (style->id));
    }
  g_assert_cmpstr (there->str, ==, ids);
}

/* The picture @id is the one at @path below home; NULL: there is none. */
static void
check_found (const char *id, const char *path)
{
  g_autofree char *found = pst_shipped_style_find (id, program);
  g_autofree char *expected = path ? g_build_filename (home, path, NULL) : NULL;

  g_assert_cmpstr (found, ==, expected);
}

static void
test_none (void)
{
  check_list ("");
  check_found ("woodcut", NULL);
}

static void
test_order (void)
{
  static const char *const places[] = {
    "system/pastiche/styles/woodcut.jpg",
    "user/pastiche/styles/woodcut.jpg",
    "prefix/share/pastiche/styles/woodcut.jpg",
    "prefix/styles/woodcut.jpg",
    "prefix/bin/data/styles/woodcut.jpg",
    "prefix/bin/styles/woodcut.jpg",
    "chosen/woodcut.jpg",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      put (places[i]);
      check_found ("woodcut", places[i]);
      check_list ("woodcut");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    take_away (places[i]);
}

/* Sorted by what the user reads; files of other kinds are none. */
static void
test_list (void)
{
  static const char *const files[] = {
    "user/pastiche/styles/woodcut.jpg", "user/pastiche/styles/Mine.jpg",
    "prefix/bin/styles/ink-wash.jpg",   "prefix/bin/styles/.hidden.jpg",
    "prefix/bin/styles/README",         "prefix/bin/styles/batik.png",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    put (files[i]);
  check_list ("ink-wash Mine woodcut");
  check_found (".hidden", NULL);
  check_found ("batik", NULL);
  check_found ("../bin/styles/ink-wash", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    take_away (files[i]);
}

static void
test_titles (void)
{
  g_assert_cmpstr (pst_shipped_style_title ("stained-glass"), ==,
                   "Stained glass");
  g_assert_cmpstr (pst_shipped_style_title ("batik"), ==, "Batik");
  g_assert_cmpstr (pst_shipped_style_title ("of-mine"), ==, "of-mine");
}

static void
set_folder (const char *variable, const char *name)
{
  g_autofree char *folder = g_build_filename (home, name, NULL);

  g_setenv (variable, folder, TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int code;

  home = g_dir_make_tmp ("find-style-XXXXXX", &error);
  g_assert_no_error (error);
  set_folder ("PASTICHE_STYLES", "chosen");
  set_folder ("XDG_DATA_HOME", "user");
  set_folder ("XDG_DATA_DIRS", "system");
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  put ("prefix/bin/program");
  program = g_build_filename (home, "prefix/bin/program", NULL);
  g_chmod (program, 0700);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find-style/none", test_none);
  g_test_add_func ("/find-style/order", test_order);
  g_test_add_func ("/find-style/list", test_list);
  g_test_add_func ("/find-style/titles", test_titles);
  code = g_test_run ();

  check_remove_tree (home);
  g_free (program);
  g_free (home);
  return code;
}
