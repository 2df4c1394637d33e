/* SPDX-License-Identifier: GPL-3.0-or-later */
/* params-json.h: parameters as JSON, kept with layers and over sessions */
#pragma once

#include <json-glib/json-glib.h>

#include "params.h"

/* JSON text of all parameters and "style": what is kept with a result layer.
 * @style: name of the style; the caller owns the string. */
char *pst_params_to_json (const PstParams *params, const char *style);

/* pst_params_parse:
 * Returns the object that @text is, owned by the caller; it may have more than
 * parameters in it.  The text is not trusted, see core/model/json.h.
 * @size: of @text, which a NUL may end earlier
 * Errors: PST_ERROR_SETTINGS, it is no JSON object, or it is longer or deeper
 * than any that Pastiche writes. */
JsonObject *pst_params_parse (const char *text, gsize size, GError **error);

/* pst_params_read:
 * The object is not trusted: kinds, names and ranges are checked, and a model
 * given by its path has to be a regular file.
 * @params: initialized; parameters that @object lacks are kept; unchanged after
 *   an error
 * Errors: PST_ERROR_SETTINGS, with the name of the parameter. */
gboolean
pst_params_read (PstParams *params, JsonObject *object, GError **error);
