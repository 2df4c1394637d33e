/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.c: a checksum of all that a result depends on */
#include "job.h"

#include <errno.h>
#include <stdio.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "styles.h"

/* Names and values end with a NUL, so that none runs into the next. */
static void
add_text (GChecksum *sum, const char *text)
{
  g_checksum_update (sum, (const guchar *) text, strlen (text) + 1);
}

static void
add_number (GChecksum *sum, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  add_text (sum, g_ascii_dtostr (text, sizeof text, value));
}

/* Adds the length and the bytes of the file at @path. */
static gboolean
add_file (GChecksum *sum, const char *path, GError **error)
{
  guchar block[1 << 14];
  double length = 0;
  gsize  n = 1;
  FILE  *file = g_fopen (path, "rb");

  while (file && n > 0)
    {
      n = fread (block, 1, sizeof block, file);
      g_checksum_update (sum, block, n);
      length += n;
    }
  if (! file || ferror (file))
    {
      g_autofree char *name = g_filename_display_name (path);
      int              code = errno;

      if (file)
        fclose (file);
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("\"%s\" cannot be read: %s."), name, g_strerror (code));
      return FALSE;
    }

  fclose (file);
  add_number (sum, length);
  return TRUE;
}

/* Settings that decide how much work is done, or how; and the model, which has
 * a checksum of its own. */
static gboolean
counts (const PstParam *param)
{
  const char *const left_out[] = { "iterations", "precision", "memory-limit",
                                   "model", NULL };

  return ! g_strv_contains (left_out, param->name);
}

static void
add_settings (GChecksum *sum, const PstOptions *options, const PstModel *model)
{
  int             n_params;
  const PstParam *table = pst_params_table (&n_params);

  for (int i = 0; i < n_params; i++)
    if (counts (&table[i]))
      {
        add_text (sum, table[i].name);
        add_number (sum, pst_params_get_number (&options->params, &table[i]));
      }
  add_number (sum, options->params.settings.loss);
  add_text (sum, pst_model_get_checksum (model));
}

static gboolean
add_styles (GChecksum *sum, const PstBatchItem *item, GError **error)
{
  for (guint i = 0; i < item->styles->len; i++)
    {
      const PstStyleOption *style = item->styles->pdata[i];
      g_autofree char      *mask =
        pst_style_mask_path (style, item->content, item->folder);

      add_number (sum, style->weight);
      add_text (sum, mask ? "region" : "");
      if (! add_file (sum, style->path, error)
          || (mask && ! add_file (sum, mask, error)))
        return FALSE;
    }
  return TRUE;
}

char *
pst_job_checksum (const PstOptions   *options,
                  const PstModel     *model,
                  const PstBatchItem *item,
                  const char         *picture,
                  GError            **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  add_settings (sum, options, model);
  add_text (sum, options->start ? "start" : "");
  if (! add_file (sum, item->content, error)
      || (options->start && ! add_file (sum, options->start, error))
      || ! add_styles (sum, item, error) || ! add_file (sum, picture, error))
    return NULL;
  return g_strdup (g_checksum_get_string (sum));
}
