/* SPDX-License-Identifier: GPL-3.0-or-later */
/* golden.c: reads the files of golden/ (format: golden/golden_file.py) */
#include "golden.h"

#include <string.h>

#define MAGIC     "PSTGOLD1"
#define NAME_SIZE 32

typedef struct
{
  gsize   n;
  double *values; /* [n], owned */
} Record;

struct _Golden
{
  char       *file;
  GHashTable *saved; /* name -> Record */
};

static void
record_free (gpointer data)
{
  Record *record = data;

  g_free (record->values);
  g_free (record);
}

static guint64
read_uint64 (const char *bytes)
{
  guint64 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT64_FROM_LE (value);
}

/* Returns the bytes that it took of @length. */
static gsize
read_record (Golden *golden, const char *bytes, gsize length)
{
  Record *record = g_new0 (Record, 1);

  g_assert_cmpuint (length, >=, NAME_SIZE + 8);
  record->n = read_uint64 (bytes + NAME_SIZE);
  g_assert_cmpuint (record->n, <=, (length - NAME_SIZE - 8) / 8);
  record->values = g_new (double, record->n);
  for (gsize i = 0; i < record->n; i++)
    {
      guint64 bits = read_uint64 (bytes + NAME_SIZE + 8 + 8 * i);

      memcpy (&record->values[i], &bits, sizeof bits);
    }
  g_hash_table_insert (golden->saved, g_strndup (bytes, NAME_SIZE), record);
  return NAME_SIZE + 8 + 8 * record->n;
}

Golden *
golden_open (const char *name)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize   length;
  gsize   at = strlen (MAGIC);
  Golden *golden = g_new0 (Golden, 1);

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  g_assert_true (length > at && memcmp (bytes, MAGIC, at) == 0);
  golden->file = g_strdup (name);
  golden->saved =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, record_free);
  while (at < length)
    at += read_record (golden, bytes + at, length - at);
  return golden;
}

void
golden_close (Golden *golden)
{
  g_hash_table_unref (golden->saved);
  g_free (golden->file);
  g_free (golden);
}

gboolean
golden_has (const Golden *golden, const char *name)
{
  return g_hash_table_contains (golden->saved, name);
}

const double *
golden_get (const Golden *golden, const char *name, gsize n)
{
  const Record *record = g_hash_table_lookup (golden->saved, name);

  if (! record || record->n != n)
    g_error ("%s: no record %s of %" G_GSIZE_FORMAT " values", golden->file,
             name, n);
  return record->values;
}

double
golden_value (const Golden *golden, const char *name)
{
  return *golden_get (golden, name, 1);
}

float *
golden_dup_floats (const Golden *golden, const char *name, gsize n)
{
  const double *values = golden_get (golden, name, n);
  float        *floats = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    floats[i] = values[i];
  return floats;
}
