/* SPDX-License-Identifier: GPL-3.0-or-later */
/* result-settings.h: the settings that are kept with a result, and read back
 *
 * A JSON object of the parameters, and in it "styles", an array of objects:
 *   "name"    of the layer or file, for messages
 *   "file"    where the picture is; or else
 *   "layer"   number of the layer in its image, which is kept in XCF files
 *   "image"   where its image is; none: the image at home
 *   "weight"  greater than 0, at most PST_STYLE_MAX_WEIGHT
 *   "region"  see region.h; none: the rest
 *
 * Where a file is: its URI, or, in what goes to others with the image, no path
 * of this machine: the path below the folder of the image at home, else the
 * name alone; escaped like a URI.
 */
#pragma once

#include <json-glib/json-glib.h>

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
 * @params: initialised; @styles: empty.
 * The layer may come with a picture from anywhere: its text is checked.
 * Errors: PST_ERROR_SETTINGS, the layer has no settings, or its settings are
 * not what a run writes. */
gboolean pst_result_settings_read (PstLayerRef layer,
                                   PstParams  *params,
                                   PstStyles  *styles,
                                   GError    **error);

/* ---- the styles alone --------------------------------------------------- */

/* @home: the image that the text is kept with; PST_NO_ITEM: none.
 * @with_paths: files are given by their URIs. */
JsonArray *pst_styles_to_json (const PstStyles *styles,
                               PstImageRef      home,
                               gboolean         with_paths);

/* pst_styles_from_json:
 * @styles: empty.
 * The text may come from anywhere; only local files are looked at.  A layer
 * that is not open becomes a style that is missing.  A file without a path is
 * looked for in the folders of the image, of the style library and of the last
 * styles; in the first if it is in none.
 * Errors: PST_ERROR_SETTINGS, it is not what pst_styles_to_json() writes. */
gboolean pst_styles_from_json (PstStyles  *styles,
                               JsonArray  *array,
                               PstImageRef home,
                               GError    **error);
