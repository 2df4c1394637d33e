/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-params.c: the table of parameters */
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "plugin/find-model.h"
#include "plugin/params-json.h"
#include "plugin/params.h"

/* The parameter called @name; fails the test if there is none. */
static const PstParam *
find (const char *name)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  for (int i = 0; i < n_params; i++)
    if (g_str_equal (table[i].name, name))
      return &table[i];

  g_error ("no parameter %s", name);
}

/* GIMP 2.10 passes arguments by position: names are only added at the end. */
static void
test_order (void)
{
  const char *const order[] = { "strength",    "freedom",    "structure",
                                "style-scale", "colors",     "quality",
                                "size",        "seed",       "model",
                                "tileable",    "smoothness", "iterations",
                                "detail",      "precision",  "memory-limit" };
  int               n_params;
  const PstParam   *table = pst_params_table (&n_params);

  g_assert_cmpint (n_params, >=, G_N_ELEMENTS (order));
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpstr (table[i].name, ==, order[i]);
}

static void
check_row (const PstParam *param)
{
  g_test_message ("%s", param->name);
  g_assert_true (g_str_has_suffix (param->help, "."));
  g_assert_cmpuint (param->offset, <, sizeof (PstParams));

  if (param->kind == PST_PARAM_DOUBLE || param->kind == PST_PARAM_INT)
    {
      g_assert_cmpfloat (param->min, <, param->max);
      g_assert_cmpfloat (param->fallback, >=, param->min);
      g_assert_cmpfloat (param->fallback, <=, param->max);
      g_assert_cmpfloat (param->step, >, 0);
    }
  if (param->shown == PST_SHOWN_LOGARITHMIC)
    {
      g_assert_cmpint (param->kind, ==, PST_PARAM_DOUBLE);
      g_assert_cmpfloat (param->min * param->max, ==, 1);
    }
  else if (param->shown != PST_SHOWN_PLAIN)
    {
      g_assert_cmpint (param->kind, ==, PST_PARAM_INT);
      g_assert_cmpfloat (param->min, ==, 0);
    }
  if (param->kind == PST_PARAM_CHOICE)
    {
      int n_choices = 0;

      while (param->choices[n_choices].name)
        g_assert_nonnull (param->choices[n_choices++].label);
      g_assert_cmpfloat (param->fallback, >=, 0);
      g_assert_cmpfloat (param->fallback, <, n_choices);
    }
}

/* Every row is complete, and no two share a name or a field. */
static void
test_rows (void)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  for (int i = 0; i < n_params; i++)
    {
      check_row (&table[i]);
      /* The keys do not suffice for what is seldom used. */
      if (! table[i].advanced)
        g_assert_nonnull (strchr (table[i].label, '_'));

      for (int j = 0; j < i; j++)
        {
          g_assert_cmpstr (table[i].name, !=, table[j].name);
          g_assert_cmpuint (table[i].offset, !=, table[j].offset);
        }
    }
}

/* The table's defaults are the engine's. */
static void
test_defaults (void)
{
  PstParams   params;
  PstSettings expected, got;

  pst_settings_init (&expected);
  pst_params_init (&params);
  got = params.settings;

  g_assert_null (params.model);
  g_assert_cmpfloat (got.strength, ==, expected.strength);
  g_assert_cmpfloat (got.style_scale, ==, expected.style_scale);
  g_assert_cmpint (got.colors, ==, expected.colors);
  g_assert_cmpint (got.structure, ==, expected.structure);
  g_assert_cmpint (got.quality, ==, expected.quality);
  g_assert_cmpint (got.size, ==, expected.size);
  g_assert_cmpuint (got.seed, ==, expected.seed);
  g_assert_cmpint (got.threads, ==, expected.threads);
  g_assert_cmpfloat (got.freedom, ==, expected.freedom);
  g_assert_cmpint (got.tileable, ==, expected.tileable);
  g_assert_cmpfloat (got.smoothness, ==, expected.smoothness);
  g_assert_cmpint (got.iterations, ==, expected.iterations);
  g_assert_cmpfloat (got.detail, ==, expected.detail);
  g_assert_cmpint (got.precision, ==, expected.precision);
  g_assert_cmpint (got.memory_limit, ==, expected.memory_limit);
  pst_params_clear (&params);
}

/* Each number arrives in the field of the engine's settings. */
static void
test_settings (void)
{
  PstParams   params;
  PstSettings settings;

  pst_params_init (&params);
  pst_params_set_number (&params, find ("strength"), 12.5);
  pst_params_set_number (&params, find ("structure"), PST_STRUCTURE_LOOSE);
  pst_params_set_number (&params, find ("style-scale"), 2.5);
  pst_params_set_number (&params, find ("colors"), PST_COLORS_MATCH);
  pst_params_set_number (&params, find ("quality"), PST_QUALITY_BEST);
  pst_params_set_number (&params, find ("size"), 640);
  pst_params_set_number (&params, find ("seed"), G_MAXINT32);
  pst_params_set_number (&params, find ("freedom"), 62.5);
  pst_params_set_number (&params, find ("tileable"), TRUE);
  pst_params_set_number (&params, find ("smoothness"), 33);
  pst_params_set_number (&params, find ("iterations"), 44);
  pst_params_set_number (&params, find ("detail"), -0.5);
  pst_params_set_number (&params, find ("precision"), PST_PRECISION_FAST);
  pst_params_set_number (&params, find ("memory-limit"), 5555);

  settings = params.settings;
  g_assert_cmpfloat (settings.strength, ==, 12.5);
  g_assert_cmpint (settings.structure, ==, PST_STRUCTURE_LOOSE);
  g_assert_cmpfloat (settings.style_scale, ==, 2.5);
  g_assert_cmpint (settings.colors, ==, PST_COLORS_MATCH);
  g_assert_cmpint (settings.quality, ==, PST_QUALITY_BEST);
  g_assert_cmpint (settings.size, ==, 640);
  g_assert_cmpuint (settings.seed, ==, G_MAXINT32);
  g_assert_cmpfloat (settings.freedom, ==, 62.5);
  g_assert_true (settings.tileable);
  g_assert_cmpfloat (settings.smoothness, ==, 33);
  g_assert_cmpint (settings.iterations, ==, 44);
  g_assert_cmpfloat (settings.detail, ==, -0.5);
  g_assert_cmpint (settings.precision, ==, PST_PRECISION_FAST);
  g_assert_cmpint (settings.memory_limit, ==, 5555);
}

/* Each parameter makes two runs different; no model means the built-in one. */
static void
test_equal (void)
{
  PstParams       one, other;
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  pst_params_init (&one);
  pst_params_init (&other);
  g_assert_true (pst_params_equal (&one, &other));
  for (int i = 0; i < n_params; i++)
    if (table[i].kind != PST_PARAM_MODEL)
      {
        double before = pst_params_get_number (&one, &table[i]);

        pst_params_set_number (&one, &table[i], before == 1 ? 0 : 1);
        g_assert_false (pst_params_equal (&one, &other));
        pst_params_set_number (&one, &table[i], before);
        g_assert_true (pst_params_equal (&one, &other));
      }

  one.model = g_strdup (PST_MODEL_BUILT_IN);
  g_assert_true (pst_params_equal (&one, &other));
  other.model = g_strdup ("other");
  g_assert_false (pst_params_equal (&one, &other));
  pst_params_clear (&one);
  pst_params_clear (&other);
}

static void
test_clamp (void)
{
  PstParams       params;
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  pst_params_init (&params);
  for (int i = 0; i < n_params; i++)
    {
      const PstParam *param = &table[i];
      double          largest = param->max;

      if (param->kind == PST_PARAM_MODEL)
        continue;
      if (param->kind == PST_PARAM_BOOLEAN)
        largest = TRUE;
      if (param->kind == PST_PARAM_CHOICE)
        for (largest = -1; param->choices[(int) largest + 1].name; largest++)
          ;

      pst_params_set_number (&params, param, 1e300);
      g_assert_cmpfloat (pst_params_get_number (&params, param), ==, largest);
      pst_params_set_number (&params, param, -1e300);
      g_assert_cmpfloat (pst_params_get_number (&params, param), ==,
                         param->min);
      pst_params_set_number (&params, param, NAN);
      g_assert_cmpfloat (pst_params_get_number (&params, param), ==,
                         param->min);
    }
}

/* The names are those of the command line and of the engine's enumerations. */
static void
test_choices (void)
{
  g_assert_cmpint (pst_param_find_choice (find ("structure"), "close"), ==,
                   PST_STRUCTURE_CLOSE);
  g_assert_cmpint (pst_param_find_choice (find ("structure"), "loose"), ==,
                   PST_STRUCTURE_LOOSE);
  g_assert_cmpint (pst_param_find_choice (find ("structure"), "none"), ==,
                   PST_STRUCTURE_NONE);
  g_assert_cmpint (pst_param_find_choice (find ("precision"), "fast"), ==,
                   PST_PRECISION_FAST);
  g_assert_cmpint (pst_param_find_choice (find ("colors"), "style"), ==,
                   PST_COLORS_STYLE);
  g_assert_cmpint (pst_param_find_choice (find ("colors"), "content"), ==,
                   PST_COLORS_CONTENT);
  g_assert_cmpint (pst_param_find_choice (find ("colors"), "match"), ==,
                   PST_COLORS_MATCH);
  g_assert_cmpint (pst_param_find_choice (find ("quality"), "draft"), ==,
                   PST_QUALITY_DRAFT);
  g_assert_cmpint (pst_param_find_choice (find ("quality"), "normal"), ==,
                   PST_QUALITY_NORMAL);
  g_assert_cmpint (pst_param_find_choice (find ("quality"), "best"), ==,
                   PST_QUALITY_BEST);
  g_assert_cmpint (pst_param_find_choice (find ("quality"), "Best"), ==, -1);
  g_assert_cmpint (pst_param_find_choice (find ("quality"), ""), ==, -1);
}

/* JSON holds every parameter under its name, and any name of a style. */
static void
test_json (void)
{
  const char      *style = "a \"style\"\n\xc3\xa9";
  PstParams        params;
  g_autofree char *text = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  int         n_params;

  pst_params_table (&n_params);
  pst_params_init (&params);
  pst_params_set_number (&params, find ("style-scale"), 0.5);
  pst_params_set_number (&params, find ("colors"), PST_COLORS_CONTENT);
  pst_params_set_number (&params, find ("seed"), 7);
  pst_params_set_number (&params, find ("tileable"), TRUE);
  params.model = g_strdup ("other");

  text = pst_params_to_json (&params, style);
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));

  g_assert_cmpint (json_object_get_size (object), ==, n_params + 1);
  g_assert_cmpstr (json_object_get_string_member (object, "style"), ==, style);
  g_assert_cmpfloat (json_object_get_double_member (object, "style-scale"), ==,
                     0.5);
  g_assert_cmpstr (json_object_get_string_member (object, "colors"), ==,
                   "content");
  g_assert_cmpint (json_object_get_int_member (object, "seed"), ==, 7);
  g_assert_true (json_object_get_boolean_member (object, "tileable"));
  g_assert_cmpstr (json_object_get_string_member (object, "model"), ==,
                   "other");

  pst_params_clear (&params);
  g_assert_null (params.model);
}

/* What is written can be parsed, whatever a style is called. */
static void
test_parse (void)
{
  const char style[] = "“a”\\ \"b\" \n\t\x01\x1e\x1f\x7f\v \U0001f3a8";
  PstParams  params;
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;

  pst_params_init (&params);
  text = pst_params_to_json (&params, style);
  object = pst_params_parse (text, strlen (text) + 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (object, "style"), ==, style);
  pst_params_clear (&params);
}

static void
check_not_parsed (const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pst_params_parse (text, strlen (text), &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_SETTINGS);
}

static void
test_not_parsed (void)
{
  g_autofree char *space = g_strnfill (256 * 1024, ' ');
  g_autofree char *large = g_strconcat ("{}", space, NULL);

  check_not_parsed ("");
  check_not_parsed ("[]");
  check_not_parsed ("{} {}");
  check_not_parsed ("{\"seed\":1,\"seed\":2}");
  check_not_parsed ("{\"seed\":/* one */ 1}");
  check_not_parsed ("{\"style\":\"\\ud800\"}");
  check_not_parsed ("{\"style\":\"\\101\"}");
  check_not_parsed ("{\"style\":\"\xff\"}");
  check_not_parsed ("{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}");
  check_not_parsed (large);
}

/* Reads @text into @params, which are initialized. */
static gboolean
read_text (PstParams *params, const char *text, GError **error)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);

  return pst_params_read (params, json_node_get_object (root), error);
}

static void
test_read (void)
{
  PstParams        written, read;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  pst_params_init (&written);
  for (int i = 0; i < n_params; i++)
    if (table[i].kind != PST_PARAM_MODEL)
      pst_params_set_number (&written, &table[i],
                             (table[i].min + 3 * table[i].max) / 4 + 1);
  written.model = g_strdup ("other");

  text = pst_params_to_json (&written, "style");
  pst_params_init (&read);
  read_text (&read, text, &error);
  g_assert_no_error (error);
  for (int i = 0; i < n_params; i++)
    if (table[i].kind != PST_PARAM_MODEL)
      g_assert_cmpfloat (pst_params_get_number (&read, &table[i]), ==,
                         pst_params_get_number (&written, &table[i]));
  g_assert_cmpstr (read.model, ==, "other");

  pst_params_clear (&written);
  pst_params_clear (&read);
}

/* Members of earlier or later versions are ignored. */
static void
test_read_unknown (void)
{
  PstParams params;
  g_autoptr (GError) error = NULL;

  pst_params_init (&params);
  g_assert_true (read_text (&params,
                            "{\"start\": \"noise\", \"seed\": 7, "
                            "\"later\": [1, {\"a\": null}]}",
                            &error));
  g_assert_no_error (error);
  g_assert_cmpint (params.settings.seed, ==, 7);
  g_assert_cmpfloat (params.settings.freedom, ==, find ("freedom")->fallback);
}

static void
test_read_refused (void)
{
  const char *const texts[] = { "{\"seed\": 7, \"strength\": 101}",
                                "{\"seed\": 7, \"strength\": -1}",
                                "{\"seed\": 7, \"strength\": \"50\"}",
                                "{\"seed\": 7.5}",
                                "{\"seed\": 7, \"freedom\": 101}",
                                "{\"freedom\": \"noise\"}",
                                "{\"seed\": 7, \"strength\": [50]}",
                                "{\"seed\": null}",
                                "{\"seed\": 7, \"quality\": \"superb\"}",
                                "{\"quality\": 1}",
                                "{\"seed\": 7, \"model\": \"/dev/zero\"}",
                                "{\"model\": true}",
                                "{\"seed\": 7, \"tileable\": 1}",
                                "{\"tileable\": \"true\"}",
                                "{\"seed\": 7, \"model\": \"/no/such/file\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      PstParams params;
      g_autoptr (GError) error = NULL;

      pst_params_init (&params);
      g_assert_false (read_text (&params, texts[i], &error));
      g_assert_error (error, PST_ERROR, PST_ERROR_SETTINGS);
      /* Not even the valid members. */
      g_assert_cmpint (params.settings.seed, ==, 0);
      g_assert_null (params.model);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/params/order", test_order);
  g_test_add_func ("/params/rows", test_rows);
  g_test_add_func ("/params/defaults", test_defaults);
  g_test_add_func ("/params/settings", test_settings);
  g_test_add_func ("/params/equal", test_equal);
  g_test_add_func ("/params/clamp", test_clamp);
  g_test_add_func ("/params/choices", test_choices);
  g_test_add_func ("/params/json", test_json);
  g_test_add_func ("/params/parse", test_parse);
  g_test_add_func ("/params/not-parsed", test_not_parsed);
  g_test_add_func ("/params/read", test_read);
  g_test_add_func ("/params/read/unknown", test_read_unknown);
  g_test_add_func ("/params/read/refused", test_read_refused);

  return g_test_run ();
}
