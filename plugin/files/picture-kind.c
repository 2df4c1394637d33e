/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-kind.c: the kinds of picture files, by their names */
#include "picture-kind.h"

#include <string.h>

#define QUALITY       95 /* of lossy kinds */
#define NEAR_LOSSLESS 60 /* of WebP, whose lossy kind halves the chroma */

static const PstPictureKind kinds[] = {
  { { "png" }, "pngsave", TRUE, TRUE, 0 },
  { { "jpg", "jpeg", "jpe", "jfif" }, "jpegsave", FALSE, FALSE, QUALITY },
  { { "tif", "tiff" }, "tiffsave", TRUE, TRUE, 0 },
  { { "webp" }, "webpsave", FALSE, TRUE, NEAR_LOSSLESS },
  { { "avif" }, "heifsave", FALSE, TRUE, QUALITY },
  { { "heic", "heif", "hif" }, "heifsave", FALSE, TRUE, QUALITY },
  { { "jxl" }, "jxlsave", TRUE, TRUE, 0 },
  { { "gif" }, NULL, FALSE, FALSE, 0 },
};

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
