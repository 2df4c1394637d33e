/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torch-names.c: the names of the tensors in an object that torch.save() wrote
 */
#include "torch-names.h"

#include <string.h>

#define MAX_DEPTH 64  /* of dictionaries within each other */
#define MAX_NAME  256 /* bytes */

typedef struct
{
  PstTorchTensorFunc found;
  gpointer           data;
  GHashTable        *seen; /* PstPickled, borrowed */
} Search;

static gboolean search_value (Search           *search,
                              const char       *name,
                              int               depth,
                              const PstPickled *value,
                              GError          **error);

/* The name of the value with the key @key in @name; NULL: it has none, or one
 * that is too long.  In a whole model, which is an object, the members that
 * hold its parts are left out, as state_dict() does.  The caller owns it. */
static char *
join_name (const char *name, const PstPickled *key)
{
  static const char *const holders[] = { "_modules", "_parameters", "_buffers",
                                         NULL };
  g_autofree char         *number = NULL;
  const char              *text = key->text;

  if (key->kind == PST_PICKLED_INT)
    text = number = g_strdup_printf ("%" G_GINT64_FORMAT, key->number);
  else if (key->kind != PST_PICKLED_TEXT)
    return NULL;

  if (strlen (name) + strlen (text) >= MAX_NAME)
    return NULL;
  if (g_strv_contains (holders, text))
    return g_strdup (name);
  return *name ? g_strconcat (name, ".", text, NULL) : g_strdup (text);
}

static gboolean
search_pairs (Search           *search,
              const char       *name,
              int               depth,
              const PstPickled *dict,
              GError          **error)
{
  for (guint i = 0; i + 1 < dict->items->len; i += 2)
    {
      g_autofree char *full = join_name (name, dict->items->pdata[i]);

      if (full
          && ! search_value (search, full, depth, dict->items->pdata[i + 1],
                             error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
search_list (Search           *search,
             const char       *name,
             int               depth,
             const PstPickled *list,
             GError          **error)
{
  for (guint i = 0; i < list->items->len; i++)
    {
      const PstPickled key = { .kind = PST_PICKLED_INT, .number = i };
      g_autofree char *full = join_name (name, &key);

      if (full
          && ! search_value (search, full, depth, list->items->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

/* Each collection is looked into once: they may contain each other. */
static gboolean
search_value (Search           *search,
              const char       *name,
              int               depth,
              const PstPickled *value,
              GError          **error)
{
  gboolean pairs =
    value->kind == PST_PICKLED_DICT || value->kind == PST_PICKLED_OBJECT;
  gboolean list =
    value->kind == PST_PICKLED_LIST || value->kind == PST_PICKLED_TUPLE;

  if (value->kind == PST_PICKLED_TENSOR)
    return ! *name || search->found (name, value, search->data, error);
  if ((! pairs && ! list) || depth == MAX_DEPTH
      || ! g_hash_table_add (search->seen, (gpointer) value))
    return TRUE;
  return (pairs ? search_pairs : search_list) (search, name, depth + 1, value,
                                               error);
}

gboolean
pst_torch_names_each (const PstPickled  *object,
                      PstTorchTensorFunc found,
                      gpointer           data,
                      GError           **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  Search search = { .found = found, .data = data, .seen = seen };

  return search_value (&search, "", 0, object, error);
}
