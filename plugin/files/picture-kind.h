/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-kind.h: the kinds of picture files: PNG, JPEG, TIFF, WebP */
#pragma once

#include <glib.h>

#define PST_PICTURE_KINDS \
  "PNG (.png), JPEG (.jpg), TIFF (.tif) and WebP (.webp)"

/* A kind of file, and GEGL's operations for it. */
typedef struct
{
  const char *extensions[2];
  const char *loader;
  const char *saver;
  const char *magic; /* [magic_length], at magic_offset in the file */
  int         magic_length;
  int         magic_offset;
  gboolean    has_depth; /* 16 bits are possible */
  gboolean    has_alpha;
  gboolean    has_space; /* GEGL writes a colour profile */
  int         quality;   /* 0..100; 0: lossless */
  /* Done to a new file that has a colour profile; NULL: nothing. */
  gboolean (*settle) (const char *path);
} PstPictureKind;

/* pst_picture_kind_of_contents:
 * The kind of the file at @path, detected from its first bytes.
 * Errors: PST_ERROR_IMAGE. */
const PstPictureKind *pst_picture_kind_of_contents (const char *path,
                                                    GError    **error);

/* The kind of the extension, in upper or lower case; NULL if none. */
const PstPictureKind *pst_picture_kind_of_name (const char *path);

/* pst_picture_set_error:
 * Sets PST_ERROR_IMAGE with the message: "PATH" and what @format makes. */
void pst_picture_set_error (GError    **error,
                            const char *path,
                            const char *format,
                            ...) G_GNUC_PRINTF (3, 4);
