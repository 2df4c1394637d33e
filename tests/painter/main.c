/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c: paints the style pictures that come with Pastiche
 *
 * usage: paint-style NAME LONG-SIDE FILE.ppm
 *
 * The same bytes each time, on each machine.
 */
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "painter.h"

static const struct
{
  const char *name;
  Sheet *(*paint) (int long_side);
} techniques[] = {
  { "batik", paint_batik },
  { "charcoal", paint_charcoal },
  { "colored-pencil", paint_colored_pencil },
  { "comic", paint_comic },
  { "embroidery", paint_embroidery },
  { "fresco", paint_fresco },
  { "impasto", paint_impasto },
  { "ink-wash", paint_ink_wash },
  { "linocut", paint_linocut },
  { "mosaic", paint_mosaic },
  { "palette-knife", paint_palette_knife },
  { "pastel", paint_pastel },
  { "pointillism", paint_pointillism },
  { "stained-glass", paint_stained_glass },
  { "watercolor", paint_watercolor },
  { "woodcut", paint_woodcut },
};

static gboolean
save_ppm (const Sheet *sheet, const char *path)
{
  int                width = sheet->width / SHEET_SCALE;
  int                height = sheet->height / SHEET_SCALE;
  g_autofree guint8 *bytes = sheet_finish (sheet);
  FILE              *file = g_fopen (path, "wb");
  gboolean           good;

  if (! file)
    return FALSE;
  fprintf (file, "P6\n%d %d\n255\n", width, height);
  fwrite (bytes, 3, (size_t) width * height, file);
  good = ! ferror (file);
  return fclose (file) == 0 && good;
}

int
main (int argc, char **argv)
{
  int    long_side = argc == 4 ? atoi (argv[2]) : 0;
  Sheet *sheet = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (techniques) && argc == 4; i++)
    if (g_str_equal (techniques[i].name, argv[1]) && long_side >= 64
        && long_side <= 2048)
      sheet = techniques[i].paint (long_side);
  if (! sheet)
    {
      g_printerr ("usage: paint-style NAME LONG-SIDE FILE.ppm, "
                  "with 64 to 2048 pixels, and NAME one of\n");
      for (gsize i = 0; i < G_N_ELEMENTS (techniques); i++)
        g_printerr ("  %s\n", techniques[i].name);
      return 2;
    }
  if (! save_ppm (sheet, argv[3]))
    {
      perror (argv[3]);
      return 1;
    }
  sheet_free (sheet);
  return 0;
}
