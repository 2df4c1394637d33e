/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-picture.c: any file must be read as a picture and written again, or be
 * refused with a message
 *
 * For libFuzzer, or with replay.c.  Decoding is libvips's; ours are the chunks
 * of PNG and directories of TIFF that it leaves out, profiles, and what is said
 * of a picture.
 */
#include <stdint.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "plugin/files/picture-file.h"

#define MAX_SIDE 64 /* of what is written */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_error (const GError *error)
{
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (error->domain == PST_ERROR);
}

/* A path for this process alone; the caller owns it. */
static char *
make_path (const char *name)
{
  g_autofree char *own = g_strdup_printf ("fuzz-%d-%s", (int) getpid (), name);

  return g_build_filename (g_get_tmp_dir (), own, NULL);
}

static void
check_copy (const PstImage *image, const PstPictureFormat *format)
{
  static const char *const names[] = { "copy.png", "copy.tif", "copy.jpg" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = make_path (names[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (PstImage) again = NULL;

      if (! pst_picture_write (path, image, format, &error))
        {
          check_error (error);
          continue;
        }
      again = pst_picture_read (path, PST_IMAGE_MAX_SIDE, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (again->width, ==, image->width);
      g_assert_cmpint (again->height, ==, image->height);
      g_unlink (path);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *path = make_path ("input");
  g_autoptr (GError) error = NULL;
  g_auto (PstPictureFormat) format = { 0 };
  g_autoptr (PstImage) image = NULL;

  g_assert_true (g_file_set_contents_full (path, (const char *) data, size,
                                           G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
  image = pst_picture_read_content (path, MAX_SIDE, &format, &error);
  if (! image)
    check_error (error);
  else if (image->width <= MAX_SIDE && image->height <= MAX_SIDE)
    check_copy (image, &format);
  g_unlink (path);
  return 0;
}
