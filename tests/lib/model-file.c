/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model-file.c: model files in memory, to be damaged by tests */
#include "model-file.h"

#include <string.h>

const char tiny_description[] =
  "{\"version\":1,\"name\":\"tiny\",\"credits\":\"nobody\","
  "\"input\":{\"mean\":[0.5,0.25,0.125],\"scale\":[1,2,4],\"order\":\"rgb\"},"
  "\"padding\":\"zero\",\"layers\":["
  "{\"op\":\"conv\",\"name\":\"c1\",\"relu\":true},"
  "{\"op\":\"tap\",\"name\":\"t1\"},"
  "{\"op\":\"avgpool\",\"size\":2},"
  "{\"op\":\"conv\",\"name\":\"c2\"},"
  "{\"op\":\"tap\",\"name\":\"t2\",\"project\":\"p2\"}],"
  "\"style\":[\"t1\",\"t2\"],\"content\":[\"t2\"]}";

const char tiny_tensors[] =
  "\"c1.weight\":{\"dtype\":\"F32\",\"shape\":[4,3,3,3],"
  "\"data_offsets\":[0,432]},"
  "\"c1.bias\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[432,448]},"
  "\"c2.weight\":{\"dtype\":\"F32\",\"shape\":[2,4,1,1],"
  "\"data_offsets\":[448,480]},"
  "\"c2.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[480,488]},"
  "\"p2.weight\":{\"dtype\":\"F32\",\"shape\":[3,2,1,1],"
  "\"data_offsets\":[488,512]},"
  "\"p2.bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[512,524]}";

void
tiny_values (float *ret_values)
{
  for (int i = 0; i < TINY_N_PARAMETERS; i++)
    ret_values[i] = (i - 65) / 64.0f;
}

GBytes *
model_file_new (const char *header, const void *data, gsize size)
{
  GByteArray *file = g_byte_array_new ();
  guint64     length = GUINT64_TO_LE (strlen (header));

  g_byte_array_append (file, (const guint8 *) &length, sizeof length);
  g_byte_array_append (file, (const guint8 *) header, strlen (header));
  g_byte_array_append (file, data, size);

  return g_byte_array_free_to_bytes (file);
}

GBytes *
model_file_from_bytes (const guint8 *bytes, gsize size)
{
  g_autofree char *header = NULL;
  gsize            skipped;

  if (size == 0 || bytes[0] != '{')
    return g_bytes_new (bytes, size);

  header = g_strndup ((const char *) bytes, size);
  skipped = MIN (strlen (header) + 1, size);
  return model_file_new (header, bytes + skipped, size - skipped);
}

char *
model_header (const char *description, const char *tensors)
{
  GString *header = g_string_new ("{\"__metadata__\":{\"pastiche\":\"");

  for (const char *c = description; *c; c++)
    if ((guchar) *c < 0x20)
      g_string_append_printf (header, "\\u%04x", *c);
    else
      {
        if (*c == '"' || *c == '\\')
          g_string_append_c (header, '\\');
        g_string_append_c (header, *c);
      }

  g_string_append (header, "\"}");
  if (*tensors)
    g_string_append_printf (header, ",%s", tensors);
  g_string_append_c (header, '}');

  return g_string_free (header, FALSE);
}

GBytes *
tiny_file_new (const char *description, const char *tensors)
{
  g_autofree char *header = model_header (description, tensors);
  float            values[TINY_N_PARAMETERS];
  guint8           data[TINY_DATA_SIZE];

  tiny_values (values);
  for (int i = 0; i < TINY_N_PARAMETERS; i++)
    {
      guint32 bits;

      memcpy (&bits, &values[i], sizeof bits);
      bits = GUINT32_TO_LE (bits);
      memcpy (data + 4 * i, &bits, sizeof bits);
    }

  return model_file_new (header, data, sizeof data);
}

char *
replace_once (const char *text, const char *find, const char *replacement)
{
  const char *at = strstr (text, find);

  g_assert_nonnull (at);
  g_assert_null (strstr (at + 1, find));

  return g_strdup_printf ("%.*s%s%s", (int) (at - text), text, replacement,
                          at + strlen (find));
}
