/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network-writer.c: network files (models/README.md), made in memory */
#include "network-writer.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "core/error.h"

struct _PstNetworkWriter
{
  PstDtype     dtype;
  JsonBuilder *header;    /* within the object of all tensors */
  GByteArray  *data;
};

PstNetworkWriter *
pst_network_writer_new (PstDtype dtype)
{
  PstNetworkWriter *writer = g_new0 (PstNetworkWriter, 1);

  writer->dtype = dtype;
  writer->header = json_builder_new ();
  writer->data = g_byte_array_new ();
  json_builder_begin_object (writer->header);
  return writer;
}

void
pst_network_writer_free (PstNetworkWriter *writer)
{
  if (! writer)
    return;

  g_object_unref (writer->header);
  g_byte_array_unref (writer->data);
  g_free (writer);
}

/* Returns FALSE where it is too large. */
static gboolean
append_value (PstNetworkWriter *writer,
              float             value)
{
  if (writer->dtype == PST_DTYPE_F16)
    {
      guint16 half  = pst_half_from_float (value);
      guint16 bytes = GUINT16_TO_LE (half);

      g_byte_array_append (writer->data, (const guint8 *) &bytes, sizeof bytes);
      return (half & 0x7fff) < 0x7c00;
    }

  guint32 bytes;
  memcpy (&bytes, &value, sizeof bytes);
  bytes = GUINT32_TO_LE (bytes);
  g_byte_array_append (writer->data, (const guint8 *) &bytes, sizeof bytes);
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
pst_network_writer_add (PstNetworkWriter  *writer,
                        const char        *name,
                        int                n_dimensions,
                        const gint64      *shape,
                        const float       *values,
                        GError           **error)
{
  gint64 offsets[2] = { writer->data->len };
  gsize  n          = 1;

  for (int i = 0; i < n_dimensions; i++)
    n *= shape[i];
  for (gsize i = 0; i < n; i++)
    if (! append_value (writer, values[i]))
      return pst_fail (error, PST_ERROR_MODEL,
                       "“%s” holds the value %g, which half precision cannot "
                       "keep; use --float32", name, values[i]);
  offsets[1] = writer->data->len;

  json_builder_set_member_name (writer->header, name);
  json_builder_begin_object (writer->header);
  json_builder_set_member_name (writer->header, "dtype");
  json_builder_add_string_value (writer->header,
                                 writer->dtype == PST_DTYPE_F16 ? "F16"
                                                                : "F32");
  add_integers (writer->header, "shape", n_dimensions, shape);
  add_integers (writer->header, "data_offsets", 2, offsets);
  json_builder_end_object (writer->header);
  return TRUE;
}

static void
add_metadata (PstNetworkWriter *writer,
              const char       *description)
{
  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                                       writer->data->data,
                                                       writer->data->len);

  json_builder_set_member_name (writer->header, "__metadata__");
  json_builder_begin_object (writer->header);
  json_builder_set_member_name (writer->header, "pastiche");
  json_builder_add_string_value (writer->header, description);
  json_builder_set_member_name (writer->header, "sha256");
  json_builder_add_string_value (writer->header, hash);
  json_builder_end_object (writer->header);
}

GBytes *
pst_network_writer_finish (PstNetworkWriter *writer,
                           const char       *description)
{
  add_metadata (writer, description);
  json_builder_end_object (writer->header);

  g_autoptr (JsonNode) root   = json_builder_get_root (writer->header);
  g_autofree char     *header = json_to_string (root, /* pretty= */ FALSE);
  guint64              length = GUINT64_TO_LE (strlen (header));
  GByteArray          *file   = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *) &length, sizeof length);
  g_byte_array_append (file, (const guint8 *) header, strlen (header));
  g_byte_array_append (file, writer->data->data, writer->data->len);
  return g_byte_array_free_to_bytes (file);
}
