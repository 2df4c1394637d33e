/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.h: one whole run, from the content to the new layer */
#pragma once

#include "plugin/gimp/image/request.h"
#include "sketch.h"

/* How a request is carried out. */
typedef struct
{
  const PstSketch *sketch;     /* of the request, to begin from; may be empty */
  double           promised;   /* seconds, that the user was told; 0: none */
  gboolean         has_window; /* show a window and the developing picture;
                                * otherwise progress goes to GIMP */
  PstLayerRef      replaced;   /* see replacement.h; PST_NO_ITEM: none */
} PstRunOptions;

/* pst_run:
 * Returns the new layer, just above the content or in place of the replaced
 * one.
 * Errors: those of the engine; as pst_request_check().  PST_ERROR_CANCELLED:
 * the user wanted it so, no message is due.  After an error the image is as
 * before. */
PstLayerRef pst_run (const PstRequest    *request,
                     const PstRunOptions *options,
                     GError             **error);
