/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shape.h: sizes of activations, with arithmetic that cannot wrap */
#pragma once

#include <glib.h>

/* An activation [height][width][channels], channels-last. */
typedef struct
{
  int height;
  int width;
  int channels;
} PstShape;

/* Elements of @shape; G_MAXSIZE where that does not fit. */
gsize pst_shape_size (PstShape shape);

/* height * width, which always fits. */
gsize pst_shape_pixels (PstShape shape);

/* a * b and a + b, G_MAXSIZE instead of wrapping.  G_MAXSIZE is absorbing, so a
 * chain of them is checked once at its end. */
gsize pst_size_mul (gsize a, gsize b);
gsize pst_size_add (gsize a, gsize b);
