/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exif.c: what Exif data, which are a small TIFF, say of a picture */
#include "exif.h"

#include <string.h>

#define PREFIX_LENGTH 6
#define MAGIC         42
#define ORIENTATION   0x0112
#define SHORT         3

typedef struct
{
  const guint8 *bytes;
  gsize         size;
  gboolean      is_big_endian;
} Exif;

/* An integer of @n_bytes; 0 beyond the end. */
static guint32
get_number (const Exif *exif, gsize offset, int n_bytes)
{
  guint32 number = 0;

  if (offset > exif->size || exif->size - offset < (gsize) n_bytes)
    return 0;
  for (int i = 0; i < n_bytes; i++)
    {
      int place = exif->is_big_endian ? n_bytes - 1 - i : i;

      number |= (guint32) exif->bytes[offset + i] << (8 * place);
    }
  return number;
}

/* Whatever the number is. */
static guint32
find_orientation (const Exif *exif)
{
  gsize   directory = get_number (exif, 4, 4);
  guint32 n_entries = get_number (exif, directory, 2);

  for (guint32 i = 0; i < n_entries; i++)
    {
      gsize entry = directory + 2 + 12 * i;

      if (get_number (exif, entry, 2) == ORIENTATION
          && get_number (exif, entry + 2, 2) == SHORT)
        return get_number (exif, entry + 8, 2);
    }
  return 1;
}

int
pst_exif_get_orientation (const guint8 *bytes, gsize size)
{
  Exif    exif = { bytes, size };
  guint32 orientation;

  if (size > PREFIX_LENGTH && memcmp (bytes, "Exif\0", PREFIX_LENGTH) == 0)
    exif = (Exif){ bytes + PREFIX_LENGTH, size - PREFIX_LENGTH };
  if (exif.size < 8)
    return 1;
  exif.is_big_endian = exif.bytes[0] == 'M';
  if (get_number (&exif, 2, 2) != MAGIC)
    return 1;

  orientation = find_orientation (&exif);
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}
