/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay.c: a fuzz target as a program that takes the files and folders of its
 * arguments
 */
#include <stdint.h>

#include <glib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Returns the number of files. */
static int
replay (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  int n = 0;

  if (dir)
    {
      const char *name;

      while ((name = g_dir_read_name (dir)))
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          n += replay (child);
        }
      return n;
    }

  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (! g_file_get_contents (path, &data, &size, &error))
    g_error ("%s", error->message);
  LLVMFuzzerTestOneInput ((const uint8_t *) data, size);

  return 1;
}

int
main (int argc, char **argv)
{
  int n = 0;

  for (int i = 1; i < argc; i++)
    n += replay (argv[i]);
  g_print ("%d inputs\n", n);

  return n > 0 ? 0 : 1;
}
