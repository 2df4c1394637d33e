/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torch-file.c: the tensors of a file that torch.save() wrote */
#include "torch-file.h"

#include <string.h>

#include "core/base/error.h"
#include "pickle.h"
#include "zip.h"

#define MAX_PICKLE (1 << 26) /* bytes, in an archive */
#define MAX_STORAGE                                        \
  (1 << 28) /* values; the largest layer of VGG has 2^26.6 \
             */
#define PROTOCOL 1001

/* The magic number as a pickle, with which the stream begins. */
static const guint8 stream_magic[] = { 0x80, 0x02, 0x8a, 0x0a, 0x6c,
                                       0xfc, 0x9c, 0x46, 0xf9, 0x20,
                                       0x6a, 0xa8, 0x50, 0x19, '.' };

/* Values that lie together, of which a tensor is a part. */
typedef struct
{
  char    *key; /* owned */
  PstDtype dtype;
  gsize    value_size; /* bytes */
  gsize    size;       /* bytes */
  gsize    begin;      /* of a stream: in the file; 0: not there */
} Storage;

typedef struct
{
  PstTensor      tensor; /* begin, end: in the storage */
  const Storage *storage;
} Entry;

struct _PstTorchFile
{
  GBytes     *bytes;
  char       *folder;   /* of an archive: before "data/KEY"; NULL: a stream */
  GHashTable *storages; /* key -> Storage, owned */
  GHashTable *entries;  /* name -> Entry, owned */
};

/* ---- tensors of the object ---------------------------------------------- */

static void
storage_free (gpointer data)
{
  Storage *storage = data;

  g_free (storage->key);
  g_free (storage);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->tensor.name);
  g_free (entry);
}

/* @type: of a PST_PICKLED_GLOBAL */
static gboolean
read_type (Storage *storage, const char *type, GError **error)
{
  static const struct
  {
    const char *type;
    gsize       size;
    PstDtype    dtype;
  } known[] = {
    { "torch FloatStorage", 4, PST_DTYPE_F32 },
    { "torch HalfStorage", 2, PST_DTYPE_F16 },
    { "torch BFloat16Storage", 2, PST_DTYPE_BF16 },
    { "torch DoubleStorage", 8, PST_DTYPE_OTHER },
    { "torch LongStorage", 8, PST_DTYPE_OTHER },
    { "torch IntStorage", 4, PST_DTYPE_OTHER },
    { "torch ShortStorage", 2, PST_DTYPE_OTHER },
    { "torch CharStorage", 1, PST_DTYPE_OTHER },
    { "torch ByteStorage", 1, PST_DTYPE_OTHER },
    { "torch BoolStorage", 1, PST_DTYPE_OTHER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (type, known[i].type))
      {
        storage->value_size = known[i].size;
        storage->dtype = known[i].dtype;
        return TRUE;
      }

  return pst_fail (error, PST_ERROR_MODEL,
                   "it has tensors of the unknown type “%s”", type);
}

/* What a tensor lies in, made when it is met first; owned by @file. */
static const Storage *
find_storage (PstTorchFile *file, const PstPickled *pickled, GError **error)
{
  const char *type = pst_pickled_item (pickled, 1, PST_PICKLED_GLOBAL)->text;
  const char *key = pst_pickled_item (pickled, 2, PST_PICKLED_TEXT)->text;
  gint64      n = pst_pickled_item (pickled, 4, PST_PICKLED_INT)->number;
  const PstPickled *view =
    pickled->items->len > 5 ? pickled->items->pdata[5] : NULL;
  Storage *storage = g_hash_table_lookup (file->storages, key);

  if (storage)
    return storage;

  storage = g_new0 (Storage, 1);
  storage->key = g_strdup (key);
  g_hash_table_insert (file->storages, storage->key, storage);
  if (! read_type (storage, type, error))
    return NULL;
  if (n < 0 || n > MAX_STORAGE || (view && view->kind != PST_PICKLED_NONE))
    {
      pst_fail (error, PST_ERROR_MODEL,
                "the values “%s” in it have an invalid size", key);
      return NULL;
    }

  storage->size = n * storage->value_size;
  return storage;
}

/* Reads shape and strides, which must be those of values in order. */
static gboolean
read_shape (PstTensor *tensor, const PstPickled *pickled, GError **error)
{
  const PstPickled *shape = pickled->items->pdata[2];
  const PstPickled *strides = pickled->items->pdata[3];
  gsize             n = 1;

  if (shape->items->len > PST_TENSOR_MAX_DIMENSIONS
      || strides->items->len != shape->items->len)
    return pst_fail (error, PST_ERROR_MODEL, "its shape is invalid");

  tensor->n_dimensions = shape->items->len;
  for (int i = tensor->n_dimensions - 1; i >= 0; i--)
    {
      const PstPickled *side = pst_pickled_item (shape, i, PST_PICKLED_INT);
      const PstPickled *stride = pst_pickled_item (strides, i, PST_PICKLED_INT);

      if (! side || ! stride || side->number < 0)
        return pst_fail (error, PST_ERROR_MODEL, "its shape is invalid");
      if (side->number > 1 && (guint64) stride->number != n)
        return pst_fail (error, PST_ERROR_MODEL,
                         "its values are not in order; save it as "
                         "tensor.contiguous()");
      if (! g_size_checked_mul (&n, n, (gsize) side->number))
        return pst_fail (error, PST_ERROR_MODEL, "its shape is too large");
      tensor->shape[i] = side->number;
    }

  tensor->n_values = n;
  return TRUE;
}

static gboolean
read_entry (PstTorchFile     *file,
            Entry            *entry,
            const PstPickled *pickled,
            GError          **error)
{
  PstTensor *tensor = &entry->tensor;
  gint64     offset = pst_pickled_item (pickled, 1, PST_PICKLED_INT)->number;

  entry->storage = find_storage (file, pickled->items->pdata[0], error);
  if (! entry->storage || ! read_shape (tensor, pickled, error))
    return FALSE;

  gsize room = entry->storage->size / entry->storage->value_size;
  if (offset < 0 || (guint64) offset > room || tensor->n_values > room - offset)
    return pst_fail (error, PST_ERROR_MODEL, "it is larger than its storage");

  tensor->dtype = entry->storage->dtype;
  tensor->begin = offset * entry->storage->value_size;
  tensor->end = tensor->begin + tensor->n_values * entry->storage->value_size;
  return TRUE;
}

static gboolean
read_object (PstTorchFile *file, const PstPickled *object, GError **error)
{
  if (object->kind != PST_PICKLED_DICT)
    return pst_fail (error, PST_ERROR_MODEL,
                     "it contains something other than named tensors; save "
                     "model.state_dict()");

  for (guint i = 0; i + 1 < object->items->len; i += 2)
    {
      const PstPickled *name = pst_pickled_item (object, i, PST_PICKLED_TEXT);
      const PstPickled *tensor =
        pst_pickled_item (object, i + 1, PST_PICKLED_TENSOR);

      if (! name || ! tensor)
        continue;

      Entry *entry = g_new0 (Entry, 1);
      entry->tensor.name = g_strdup (name->text);
      g_hash_table_replace (file->entries, entry->tensor.name, entry);
      if (! read_entry (file, entry, tensor, error))
        {
          g_prefix_error (error, "the tensor “%s”: ", name->text);
          return FALSE;
        }
    }

  return TRUE;
}

/* ---- the stream --------------------------------------------------------- */

static PstPickle *
next_pickle (const guint8 *data, gsize size, gsize *at, GError **error)
{
  gsize      used;
  PstPickle *pickle = pst_pickle_new (data + *at, size - *at, &used, error);

  if (pickle)
    *at += used;
  return pickle;
}

static gboolean
check_origin (const PstPickled *version,
              const PstPickled *machine,
              GError          **error)
{
  const PstPickled *little = machine->kind == PST_PICKLED_DICT
                               ? pst_pickled_find (machine, "little_endian")
                               : NULL;

  if (version->kind != PST_PICKLED_INT || version->number != PROTOCOL)
    return pst_fail (error, PST_ERROR_MODEL, "its version is unknown");
  if (! little || little->kind != PST_PICKLED_INT || ! little->number)
    return pst_fail (error, PST_ERROR_MODEL,
                     "it was written on a machine with another byte order");
  return TRUE;
}

/* Finds out where each storage begins. */
static gboolean
place_storages (PstTorchFile     *file,
                const PstPickled *keys,
                const guint8     *data,
                gsize             size,
                gsize             at,
                GError          **error)
{
  for (guint i = 0; keys->items && i < keys->items->len; i++)
    {
      const PstPickled *key = pst_pickled_item (keys, i, PST_PICKLED_TEXT);
      Storage          *storage = NULL;
      guint64           n;

      if (key)
        storage = g_hash_table_lookup (file->storages, key->text);
      if (! storage)
        return pst_fail (error, PST_ERROR_MODEL,
                         "it contains more than named tensors; save "
                         "model.state_dict()");
      if (size - at < sizeof n || storage->size > size - at - sizeof n)
        return pst_fail (error, PST_ERROR_MODEL,
                         "it is truncated; get the file again");

      memcpy (&n, data + at, sizeof n);
      if (GUINT64_FROM_LE (n) != storage->size / storage->value_size)
        return pst_fail (error, PST_ERROR_MODEL,
                         "it is damaged; get the file again");
      storage->begin = at + sizeof n;
      at = storage->begin + storage->size;
    }

  return TRUE;
}

static gboolean
read_stream (PstTorchFile *file, GError **error)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (file->bytes, &size);
  gsize         at = sizeof stream_magic;
  g_autoptr (PstPickle) version = next_pickle (data, size, &at, error);
  if (! version)
    return FALSE;

  g_autoptr (PstPickle) machine = next_pickle (data, size, &at, error);
  if (! machine
      || ! check_origin (pst_pickle_get_root (version),
                         pst_pickle_get_root (machine), error))
    return FALSE;

  g_autoptr (PstPickle) object = next_pickle (data, size, &at, error);
  if (! object || ! read_object (file, pst_pickle_get_root (object), error))
    return FALSE;

  g_autoptr (PstPickle) keys = next_pickle (data, size, &at, error);
  return keys
         && place_storages (file, pst_pickle_get_root (keys), data, size, at,
                            error);
}

/* ---- the archive -------------------------------------------------------- */

static gboolean
check_byte_order (PstTorchFile *file, GError **error)
{
  g_autofree char *name = g_strconcat (file->folder, "byteorder", NULL);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) order = pst_zip_read (file->bytes, name, 16, &reason);

  /* older files have none */
  if (g_error_matches (reason, PST_ERROR, PST_ERROR_MEMORY))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (order && g_bytes_get_size (order) >= 3
      && memcmp (g_bytes_get_data (order, NULL), "big", 3) == 0)
    return pst_fail (error, PST_ERROR_MODEL,
                     "it was written on a machine with another byte order");
  return TRUE;
}

static gboolean
read_archive (PstTorchFile *file, GError **error)
{
  static const char ending[] = "/data.pkl";
  g_autofree char  *name = pst_zip_find (file->bytes, ending, error);
  if (! name)
    return FALSE;

  file->folder = g_strndup (name, strlen (name) - strlen (ending) + 1);
  if (! check_byte_order (file, error))
    return FALSE;

  g_autoptr (GBytes) text = pst_zip_read (file->bytes, name, MAX_PICKLE, error);
  if (! text)
    return FALSE;

  gsize         size;
  const guint8 *data = g_bytes_get_data (text, &size);
  g_autoptr (PstPickle) object = pst_pickle_new (data, size, NULL, error);

  return object && read_object (file, pst_pickle_get_root (object), error);
}

static GBytes *
read_from_archive (const PstTorchFile *file,
                   const Storage      *storage,
                   GError            **error)
{
  g_autofree char *name =
    g_strconcat (file->folder, "data/", storage->key, NULL);
  g_autoptr (GBytes) bytes =
    pst_zip_read (file->bytes, name, storage->size, error);

  if (bytes && g_bytes_get_size (bytes) != storage->size)
    {
      pst_fail (error, PST_ERROR_MODEL,
                "“%s” in it is too short; get the file again", name);
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

/* ---- public ------------------------------------------------------------- */

static gboolean
begins_with (GBytes *bytes, const void *start, gsize n)
{
  return g_bytes_get_size (bytes) >= n
         && memcmp (g_bytes_get_data (bytes, NULL), start, n) == 0;
}

static gboolean
is_archive (GBytes *bytes)
{
  return begins_with (bytes, "PK\3\4", 4);
}

gboolean
pst_torch_file_detect (GBytes *bytes)
{
  return is_archive (bytes)
         || begins_with (bytes, stream_magic, sizeof stream_magic);
}

PstTorchFile *
pst_torch_file_new (GBytes *bytes, GError **error)
{
  g_autoptr (PstTorchFile) file = g_new0 (PstTorchFile, 1);

  file->bytes = g_bytes_ref (bytes);
  file->storages =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, storage_free);
  file->entries =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  if (is_archive (bytes) ? ! read_archive (file, error)
                         : ! read_stream (file, error))
    return NULL;

  return g_steal_pointer (&file);
}

void
pst_torch_file_free (PstTorchFile *file)
{
  if (! file)
    return;

  g_hash_table_unref (file->entries);
  g_hash_table_unref (file->storages);
  g_bytes_unref (file->bytes);
  g_free (file->folder);
  g_free (file);
}

const PstTensor *
pst_torch_file_find (const PstTorchFile *file, const char *name)
{
  const Entry *entry = g_hash_table_lookup (file->entries, name);

  return entry ? &entry->tensor : NULL;
}

float *
pst_torch_file_dup_values (const PstTorchFile *file,
                           const PstTensor    *tensor,
                           GError            **error)
{
  const Entry   *entry = g_hash_table_lookup (file->entries, tensor->name);
  const Storage *storage = entry->storage;
  g_autoptr (GBytes) values = NULL;

  if (file->folder)
    values = read_from_archive (file, storage, error);
  else if (storage->begin > 0)
    values =
      g_bytes_new_from_bytes (file->bytes, storage->begin, storage->size);
  else
    pst_fail (error, PST_ERROR_MODEL, "the values of “%s” are missing",
              tensor->name);
  if (! values)
    return NULL;

  const guint8 *start = g_bytes_get_data (values, NULL);
  return pst_values_decode (tensor->name, tensor->dtype, tensor->n_values,
                            start + tensor->begin, error);
}
