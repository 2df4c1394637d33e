/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-settings.c: any text must be accepted or properly refused as settings
 * that a picture or an earlier session brought along
 *
 * For libFuzzer, or with replay.c.
 */
#include <math.h>
#include <stdint.h>

#include "plugin/params-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* All strings and names at any depth. */
static void
check_strings (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject    *object = json_node_get_object (node);
      JsonObjectIter members;
      const char    *name;
      JsonNode      *member;

      json_object_iter_init (&members, object);
      while (json_object_iter_next (&members, &name, &member))
        {
          g_assert_true (g_utf8_validate (name, -1, NULL));
          check_strings (member);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        check_strings (json_array_get_element (array, i));
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    g_assert_true (g_utf8_validate (json_node_get_string (node), -1, NULL));
}

/* Each number is in its range, and is read again as it was written. */
static void
check_params (const PstParams *params)
{
  g_autofree char *text = pst_params_to_json (params, "style");
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  PstParams       again;
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  object = pst_params_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  pst_params_init (&again);
  pst_params_read (&again, object, &error);
  g_assert_no_error (error);
  for (int i = 0; i < n_params; i++)
    if (table[i].kind != PST_PARAM_MODEL)
      {
        double number = pst_params_get_number (params, &table[i]);

        g_assert_cmpfloat (number, >=, table[i].min);
        if (table[i].kind == PST_PARAM_DOUBLE || table[i].kind == PST_PARAM_INT)
          g_assert_cmpfloat (number, <=, table[i].max);
        g_assert_cmpfloat (fabs (pst_params_get_number (&again, &table[i])
                                 - number),
                           <=, 1e-9 * fabs (number));
      }
  pst_params_clear (&again);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object =
    pst_params_parse ((const char *) data, size, &error);
  g_autoptr (JsonNode) root = NULL;
  PstParams params;

  pst_params_init (&params);
  if (object)
    {
      root = json_node_init_object (json_node_alloc (), object);
      check_strings (root);
    }
  if (object && pst_params_read (&params, object, &error))
    check_params (&params);
  else
    {
      g_assert_error (error, PST_ERROR, PST_ERROR_SETTINGS);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  pst_params_clear (&params);

  return 0;
}
