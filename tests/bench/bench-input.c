/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-input.c: writes what the benchmarks work on, for other programs
 *
 * usage: bench-input vgg19 FILE                   the network of bench.h
 *        bench-input content WIDTH HEIGHT FILE    a picture of bench.h, as
 *        bench-input style WIDTH HEIGHT FILE      [height][width][3] raw floats
 */
#include <stdlib.h>

#include "bench.h"

static void
write_file (const char *path, const void *data, gsize size)
{
  g_autoptr (GError) error = NULL;

  if (! g_file_set_contents (path, data, size, &error))
    g_error ("%s", error->message);
}

static void
write_network (const char *path)
{
  g_autoptr (GBytes) bytes = bench_vgg19_bytes ();
  gsize       size;
  const void *data = g_bytes_get_data (bytes, &size);

  write_file (path, data, size);
}

static void
write_picture (const char *kind, int width, int height, const char *path)
{
  g_autoptr (PstPicture) picture = g_str_equal (kind, "content")
                                     ? bench_content (width, height)
                                     : bench_style (width, height);

  write_file (path, picture->rgb, sizeof (float) * 3 * (gsize) width * height);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "vgg19"))
    write_network (argv[2]);
  else if (argc == 5)
    write_picture (argv[1], CLAMP (atoi (argv[2]), 1, PST_IMAGE_MAX_SIDE),
                   CLAMP (atoi (argv[3]), 1, PST_IMAGE_MAX_SIDE), argv[4]);
  else
    {
      g_printerr ("usage: bench-input vgg19 FILE\n"
                  "       bench-input content|style WIDTH HEIGHT FILE\n");
      return 2;
    }
  return 0;
}
