/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tap.c: gives the caller the activation at this point, or a 1x1 linear
 * projection of it
 *
 * Only projections compute anything.
 */
#include <glib/gi18n-lib.h>

#include "conv.h"

static gsize
tap_scratch (const PstLayer *layer, gboolean bf16, int width)
{
  return layer->conv ? pst_conv_scratch (layer->conv, bf16, width) : 0;
}

static double
tap_operations (const PstLayer *layer)
{
  return layer->conv ? pst_conv_operations (layer->conv) : 0;
}

static void
tap_forward (const PstLayer *layer, const PstLayerWork *work)
{
  pst_conv_forward (layer->conv, FALSE, work);
}

static void
tap_backward (const PstLayer *layer, const PstLayerWork *work)
{
  pst_conv_backward (layer->conv, work);
}

static char *
tap_describe (const PstLayer *layer)
{
  return g_strdup_printf (layer->conv ? _ ("tap of %d channels, projected")
                                      : _ ("tap of %d channels"),
                          layer->out_channels);
}

static void
tap_free (PstLayer *layer)
{
  pst_conv_free (layer->conv);
}

const PstLayerKind pst_layer_tap = { .op = "tap",
                                     .scratch = tap_scratch,
                                     .operations = tap_operations,
                                     .forward = tap_forward,
                                     .backward = tap_backward,
                                     .describe = tap_describe,
                                     .free = tap_free };
