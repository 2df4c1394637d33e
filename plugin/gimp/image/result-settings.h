/* SPDX-License-Identifier: GPL-3.0-or-later */
/* result-settings.h: the settings that are kept with a result, and read back
 *
 * A JSON object of the parameters, and in it "styles", see styles-json.h.
 */
#pragma once

#include "request.h"

/* What is kept with a result. */
typedef struct
{
  char *kept;    /* owned; saved with the image */
  char *session; /* owned; the same with the paths of all files, for this
                  * session of GIMP */
} PstResultSettings;

/* @settings: all zeros before; to be cleared. */
void pst_result_settings_init (PstResultSettings *settings,
                               const PstRequest  *request);
void pst_result_settings_clear (PstResultSettings *settings);

/* @layer: not yet in an image, or this would be a step of undo. */
void pst_result_settings_attach (const PstResultSettings *settings,
                                 PstLayerRef              layer);

/* pst_result_settings_read:
 * @params: initialized; @styles: empty.
 * The layer may come with a picture from anywhere: its text is checked.
 * Errors: PST_ERROR_SETTINGS, the layer has no settings, or its settings are
 * not what a run writes. */
gboolean pst_result_settings_read (PstLayerRef layer,
                                   PstParams  *params,
                                   PstStyles  *styles,
                                   GError    **error);
