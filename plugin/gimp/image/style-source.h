/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-source.h: a style picture, read or to be read from its file */
#pragma once

#include "core/pastiche.h"

/* See PstStylePicture.  Who fills it in owns what it has. */
typedef struct
{
  PstImage    *image; /* NULL: the file */
  char        *path;  /* of a file that GdkPixbuf can read */
  double       weight;
  const float *region;
} PstStyleSource;
