/* SPDX-License-Identifier: GPL-3.0-or-later */
/* safetensors-writer.c: writes safetensors files in memory */
#include "safetensors-writer.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

#define ALIGNMENT 8 /* bytes; the header is filled up with spaces */

struct _PstSafetensorsWriter
{
  PstDtype     dtype;
  JsonBuilder *header; /* within the object of all tensors */
  guint8      *data;   /* [size] bytes written, owned */
  gsize        size;
};

PstSafetensorsWriter *
pst_safetensors_writer_new (PstDtype dtype)
{
  PstSafetensorsWriter *writer = g_new0 (PstSafetensorsWriter, 1);

  writer->dtype = dtype;
  writer->header = json_builder_new ();
  json_builder_begin_object (writer->header);
  return writer;
}

void
pst_safetensors_writer_free (PstSafetensorsWriter *writer)
{
  if (! writer)
    return;

  g_object_unref (writer->header);
  g_free (writer->data);
  g_free (writer);
}

/* Makes room for @n bytes more.  Large blocks are not copied: the C library
 * moves their pages. */
static gboolean
grow (PstSafetensorsWriter *writer, gsize n, GError **error)
{
  guint8 *data = g_try_realloc (writer->data, writer->size + n);

  if (! data)
    return pst_fail (error, PST_ERROR_MEMORY,
                     _ ("not enough memory for the file"));
  writer->data = data;
  return TRUE;
}

/* Returns FALSE where it is too large. */
static gboolean
append_value (PstSafetensorsWriter *writer, float value)
{
  guint8 *end = writer->data + writer->size;

  writer->size += pst_dtype_size (writer->dtype);
  if (writer->dtype == PST_DTYPE_F16)
    {
      guint16 half = pst_half_from_float (value);
      guint16 bytes = GUINT16_TO_LE (half);

      memcpy (end, &bytes, sizeof bytes);
      return (half & 0x7fff) < 0x7c00;
    }

  guint32 bytes;
  memcpy (&bytes, &value, sizeof bytes);
  bytes = GUINT32_TO_LE (bytes);
  memcpy (end, &bytes, sizeof bytes);
  return TRUE;
}

static void
add_integers (JsonBuilder  *builder,
              const char   *member,
              int           n,
              const gint64 *values)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (int i = 0; i < n; i++)
    json_builder_add_int_value (builder, values[i]);
  json_builder_end_array (builder);
}

gboolean
pst_safetensors_writer_add (PstSafetensorsWriter *writer,
                            const char           *name,
                            int                   n_dimensions,
                            const gint64         *shape,
                            const float          *values,
                            GError              **error)
{
  gint64 offsets[2] = { writer->size };
  gsize  n = 1;

  for (int i = 0; i < n_dimensions; i++)
    n *= shape[i];
  if (! grow (writer, n * pst_dtype_size (writer->dtype), error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (! append_value (writer, values[i]))
      return pst_fail (error, PST_ERROR_MODEL,
                       _ ("\"%s\" holds the value %g, which half precision "
                          "cannot represent"),
                       name, values[i]);
  offsets[1] = writer->size;

  json_builder_set_member_name (writer->header, name);
  json_builder_begin_object (writer->header);
  json_builder_set_member_name (writer->header, "dtype");
  json_builder_add_string_value (writer->header, writer->dtype == PST_DTYPE_F16
                                                   ? "F16"
                                                   : "F32");
  add_integers (writer->header, "shape", n_dimensions, shape);
  add_integers (writer->header, "data_offsets", 2, offsets);
  json_builder_end_object (writer->header);
  return TRUE;
}

static void
add_metadata (PstSafetensorsWriter *writer, const char *key, const char *text)
{
  g_autofree char *hash =
    g_compute_checksum_for_data (G_CHECKSUM_SHA256, writer->data, writer->size);

  json_builder_set_member_name (writer->header, "__metadata__");
  json_builder_begin_object (writer->header);
  json_builder_set_member_name (writer->header, key);
  json_builder_add_string_value (writer->header, text);
  json_builder_set_member_name (writer->header, "sha256");
  json_builder_add_string_value (writer->header, hash);
  json_builder_end_object (writer->header);
}

/* The header as text, filled up; the caller owns it. */
static GString *
make_header (PstSafetensorsWriter *writer, const char *key, const char *text)
{
  add_metadata (writer, key, text);
  json_builder_end_object (writer->header);

  g_autoptr (JsonNode) root = json_builder_get_root (writer->header);
  g_autofree char *json = json_to_string (root, /* pretty= */ FALSE);
  GString         *header = g_string_new (json);

  while (header->len % ALIGNMENT != 0)
    g_string_append_c (header, ' ');
  return header;
}

GBytes *
pst_safetensors_writer_finish (PstSafetensorsWriter *writer,
                               const char           *key,
                               const char           *text,
                               GError              **error)
{
  g_autoptr (GString) header = make_header (writer, key, text);
  guint64 length = GUINT64_TO_LE (header->len);
  gsize   before = sizeof length + header->len;

  if (! grow (writer, before, error))
    return NULL;
  memmove (writer->data + before, writer->data, writer->size);
  memcpy (writer->data, &length, sizeof length);
  memcpy (writer->data + sizeof length, header->str, header->len);
  return g_bytes_new_take (g_steal_pointer (&writer->data),
                           writer->size + before);
}
