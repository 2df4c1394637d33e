/* SPDX-License-Identifier: GPL-3.0-or-later */
/* safetensors.c: the safetensors container
 *
 * Source: the description in https://github.com/huggingface/safetensors
 */
#include "safetensors.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "foreign-file.h"
#include "json.h"

#define PREFIX_SIZE 8 /* bytes of the header's length */

struct _PstSafetensors
{
  GBytes       *bytes;
  const guint8 *data;     /* inside bytes */
  GHashTable   *tensors;  /* name, owned by the tensor -> PstTensor, owned */
  GHashTable   *metadata; /* string -> string, both owned */
};

/* ---- numbers ------------------------------------------------------------ */

static guint64
read_le64 (const guint8 *bytes)
{
  guint64 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT64_FROM_LE (value);
}

static PstDtype
dtype_from_name (const char *name)
{
  if (strcmp (name, "F32") == 0)
    return PST_DTYPE_F32;
  if (strcmp (name, "F16") == 0)
    return PST_DTYPE_F16;
  if (strcmp (name, "BF16") == 0)
    return PST_DTYPE_BF16;
  if (strcmp (name, "F64") == 0)
    return PST_DTYPE_F64;

  return PST_DTYPE_OTHER;
}

/* ---- one tensor --------------------------------------------------------- */

static void
tensor_free (PstTensor *tensor)
{
  g_free (tensor->name);
  g_free (tensor);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstTensor, tensor_free)

/* Sets n_values and checks that the number of bytes matches the shape. */
static gboolean
tensor_check_size (PstTensor *tensor, GError **error)
{
  guint64 size = pst_dtype_size (tensor->dtype);

  if (tensor->dtype == PST_DTYPE_OTHER)
    return TRUE;

  for (int i = 0; i < tensor->n_dimensions; i++)
    if (! g_uint64_checked_mul (&size, size, (guint64) tensor->shape[i]))
      return pst_fail (error, PST_ERROR_MODEL, _ ("the shape is too large"));

  if (size != tensor->end - tensor->begin)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the shape needs %llu bytes, but there are %zu"),
                     (unsigned long long) size, tensor->end - tensor->begin);

  tensor->n_values = size / pst_dtype_size (tensor->dtype);
  return TRUE;
}

static gboolean
tensor_read (PstTensor  *tensor,
             JsonObject *object,
             gsize       data_size,
             GError    **error)
{
  const char *dtype = pst_json_get_string (object, "dtype", NULL, error);
  gint64      offsets[2];
  int         n_offsets;

  if (! dtype
      || ! pst_json_get_counts (object, "shape", PST_TENSOR_MAX_DIMENSIONS,
                                tensor->shape, &tensor->n_dimensions, error)
      || ! pst_json_get_counts (object, "data_offsets", 2, offsets, &n_offsets,
                                error))
    return FALSE;

  if (n_offsets != 2 || offsets[0] > offsets[1]
      || (guint64) offsets[1] > data_size)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the data are not in the file, which is truncated or "
                        "damaged; download it again"));

  tensor->dtype = dtype_from_name (dtype);
  tensor->begin = offsets[0];
  tensor->end = offsets[1];

  return tensor_check_size (tensor, error);
}

static PstTensor *
tensor_new (const char *name,
            JsonObject *header,
            gsize       data_size,
            GError    **error)
{
  g_autoptr (PstTensor) tensor = g_new0 (PstTensor, 1);
  JsonObject *object = pst_json_get_object (header, name, error);

  tensor->name = g_strdup (name);

  if (! object)
    {
      g_prefix_error (error, _ ("header: "));
      return NULL;
    }
  if (! tensor_read (tensor, object, data_size, error))
    {
      g_prefix_error (error, _ ("the tensor \"%s\": "), name);
      return NULL;
    }

  return g_steal_pointer (&tensor);
}

/* ---- the header --------------------------------------------------------- */

static gboolean
read_metadata (PstSafetensors *file, JsonObject *header, GError **error)
{
  JsonObject *object = pst_json_get_object (header, "__metadata__", error);

  if (! object)
    {
      g_prefix_error (error, _ ("header: "));
      return FALSE;
    }

  g_autoptr (GList) keys = json_object_get_members (object);
  for (GList *link = keys; link; link = link->next)
    {
      const char *value = pst_json_get_string (object, link->data, NULL, error);

      if (! value)
        {
          g_prefix_error (error, _ ("metadata: "));
          return FALSE;
        }
      g_hash_table_insert (file->metadata, g_strdup (link->data),
                           g_strdup (value));
    }

  return TRUE;
}

static gint
compare_offsets (gconstpointer a, gconstpointer b)
{
  const PstTensor *first = *(const PstTensor *const *) a;
  const PstTensor *second = *(const PstTensor *const *) b;

  if (first->begin != second->begin)
    return first->begin < second->begin ? -1 : 1;

  return (first->end > second->end) - (first->end < second->end);
}

GPtrArray *
pst_safetensors_list (const PstSafetensors *file)
{
  GPtrArray     *tensors = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       tensor;

  g_hash_table_iter_init (&iter, file->tensors);
  while (g_hash_table_iter_next (&iter, NULL, &tensor))
    g_ptr_array_add (tensors, tensor);
  g_ptr_array_sort (tensors, compare_offsets);
  return tensors;
}

/* The tensors, in the order of the data, must fill it. */
static gboolean
check_layout (const PstSafetensors *file, gsize data_size, GError **error)
{
  g_autoptr (GPtrArray) tensors = pst_safetensors_list (file);
  gsize at = 0;

  for (guint i = 0; i < tensors->len; i++)
    {
      const PstTensor *tensor = tensors->pdata[i];

      if (tensor->begin < at)
        return pst_fail (error, PST_ERROR_MODEL,
                         _ ("the tensor \"%s\" overlaps another"),
                         tensor->name);
      if (tensor->begin > at)
        return pst_fail (error, PST_ERROR_MODEL,
                         _ ("the tensor \"%s\" follows a gap in the data"),
                         tensor->name);
      at = tensor->end;
    }

  if (at != data_size)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("%zu bytes at the end belong to no tensor"),
                     data_size - at);

  return TRUE;
}

static gboolean
read_header (PstSafetensors *file,
             JsonObject     *header,
             gsize           data_size,
             GError        **error)
{
  g_autoptr (GList) names = json_object_get_members (header);

  for (GList *link = names; link; link = link->next)
    {
      const char *name = link->data;

      if (strcmp (name, "__metadata__") == 0)
        {
          if (! read_metadata (file, header, error))
            return FALSE;
          continue;
        }

      PstTensor *tensor = tensor_new (name, header, data_size, error);
      if (! tensor)
        return FALSE;
      g_hash_table_insert (file->tensors, tensor->name, tensor);
    }

  return check_layout (file, data_size, error);
}

PstSafetensors *
pst_safetensors_new (GBytes *bytes, GError **error)
{
  gsize         size = 0;
  const guint8 *start = g_bytes_get_data (bytes, &size);

  if (size < PREFIX_SIZE + 2 || start[PREFIX_SIZE] != '{')
    {
      pst_foreign_file_fail (bytes, error);
      return NULL;
    }

  guint64 length = read_le64 (start);
  if (length > PST_SAFETENSORS_MAX_HEADER || length > size - PREFIX_SIZE)
    {
      pst_fail (error, PST_ERROR_MODEL,
                _ ("the header is truncated, or longer than %d bytes; "
                   "download the file again"),
                PST_SAFETENSORS_MAX_HEADER);
      return NULL;
    }

  const char *text = (const char *) start + PREFIX_SIZE;
  g_autoptr (JsonObject) header = pst_json_parse (text, length, error);
  if (! header)
    {
      g_prefix_error (error, _ ("header: "));
      return NULL;
    }

  g_autoptr (PstSafetensors) file = g_new0 (PstSafetensors, 1);
  file->bytes = g_bytes_ref (bytes);
  file->data = start + PREFIX_SIZE + length;
  file->tensors = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) tensor_free);
  file->metadata =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (! read_header (file, header, size - PREFIX_SIZE - length, error))
    return NULL;

  return g_steal_pointer (&file);
}

void
pst_safetensors_free (PstSafetensors *file)
{
  if (! file)
    return;

  g_bytes_unref (file->bytes);
  g_hash_table_unref (file->tensors);
  g_hash_table_unref (file->metadata);
  g_free (file);
}

/* ---- access ------------------------------------------------------------- */

const char *
pst_safetensors_get_metadata (const PstSafetensors *file, const char *key)
{
  return g_hash_table_lookup (file->metadata, key);
}

const PstTensor *
pst_safetensors_find (const PstSafetensors *file, const char *name)
{
  return g_hash_table_lookup (file->tensors, name);
}

const guint8 *
pst_safetensors_get_data (const PstSafetensors *file)
{
  return file->data;
}

float *
pst_safetensors_dup_values (const PstSafetensors *file,
                            const PstTensor      *tensor,
                            GError              **error)
{
  PstDtype dtype =
    tensor->dtype == PST_DTYPE_F64 ? PST_DTYPE_OTHER : tensor->dtype;

  return pst_values_decode (tensor->name, dtype, tensor->n_values,
                            file->data + tensor->begin, error);
}
