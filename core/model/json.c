/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.c: the only reader of untrusted JSON */
#include "json.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

/* ---- the check before parsing ------------------------------------------- */

typedef struct
{
  const char *text;
  gsize       length;
  gsize       at;
} Reader;

/* The four hexadecimal digits of \uXXXX; -1: they are not. */
static int
read_code_unit (Reader *reader)
{
  int unit = 0;

  if (reader->length - reader->at < 4)
    return -1;

  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (reader->text[reader->at++]);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }

  return unit;
}

/* After a backslash.  Surrogates must come in pairs; NUL would cut the string
 * short in C. */
static gboolean
skip_escape (Reader *reader)
{
  if (reader->at == reader->length)
    return FALSE;

  char kind = reader->text[reader->at++];
  if (kind != 'u')
    return strchr ("\"\\/bfnrt", kind) != NULL;

  int unit = read_code_unit (reader);
  if (unit < 0xd800 || unit > 0xdfff)
    return unit > 0;
  if (unit > 0xdbff)
    return FALSE;

  if (reader->length - reader->at < 2 || reader->text[reader->at] != '\\'
      || reader->text[reader->at + 1] != 'u')
    return FALSE;
  reader->at += 2;

  unit = read_code_unit (reader);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/* After the opening quote. */
static gboolean
skip_string (Reader *reader)
{
  while (reader->at < reader->length)
    {
      char c = reader->text[reader->at++];

      if (c == '"')
        return TRUE;
      if ((guchar) c < 0x1f) /* json-glib writes 0x1f as it is */
        return FALSE;
      if (c == '\\' && ! skip_escape (reader))
        return FALSE;
    }

  return FALSE;
}

/* Counts brackets and values, and refuses whatever could make json-glib see
 * strings and brackets in other places.  The rest of the grammar is left to
 * json-glib.  @text is UTF-8 without NUL. */
static gboolean
check_text (const char *text, gsize length, GError **error)
{
  Reader   reader = { .text = text, .length = length };
  int      depth = 0;
  int      values = 0;
  gboolean closed = FALSE;
  gboolean valid = TRUE;

  while (valid && reader.at < length)
    {
      char c = text[reader.at++];

      if (strchr (" \t\r\n", c))
        continue;

      if (closed || (depth == 0 && c != '{'))
        valid = FALSE;
      else if (c == '{' || c == '[')
        depth++;
      else if (c == '}' || c == ']')
        closed = --depth == 0;
      else if (c == '"')
        valid = skip_string (&reader);
      else
        valid = strchr (",:+-.0123456789Eaeflnrstu", c) != NULL;

      if (strchr ("{[,:", c))
        values++;

      if (depth > PST_JSON_MAX_DEPTH || values > PST_JSON_MAX_VALUES)
        return pst_fail (error, PST_ERROR_MODEL,
                         _ (
                           "the JSON is nested more than %d deep or holds more "
                           "than %d values"),
                         PST_JSON_MAX_DEPTH, PST_JSON_MAX_VALUES);
    }

  if (valid && closed)
    return TRUE;

  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("this is not valid JSON (near byte %zu of %zu)"),
                   reader.at, length);
}

/* ---- parsing ------------------------------------------------------------ */

/* json-glib keeps the last of two members of one name; so members are counted
 * as they come, and compared with how many the object then has. */
typedef struct
{
  int   depth; /* of objects */
  guint members[PST_JSON_MAX_DEPTH];
  char *duplicate; /* owned */
} Names;

static void
on_object_start (JsonParser *parser, Names *names)
{
  names->members[names->depth++] = 0;
}

static void
on_object_member (JsonParser *parser,
                  JsonObject *object,
                  const char *member,
                  Names      *names)
{
  guint seen = ++names->members[names->depth - 1];

  if (seen != json_object_get_size (object) && ! names->duplicate)
    names->duplicate = g_strdup (member);
}

static void
on_object_end (JsonParser *parser, JsonObject *object, Names *names)
{
  names->depth--;
}

JsonObject *
pst_json_parse (const char *text, gsize length, GError **error)
{
  if (! g_utf8_validate_len (text, length, NULL))
    {
      pst_fail (error, PST_ERROR_MODEL, _ ("this is not text in UTF-8"));
      return NULL;
    }

  if (! check_text (text, length, error))
    return NULL;

  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) reason = NULL;
  Names names = { 0 };

  g_signal_connect (parser, "object-start", G_CALLBACK (on_object_start),
                    &names);
  g_signal_connect (parser, "object-member", G_CALLBACK (on_object_member),
                    &names);
  g_signal_connect (parser, "object-end", G_CALLBACK (on_object_end), &names);

  gboolean parsed = json_parser_load_from_data (parser, text, length, &reason);
  g_autofree char *duplicate = names.duplicate;

  if (! parsed)
    {
      pst_fail (error, PST_ERROR_MODEL, _ ("this is not valid JSON (%s)"),
                reason->message);
      return NULL;
    }

  if (duplicate)
    {
      pst_fail (error, PST_ERROR_MODEL, _ ("the name \"%s\" occurs twice"),
                duplicate);
      return NULL;
    }

  return json_node_dup_object (json_parser_get_root (parser));
}

/* ---- members ------------------------------------------------------------ */

/* @format: a message for @member, translated */
static gboolean
fail (const char *format, const char *member, GError **error)
{
  return pst_fail (error, PST_ERROR_MODEL, format, member);
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == type;
}

static gboolean
read_count (JsonNode *node, gint64 *ret_value)
{
  if (! holds (node, G_TYPE_INT64) || json_node_get_int (node) < 0)
    return FALSE;

  *ret_value = json_node_get_int (node);
  return TRUE;
}

JsonObject *
pst_json_get_object (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  fail (_ ("\"%s\" must be an object"), member, error);
  return NULL;
}

JsonArray *
pst_json_get_array (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);

  fail (_ ("\"%s\" must be a list"), member, error);
  return NULL;
}

const char *
pst_json_get_string (JsonObject *object,
                     const char *member,
                     const char *fallback,
                     GError    **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (! node && fallback)
    return fallback;
  if (node && holds (node, G_TYPE_STRING))
    return json_node_get_string (node);

  fail (_ ("\"%s\" must be a string"), member, error);
  return NULL;
}

gboolean
pst_json_get_boolean (JsonObject *object,
                      const char *member,
                      gboolean   *ret_value,
                      GError    **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node && ! holds (node, G_TYPE_BOOLEAN))
    return fail (_ ("\"%s\" must be true or false"), member, error);

  *ret_value = node && json_node_get_boolean (node);
  return TRUE;
}

gboolean
pst_json_get_count (JsonObject *object,
                    const char *member,
                    gint64      fallback,
                    gint64     *ret_value,
                    GError    **error)
{
  JsonNode *node = json_object_get_member (object, member);
  gint64    value = fallback;

  if (node ? ! read_count (node, &value) : fallback < 0)
    return fail (_ ("\"%s\" must be a whole number"), member, error);

  *ret_value = value;
  return TRUE;
}

gboolean
pst_json_get_counts (JsonObject *object,
                     const char *member,
                     int         max,
                     gint64     *ret_values,
                     int        *ret_n,
                     GError    **error)
{
  JsonArray *array = pst_json_get_array (object, member, error);

  if (! array)
    return FALSE;

  guint n = json_array_get_length (array);
  if (n > (guint) max)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("\"%s\" has %u numbers, more than %d"), member, n, max);

  for (guint i = 0; i < n; i++)
    if (! read_count (json_array_get_element (array, i), &ret_values[i]))
      return fail (_ ("\"%s\" must be a list of whole numbers"), member, error);

  *ret_n = n;
  return TRUE;
}

gboolean
pst_json_get_numbers (JsonObject *object,
                      const char *member,
                      int         n,
                      float      *ret_values,
                      GError    **error)
{
  JsonArray *array = pst_json_get_array (object, member, error);

  if (! array)
    return FALSE;

  gboolean valid = json_array_get_length (array) == (guint) n;
  for (int i = 0; valid && i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      valid = holds (node, G_TYPE_DOUBLE) || holds (node, G_TYPE_INT64);
      if (valid)
        ret_values[i] = (float) json_node_get_double (node);
      valid = valid && isfinite (ret_values[i]);
    }

  if (valid)
    return TRUE;

  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("\"%s\" must be a list of %d numbers"), member, n);
}

gboolean
pst_json_check_members (JsonObject        *object,
                        const char *const *known,
                        GError           **error)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *link = names; link; link = link->next)
    if (! g_strv_contains (known, link->data))
      return pst_fail (error, PST_ERROR_MODEL, _ ("\"%s\" is not known"),
                       (const char *) link->data);

  return TRUE;
}
