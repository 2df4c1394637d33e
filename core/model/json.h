/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.h: the only reader of untrusted JSON
 *
 * json-glib reads the text; before that it is checked here, because json-glib
 * takes more than JSON (comments, several roots, halves of surrogate pairs) and
 * recurses without a limit.
 *
 * Error messages are clauses, without a full stop (as: the name "x" occurs
 * twice); callers put what they are about before them, each with a colon, so
 * that every part can be translated alone (The model "m" cannot be used: in its
 * description: ...). All are PST_ERROR_MODEL.
 */
#pragma once

#include <json-glib/json-glib.h>

#define PST_JSON_MAX_DEPTH  16
#define PST_JSON_MAX_VALUES 65536

/* pst_json_parse:
 * Reads one JSON object (RFC 8259) from @text; @length in bytes.  A text nested
 * deeper than PST_JSON_MAX_DEPTH, with more than PST_JSON_MAX_VALUES values, or
 * with a name used twice in one object is refused.
 * Returns the object; the caller owns it (json_object_unref()). */
JsonObject *pst_json_parse (const char *text, gsize length, GError **error);

/* The members of an object.  Each returns NULL or FALSE with @error set when
 * the member has another type, or is missing and there is no fallback.  Results
 * are owned by @object. */
JsonObject *
pst_json_get_object (JsonObject *object, const char *member, GError **error);

JsonArray *
pst_json_get_array (JsonObject *object, const char *member, GError **error);

/* @fallback: NULL: the member is required */
const char *pst_json_get_string (JsonObject *object,
                                 const char *member,
                                 const char *fallback,
                                 GError    **error);

/* FALSE where the member is missing. */
gboolean pst_json_get_boolean (JsonObject *object,
                               const char *member,
                               gboolean   *ret_value,
                               GError    **error);

/* A whole number >= 0.  @fallback: < 0: the member is required */
gboolean pst_json_get_count (JsonObject *object,
                             const char *member,
                             gint64      fallback,
                             gint64     *ret_value,
                             GError    **error);

/* A list of at most @max whole numbers >= 0; *ret_n is set to how many. */
gboolean pst_json_get_counts (JsonObject *object,
                              const char *member,
                              int         max,
                              gint64     *ret_values,
                              int        *ret_n,
                              GError    **error);

/* A list of exactly @n numbers that are finite as float. */
gboolean pst_json_get_numbers (JsonObject *object,
                               const char *member,
                               int         n,
                               float      *ret_values,
                               GError    **error);

/* pst_json_check_members:
 * @known: NULL-ended
 * Fails if @object has a member that is not in @known: misspelt, presumably. */
gboolean pst_json_check_members (JsonObject        *object,
                                 const char *const *known,
                                 GError           **error);
