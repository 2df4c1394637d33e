/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-kind.c: the kinds of picture files
 *
 * A loader is chosen by the first bytes of the file, not by its name: given
 * another kind of file, some of GEGL's loaders end the program.
 */
#include "picture-kind.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "core/pastiche.h"
#include "png-colors.h"

#define START_LENGTH 16 /* bytes that identify the kind of file */

static const PstPictureKind kinds[] = {
  { { "png" },
    "gegl:png-load",
    "gegl:png-save",
    "\x89PNG\r\n\x1a\n",
    8,
    0,
    TRUE,
    TRUE,
    TRUE,
    0,
    pst_png_drop_gamma },
  { { "jpg", "jpeg" },
    "gegl:jpg-load",
    "gegl:jpg-save",
    "\xff\xd8\xff",
    3,
    0,
    FALSE,
    FALSE,
    TRUE,
    95,
    NULL },
  { { "tif", "tiff" },
    "gegl:tiff-load",
    "gegl:tiff-save",
    "II*",
    4,
    0,
    TRUE,
    TRUE,
    TRUE,
    0,
    NULL },
  { { "tif", "tiff" },
    "gegl:tiff-load",
    "gegl:tiff-save",
    "MM\0*",
    4,
    0,
    TRUE,
    TRUE,
    TRUE,
    0,
    NULL },
  { { "webp" },
    "gegl:webp-load",
    "gegl:webp-save",
    "WEBP",
    4,
    8,
    FALSE,
    TRUE,
    FALSE,
    95,
    NULL },
};

void
pst_picture_set_error (GError    **error,
                       const char *path,
                       const char *format,
                       ...)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *reason = NULL;
  va_list          arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_set_error (error, PST_ERROR, PST_ERROR_IMAGE, "\"%s\" %s.", name, reason);
}

/* Reads the first bytes of a file; a shorter file is filled up with zeros. */
static gboolean
read_start (const char *path, char ret_start[START_LENGTH], GError **error)
{
  FILE *file = g_fopen (path, "rb");
  int   code = errno;

  if (file)
    {
      gsize length;

      errno = 0;
      length = fread (ret_start, 1, START_LENGTH, file);
      memset (ret_start + length, 0, START_LENGTH - length);
      code = ferror (file) ? errno : 0;
      fclose (file);
    }
  if (code != 0)
    pst_picture_set_error (error, path, "cannot be read: %s",
                           g_strerror (code));
  return code == 0;
}

const PstPictureKind *
pst_picture_kind_of_contents (const char *path, GError **error)
{
  char start[START_LENGTH];

  if (! read_start (path, start, error))
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (memcmp (start + kinds[i].magic_offset, kinds[i].magic,
                kinds[i].magic_length)
        == 0)
      return &kinds[i];

  pst_picture_set_error (
    error, path, "is in none of the supported formats: " PST_PICTURE_KINDS);
  return NULL;
}

const PstPictureKind *
pst_picture_kind_of_name (const char *path)
{
  const char *extension = strrchr (path, '.');

  for (gsize i = 0; extension && i < G_N_ELEMENTS (kinds); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (kinds[i].extensions); j++)
      if (kinds[i].extensions[j]
          && g_ascii_strcasecmp (extension + 1, kinds[i].extensions[j]) == 0)
        return &kinds[i];

  return NULL;
}
