/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings-text.c: the JSON that is kept with layers and over sessions */
#include "settings-text.h"

#include <string.h>

#include <glib/gi18n.h>

#include "core/pastiche.h"

/* Sixteen styles with the longest of paths stay below both. */
#define MAX_TEXT     (256 * 1024)
#define MAX_BRACKETS 1000

/* json-glib calls itself for each bracket. */
static gboolean
is_too_deep (const char *text)
{
  int n_brackets = 0;

  for (; *text; text++)
    n_brackets += *text == '[' || *text == '{';
  return n_brackets > MAX_BRACKETS;
}

/* json-glib makes other things than UTF-8 of some escapes: halves of surrogate
 * pairs, and octal numbers, which are not JSON.  We write none of them. */
static gboolean
has_odd_escape (const char *text)
{
  for (; (text = strchr (text, '\\')) && text[1]; text += 2)
    if (! (text[1] == 'u' && g_str_has_prefix (text + 2, "00")
           && g_ascii_isxdigit (text[4]) && g_ascii_isxdigit (text[5]))
        && ! strchr ("\"\\/bfnrt", text[1]))
      return TRUE;
  return FALSE;
}

JsonObject *
pst_settings_text_parse (const char *text, gsize size, GError **error)
{
  g_autofree char *copy = NULL;
  g_autoptr (JsonNode) root = NULL;

  if (size <= MAX_TEXT)
    {
      copy = g_strndup (text, size);
      if (g_utf8_validate (copy, -1, NULL) && ! is_too_deep (copy)
          && ! has_odd_escape (copy))
        root = json_from_string (copy, NULL);
    }

  if (! root || ! JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                           _ ("The text is not one that this plug-in writes."));
      return NULL;
    }
  return json_node_dup_object (root);
}
