/* SPDX-License-Identifier: GPL-3.0-or-later */
/* buffer.c: pixels of GEGL's buffers */
#include "buffer.h"

#include <math.h>

/* Values of 8 bits are exact in 16 bits: 65535 = 257 * 255. */
#define STEPS 65535.0f

static gboolean
has_at_most_16_bits (GeglBuffer *buffer)
{
  const Babl *type = babl_format_get_type (gegl_buffer_get_format (buffer), 0);

  return type == babl_type ("u8") || type == babl_type ("u16");
}

static void
round_to_16_bits (PstImage *image)
{
  gsize n = 4 * (gsize) image->width * image->height;

  for (gsize i = 0; i < n; i++)
    image->pixels[i] = rintf (image->pixels[i] * STEPS) / STEPS;
}

PstImage *
pst_buffer_read (GeglBuffer *buffer, const GeglRectangle *area, GError **error)
{
  PstImage *image = pst_image_new (area->width, area->height, error);

  if (! image)
    return NULL;

  gegl_buffer_get (buffer, area, 1.0, babl_format ("R'G'B'A float"),
                   image->pixels, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
  if (has_at_most_16_bits (buffer))
    round_to_16_bits (image);
  return image;
}
