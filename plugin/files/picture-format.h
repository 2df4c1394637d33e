/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-format.h: how a file keeps its picture, and what it says of it */
#pragma once

#include <glib.h>

typedef struct _VipsImage VipsImage;

typedef struct
{
  gboolean   has_alpha;
  gboolean   is_deep;  /* more than 8 bits for each channel */
  GBytes    *profile;  /* an RGB profile; NULL: sRGB.  Owned, as what follows */
  GBytes    *space;    /* in which the PstImage is: see color-space.h */
  VipsImage *metadata; /* what a result keeps of it; NULL: nothing */
} PstPictureFormat;

/* Gives back what is owned. */
void pst_picture_format_clear (PstPictureFormat *format);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstPictureFormat, pst_picture_format_clear)
