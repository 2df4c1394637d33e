/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torch-file.c: the tensors of a file that torch.save() wrote */
#include "torch-file.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "torch-names.h"
#include "torch-tensor.h"
#include "zip.h"

#define MAX_PICKLE  (1 << 26) /* bytes, in an archive */
#define MAX_TENSORS (1 << 16)
#define PROTOCOL    1001

/* The magic number, a LONG1, with which the first pickle of a stream ends. */
static const guint8 stream_magic[] = { 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9,
                                       0x20, 0x6a, 0xa8, 0x50, 0x19, '.' };
#define MAX_MAGIC_BEGIN 11 /* after PROTO and FRAME */

struct _PstTorchFile
{
  GBytes     *bytes;
  char       *folder;   /* of an archive: before "data/KEY"; NULL: a stream */
  GHashTable *storages; /* key -> PstTorchStorage, owned */
  GPtrArray  *tensors;  /* PstTorchTensor, owned, in the order of the file */
  GHashTable *names;    /* name -> PstTorchTensor, borrowed */
};

/* ---- the object --------------------------------------------------------- */

/* Adds the storages that the pickle mentions, each once. */
static gboolean
add_storages (PstTorchFile *file, const PstPickle *pickle, GError **error)
{
  const GPtrArray *storages = pst_pickle_get_storages (pickle);

  for (guint i = 0; i < storages->len; i++)
    {
      const char      *key = pst_torch_storage_key (storages->pdata[i]);
      PstTorchStorage *storage;

      if (g_hash_table_contains (file->storages, key))
        continue;
      storage = pst_torch_storage_new (storages->pdata[i], error);
      if (! storage)
        return FALSE;
      g_hash_table_insert (file->storages, storage->key, storage);
    }
  return TRUE;
}

/* A PstTorchTensorFunc; @data: PstTorchFile.  Tensors of more dimensions than a
 * PstTensor can have are no weights. */
static gboolean
add_tensor (const char       *name,
            const PstPickled *pickled,
            gpointer          data,
            GError          **error)
{
  PstTorchFile     *file = data;
  const PstPickled *shape = pst_pickled_item (pickled, 2, PST_PICKLED_TUPLE);
  const PstPickled *storage =
    pst_pickled_item (pickled, 0, PST_PICKLED_STORAGE);
  PstTorchTensor *tensor;

  if (shape->items->len > PST_TENSOR_MAX_DIMENSIONS)
    return TRUE;
  if (file->tensors->len == MAX_TENSORS)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("there are more than %d tensors"), MAX_TENSORS);

  tensor = g_new0 (PstTorchTensor, 1);
  tensor->tensor.name = g_strdup (name);
  tensor->storage =
    g_hash_table_lookup (file->storages, pst_torch_storage_key (storage));
  g_ptr_array_add (file->tensors, tensor);
  g_hash_table_replace (file->names, tensor->tensor.name, tensor);
  if (pst_torch_tensor_read (tensor, pickled, error))
    return TRUE;
  g_prefix_error (error, _ ("the tensor \"%s\": "), name);
  return FALSE;
}

static gboolean
read_object (PstTorchFile *file, const PstPickle *pickle, GError **error)
{
  return add_storages (file, pickle, error)
         && pst_torch_names_each (pst_pickle_get_root (pickle), add_tensor,
                                  file, error);
}

/* ---- the stream --------------------------------------------------------- */

/* Where a stream continues after the magic number; 0: it is no stream. */
static gsize
find_stream (GBytes *bytes)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size < MAX_MAGIC_BEGIN + sizeof stream_magic || data[0] != 0x80)
    return 0;
  for (gsize at = 2; at <= MAX_MAGIC_BEGIN; at++)
    if (memcmp (data + at, stream_magic, sizeof stream_magic) == 0)
      return at + sizeof stream_magic;
  return 0;
}

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
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("it was written in an unknown version of the format"));
  if (! little || little->kind != PST_PICKLED_INT || ! little->number)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("it was written on a machine with another byte "
                        "order"));
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
      PstTorchStorage  *storage = NULL;
      guint64           n;

      if (key)
        storage = g_hash_table_lookup (file->storages, key->text);
      if (! storage || storage->value_size == 0)
        return pst_fail (error, PST_ERROR_MODEL,
                         _ ("it has values of the unknown type \"%s\"; save "
                            "model.state_dict()"),
                         storage ? storage->type : "?");
      if (size - at < sizeof n || storage->size > size - at - sizeof n)
        return pst_torch_fail_damaged (error);

      memcpy (&n, data + at, sizeof n);
      if (GUINT64_FROM_LE (n) != storage->size / storage->value_size)
        return pst_torch_fail_damaged (error);
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
  gsize         at = find_stream (file->bytes);
  g_autoptr (PstPickle) version = next_pickle (data, size, &at, error);
  if (! version)
    return FALSE;

  g_autoptr (PstPickle) machine = next_pickle (data, size, &at, error);
  if (! machine
      || ! check_origin (pst_pickle_get_root (version),
                         pst_pickle_get_root (machine), error))
    return FALSE;

  g_autoptr (PstPickle) object = next_pickle (data, size, &at, error);
  if (! object || ! read_object (file, object, error))
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
                     _ ("it was written on a machine with another byte "
                        "order"));
  return TRUE;
}

/* Whether @zip contains a file whose name ends in @ending. */
static gboolean
contains (GBytes *zip, const char *ending)
{
  g_autofree char *name = pst_zip_find (zip, ending, NULL);

  return name != NULL;
}

static gboolean
fail_other_archive (GBytes *zip, GError **error)
{
  const char *program = contains (zip, ".npy")               ? "NumPy"
                        : contains (zip, "model.weights.h5") ? "Keras"
                                                             : NULL;

  if (program)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("this is a file of %s, which cannot be read; get the "
                        "weights for PyTorch (.pth or .safetensors), and "
                        "convert them with \"pastiche-model import\""),
                     program);
  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("this is a zip archive without weights of PyTorch; if it "
                      "contains a file of weights, unpack and import that"));
}

static gboolean
read_archive (PstTorchFile *file, GError **error)
{
  static const char ending[] = "/data.pkl";
  g_autoptr (GError) reason = NULL;
  g_autofree char *name = pst_zip_find (file->bytes, ending, &reason);

  if (reason)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (! name)
    return fail_other_archive (file->bytes, error);

  file->folder = g_strndup (name, strlen (name) - strlen (ending) + 1);
  if (! check_byte_order (file, error))
    return FALSE;

  g_autoptr (GBytes) text = pst_zip_read (file->bytes, name, MAX_PICKLE, error);
  if (! text)
    return FALSE;

  gsize         size;
  const guint8 *data = g_bytes_get_data (text, &size);
  g_autoptr (PstPickle) object = pst_pickle_new (data, size, NULL, error);

  if (! object || ! read_object (file, object, error))
    return FALSE;
  if (file->tensors->len == 0 && contains (file->bytes, "/constants.pkl"))
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("this is a TorchScript program without named tensors; "
                        "save model.state_dict() with torch.save()"));
  return TRUE;
}

static GBytes *
read_from_archive (const PstTorchFile    *file,
                   const PstTorchStorage *storage,
                   GError               **error)
{
  g_autofree char *name =
    g_strconcat (file->folder, "data/", storage->key, NULL);
  g_autoptr (GBytes) bytes =
    pst_zip_read (file->bytes, name, storage->size, error);

  if (bytes && g_bytes_get_size (bytes) != storage->size)
    {
      pst_torch_fail_damaged (error);
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

/* ---- public ------------------------------------------------------------- */

static gboolean
is_archive (GBytes *bytes)
{
  return g_bytes_get_size (bytes) >= 4
         && memcmp (g_bytes_get_data (bytes, NULL), "PK\3\4", 4) == 0;
}

gboolean
pst_torch_file_detect (GBytes *bytes)
{
  return is_archive (bytes) || find_stream (bytes) > 0;
}

PstTorchFile *
pst_torch_file_new (GBytes *bytes, GError **error)
{
  g_autoptr (PstTorchFile) file = g_new0 (PstTorchFile, 1);

  file->bytes = g_bytes_ref (bytes);
  file->storages =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                           (GDestroyNotify) pst_torch_storage_free);
  file->tensors =
    g_ptr_array_new_with_free_func ((GDestroyNotify) pst_torch_tensor_free);
  file->names = g_hash_table_new (g_str_hash, g_str_equal);
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

  g_hash_table_unref (file->names);
  g_ptr_array_unref (file->tensors);
  g_hash_table_unref (file->storages);
  g_bytes_unref (file->bytes);
  g_free (file->folder);
  g_free (file);
}

guint
pst_torch_file_count (const PstTorchFile *file)
{
  return file->tensors->len;
}

const PstTensor *
pst_torch_file_get (const PstTorchFile *file, guint index)
{
  const PstTorchTensor *tensor = file->tensors->pdata[index];

  return &tensor->tensor;
}

const PstTensor *
pst_torch_file_find (const PstTorchFile *file, const char *name)
{
  const PstTorchTensor *tensor = g_hash_table_lookup (file->names, name);

  return tensor ? &tensor->tensor : NULL;
}

/* The bytes of a storage; the caller owns them. */
static GBytes *
read_storage (const PstTorchFile    *file,
              const PstTorchStorage *storage,
              GError               **error)
{
  if (file->folder)
    return read_from_archive (file, storage, error);
  if (storage->begin > 0)
    return g_bytes_new_from_bytes (file->bytes, storage->begin, storage->size);
  pst_torch_fail_damaged (error);
  return NULL;
}

float *
pst_torch_file_dup_values (const PstTorchFile *file,
                           const PstTensor    *tensor,
                           GError            **error)
{
  const PstTorchTensor *found = g_hash_table_lookup (file->names, tensor->name);
  g_autoptr (GBytes) storage = NULL;

  if (tensor->dtype == PST_DTYPE_OTHER)
    return pst_values_decode (tensor->name, tensor->dtype, 0, NULL, error);
  /* Only expanded tensors do: a small file could ask for any number of
   * values. */
  if (pst_torch_tensor_repeats (found))
    {
      pst_fail (error, PST_ERROR_MODEL,
                _ ("the tensor \"%s\" repeats its values; save it as "
                   "tensor.contiguous()"),
                tensor->name);
      return NULL;
    }

  storage = read_storage (file, found->storage, error);
  return storage
           ? pst_torch_tensor_dup_values (found,
                                          g_bytes_get_data (storage, NULL),
                                          error)
           : NULL;
}
