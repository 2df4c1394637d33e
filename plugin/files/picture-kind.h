/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-kind.h: the kinds of picture files, by their names */
#pragma once

#include <glib.h>

/* For messages. */
#define PST_PICTURE_KINDS_READ "JPEG, PNG, TIFF, WebP, GIF, HEIC, AVIF, JPEG XL"

#define PST_PICTURE_KINDS_WRITTEN ".png, .jpg, .tif, .webp, .avif, .heic, .jxl"

/* A kind of file, and libvips' operation that writes it. */
typedef struct
{
  const char *extensions[4];
  const char *saver;     /* NULL: only read */
  gboolean    has_depth; /* 16 bits are possible */
  gboolean    has_alpha;
  int         quality; /* 1..100, as libvips has it; 0: lossless */
} PstPictureKind;

/* The kind of the extension, in upper or lower case; NULL if none. */
const PstPictureKind *pst_picture_kind_of_name (const char *path);
