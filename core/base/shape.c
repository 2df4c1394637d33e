/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shape.c: sizes of activations, with arithmetic that cannot wrap */
#include "shape.h"

gsize
pst_size_mul (gsize a, gsize b)
{
  gsize product;

  if (a == G_MAXSIZE || b == G_MAXSIZE || ! g_size_checked_mul (&product, a, b))
    return G_MAXSIZE;
  return product;
}

gsize
pst_size_add (gsize a, gsize b)
{
  gsize sum;

  if (a == G_MAXSIZE || b == G_MAXSIZE || ! g_size_checked_add (&sum, a, b))
    return G_MAXSIZE;
  return sum;
}

gsize
pst_shape_pixels (PstShape shape)
{
  return (gsize) shape.height * shape.width;
}

gsize
pst_shape_size (PstShape shape)
{
  return pst_size_mul (pst_shape_pixels (shape), shape.channels);
}
