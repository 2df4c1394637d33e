/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings-text.h: the JSON that is kept with layers and over sessions */
#pragma once

#include <json-glib/json-glib.h>

/* pst_settings_text_parse:
 * Returns the object that @text is, owned by the caller.
 * @size: of a text that may come from anywhere; a NUL may end it before.
 * Errors: PST_ERROR_SETTINGS, it is no JSON object, or longer or deeper than
 * anything that we write. */
JsonObject *
pst_settings_text_parse (const char *text, gsize size, GError **error);
