/* SPDX-License-Identifier: GPL-3.0-or-later */
/* png-chunks.c: what libvips does not do with PNG files
 *
 * A file is a signature and chunks: length of the data, kind, data, checksum.
 * Numbers in gAMA and cHRM stand for hundred-thousandths.
 */
#include "png-chunks.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "color-space.h"
#include "plugin/exif.h"
#include "stdio-file.h"

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
open_png (const char *path, const char *mode)
{
  g_autoptr (FILE) file = g_fopen (path, mode);

  return file && fseek (file, SIGNATURE_LENGTH, SEEK_SET) == 0
           ? g_steal_pointer (&file)
           : NULL;
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
  g_autoptr (FILE) file = open_png (path, "rb");
  guint32 gamma = 0, points[8];
  double  xy[8];

  for (int i = 0; i < 8; i++)
    points[i] = srgb_points[i];
  if (! file || ! read_gamma (file, &gamma, points) || are_srgb (gamma, points))
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
pst_png_late_exif (const char *path, int *ret_orientation)
{
  g_autoptr (FILE) file = open_png (path, "rb");
  gboolean is_late = FALSE;
  Chunk    chunk;

  while (file && read_head (file, &chunk))
    {
      is_late = is_late || g_str_equal (chunk.kind, "IDAT");
      if (is_late && g_str_equal (chunk.kind, "eXIf"))
        {
          GBytes *exif = read_exif (file, &chunk);

          if (exif)
            *ret_orientation =
              pst_exif_get_orientation (g_bytes_get_data (exif, NULL),
                                        g_bytes_get_size (exif));
          return exif;
        }
      if (! skip (file, &chunk))
        break;
    }
  return NULL;
}

/* ---- pHYs --------------------------------------------------------------- */

/* Pixels per unit across and down, and the unit: 1 is the meter, 0 none. */
#define PHYS_LENGTH 9
#define METER       1
#define MM_PER_M    1000.0

/* The file at @path, at the data of pHYs; NULL if there is none. */
static FILE *
open_resolution (const char *path, const char *mode)
{
  g_autoptr (FILE) file = open_png (path, mode);
  Chunk chunk;

  while (file && read_head (file, &chunk) && ! g_str_equal (chunk.kind, "IDAT"))
    {
      if (g_str_equal (chunk.kind, "pHYs"))
        return chunk.length == PHYS_LENGTH ? g_steal_pointer (&file) : NULL;
      if (! skip (file, &chunk))
        break;
    }
  return NULL;
}

gboolean
pst_png_read_resolution (const char *path, double ret_per_mm[2])
{
  g_autoptr (FILE) file = open_resolution (path, "rb");
  guint8 bytes[PHYS_LENGTH];

  if (! file || fread (bytes, 1, PHYS_LENGTH, file) != PHYS_LENGTH
      || bytes[8] != METER)
    return FALSE;
  for (int i = 0; i < 2; i++)
    ret_per_mm[i] = get_number (bytes + 4 * i) / MM_PER_M;
  return ret_per_mm[0] > 0 && ret_per_mm[1] > 0;
}

gboolean
pst_png_clear_resolution (const char *path)
{
  /* Pixels are as wide as high; with the checksum of the kind and this. */
  static const guint8 square[PHYS_LENGTH + CHECK_LENGTH] = {
    0, 0, 0, 1, 0, 0, 0, 1, 0, 0x4f, 0x25, 0xc4, 0xd6
  };
  g_autoptr (FILE) file = open_resolution (path, "r+b");

  /* Between reading and writing, the C library wants a seek. */
  return file && fseek (file, 0, SEEK_CUR) == 0
         && fwrite (square, 1, sizeof square, file) == sizeof square
         && fflush (file) == 0;
}
