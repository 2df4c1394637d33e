/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-helper.c: what pictures.py cannot do by itself
 *
 *   picture-helper pixels FILE [SIDE]
 *     prints "WIDTH HEIGHT ALPHA DEEP", and of each pixel, as read in sRGB, a
 *     line with its four values, 0 to 255
 *   picture-helper copy FILE FILE [SIZE]
 *     reads one and writes the other as a result of it
 *
 * Exit status: 1, and a message, if there was an error.
 */
#include <locale.h>
#include <stdlib.h>

#include "plugin/files/picture-file.h"

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

  g_print ("%d %d %d %d\n", image->width, image->height, format.has_alpha,
           format.is_deep);
  for (int i = 0; i < image->width * image->height; i++)
    {
      const float *pixel = image->pixels + 4 * (gsize) i;

      g_print ("%.3f %.3f %.3f %.3f\n", pixel[0] * 255.0, pixel[1] * 255.0,
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

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  setlocale (LC_CTYPE, "");
  if (argc >= 3 && g_str_equal (argv[1], "pixels"))
    done = print_pixels (argv[2], argc > 3 ? atoi (argv[3]) : 0, &error);
  else if (argc >= 4 && g_str_equal (argv[1], "copy"))
    done = copy (argv[2], argv[3], argc > 4 ? atoi (argv[4]) : 0, &error);
  else
    {
      g_printerr ("usage: see the head of picture-helper.c\n");
      return 2;
    }
  if (done)
    return 0;

  g_printerr ("%s\n", error->message);
  return 1;
}
