/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c: the report on a picture, as JSON */
#include "report.h"

#include <json-glib/json-glib.h>
#include <sys/resource.h>

#include "plugin/files/output-file.h"
#include "plugin/params-json.h"

/* Peak memory of this process so far. */
static gint64
peak_bytes (void)
{
  struct rusage usage;

  if (getrusage (RUSAGE_SELF, &usage) != 0)
    return 0;
#ifdef __APPLE__
  return usage.ru_maxrss;
#else
  return (gint64) usage.ru_maxrss * 1024;
#endif
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
add_path (JsonBuilder *builder, const char *name, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  add_string (builder, name, shown);
}

static void
add_params (JsonBuilder *builder, const PstReport *report)
{
  const PstStyleOption *first = report->styles->pdata[0];
  g_autofree char      *style = g_filename_display_basename (first->path);
  g_autofree char *text = pst_params_to_json (&report->options->params, style);

  json_builder_set_member_name (builder, "parameters");
  json_builder_add_value (builder, json_from_string (text, NULL));
}

static void
add_styles (JsonBuilder *builder, const GPtrArray *styles)
{
  json_builder_set_member_name (builder, "styles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < styles->len; i++)
    {
      const PstStyleOption *style = styles->pdata[i];

      json_builder_begin_object (builder);
      add_path (builder, "file", style->path);
      add_double (builder, "weight", style->weight);
      if (style->region)
        add_path (builder, "region", style->region);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_scales (JsonBuilder *builder, const PstTransfer *transfer)
{
  int                   n_scales;
  const PstScaleReport *scales = pst_transfer_get_scales (transfer, &n_scales);

  json_builder_set_member_name (builder, "scales");
  json_builder_begin_array (builder);
  for (int i = 0; i < n_scales; i++)
    {
      json_builder_begin_object (builder);
      add_int (builder, "width", scales[i].width);
      add_int (builder, "height", scales[i].height);
      add_int (builder, "memory_level", scales[i].memory_level);
      add_int (builder, "iterations", scales[i].iterations);
      add_double (builder, "seconds", scales[i].seconds);
      add_double (builder, "content_loss", scales[i].content_loss);
      add_double (builder, "style_loss", scales[i].style_loss);
      add_double (builder, "total_loss", scales[i].total_loss);
      add_double (builder, "first_content_loss", scales[i].first_content_loss);
      add_double (builder, "first_style_loss", scales[i].first_style_loss);
      add_double (builder, "first_total_loss", scales[i].first_total_loss);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

gboolean
pst_report_write (const char *path, const PstReport *report, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "version", pst_version ());
  add_string (builder, "model", pst_model_get_name (report->model));
  add_string (builder, "cpu", pst_cpu_level ());
  add_int (builder, "threads", pst_transfer_get_threads (report->transfer));
  add_string (builder, "precision",
              pst_transfer_get_precision (report->transfer)
                  == PST_PRECISION_FAST
                ? "fast"
                : "exact");
  add_string (builder, "loss",
              report->options->params.settings.loss == PST_LOSS_GATYS
                ? "gatys"
                : "relative");
  add_int (builder, "peak_bytes", peak_bytes ());
  add_double (builder, "seconds", report->seconds);
  json_builder_set_member_name (builder, "complete");
  json_builder_add_boolean_value (builder, report->complete);
  add_path (builder, "content", report->content);
  add_path (builder, "output", report->output);
  if (report->start)
    add_path (builder, "start", report->start);
  add_styles (builder, report->styles);
  add_params (builder, report);
  add_scales (builder, report->transfer);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json = json_to_string (root, /* pretty= */ TRUE);
  text = g_strconcat (json, "\n", NULL);
  return pst_output_write (path, text, strlen (text), error);
}
