/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photoshop.c: Photoshop's image resources, in which a JPEG file has IPTC
 *
 * A signature, and resources: kind, number, name, length of the data, data.
 * After Adobe's Photoshop file formats specification, "Image Resources
 * Section".  libvips takes them for IPTC as a TIFF file has it, and the other
 * way round.
 */
#include "photoshop.h"

#include <string.h>

#define SIGNATURE     "Photoshop 3.0" /* and a NUL */
#define MIN_LENGTH    12 /* of a resource: kind, number, name, size */
#define IPTC          1028
#define OLD_THUMBNAIL 1033
#define THUMBNAIL     1036

static gsize
even (gsize length)
{
  return length + length % 2;
}

static gsize
read_size (const guint8 *data)
{
  guint32 size;

  memcpy (&size, data, sizeof size);
  return GUINT32_FROM_BE (size);
}

/* The length of the resource at @data, of which @left bytes are there; 0 if
 * that is too few. */
static gsize
resource_length (const guint8 *data, gsize left)
{
  gsize head, size;

  if (left < MIN_LENGTH)
    return 0;
  head = 6 + even (1 + data[6]) + sizeof (guint32);
  if (left < head)
    return 0;
  size = read_size (data + head - sizeof (guint32));
  if (size > left - head)
    return 0;
  /* The last one need not be padded. */
  return MIN (left, even (head + size));
}

/* Appends IPTC @data as a resource. */
static void
append_iptc (GByteArray *resources, const void *data, gsize length)
{
  const guint8 head[] = { '8', 'B', 'I', 'M', IPTC >> 8, IPTC & 0xff, 0, 0 };
  guint32      size = GUINT32_TO_BE (length);

  g_byte_array_append (resources, head, sizeof head);
  g_byte_array_append (resources, (const guint8 *) &size, sizeof size);
  g_byte_array_append (resources, data, length);
  if (length % 2 == 1)
    g_byte_array_append (resources, (const guint8 *) "", 1);
}

/* Whether @data begin with the signature. */
static gboolean
has_signature (const void *data, gsize length)
{
  return length >= sizeof SIGNATURE
         && memcmp (data, SIGNATURE, sizeof SIGNATURE) == 0;
}

static int
resource_number (const guint8 *resource)
{
  return resource[4] << 8 | resource[5];
}

/* Moves @at, at first at the signature, to the next resource; returns its
 * length, 0: there is none, or it is damaged.
 * @left: bytes from @at on
 * @length: of what @at is at */
static gsize
next_resource (const guint8 **at, gsize *left, gsize length)
{
  *at += length;
  *left -= length;
  return resource_length (*at, *left);
}

GBytes *
pst_photoshop_clean (const void *data, gsize length)
{
  const guint8 *at = data;
  gsize         left = length, n = sizeof SIGNATURE;
  GByteArray   *kept = g_byte_array_new ();

  g_byte_array_append (kept, (const guint8 *) SIGNATURE, sizeof SIGNATURE);
  if (! has_signature (data, length))
    {
      append_iptc (kept, data, length);
      return g_byte_array_free_to_bytes (kept);
    }

  while ((n = next_resource (&at, &left, n)) > 0)
    if (resource_number (at) != THUMBNAIL
        && resource_number (at) != OLD_THUMBNAIL)
      g_byte_array_append (kept, at, n);
  return g_byte_array_free_to_bytes (kept);
}

const void *
pst_photoshop_find_iptc (const void *data, gsize length, gsize *ret_length)
{
  const guint8 *at = data;
  gsize         left = length, n = sizeof SIGNATURE;

  if (! has_signature (data, length))
    return NULL;
  while ((n = next_resource (&at, &left, n)) > 0)
    if (resource_number (at) == IPTC)
      {
        at += 6 + even (1 + at[6]);
        *ret_length = read_size (at);
        return at + sizeof (guint32);
      }
  return NULL;
}
