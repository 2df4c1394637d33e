/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pictures.c: makes the demonstration's pictures
 *
 * usage: demo-pictures NAME WIDTH HEIGHT FILE.ppm
 *
 * NAME: content (a lake), canal and fruit are photos, style is a painting.
 *
 * The same bytes each time.  Pictures made by a program have no license to
 * respect and need no room in the source tree.
 */
#include "canvas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct
{
  const char *name;
  bool (*paint) (Canvas *canvas);
} subjects[] = {
  { "content", paint_landscape },
  { "canal", paint_canal },
  { "fruit", paint_fruit },
  { "style", paint_brushwork },
};
#define N_SUBJECTS (sizeof subjects / sizeof subjects[0])

int
main (int argc, char **argv)
{
  size_t subject = 0;

  while (argc == 5 && subject < N_SUBJECTS
         && strcmp (argv[1], subjects[subject].name) != 0)
    subject++;
  if (argc != 5 || subject == N_SUBJECTS)
    {
      fputs ("usage: demo-pictures content|canal|fruit|style WIDTH HEIGHT "
             "FILE\n",
             stderr);
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

  bool painted = subjects[subject].paint (canvas);
  bool saved = painted && canvas_save_ppm (canvas, argv[4]);

  if (! saved)
    perror (argv[4]);
  canvas_free (canvas);
  return saved ? 0 : 1;
}
