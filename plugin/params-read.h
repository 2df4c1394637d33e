/* SPDX-License-Identifier: GPL-3.0-or-later */
/* params-read.h: parameters from the JSON that pst_params_to_json() wrote */
#pragma once

#include <json-glib/json-glib.h>

#include "params.h"

/* pst_params_read:
 * @params: initialised; what @object has no member for is left alone.
 * The text may come from anywhere: kinds, names and ranges are checked, and a
 * network's file has to be one.  @params is unchanged after an error.
 * Errors: PST_ERROR_SETTINGS, with the name of the parameter. */
gboolean
pst_params_read (PstParams *params, JsonObject *object, GError **error);
