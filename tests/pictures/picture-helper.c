/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-helper.c: what tests of pictures in files cannot do by
 * themselves
 *
 * Does what each line of its input says, in words with tabs between them:
 *
 *   pixels FILE [SIDE]
 *     prints "WIDTH HEIGHT ALPHA DEEP", and of each pixel, as read in sRGB, a
 *     line with its four values, 0 to 255
 *   copy FILE FILE [SIZE]
 *     reads one and writes the other as a result of it
 *
 * Then prints "done", or "failed" with a message among the errors.  It is
 * killed if a line takes longer than two minutes.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plugin/files/picture-file.h"

#define SECONDS 120 /* for a line */

static gboolean
print_pixels (const char *path, int side, GError **error)
{
  g_auto (PstPictureFormat) format = { 0 };
  g_autoptr (PstImage) content =
    pst_picture_read_content (path, side, &format, error);
  g_autoptr (PstImage) image = NULL;

  if (content)
    image = pst_picture_read (path, side > 0 ? side : PST_IMAGE_MAX_SIDE, NULL,
                              error);
  if (! image)
    return FALSE;

  printf ("%d %d %d %d\n", image->width, image->height, format.has_alpha,
          format.is_deep);
  for (int i = 0; i < image->width * image->height; i++)
    {
      const float *pixel = image->pixels + 4 * (gsize) i;

      printf ("%.3f %.3f %.3f %.3f\n", pixel[0] * 255.0, pixel[1] * 255.0,
              pixel[2] * 255.0, pixel[3] * 255.0);
    }
  return TRUE;
}

static gboolean
copy (const char *from, const char *to, int size, GError **error)
{
  g_auto (PstPictureFormat) format = { 0 };
  g_autoptr (PstImage) image =
    pst_picture_read_content (from, size, &format, error);

  return image && pst_picture_write (to, image, &format, error);
}

static gboolean
obey (char **words, GError **error)
{
  int n_words = g_strv_length (words);

  if (n_words >= 2 && g_str_equal (words[0], "pixels"))
    return print_pixels (words[1], n_words > 2 ? atoi (words[2]) : 0, error);
  if (n_words >= 3 && g_str_equal (words[0], "copy"))
    return copy (words[1], words[2], n_words > 3 ? atoi (words[3]) : 0, error);
  g_error ("no such line, see the head of picture-helper.c");
}

int
main (int argc, char **argv)
{
  char  *line = NULL;
  size_t capacity = 0;

  setlocale (LC_CTYPE, "");
  while (getline (&line, &capacity, stdin) > 0)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), "\t", -1);

      alarm (SECONDS);
      if (! obey (words, &error))
        g_printerr ("%s\n", error->message);
      printf ("%s\n", error ? "failed" : "done");
      fflush (stdout);
      alarm (0);
    }
  free (line);
  return 0;
}
