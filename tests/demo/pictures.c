/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pictures.c: makes the demonstration's pictures
 *
 * usage: demo-pictures content|style WIDTH HEIGHT FILE.ppm
 *
 * The same bytes each time.  Pictures made by a program have no license to
 * respect and need no room in the source tree.
 */
#include "canvas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
main (int argc, char **argv)
{
  if (argc != 5
      || (strcmp (argv[1], "content") != 0 && strcmp (argv[1], "style") != 0))
    {
      fputs ("usage: demo-pictures content|style WIDTH HEIGHT FILE\n", stderr);
      return 2;
    }

  int     width = atoi (argv[2]);
  int     height = atoi (argv[3]);
  Canvas *canvas = NULL;

  if (width >= 16 && width <= 4096 && height >= 16 && height <= 4096)
    canvas = canvas_new (width, height);
  if (! canvas)
    {
      fprintf (stderr, "demo-pictures: sides must be 16 to 4096 pixels\n");
      return 2;
    }

  bool painted = strcmp (argv[1], "content") == 0 ? paint_landscape (canvas)
                                                  : paint_brushwork (canvas);
  bool saved = painted && canvas_save_ppm (canvas, argv[4]);

  if (! saved)
    perror (argv[4]);
  canvas_free (canvas);
  return saved ? 0 : 1;
}
