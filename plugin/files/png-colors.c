/* SPDX-License-Identifier: GPL-3.0-or-later */
/* png-colors.c: the colour space that a PNG file declares
 *
 * With a profile GEGL also writes a gamma that is the same for all profiles,
 * and the reciprocal of what PNG means.  Programs without colour management
 * would use it.
 */
#include "png-colors.h"

#include <string.h>

#define SIGNATURE 8  /* bytes, before the first chunk */
#define FRAME     12 /* bytes of a chunk that are not its data */

/* Length of the chunk that begins the @left bytes; 0: there is no whole one. */
static gsize
chunk_length (const char *chunk, gsize left)
{
  guint32 data;

  if (left < FRAME)
    return 0;

  memcpy (&data, chunk, sizeof data);
  data = GUINT32_FROM_BE (data);
  return data <= left - FRAME ? data + FRAME : 0;
}

static gboolean
is_kind (const char *chunk, const char *kind)
{
  return memcmp (chunk + 4, kind, 4) == 0;
}

gboolean
pst_png_drop_gamma (const char *path)
{
  g_autofree char *file = NULL;
  gboolean         has_profile = FALSE;
  gsize            length, chunk, kept = SIGNATURE;

  if (! g_file_get_contents (path, &file, &length, NULL) || length < SIGNATURE)
    return FALSE;

  for (gsize at = SIGNATURE; (chunk = chunk_length (file + at, length - at));
       at += chunk)
    {
      has_profile = has_profile || is_kind (file + at, "iCCP");
      if (! is_kind (file + at, "gAMA") && ! is_kind (file + at, "cHRM"))
        {
          memmove (file + kept, file + at, chunk);
          kept += chunk;
        }
    }
  return ! has_profile || g_file_set_contents (path, file, kept, NULL);
}
