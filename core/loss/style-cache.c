/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-cache.c: Gram matrices kept from transfer to transfer
 *
 * The key is everything that they depend on: the network, its taps, and every
 * value of the style picture, by its SHA-256.
 */
#include "style-cache.h"

#include <string.h>

#define MAX_ENTRIES 64 /* sixteen styles at four scales */

typedef struct
{
  PstModel *model;    /* a reference */
  char     *checksum; /* owned */
  PstGrams  grams;
} Entry;

struct _PstStyleCache
{
  GQueue entries; /* of Entry, owned; the last used is the first */
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  pst_model_unref (entry->model);
  g_free (entry->checksum);
  pst_grams_clear (&entry->grams);
  g_free (entry);
}

PstStyleCache *
pst_style_cache_new (void)
{
  PstStyleCache *cache = g_new (PstStyleCache, 1);

  g_queue_init (&cache->entries);
  return cache;
}

void
pst_style_cache_free (PstStyleCache *cache)
{
  if (! cache)
    return;

  g_queue_clear_full (&cache->entries, free_entry);
  g_free (cache);
}

static void
add_floats (GChecksum *sum, const float *values, gsize n)
{
  g_checksum_update (sum, (const guchar *) values, n * sizeof (float));
}

/* Owned by the caller. */
static char *
picture_checksum (const PstPicture *picture)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const int sides[] = { picture->width, picture->height,
                        picture->alpha != NULL };
  gsize     n = (gsize) picture->width * picture->height;

  g_checksum_update (sum, (const guchar *) sides, sizeof sides);
  add_floats (sum, picture->rgb, 3 * n);
  if (picture->alpha)
    add_floats (sum, picture->alpha, n);
  return g_strdup (g_checksum_get_string (sum));
}

/* The entry of the same taps, which becomes the most recent one; NULL if there
 * is none. */
static const Entry *
find (PstStyleCache  *cache,
      const PstModel *model,
      const char     *checksum,
      guint32         wanted)
{
  for (GList *link = cache->entries.head; link; link = link->next)
    {
      Entry *entry = link->data;

      if (entry->model == model && entry->grams.wanted == wanted
          && g_str_equal (entry->checksum, checksum))
        {
          g_queue_unlink (&cache->entries, link);
          g_queue_push_head_link (&cache->entries, link);
          return entry;
        }
    }
  return NULL;
}

/* Adds an entry, if there is memory for it. */
static void
remember (PstStyleCache  *cache,
          PstModel       *model,
          const char     *checksum,
          const PstGrams *grams)
{
  PstGrams copy;
  Entry   *entry;

  if (! pst_grams_init (&copy, model, grams->wanted, NULL))
    return;
  memcpy (copy.block, grams->block, sizeof (double) * grams->n);
  entry = g_new (Entry, 1);
  *entry = (Entry){ pst_model_ref (model), g_strdup (checksum), copy };
  g_queue_push_head (&cache->entries, entry);
  if (g_queue_get_length (&cache->entries) > MAX_ENTRIES)
    free_entry (g_queue_pop_tail (&cache->entries));
}

gboolean
pst_style_cache_compute (PstStyleCache    *cache,
                         PstGrams         *grams,
                         PstModel         *model,
                         PstWorkers       *workers,
                         const PstPicture *style,
                         GError          **error)
{
  g_autofree char *checksum = cache ? picture_checksum (style) : NULL;
  const Entry     *entry =
    cache ? find (cache, model, checksum, grams->wanted) : NULL;

  if (entry)
    {
      memcpy (grams->block, entry->grams.block, sizeof (double) * grams->n);
      return TRUE;
    }
  if (! pst_grams_compute (grams, model, workers, style, error))
    return FALSE;
  if (cache)
    remember (cache, model, checksum, grams);
  return TRUE;
}
