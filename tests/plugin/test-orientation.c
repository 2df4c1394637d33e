/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-orientation.c: Exif orientation, found and applied
 *
 * Whether it is what others find, tests/cli/pictures.sh compares; here are
 * files that are cut off or say nonsense.
 */
#include <string.h>

#include "plugin/files/orientation.h"

/* A TIFF directory of two entries, orientation 6, in both orders of bytes. */
#define BIG                            \
  "MM\0*\0\0\0\x08"                    \
  "\0\x02"                             \
  "\x01\x00\0\x04\0\0\0\x01\0\0\0\x07" \
  "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0" \
  "\0\0\0\0"
#define LITTLE                         \
  "II*\0\x08\0\0\0"                    \
  "\x02\0"                             \
  "\x00\x01\x04\0\x01\0\0\0\x07\0\0\0" \
  "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0" \
  "\0\0\0\0"

#define N_TIFF (sizeof BIG - 1) /* 38 bytes */

typedef struct
{
  const char *name;
  const char *bytes;
  gsize       length;
} File;

#define FILE(name, text)        \
  {                             \
    name, text, sizeof text - 1 \
  }

static const File files[] = { FILE ("TIFF, big endian", BIG),
                              FILE ("TIFF, little endian", LITTLE),
                              FILE ("JPEG",
                                    "\xff\xd8"
                                    "\xff\xe0\0\x04xy"
                                    "\xff\xe1\0\x08other!"
                                    "\xff\xe1\0\x2e"
                                    "Exif\0\0" BIG "\xff\xda\0\x02"),
                              FILE ("PNG",
                                    "\x89PNG\r\n\x1a\n"
                                    "\0\0\0\x02"
                                    "tEXt"
                                    "xy"
                                    "crc-"
                                    "\0\0\0\x26"
                                    "eXIf" LITTLE "crc-"),
                              FILE ("WebP",
                                    "RIFF\0\0\0\0WEBP"
                                    "VP8 \x03\0\0\0"
                                    "xyz\0"
                                    "EXIF\x26\0\0\0" BIG),
                              FILE ("WebP with JPEG's start",
                                    "RIFF\0\0\0\0WEBP"
                                    "EXIF\x2c\0\0\0"
                                    "Exif\0\0" LITTLE) };

static int
find (const char *bytes, gsize length)
{
  /* A block of its own, so that a sanitizer sees a read beyond it. */
  g_autofree guint8 *copy = g_memdup2 (bytes, length);

  return pst_orientation_find (copy, length);
}

static void
test_found (gconstpointer data)
{
  const File *file = data;

  g_assert_cmpint (find (file->bytes, file->length), ==, 6);
}

/* Cut anywhere, it is found or not, and nothing else. */
static void
test_cut (gconstpointer data)
{
  const File *file = data;

  for (gsize length = 0; length < file->length; length++)
    {
      int orientation = find (file->bytes, length);

      g_assert_true (orientation == 1 || orientation == 6);
    }
  g_assert_cmpint (find (file->bytes, file->length - N_TIFF), ==, 1);
}

/* With any byte replaced by some others. */
static void
test_spoiled (gconstpointer data)
{
  static const char values[] = "\x00\x01\x7f\x80\xff";
  const File       *file = data;
  g_autofree char  *spoiled = g_memdup2 (file->bytes, file->length);

  for (gsize i = 0; i < file->length; i++)
    for (gsize j = 0; j < sizeof values - 1; j++)
      {
        char old = spoiled[i];
        int  orientation;

        spoiled[i] = values[j];
        orientation = find (spoiled, file->length);
        g_assert_cmpint (orientation, >=, 1);
        g_assert_cmpint (orientation, <=, 8);
        spoiled[i] = old;
      }
}

/* Returns the red value of the pixel, in which test_applied() writes where it
 * was. */
static int
pixel_of (const PstImage *image, int x, int y)
{
  return image->pixels[((gsize) y * image->width + x) * 4];
}

/* The corners, as TIFF 6.0 describes them: what the first row and the first
 * column of the stored picture are in the upright one. */
static void
test_applied (void)
{
  /* Stored, 3 wide and 2 high:  0 1 2   upright: top left and right, bottom
   *                             3 4 5   left and right. */
  static const int corners[8][4] = {
    { 0, 2, 3, 5 }, /* first row: top,    first column: left */
    { 2, 0, 5, 3 }, /*            top,                  right */
    { 5, 3, 2, 0 }, /*            bottom,               right */
    { 3, 5, 0, 2 }, /*            bottom,               left */
    { 0, 3, 2, 5 }, /*            left,                 top */
    { 3, 0, 5, 2 }, /*            right,                top */
    { 5, 2, 3, 0 }, /*            right,                bottom */
    { 2, 5, 0, 3 } /*            left,                 bottom */,
  };
  g_autoptr (PstImage) stored = pst_image_new (3, 2, NULL);

  for (int i = 0; i < 6; i++)
    stored->pixels[i * 4] = i;

  for (int orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PstImage) upright =
        pst_orientation_apply (stored, orientation, &error);
      const int *corner = corners[orientation - 1];
      int        right, bottom;

      g_assert_no_error (error);
      g_assert_cmpint (upright->width, ==, orientation <= 4 ? 3 : 2);
      g_assert_cmpint (upright->height, ==, orientation <= 4 ? 2 : 3);
      right = upright->width - 1;
      bottom = upright->height - 1;
      g_assert_cmpint (pixel_of (upright, 0, 0), ==, corner[0]);
      g_assert_cmpint (pixel_of (upright, right, 0), ==, corner[1]);
      g_assert_cmpint (pixel_of (upright, 0, bottom), ==, corner[2]);
      g_assert_cmpint (pixel_of (upright, right, bottom), ==, corner[3]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *found = g_strconcat ("/found/", files[i].name, NULL);
      g_autofree char *cut = g_strconcat ("/cut/", files[i].name, NULL);
      g_autofree char *spoiled = g_strconcat ("/spoiled/", files[i].name, NULL);

      g_test_add_data_func (found, &files[i], test_found);
      g_test_add_data_func (cut, &files[i], test_cut);
      g_test_add_data_func (spoiled, &files[i], test_spoiled);
    }
  g_test_add_func ("/applied", test_applied);
  return g_test_run ();
}
