/* SPDX-License-Identifier: GPL-3.0-or-later */
/* orientation.c: finds the Exif orientation in a file, and turns a picture
 *
 * Exif data are a small TIFF file within a JPEG segment or a PNG or WebP chunk.
 * A span of bytes that is too short for what is looked for in it holds nothing:
 * every access goes through the functions of the first section.
 */
#include "orientation.h"

#include <string.h>

#define TAG_ORIENTATION 274
#define TYPE_SHORT      3

/* ---- bytes -------------------------------------------------------------- */

typedef struct
{
  const guint8 *bytes;
  gsize         length;
} Span;

/* The rest of @span; empty past its end. */
static Span
span_from (Span span, guint64 offset)
{
  offset = MIN (offset, span.length);
  return (Span){ span.bytes + offset, span.length - offset };
}

static gboolean
span_begins_with (Span span, const char *start, gsize length)
{
  return span.length >= length && memcmp (span.bytes, start, length) == 0;
}

/* The number in @n_bytes at @offset, 0 beyond the end. */
static guint32
span_number (Span span, guint64 offset, int n_bytes, gboolean big_endian)
{
  Span    rest = span_from (span, offset);
  guint32 number = 0;

  if (rest.length < (gsize) n_bytes)
    return 0;
  for (int i = 0; i < n_bytes; i++)
    number = number << 8 | rest.bytes[big_endian ? i : n_bytes - 1 - i];
  return number;
}

/* ---- where the Exif data are -------------------------------------------- */

/* The data of the JPEG segment APP1 that begins with "Exif". */
static Span
find_in_jpeg (Span file)
{
  Span rest = span_from (file, 2);

  while (span_begins_with (rest, "\xff", 1)
         && ! span_begins_with (rest, "\xff\xda", 2))
    {
      guint32 length = span_number (rest, 2, 2, TRUE);
      Span    data = span_from (rest, 4);

      if (span_begins_with (rest, "\xff\xe1", 2)
          && span_begins_with (data, "Exif\0\0", 6))
        return span_from (data, 6);
      rest = span_from (rest, 2 + (guint64) length);
    }
  return (Span){ NULL, 0 };
}

static Span
find_in_png (Span file)
{
  Span rest = span_from (file, 8);

  while (rest.length > 0)
    {
      guint32 length = span_number (rest, 0, 4, TRUE);

      if (span_begins_with (span_from (rest, 4), "eXIf", 4))
        return span_from (rest, 8);
      rest = span_from (rest, 12 + (guint64) length);
    }
  return rest;
}

static Span
find_in_webp (Span file)
{
  Span rest = span_from (file, 12);

  while (rest.length > 0)
    {
      guint32 length = span_number (rest, 4, 4, FALSE);
      Span    data = span_from (rest, 8);

      /* Some programs keep the six bytes that belong to JPEG. */
      if (span_begins_with (rest, "EXIF", 4))
        return span_begins_with (data, "Exif\0\0", 6) ? span_from (data, 6)
                                                      : data;
      rest = span_from (rest, 8 + (guint64) length + length % 2);
    }
  return rest;
}

/* The tag in the first directory of a TIFF file; 0 if there is none. */
static guint32
find_in_tiff (Span tiff)
{
  gboolean big_endian = span_begins_with (tiff, "MM\0*", 4);
  Span     directory, entry;
  guint32  n_entries;

  if (! big_endian && ! span_begins_with (tiff, "II*\0", 4))
    return 0;

  directory = span_from (tiff, span_number (tiff, 4, 4, big_endian));
  n_entries = span_number (directory, 0, 2, big_endian);
  for (guint32 i = 0; i < n_entries; i++)
    {
      entry = span_from (directory, 2 + i * 12);
      if (span_number (entry, 0, 2, big_endian) == TAG_ORIENTATION
          && span_number (entry, 2, 2, big_endian) == TYPE_SHORT)
        return span_number (entry, 8, 2, big_endian);
    }
  return 0;
}

int
pst_orientation_find (const guint8 *file, gsize length)
{
  Span    span = { file, length };
  guint32 orientation;

  if (span_begins_with (span, "\xff\xd8", 2))
    span = find_in_jpeg (span);
  else if (span_begins_with (span, "\x89PNG", 4))
    span = find_in_png (span);
  else if (span_begins_with (span, "RIFF", 4))
    span = find_in_webp (span);

  orientation = find_in_tiff (span);
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

/* ---- turning ------------------------------------------------------------ */

PstImage *
pst_orientation_apply (const PstImage *image, int orientation, GError **error)
{
  gboolean is_transposed = orientation >= 5;
  gboolean is_mirrored_x = orientation == 2 || orientation == 3
                           || orientation == 7 || orientation == 8;
  gboolean is_mirrored_y = orientation == 3 || orientation == 4
                           || orientation == 6 || orientation == 7;
  int       width = is_transposed ? image->height : image->width;
  int       height = is_transposed ? image->width : image->height;
  PstImage *upright = pst_image_new (width, height, error);

  for (int y = 0; upright && y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int   from_x = is_transposed ? y : x;
        int   from_y = is_transposed ? x : y;
        gsize from;

        if (is_mirrored_x)
          from_x = image->width - 1 - from_x;
        if (is_mirrored_y)
          from_y = image->height - 1 - from_y;
        from = (gsize) from_y * image->width + from_x;
        memcpy (upright->pixels + ((gsize) y * width + x) * 4,
                image->pixels + from * 4, 4 * sizeof (float));
      }
  return upright;
}
