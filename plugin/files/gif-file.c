/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gif-file.c: what libvips does not do with GIF files
 *
 * It takes a picture whose data end early for a whole one.  Here its pixels are
 * counted: of each code of LZW, how many it stands for.
 */
#include "gif-file.h"

#include <glib/gstdio.h>

#include "stdio-file.h"

#define EXTENSION 0x21
#define PICTURE   0x2c
#define MAX_BITS  12 /* of a code */
#define MAX_CODES (1 << MAX_BITS)

/* Codes in blocks, each with its length before it. */
typedef struct
{
  FILE   *file;
  int     left; /* bytes of the block */
  guint32 bits;
  int     n_bits;
} Codes;

/* Returns FALSE at the end of the file. */
static gboolean
skip (FILE *file, int n)
{
  while (n > 0 && getc (file) != EOF)
    n--;
  return n == 0;
}

static void
skip_blocks (FILE *file)
{
  int length;

  do
    length = getc (file);
  while (length > 0 && skip (file, length));
}

static void
skip_table (FILE *file, int flags)
{
  if (flags & 0x80)
    skip (file, 3 << ((flags & 7) + 1));
}

/* Two bytes, the lower first. */
static int
read_number (FILE *file)
{
  int low = getc (file);

  return low | getc (file) << 8;
}

/* The next code, of @size bits; -1: there is none. */
static int
read_code (Codes *codes, int size)
{
  int code;

  while (codes->n_bits < size)
    {
      int byte;

      if (codes->left == 0)
        codes->left = getc (codes->file);
      byte = codes->left > 0 ? getc (codes->file) : EOF;
      if (byte == EOF)
        return -1;
      codes->left--;
      codes->bits |= (guint32) byte << codes->n_bits;
      codes->n_bits += 8;
    }
  code = codes->bits & ((1u << size) - 1);
  codes->bits >>= size;
  codes->n_bits -= size;
  return code;
}

/* Whether the codes that follow stand for @n_pixels or more. */
static gboolean
has_pixels (FILE *file, gint64 n_pixels)
{
  Codes   codes = { .file = file };
  guint16 lengths[MAX_CODES]; /* how many pixels a code stands for */
  int     first_size = getc (file) + 1;
  int     clear, size, next, code, before = -1;

  if (first_size < 1 || first_size > MAX_BITS)
    return FALSE;
  clear = 1 << (first_size - 1);
  size = first_size;
  next = clear + 2;
  for (int i = 0; i < next; i++)
    lengths[i] = 1;

  while (n_pixels > 0)
    {
      code = read_code (&codes, size);
      if (code == clear)
        {
          size = first_size;
          next = clear + 2;
          before = -1;
          continue;
        }
      if (code < 0 || code == clear + 1 || code > next
          || (before < 0 && code > clear))
        return FALSE;

      if (before >= 0 && next < MAX_CODES)
        {
          lengths[next++] = lengths[before] + 1;
          if (next == 1 << size && size < MAX_BITS)
            size++;
        }
      n_pixels -= lengths[code];
      before = code;
    }
  return TRUE;
}

gboolean
pst_gif_is_whole (const char *path)
{
  g_autoptr (FILE) file = g_fopen (path, "rb");
  int    kind;
  gint64 width, height;

  if (! file || ! skip (file, 10))
    return TRUE;
  skip_table (file, getc (file));
  skip (file, 2);
  while ((kind = getc (file)) == EXTENSION)
    {
      skip (file, 1);
      skip_blocks (file);
    }
  if (kind != PICTURE)
    return TRUE;

  skip (file, 4);
  width = read_number (file);
  height = read_number (file);
  skip_table (file, getc (file));
  return ! feof (file) && has_pixels (file, width * height);
}
