/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head.c: a classifier on top of a network's features */
#include "head.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

PstHead *
pst_head_copy (const PstHead *head, GError **error)
{
  const PstHeadLayers *layers = &head->layers;
  g_autoptr (PstHead) copy = g_new0 (PstHead, 1);

  copy->model = g_strdup (head->model);
  copy->checksum = g_strdup (head->checksum);
  copy->layer = g_strdup (head->layer);
  copy->size = head->size;
  copy->labels = g_strdupv (head->labels);
  if (! pst_head_layers_init (&copy->layers, layers->n_features,
                              layers->n_hidden, layers->n_labels, error))
    return NULL;
  memcpy (copy->layers.values, layers->values,
          sizeof (float) * layers->n_values);
  return g_steal_pointer (&copy);
}

void
pst_head_free (PstHead *head)
{
  if (! head)
    return;

  g_free (head->model);
  g_free (head->checksum);
  g_free (head->layer);
  g_strfreev (head->labels);
  pst_head_layers_clear (&head->layers);
  g_free (head);
}

const char *
pst_head_get_model (const PstHead *head)
{
  g_return_val_if_fail (head, NULL);

  return head->model;
}

const char *const *
pst_head_get_labels (const PstHead *head)
{
  g_return_val_if_fail (head, NULL);

  return (const char *const *) head->labels;
}

/* ---- labels ------------------------------------------------------------- */

/* Whether @label fits into a line of a table. */
static gboolean
is_line (const char *label)
{
  if (*label == '\0' || ! g_utf8_validate (label, -1, NULL))
    return FALSE;
  for (; *label; label = g_utf8_next_char (label))
    if (g_unichar_iscntrl (g_utf8_get_char (label)))
      return FALSE;
  return TRUE;
}

gboolean
pst_head_check_labels (const char *const *labels, PstError code, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = g_strv_length ((char **) labels);

  if (n < 2 || n > PST_HEAD_MAX_LABELS)
    return pst_fail (error, code,
                     _ ("the number of labels is %u; it must be between 2 "
                        "and %d"),
                     n, PST_HEAD_MAX_LABELS);
  for (guint i = 0; i < n; i++)
    {
      if (! is_line (labels[i]))
        {
          g_autofree char *escaped = g_strescape (labels[i], NULL);

          return pst_fail (error, code,
                           _ (
                             "the label \"%s\" is not a line of text in UTF-8"),
                           escaped);
        }
      if (! g_hash_table_add (seen, (gpointer) labels[i]))
        return pst_fail (error, code, _ ("there are two labels \"%s\""),
                         labels[i]);
    }
  return TRUE;
}
