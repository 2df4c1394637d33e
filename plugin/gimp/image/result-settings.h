/* SPDX-License-Identifier: GPL-3.0-or-later */
/* result-settings.h: the settings that are kept with a result, and read back
 *
 * A JSON object of the parameters, and in it "styles", an array of objects:
 *   "name"    of the layer or file, for messages
 *   "file"    URI of the picture; or else
 *   "layer"   number of the layer in its image, which is kept in XCF files
 *   "image"   URI of its image; none: the image at home
 *   "weight"  greater than 0, at most PST_STYLE_MAX_WEIGHT
 *   "region"  see region.h; none: the rest
 */
#pragma once

#include <json-glib/json-glib.h>

#include "request.h"

/* The text to keep with a result, owned by the caller. */
char *pst_result_settings_new (const PstRequest *request);

/* pst_result_settings_read:
 * @params: initialised; @styles: empty.
 * The layer may come with a picture from anywhere: its text is checked.
 * Errors: PST_ERROR_SETTINGS, the layer has no settings, or its settings are
 * not what a run writes. */
gboolean pst_result_settings_read (PstLayerRef layer,
                                   PstParams  *params,
                                   PstStyles  *styles,
                                   GError    **error);

/* ---- the styles alone --------------------------------------------------- */

/* @home: the image that the text is kept with; PST_NO_ITEM: none. */
JsonArray *pst_styles_to_json (const PstStyles *styles, PstImageRef home);

/* pst_styles_from_json:
 * @styles: empty.
 * The text may come from anywhere; only local files are looked at.  A layer
 * that is not open becomes a style that is missing.
 * Errors: PST_ERROR_SETTINGS, it is not what pst_styles_to_json() writes. */
gboolean pst_styles_from_json (PstStyles  *styles,
                               JsonArray  *array,
                               PstImageRef home,
                               GError    **error);
