/* SPDX-License-Identifier: GPL-3.0-or-later */
/* safetensors-write.c: makes files that safetensors.h reads */
#include "safetensors-write.h"

#include <string.h>

#include "error.h"
#include "json.h"
#include "shape.h"

#define PREFIX_SIZE 8   /* bytes of the header's length */
#define ALIGNMENT   8   /* of the data in the file */

static gsize
count_values (const PstTensorValues *tensor)
{
  gsize n = 1;

  for (int i = 0; i < tensor->n_dimensions; i++)
    n = pst_size_mul (n, tensor->shape[i]);
  return n;
}

/* Appends to the header's object the entry of @tensor, whose data begin at byte
 * @begin.  Returns where they end; G_MAXSIZE: that is more than fits. */
static gsize
add_entry (JsonBuilder           *builder,
           const PstTensorValues *tensor,
           gsize                  begin)
{
  gsize end = pst_size_add (begin, pst_size_mul (count_values (tensor),
                                                 sizeof (float)));

  json_builder_set_member_name (builder, tensor->name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dtype");
  json_builder_add_string_value (builder, "F32");
  json_builder_set_member_name (builder, "shape");
  json_builder_begin_array (builder);
  for (int i = 0; i < tensor->n_dimensions; i++)
    json_builder_add_int_value (builder, tensor->shape[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "data_offsets");
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, (gint64) begin);
  json_builder_add_int_value (builder, (gint64) end);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return end;
}

/* The header's text, with spaces behind it so that the data are aligned. */
static GString *
make_header (const char            *key,
             const char            *text,
             const PstTensorValues *tensors,
             int                    n_tensors,
             gsize                 *ret_data_size)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;
  g_autofree char        *json = NULL;
  GString                *header;
  gsize                   at = 0;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "__metadata__");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, text);
  json_builder_end_object (builder);
  for (int i = 0; i < n_tensors; i++)
    at = add_entry (builder, &tensors[i], at);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);
  header = g_string_new (json);
  while (header->len % ALIGNMENT != 0)
    g_string_append_c (header, ' ');
  *ret_data_size = at;
  return header;
}

/* @to: 4 n bytes */
static void
put_values (guint8      *to,
            gsize        n,
            const float *values)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, &values[i], sizeof bits);
      bits = GUINT32_TO_LE (bits);
      memcpy (to + i * sizeof bits, &bits, sizeof bits);
    }
}

GBytes *
pst_safetensors_write (const char             *key,
                       const char             *text,
                       const PstTensorValues  *tensors,
                       int                     n_tensors,
                       GError                **error)
{
  gsize    data_size, size;
  GString *header = make_header (key, text, tensors, n_tensors, &data_size);
  guint64  length = GUINT64_TO_LE (header->len);
  guint8  *file, *at;

  size = pst_size_add (PREFIX_SIZE + header->len, data_size);
  file = size == G_MAXSIZE ? NULL : g_try_malloc (size);
  if (! file)
    {
      g_string_free (header, TRUE);
      pst_fail (error, PST_ERROR_MEMORY,
                "There is not enough memory for writing the file.");
      return NULL;
    }

  memcpy (file, &length, PREFIX_SIZE);
  memcpy (file + PREFIX_SIZE, header->str, header->len);
  at = file + PREFIX_SIZE + header->len;
  for (int i = 0; i < n_tensors; i++)
    {
      gsize n = count_values (&tensors[i]);

      put_values (at, n, tensors[i].values);
      at += n * sizeof (float);
    }
  g_string_free (header, TRUE);
  return g_bytes_new_take (file, size);
}
