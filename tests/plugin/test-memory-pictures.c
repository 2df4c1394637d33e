/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-memory-pictures.c: while the command line reads and writes pictures,
 * every allocation of its own may fail
 *
 * The memory with which libvips decodes a picture is not counted.
 */
#include <glib/gstdio.h>

#include "check.h"
#include "plugin/cli/styles.h"
#include "plugin/files/picture-file.h"
#include "failing-malloc.h"
#include "sample-pictures.h"

static char *folder;
static char *picture; /* paths in it: half transparent */
static char *written; /* of a kind that knows no transparency */

static gboolean
read_picture (gconstpointer data, GError **error)
{
  g_autoptr (PstImage) image =
    pst_picture_read (picture, PST_IMAGE_MAX_SIDE, NULL, error);

  return image != NULL;
}

/* @data: PstImage */
static gboolean
write_picture (gconstpointer data, GError **error)
{
  const PstPictureFormat format = { .has_alpha = TRUE };

  return pst_picture_write (written, data, &format, error);
}

/* @data: GPtrArray of PstStyleOption */
static gboolean
take_styles (gconstpointer data, GError **error)
{
  PstCliStyles styles;
  gboolean     ok =
    pst_cli_styles_load (&styles, data, NULL, 0, error)
    && pst_cli_styles_load_masks (&styles, picture, "", 20, 30, error);

  pst_cli_styles_clear (&styles);
  return ok;
}

/* ---- the tests ---------------------------------------------------------- */

static void
refuse_own (RefuseWork work, gconstpointer data)
{
  g_assert_cmpint (refuse_each (REFUSE_ALL_OWN, work, data), ==, 0);
}

static void
test_read (void)
{
  refuse_own (read_picture, NULL);
}

static void
test_write (void)
{
  g_autoptr (PstImage) image = sample_content (30, 20, 1);

  sample_fade (image);
  refuse_own (write_picture, image);
}

static void
test_styles (void)
{
  PstStyleOption style = { picture, 1, picture };
  PstStyleOption other = { picture, 1, NULL };
  g_autoptr (GPtrArray) styles = g_ptr_array_new ();

  g_ptr_array_add (styles, &style);
  g_ptr_array_add (styles, &other);
  refuse_own (take_styles, styles);
}

int
main (int argc, char **argv)
{
  const PstPictureFormat format = { .has_alpha = TRUE };
  g_autoptr (PstImage) image = sample_style (40, 30, 1);
  int status;

  check_init (&argc, &argv);
  /* libvips has one thread or two. */
  refuse_allow (REFUSE_LARGE);
  folder = g_dir_make_tmp ("pastiche-XXXXXX", NULL);
  picture = g_build_filename (folder, "picture.png", NULL);
  written = g_build_filename (folder, "written.jpg", NULL);
  sample_fade (image);
  g_assert_true (pst_picture_write (picture, image, &format, NULL));
  g_test_add_func ("/memory-pictures/read", test_read);
  g_test_add_func ("/memory-pictures/write", test_write);
  g_test_add_func ("/memory-pictures/styles", test_styles);
  status = g_test_run ();
  check_remove_tree (folder);
  g_free (folder);
  g_free (picture);
  g_free (written);
  return status;
}
