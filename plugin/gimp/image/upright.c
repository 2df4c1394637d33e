/* SPDX-License-Identifier: GPL-3.0-or-later */
/* upright.c: pictures of GdkPixbuf, turned as their Exif data say */
#include "upright.h"

#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "plugin/exif.h"

#define MAX_EXIF   (1 << 20) /* bytes */
#define MAX_CHUNKS 100000

/* What all files of chunks have in common. */
typedef struct
{
  const char *kind;   /* of the chunk with the Exif data */
  gboolean    is_png; /* length before kind, big-endian, a checksum behind;
                       * else little-endian and padded to even */
} Container;

static const Container png = { "eXIf", TRUE };
static const Container webp = { "EXIF", FALSE };

/* ---- files of chunks ---------------------------------------------------- */

static guint32
get_length (const guchar *bytes, gboolean is_big_endian)
{
  guint32 length;

  memcpy (&length, bytes, sizeof length);
  return is_big_endian ? GUINT32_FROM_BE (length) : GUINT32_FROM_LE (length);
}

/* Reads the chunk that the file is at. */
static int
read_exif (FILE *file, guint32 length)
{
  g_autofree guchar *bytes = NULL;

  if (length > MAX_EXIF)
    return 1;
  bytes = g_malloc (length);
  return fread (bytes, 1, length, file) == length
           ? pst_exif_get_orientation (bytes, length)
           : 1;
}

static int
search (FILE *file, const Container *container)
{
  gboolean is_png = container->is_png;
  guchar   head[8];

  for (int i = 0; i < MAX_CHUNKS && fread (head, 1, 8, file) == 8; i++)
    {
      guint32 length = get_length (head + (is_png ? 0 : 4), is_png);

      if (memcmp (head + (is_png ? 4 : 0), container->kind, 4) == 0)
        return read_exif (file, length);
      if (fseeko (file, is_png ? (off_t) length + 4 : length + (length & 1),
                  SEEK_CUR)
          != 0)
        break;
    }
  return 1;
}

int
pst_upright_get_orientation (const char *path)
{
  FILE  *file = g_fopen (path, "rb");
  guchar head[12];
  int    orientation = 1;

  if (! file)
    return 1;
  if (fread (head, 1, 12, file) == 12)
    {
      if (memcmp (head, "\211PNG\r\n\032\n", 8) == 0
          && fseeko (file, 8, SEEK_SET) == 0)
        orientation = search (file, &png);
      else if (memcmp (head, "RIFF", 4) == 0
               && memcmp (head + 8, "WEBP", 4) == 0)
        orientation = search (file, &webp);
    }
  fclose (file);
  return orientation;
}

/* ---- turning ------------------------------------------------------------ */

/* How a picture of each orientation becomes upright: mirrored, then turned. */
static const struct
{
  gboolean          mirror;
  GdkPixbufRotation turn;
} changes[] = {
  [1] = { FALSE, GDK_PIXBUF_ROTATE_NONE },
  [2] = { TRUE, GDK_PIXBUF_ROTATE_NONE },
  [3] = { FALSE, GDK_PIXBUF_ROTATE_UPSIDEDOWN },
  [4] = { TRUE, GDK_PIXBUF_ROTATE_UPSIDEDOWN },
  [5] = { TRUE, GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE },
  [6] = { FALSE, GDK_PIXBUF_ROTATE_CLOCKWISE },
  [7] = { TRUE, GDK_PIXBUF_ROTATE_CLOCKWISE },
  [8] = { FALSE, GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE },
};

GdkPixbuf *
pst_upright_turn (GdkPixbuf *pixbuf, const char *path)
{
  g_autoptr (GdkPixbuf) mirrored = NULL;
  int orientation;

  if (gdk_pixbuf_get_option (pixbuf, "orientation"))
    return gdk_pixbuf_apply_embedded_orientation (pixbuf);

  orientation = pst_upright_get_orientation (path);
  mirrored = changes[orientation].mirror ? gdk_pixbuf_flip (pixbuf, TRUE)
                                         : g_object_ref (pixbuf);
  return gdk_pixbuf_rotate_simple (mirrored, changes[orientation].turn);
}
