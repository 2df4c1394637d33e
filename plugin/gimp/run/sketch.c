/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sketch.c: what a preview has painted, for the run that goes on with it */
#include "sketch.h"

gboolean
pst_sketch_begin (const PstSketch *sketch,
                  PstTransfer     *transfer,
                  GError         **error)
{
  return ! sketch->picture
         || pst_transfer_begin_from (transfer, sketch->picture,
                                     sketch->iterations, error);
}

void
pst_sketch_clear (PstSketch *sketch)
{
  g_clear_pointer (&sketch->picture, pst_image_free);
  sketch->iterations = 0;
}
