/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer-settings.h: the settings that are kept with a result, and read back */
#pragma once

#include "plugin/params.h"
#include "styles.h"

/* The text to keep with a result, owned by the caller.
 * @image: where the result is. */
char *pst_layer_settings_new (const PstParams *params,
                              const PstStyles *styles,
                              PstImageRef      image);

gboolean pst_layer_settings_exist (PstLayerRef layer);

/* pst_layer_settings_read:
 * @params: initialised; @styles: empty.
 * The layer may come with a picture from anywhere: its text is checked.
 * Errors: PST_ERROR_SETTINGS, the layer has no settings, or its settings are
 * not what a run writes. */
gboolean pst_layer_settings_read (PstLayerRef layer,
                                  PstParams  *params,
                                  PstStyles  *styles,
                                  GError    **error);
