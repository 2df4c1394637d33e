/* SPDX-License-Identifier: GPL-3.0-or-later */
/* params-json.c: parameters as JSON, kept with layers and over sessions */
#include "params-json.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/model/json.h"
#include "find-model.h"

/* Sixteen styles with the longest of paths stay below. */
#define MAX_TEXT (256 * 1024)

/* ---- writing ------------------------------------------------------------ */

static void
add_param (JsonBuilder *builder, const PstParams *params, const PstParam *param)
{
  json_builder_set_member_name (builder, param->name);

  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
      json_builder_add_double_value (builder,
                                     pst_params_get_number (params, param));
      break;

    case PST_PARAM_INT:
      json_builder_add_int_value (builder,
                                  pst_params_get_number (params, param));
      break;

    case PST_PARAM_BOOLEAN:
      json_builder_add_boolean_value (builder,
                                      pst_params_get_number (params, param));
      break;

    case PST_PARAM_CHOICE:
      {
        int choice = pst_params_get_number (params, param);

        json_builder_add_string_value (builder, param->choices[choice].name);
      }
      break;

    case PST_PARAM_MODEL:
      json_builder_add_string_value (builder, params->model
                                                ? params->model
                                                : PST_MODEL_BUILT_IN);
      break;
    }
}

char *
pst_params_to_json (const PstParams *params, const char *style)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "style");
  json_builder_add_string_value (builder, style);
  for (int i = 0; i < n_params; i++)
    add_param (builder, params, &table[i]);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, /* pretty= */ FALSE);
}

/* ---- reading ------------------------------------------------------------ */

JsonObject *
pst_params_parse (const char *text, gsize size, GError **error)
{
  JsonObject *object = NULL;

  if (size <= MAX_TEXT)
    object = pst_json_parse (text, strnlen (text, size), NULL);
  if (! object)
    g_set_error_literal (error, PST_ERROR, PST_ERROR_SETTINGS,
                         _ ("The text is not one that this plug-in writes."));
  return object;
}

/* Returns NULL if the node is something else. */
static const char *
get_string (JsonNode *node)
{
  if (! JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
read_number (PstParams *params, const PstParam *param, JsonNode *node)
{
  double number;

  if (! JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_INT64
          && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return FALSE;

  number = json_node_get_double (node);
  pst_params_set_number (params, param, number);
  return pst_params_get_number (params, param) == number;
}

/* A name, or a regular file: no pipe or device. */
static gboolean
read_model (PstParams *params, JsonNode *node)
{
  const char *name = get_string (node);

  if (! name
      || (strchr (name, G_DIR_SEPARATOR)
          && ! g_file_test (name, G_FILE_TEST_IS_REGULAR)))
    return FALSE;

  g_free (params->model);
  params->model = g_strdup (name);
  return TRUE;
}

static gboolean
read_param (PstParams *params, const PstParam *param, JsonNode *node)
{
  switch (param->kind)
    {
    case PST_PARAM_DOUBLE:
    case PST_PARAM_INT:
      return read_number (params, param, node);

    case PST_PARAM_BOOLEAN:
      if (! JSON_NODE_HOLDS_VALUE (node)
          || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        return FALSE;
      pst_params_set_number (params, param, json_node_get_boolean (node));
      return TRUE;

    case PST_PARAM_CHOICE:
      {
        const char *name = get_string (node);
        const int   choice = name ? pst_param_find_choice (param, name) : -1;

        if (choice >= 0)
          pst_params_set_number (params, param, choice);
        return choice >= 0;
      }

    case PST_PARAM_MODEL:
      return read_model (params, node);
    }
  return FALSE;
}

gboolean
pst_params_read (PstParams *params, JsonObject *object, GError **error)
{
  PstParams       read = *params;
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  read.model = g_strdup (params->model);
  for (int i = 0; i < n_params; i++)
    {
      JsonNode *node = json_object_get_member (object, table[i].name);

      if (node && ! read_param (&read, &table[i], node))
        {
          g_set_error (error, PST_ERROR, PST_ERROR_SETTINGS,
                       _ ("\"%s\" has an impossible value."), table[i].name);
          pst_params_clear (&read);
          return FALSE;
        }
    }

  pst_params_clear (params);
  *params = read;
  return TRUE;
}
