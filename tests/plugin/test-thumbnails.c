/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-thumbnails.c: small pictures of files, upright, and what becomes of
 * files that are broken */
#include <string.h>

#include <glib/gstdio.h>

#include "check.h"
#include "plugin/gimp/gallery/picture-folder.h"
#include "plugin/gimp/gallery/thumbnail-file.h"
#include "plugin/gimp/image/pixbuf.h"
#include "plugin/gimp/image/upright.h"

static char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
write_file (const char *path, const GByteArray *bytes)
{
  g_assert_true (
    g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
}

/* ---- pictures with an orientation --------------------------------------- */

/* What is seen: three columns and two rows of blocks. */
#define N_COLUMNS 3
#define N_ROWS    2
#define BLOCK     40

static const guchar colors[N_ROWS][N_COLUMNS][3] = {
  { { 255, 0, 0 }, { 0, 255, 0 }, { 0, 0, 255 } },
  { { 0, 255, 255 }, { 255, 0, 255 }, { 255, 255, 0 } },
};

/* Exif 2.3, section 4.6.4 A: what the 0th row and the 0th column of the file
 * are in the picture that is seen. */
static const struct
{
  const char *row;
  const char *column;
} meanings[] = {
  [1] = { "top", "left" },     [2] = { "top", "right" },
  [3] = { "bottom", "right" }, [4] = { "bottom", "left" },
  [5] = { "left", "top" },     [6] = { "right", "top" },
  [7] = { "right", "bottom" }, [8] = { "left", "bottom" },
};

/* Steps along what @side is the beginning of. */
static void
go (const char *side, int steps, int *column, int *row)
{
  if (g_str_equal (side, "top"))
    *row = steps;
  else if (g_str_equal (side, "bottom"))
    *row = N_ROWS - 1 - steps;
  else if (g_str_equal (side, "left"))
    *column = steps;
  else
    *column = N_COLUMNS - 1 - steps;
}

/* The picture as the file has it. */
static GdkPixbuf *
new_stored (int orientation)
{
  gboolean   is_turned = orientation >= 5;
  int        n_columns = is_turned ? N_ROWS : N_COLUMNS;
  int        n_rows = is_turned ? N_COLUMNS : N_ROWS;
  GdkPixbuf *stored = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8,
                                      n_columns * BLOCK, n_rows * BLOCK);

  for (int y = 0; y < n_rows * BLOCK; y++)
    for (int x = 0; x < n_columns * BLOCK; x++)
      {
        int column = 0;
        int row = 0;

        go (meanings[orientation].row, y / BLOCK, &column, &row);
        go (meanings[orientation].column, x / BLOCK, &column, &row);
        memcpy (gdk_pixbuf_get_pixels (stored)
                  + y * gdk_pixbuf_get_rowstride (stored) + 3 * x,
                colors[row][column], 3);
      }
  return stored;
}

static void
append_number (GByteArray *bytes, guint32 number, int n_bytes, gboolean big)
{
  for (int i = 0; i < n_bytes; i++)
    {
      guchar byte = number >> (8 * (big ? n_bytes - 1 - i : i));

      g_byte_array_append (bytes, &byte, 1);
    }
}

/* A directory whose second entry is the orientation. */
static GByteArray *
new_exif (int orientation, gboolean big, gboolean with_prefix)
{
  GByteArray *exif = g_byte_array_new ();

  if (with_prefix)
    g_byte_array_append (exif, (const guchar *) "Exif\0\0", 6);
  g_byte_array_append (exif, (const guchar *) (big ? "MM" : "II"), 2);
  append_number (exif, 42, 2, big);
  append_number (exif, 8, 4, big);
  append_number (exif, 2, 2, big);
  append_number (exif, 0x0102, 2, big); /* BitsPerSample, a SHORT: 8 */
  append_number (exif, 3, 2, big);
  append_number (exif, 1, 4, big);
  append_number (exif, 8, 2, big);
  append_number (exif, 0, 2, big);
  append_number (exif, 0x0112, 2, big);
  append_number (exif, 3, 2, big);
  append_number (exif, 1, 4, big);
  append_number (exif, orientation, 2, big);
  append_number (exif, 0, 2, big);
  append_number (exif, 0, 4, big);
  return exif;
}

/* PNG 3, annex D. */
static guint32
checksum (const guchar *bytes, gsize size)
{
  guint32 sum = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      sum ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        sum = sum & 1 ? 0xedb88320 ^ (sum >> 1) : sum >> 1;
    }
  return ~sum;
}

/* Puts a chunk in front of that at @offset. */
static void
insert_chunk (GByteArray *png, gsize offset, const GByteArray *exif)
{
  g_autoptr (GByteArray) chunk = g_byte_array_new ();
  g_autoptr (GByteArray) rest = g_byte_array_new ();

  append_number (chunk, exif->len, 4, TRUE);
  g_byte_array_append (chunk, (const guchar *) "eXIf", 4);
  g_byte_array_append (chunk, exif->data, exif->len);
  append_number (chunk, checksum (chunk->data + 4, chunk->len - 4), 4, TRUE);

  g_byte_array_append (rest, png->data + offset, png->len - offset);
  g_byte_array_set_size (png, offset);
  g_byte_array_append (png, chunk->data, chunk->len);
  g_byte_array_append (png, rest->data, rest->len);
}

static GByteArray *
save_png (GdkPixbuf *picture)
{
  GByteArray *png = g_byte_array_new ();
  char       *bytes;
  gsize       size;

  g_assert_true (
    gdk_pixbuf_save_to_buffer (picture, &bytes, &size, "png", NULL, NULL));
  g_byte_array_append (png, (guchar *) bytes, size);
  g_free (bytes);
  return png;
}

#define AFTER_HEAD (8 + 25) /* signature and IHDR */
#define END        12       /* IEND */

/* Returns the path, owned by the caller. */
static char *
make_png (int orientation, gboolean big, gboolean late, gboolean with_prefix)
{
  g_autoptr (GdkPixbuf) stored = new_stored (orientation);
  g_autoptr (GByteArray) png = save_png (stored);
  g_autoptr (GByteArray) exif = new_exif (orientation, big, with_prefix);
  char *path = path_of ("turned.png");

  insert_chunk (png, late ? png->len - END : AFTER_HEAD, exif);
  write_file (path, png);
  return path;
}

/* The middle of each block has its color, to the rounding of JPEG. */
static void
check_upright (const GdkPixbuf *seen)
{
  double width = gdk_pixbuf_get_width (seen);
  double height = gdk_pixbuf_get_height (seen);

  g_assert_cmpfloat (ABS (width / height - (double) N_COLUMNS / N_ROWS), <,
                     0.05);
  for (int row = 0; row < N_ROWS; row++)
    for (int column = 0; column < N_COLUMNS; column++)
      {
        const guchar *pixel = gdk_pixbuf_read_pixels (seen)
                              + (int) ((row + 0.5) * height / N_ROWS)
                                  * gdk_pixbuf_get_rowstride (seen)
                              + (int) ((column + 0.5) * width / N_COLUMNS)
                                  * gdk_pixbuf_get_n_channels (seen);

        for (int c = 0; c < 3; c++)
          g_assert_cmpint (ABS (pixel[c] - colors[row][column][c]), <, 40);
      }
}

static void
check_thumbnail (const char *path)
{
  const PstThumbnailSize size = { 60, FALSE };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) seen = pst_thumbnail_read (file, &size, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (seen), ==, 60);
  check_upright (seen);
}

/* The same that the preview reads. */
static void
check_image (const char *path)
{
  g_autoptr (PstImage) image = pst_pixbuf_read_image (path, 60, NULL);
  g_autoptr (GdkPixbuf) seen = pst_pixbuf_from_image (image);

  check_upright (seen);
}

static void
test_png (void)
{
  for (int orientation = 1; orientation <= 8; orientation++)
    for (int way = 0; way < 8; way++)
      {
        g_autofree char *path =
          make_png (orientation, way & 1, way & 2, way & 4);

        g_assert_cmpint (pst_upright_get_orientation (path), ==, orientation);
        check_thumbnail (path);
        check_image (path);
      }
}

/* That GdkPixbuf reads these is not to be undone. */
static void
test_jpeg (void)
{
  g_autofree char *path = path_of ("turned.jpg");

  for (int orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr (GdkPixbuf) stored = new_stored (orientation);
      g_autoptr (GByteArray) exif = new_exif (orientation, FALSE, TRUE);
      g_autoptr (GByteArray) jpeg = g_byte_array_new ();
      char *bytes;
      gsize size;

      g_assert_true (gdk_pixbuf_save_to_buffer (stored, &bytes, &size, "jpeg",
                                                NULL, "quality", "95", NULL));
      g_byte_array_append (jpeg, (guchar *) bytes, 2);
      append_number (jpeg, 0xffe1, 2, TRUE);
      append_number (jpeg, exif->len + 2, 2, TRUE);
      g_byte_array_append (jpeg, exif->data, exif->len);
      g_byte_array_append (jpeg, (guchar *) bytes + 2, size - 2);
      g_free (bytes);
      write_file (path, jpeg);
      check_thumbnail (path);
      check_image (path);
    }
}

/* There is not always a loader for WebP. */
static void
test_webp (void)
{
  g_autofree char *path = path_of ("turned.webp");

  for (int orientation = 1; orientation <= 8; orientation++)
    for (int odd = 0; odd < 2; odd++)
      {
        g_autoptr (GByteArray) exif = new_exif (orientation, odd, odd);
        g_autoptr (GByteArray) webp = g_byte_array_new ();

        g_byte_array_append (webp, (const guchar *) "RIFF", 4);
        append_number (webp, 4 + 8 + 4 + 8 + exif->len, 4, FALSE);
        g_byte_array_append (webp, (const guchar *) "WEBPVP8 ", 8);
        append_number (webp, 4 - odd, 4, FALSE); /* padded to 4 */
        append_number (webp, 0, 4, FALSE);
        g_byte_array_append (webp, (const guchar *) "EXIF", 4);
        append_number (webp, exif->len, 4, FALSE);
        g_byte_array_append (webp, exif->data, exif->len);
        write_file (path, webp);
        g_assert_cmpint (pst_upright_get_orientation (path), ==, orientation);
      }
}

/* Whatever is wrong with the Exif data, the picture is taken to be upright. */
static void
test_bad_exif (void)
{
  g_autofree char *path = path_of ("bad.png");
  g_autoptr (GdkPixbuf) stored = new_stored (1);
  g_autoptr (GByteArray) intact = save_png (stored);
  CheckRandom random;

  check_random_init (&random, 2);
  for (int i = 0; i < 300; i++)
    {
      g_autoptr (GByteArray) png = g_byte_array_new ();
      g_autoptr (GByteArray) exif = new_exif (i == 0 ? 9 : 0, i & 1, i & 2);
      int orientation;

      if (i > 1) /* damaged, and cut short */
        {
          exif->data[check_random_int (&random, 0, exif->len - 1)] =
            check_random_int (&random, 0, 255);
          g_byte_array_set_size (exif,
                                 check_random_int (&random, 0, exif->len));
        }
      g_byte_array_append (png, intact->data, intact->len);
      insert_chunk (png, AFTER_HEAD, exif);
      if (i % 3 == 0) /* the file ends in the chunk */
        g_byte_array_set_size (png, AFTER_HEAD + 8 + exif->len / 2);
      write_file (path, png);
      orientation = pst_upright_get_orientation (path);
      g_assert_cmpint (orientation, >=, 1);
      g_assert_cmpint (orientation, <=, 8);
      if (i < 2)
        g_assert_cmpint (orientation, ==, 1);
    }
}

/* ---- squares ------------------------------------------------------------ */

static void
test_square (void)
{
  static const int       sides[][2] = { { 300, 200 }, { 20, 500 }, { 1, 1 },
                                        { 4000, 1 },  { 7, 5 },    { 72, 72 } };
  const PstThumbnailSize size = { 72, TRUE };
  g_autofree char       *path = path_of ("square.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autoptr (GdkPixbuf) picture =
        gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, sides[i][0], sides[i][1]);
      g_autoptr (GByteArray) png = NULL;
      g_autoptr (GdkPixbuf) seen = NULL;

      gdk_pixbuf_fill (picture, 0x2040c0ff);
      png = save_png (picture);
      write_file (path, png);
      seen = pst_thumbnail_read (file, &size, NULL);
      g_assert_cmpint (gdk_pixbuf_get_width (seen), ==, 72);
      g_assert_cmpint (gdk_pixbuf_get_height (seen), ==, 72);
      g_assert_cmpint (gdk_pixbuf_read_pixels (seen)[2], ==, 0xc0);
    }
}

/* The middle is shown, not one end. */
static void
test_middle (void)
{
  const PstThumbnailSize size = { 40, TRUE };
  g_autofree char       *path = path_of ("middle.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GdkPixbuf) stored = new_stored (1);
  g_autoptr (GByteArray) png = save_png (stored);
  g_autoptr (GdkPixbuf) seen = NULL;
  const guchar *pixels;

  write_file (path, png);
  seen = pst_thumbnail_read (file, &size, NULL);
  pixels = gdk_pixbuf_read_pixels (seen);
  g_assert_cmpint (pixels[3 * 20 + 1], >, 200); /* green above */
  pixels += 35 * gdk_pixbuf_get_rowstride (seen) + 3 * 20;
  g_assert_cmpint (pixels[0], >, 200); /* magenta below */
  g_assert_cmpint (pixels[1], <, 50);
}

/* ---- broken files ------------------------------------------------------- */

static void
check_error (const char *name,
             const char *text,
             gssize      size,
             gboolean    is_broken)
{
  const PstThumbnailSize thumbnail = { 72, TRUE };
  g_autofree char       *path = path_of (name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  if (text)
    g_assert_true (g_file_set_contents (path, text, size, NULL));
  g_assert_null (pst_thumbnail_read (file, &thumbnail, &error));
  g_assert_nonnull (error);
  g_test_message ("%s: %s", name, error->message);
  g_assert_cmpint (! g_error_matches (error, G_IO_ERROR,
                                      G_IO_ERROR_NOT_SUPPORTED),
                   ==, is_broken);
}

static void
test_broken (void)
{
  g_autoptr (GdkPixbuf) stored = new_stored (1);
  g_autoptr (GByteArray) png = save_png (stored);

  check_error ("empty.png", "", 0, TRUE);
  check_error ("text.png", "Not a picture", -1, TRUE);
  check_error ("text.jpg", "Not a picture", -1, TRUE);
  check_error ("short.png", (const char *) png->data, 40, TRUE);
  check_error ("missing.png", NULL, 0, TRUE);
  /* GIMP opens these. */
  check_error ("image.xcf", "gimp xcf v011", 14, FALSE);
  check_error ("image.psd", "8BPS\0\1\0\0\0\0\0\0", 12, FALSE);
}

/* A picture of ten gigapixels is not read. */
static void
test_huge (void)
{
  g_autoptr (GdkPixbuf) stored = new_stored (1);
  g_autoptr (GByteArray) png = save_png (stored);
  g_autoptr (GByteArray) head = g_byte_array_new ();

  append_number (head, 100000, 4, TRUE);
  append_number (head, 100000, 4, TRUE);
  memcpy (png->data + 16, head->data, 8);
  g_byte_array_set_size (head, 0);
  append_number (head, checksum (png->data + 12, 17), 4, TRUE);
  memcpy (png->data + 29, head->data, 4);
  check_error ("huge.png", (const char *) png->data, png->len, FALSE);
}

/* ---- in the thread ------------------------------------------------------ */

typedef struct
{
  GMainLoop *loop;
  int        n_read;
  int        n_cancelled;
} Async;

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Async *async = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) picture = pst_thumbnail_read_finish (result, &error);

  async->n_read += picture != NULL;
  async->n_cancelled +=
    g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (async->n_read + async->n_cancelled == 20)
    g_main_loop_quit (async->loop);
}

static void
test_thread (void)
{
  const PstThumbnailSize size = { 72, TRUE };
  g_autofree char       *path = make_png (6, TRUE, FALSE, FALSE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Async async = { loop };

  for (int i = 0; i < 20; i++)
    pst_thumbnail_read_async (file, &size, i % 2 == 0 ? cancellable : NULL,
                              on_read, &async);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (loop);
  g_assert_cmpint (async.n_read, ==, 10);
  g_assert_cmpint (async.n_cancelled, ==, 10);
}

/* ---- folders ------------------------------------------------------------ */

static void
test_folder (void)
{
  static const char *const names[] = { "b10.png",   "b2.JPG",      "a.tiff",
                                       "notes.txt", ".hidden.png", "x.xcf" };
  static const char *const wanted[] = { "a.tiff", "b2.JPG", "b10.png",
                                        "x.xcf" };
  g_autofree char         *path = path_of ("folder");
  g_autofree char         *below = g_build_filename (path, "below.png", NULL);
  g_autoptr (GFile) place = g_file_new_for_path (path);
  g_autoptr (GPtrArray) files = NULL;

  files = pst_picture_folder_list (place, NULL); /* there is none yet */
  g_assert_cmpint (files->len, ==, 0);
  g_clear_pointer (&files, g_ptr_array_unref);

  g_assert_cmpint (g_mkdir_with_parents (below, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_build_filename (path, names[i], NULL);

      g_assert_true (g_file_set_contents (file, "x", 1, NULL));
    }
  files = pst_picture_folder_list (place, NULL);
  g_assert_cmpint (files->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *name = g_file_get_basename (files->pdata[i]);

      g_assert_cmpstr (name, ==, wanted[i]);
    }
}

/* ---- all ---------------------------------------------------------------- */

static void
remove_folder (GFile *place)
{
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (place, G_FILE_ATTRIBUTE_STANDARD_NAME,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children
         && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL)
         && child)
    remove_folder (child);
  g_file_delete (place, NULL, NULL);
}

int
main (int argc, char **argv)
{
  int status;
  g_autoptr (GFile) place = NULL;

  check_init (&argc, &argv);
  folder = g_dir_make_tmp ("thumbnails-XXXXXX", NULL);
  place = g_file_new_for_path (folder);
  g_test_add_func ("/upright/png", test_png);
  g_test_add_func ("/upright/jpeg", test_jpeg);
  g_test_add_func ("/upright/webp", test_webp);
  g_test_add_func ("/upright/bad-exif", test_bad_exif);
  g_test_add_func ("/thumbnails/square", test_square);
  g_test_add_func ("/thumbnails/middle", test_middle);
  g_test_add_func ("/thumbnails/broken", test_broken);
  g_test_add_func ("/thumbnails/huge", test_huge);
  g_test_add_func ("/thumbnails/thread", test_thread);
  g_test_add_func ("/folder", test_folder);
  status = g_test_run ();
  remove_folder (place);
  g_free (folder);
  return status;
}
