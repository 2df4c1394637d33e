/* SPDX-License-Identifier: GPL-3.0-or-later */
/* png-chunks.c: what libvips does not read of PNG files
 *
 * A file is a signature and chunks: length of the data, kind, data, checksum.
 * Numbers in gAMA and cHRM stand for hundred-thousandths.
 */
#include "png-chunks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "color-space.h"

#define SIGNATURE_LENGTH 8
#define HEAD_LENGTH      8 /* length of the data, kind */
#define CHECK_LENGTH     4
#define UNIT             100000.0
#define MAX_EXIF         (1 << 20) /* bytes */

#define SRGB_GAMMA 45455
#define NEARLY     500 /* how far from sRGB still means it */

/* x and y of white, red, green and blue */
static const int srgb_points[8] = { 31270, 32900, 64000, 33000,
                                    30000, 60000, 15000, 6000 };

typedef struct
{
  guint32 length; /* of the data */
  char    kind[5];
} Chunk;

static guint32
get_number (const guint8 *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

/* The file, at its first chunk; NULL if there is none. */
static FILE *
open_png (const char *path)
{
  FILE *file = g_fopen (path, "rb");

  if (file && fseek (file, SIGNATURE_LENGTH, SEEK_SET) != 0)
    g_clear_pointer (&file, fclose);
  return file;
}

/* Reads the head of a chunk; then the file is at its data. */
static gboolean
read_head (FILE *file, Chunk *ret_chunk)
{
  guint8 head[HEAD_LENGTH];

  if (fread (head, 1, HEAD_LENGTH, file) != HEAD_LENGTH)
    return FALSE;
  ret_chunk->length = get_number (head);
  memcpy (ret_chunk->kind, head + 4, 4);
  ret_chunk->kind[4] = '\0';
  return ret_chunk->length <= G_MAXINT32 - CHECK_LENGTH;
}

/* From the data of a chunk to the next chunk. */
static gboolean
skip (FILE *file, const Chunk *chunk)
{
  return fseek (file, (long) chunk->length + CHECK_LENGTH, SEEK_CUR) == 0;
}

/* ---- gAMA and cHRM ------------------------------------------------------ */

/* Reads a chunk of @n numbers. */
static gboolean
read_numbers (FILE *file, const Chunk *chunk, int n, guint32 *ret_numbers)
{
  guint8 bytes[8 * 4];

  if (chunk->length != 4u * n
      || fread (bytes, 1, chunk->length, file) != chunk->length)
    return FALSE;
  for (int i = 0; i < n; i++)
    ret_numbers[i] = get_number (bytes + 4 * i);
  return fseek (file, CHECK_LENGTH, SEEK_CUR) == 0;
}

/* Reads the chunks before the pixels.  Returns whether only gAMA says what the
 * colors are; @ret_points stays as it is without cHRM. */
static gboolean
read_gamma (FILE *file, guint32 *ret_gamma, guint32 ret_points[8])
{
  gboolean found = FALSE;
  Chunk    chunk;

  while (read_head (file, &chunk))
    {
      if (g_str_equal (chunk.kind, "iCCP") || g_str_equal (chunk.kind, "sRGB"))
        return FALSE;
      if (g_str_equal (chunk.kind, "IDAT"))
        return found;

      if (g_str_equal (chunk.kind, "gAMA"))
        {
          if (! read_numbers (file, &chunk, 1, ret_gamma))
            return FALSE;
          found = *ret_gamma > 0;
        }
      else if (g_str_equal (chunk.kind, "cHRM"))
        {
          if (! read_numbers (file, &chunk, 8, ret_points))
            return FALSE;
        }
      else if (! skip (file, &chunk))
        return FALSE;
    }
  return FALSE;
}

static gboolean
are_srgb (guint32 gamma, const guint32 points[8])
{
  gboolean same = labs ((long) gamma - SRGB_GAMMA) <= NEARLY;

  for (int i = 0; i < 8; i++)
    same = same && labs ((long) points[i] - srgb_points[i]) <= NEARLY;
  return same;
}

GBytes *
pst_png_gamma_profile (const char *path)
{
  FILE    *file = open_png (path);
  guint32  gamma = 0, points[8];
  double   xy[8];
  gboolean found;

  if (! file)
    return NULL;
  for (int i = 0; i < 8; i++)
    points[i] = srgb_points[i];
  found = read_gamma (file, &gamma, points);
  fclose (file);
  if (! found || are_srgb (gamma, points))
    return NULL;

  for (int i = 0; i < 8; i++)
    xy[i] = points[i] / UNIT;
  return pst_color_profile_new (xy, UNIT / gamma);
}

/* ---- eXIf --------------------------------------------------------------- */

static GBytes *
read_exif (FILE *file, const Chunk *chunk)
{
  g_autofree guint8 *bytes = NULL;

  if (chunk->length > MAX_EXIF)
    return NULL;
  bytes = g_malloc (chunk->length);
  if (fread (bytes, 1, chunk->length, file) != chunk->length)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), chunk->length);
}

GBytes *
pst_png_late_exif (const char *path)
{
  FILE    *file = open_png (path);
  GBytes  *exif = NULL;
  gboolean is_late = FALSE;
  Chunk    chunk;

  if (! file)
    return NULL;
  while (! exif && read_head (file, &chunk))
    {
      is_late = is_late || g_str_equal (chunk.kind, "IDAT");
      if (is_late && g_str_equal (chunk.kind, "eXIf"))
        exif = read_exif (file, &chunk);
      else if (! skip (file, &chunk))
        break;
    }
  fclose (file);
  return exif;
}
