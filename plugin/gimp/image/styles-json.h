/* SPDX-License-Identifier: GPL-3.0-or-later */
/* styles-json.h: styles as JSON, and back
 *
 * An array of objects:
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

#include "styles.h"

/* The folder of the image's file; owned by the caller, NULL: it has none on
 * this machine. */
GFile *pst_styles_json_folder (PstImageRef image);

/* @home: the image that the text is kept with; PST_NO_ITEM: none.
 * @with_paths: files are given by their URIs. */
JsonArray *pst_styles_to_json (const PstStyles *styles,
                               PstImageRef      home,
                               gboolean         with_paths);

/* pst_styles_from_json:
 * @styles: empty
 * @folders: GFile *; NULL: none
 * The text may come from anywhere; only local files are looked at.  A layer
 * that is not open becomes a style that is missing.  A file without a path is
 * looked for below the folder of the image, and then, by its name, in @folders;
 * it is taken to be in the first if it is in none.
 * Errors: PST_ERROR_SETTINGS, it is not what pst_styles_to_json() writes. */
gboolean pst_styles_from_json (PstStyles       *styles,
                               JsonArray       *array,
                               PstImageRef      home,
                               const GPtrArray *folders,
                               GError         **error);
