/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torch-file.c: the tensors of a file that torch.save() wrote */
#include "torch-file.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "torch-names.h"
#include "zip.h"

#define MAX_PICKLE  (1 << 26) /* bytes, in an archive */
#define MAX_STORAGE (1 << 30) /* bytes, as many as a file may have */
#define MAX_TENSORS (1 << 16)
#define PROTOCOL    1001

/* The magic number, a LONG1, with which the first pickle of a stream ends. */
static const guint8 stream_magic[] = { 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9,
                                       0x20, 0x6a, 0xa8, 0x50, 0x19, '.' };
#define MAX_MAGIC_BEGIN 11 /* after PROTO and FRAME */

/* A block of values; tensors are parts of it. */
typedef struct
{
  char    *key;  /* owned */
  char    *type; /* owned */
  PstDtype dtype;
  gsize    value_size; /* bytes; 0: not known */
  gsize    size;       /* bytes */
  gsize    begin;      /* of a stream: in the file; 0: not there */
} Storage;

typedef struct
{
  PstTensor      tensor; /* begin, end: in the storage, of the values that the
                          * strides reach */
  gsize          strides[PST_TENSOR_MAX_DIMENSIONS]; /* values */
  const Storage *storage;
} Entry;

struct _PstTorchFile
{
  GBytes     *bytes;
  char       *folder;   /* of an archive: before "data/KEY"; NULL: a stream */
  GHashTable *storages; /* key -> Storage, owned */
  GPtrArray  *entries;  /* Entry, owned, in the order of the file */
  GHashTable *names;    /* name -> Entry, borrowed */
};

static gboolean
fail_damaged (GError **error)
{
  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("it is truncated or damaged; download the file again"));
}

/* ---- storages ----------------------------------------------------------- */

static void
storage_free (gpointer data)
{
  Storage *storage = data;

  g_free (storage->key);
  g_free (storage->type);
  g_free (storage);
}

/* The type is that of a PST_PICKLED_GLOBAL. */
static void
set_type (Storage *storage)
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
    { "torch DoubleStorage", 8, PST_DTYPE_F64 },
    { "torch LongStorage", 8, PST_DTYPE_OTHER },
    { "torch IntStorage", 4, PST_DTYPE_OTHER },
    { "torch ShortStorage", 2, PST_DTYPE_OTHER },
    { "torch CharStorage", 1, PST_DTYPE_OTHER },
    { "torch ByteStorage", 1, PST_DTYPE_OTHER },
    { "torch BoolStorage", 1, PST_DTYPE_OTHER },
    { "torch ComplexFloatStorage", 8, PST_DTYPE_OTHER },
    { "torch ComplexDoubleStorage", 16, PST_DTYPE_OTHER },
    { "torch QInt8Storage", 1, PST_DTYPE_OTHER },
    { "torch QUInt8Storage", 1, PST_DTYPE_OTHER },
    { "torch QInt32Storage", 4, PST_DTYPE_OTHER },
  };

  storage->dtype = PST_DTYPE_OTHER;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (storage->type, known[i].type))
      {
        storage->value_size = known[i].size;
        storage->dtype = known[i].dtype;
      }
}

/* Notes a storage that the pickle mentions, if it is new. */
static gboolean
add_storage (PstTorchFile *file, const PstPickled *pickled, GError **error)
{
  const char       *key = pst_pickled_item (pickled, 2, PST_PICKLED_TEXT)->text;
  gint64            n = pst_pickled_item (pickled, 4, PST_PICKLED_INT)->number;
  const PstPickled *view =
    pickled->items->len > 5 ? pickled->items->pdata[5] : NULL;
  Storage *storage;

  if (g_hash_table_contains (file->storages, key))
    return TRUE;

  storage = g_new0 (Storage, 1);
  storage->key = g_strdup (key);
  storage->type =
    g_strdup (pst_pickled_item (pickled, 1, PST_PICKLED_GLOBAL)->text);
  g_hash_table_insert (file->storages, storage->key, storage);
  set_type (storage);
  if (n < 0 || n > MAX_STORAGE / (gint64) MAX (storage->value_size, 1)
      || (view && view->kind != PST_PICKLED_NONE))
    return fail_damaged (error);

  storage->size = n * storage->value_size;
  return TRUE;
}

static gboolean
add_storages (PstTorchFile *file, const PstPickle *pickle, GError **error)
{
  const GPtrArray *storages = pst_pickle_get_storages (pickle);

  for (guint i = 0; i < storages->len; i++)
    if (! add_storage (file, storages->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* ---- tensors ------------------------------------------------------------ */

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->tensor.name);
  g_free (entry);
}

/* Reads shape and strides.  *@ret_reach: values of the storage from the first
 * to the last of the tensor's. */
static gboolean
read_shape (Entry            *entry,
            const PstPickled *pickled,
            gsize            *ret_reach,
            GError          **error)
{
  const PstPickled *shape = pickled->items->pdata[2];
  const PstPickled *strides = pickled->items->pdata[3];
  gsize             n = 1;
  gsize             last = 0;

  if (strides->items->len != shape->items->len)
    return pst_fail (error, PST_ERROR_MODEL, _ ("the shape is invalid"));

  entry->tensor.n_dimensions = shape->items->len;
  for (guint i = 0; i < shape->items->len; i++)
    {
      const PstPickled *side = pst_pickled_item (shape, i, PST_PICKLED_INT);
      const PstPickled *stride = pst_pickled_item (strides, i, PST_PICKLED_INT);
      gsize             step;

      if (! side || ! stride || side->number < 0 || stride->number < 0)
        return pst_fail (error, PST_ERROR_MODEL, _ ("the shape is invalid"));
      if (! g_size_checked_mul (&n, n, (gsize) side->number)
          || ! g_size_checked_mul (&step, (gsize) MAX (side->number - 1, 0),
                                   (gsize) stride->number)
          || ! g_size_checked_add (&last, last, step))
        return pst_fail (error, PST_ERROR_MODEL, _ ("the shape is too large"));
      entry->tensor.shape[i] = side->number;
      entry->strides[i] = stride->number;
    }

  entry->tensor.n_values = n;
  *ret_reach = n > 0 ? last + 1 : 0;
  return TRUE;
}

static gboolean
read_entry (PstTorchFile     *file,
            Entry            *entry,
            const PstPickled *pickled,
            GError          **error)
{
  const PstPickled *storage =
    pst_pickled_item (pickled, 0, PST_PICKLED_STORAGE);
  PstTensor *tensor = &entry->tensor;
  gint64     offset = pst_pickled_item (pickled, 1, PST_PICKLED_INT)->number;
  gsize      reach = 0;

  entry->storage =
    g_hash_table_lookup (file->storages,
                         pst_pickled_item (storage, 2, PST_PICKLED_TEXT)->text);
  tensor->dtype = entry->storage->dtype;
  if (! read_shape (entry, pickled, &reach, error))
    return FALSE;
  if (entry->storage->value_size == 0)
    return TRUE;

  gsize room = entry->storage->size / entry->storage->value_size;
  if (offset < 0 || (guint64) offset > room || reach > room - offset)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("it is larger than what is stored of it"));

  tensor->begin = offset * entry->storage->value_size;
  tensor->end = tensor->begin + reach * entry->storage->value_size;
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

  if (shape->items->len > PST_TENSOR_MAX_DIMENSIONS)
    return TRUE;
  if (file->entries->len == MAX_TENSORS)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("there are more than %d tensors"), MAX_TENSORS);

  Entry *entry = g_new0 (Entry, 1);
  entry->tensor.name = g_strdup (name);
  g_ptr_array_add (file->entries, entry);
  g_hash_table_replace (file->names, entry->tensor.name, entry);
  if (read_entry (file, entry, pickled, error))
    return TRUE;
  g_prefix_error (error, _ ("the tensor \"%s\": "), name);
  return FALSE;
}

/* ---- the object --------------------------------------------------------- */

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
      Storage          *storage = NULL;
      guint64           n;

      if (key)
        storage = g_hash_table_lookup (file->storages, key->text);
      if (! storage || storage->value_size == 0)
        return pst_fail (error, PST_ERROR_MODEL,
                         _ ("it has values of the unknown type \"%s\"; save "
                            "model.state_dict()"),
                         storage ? storage->type : "?");
      if (size - at < sizeof n || storage->size > size - at - sizeof n)
        return fail_damaged (error);

      memcpy (&n, data + at, sizeof n);
      if (GUINT64_FROM_LE (n) != storage->size / storage->value_size)
        return fail_damaged (error);
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
  if (file->entries->len == 0 && contains (file->bytes, "/constants.pkl"))
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("this is a TorchScript program without named tensors; "
                        "save model.state_dict() with torch.save()"));
  return TRUE;
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
      fail_damaged (error);
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
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, storage_free);
  file->entries = g_ptr_array_new_with_free_func (entry_free);
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
  g_ptr_array_unref (file->entries);
  g_hash_table_unref (file->storages);
  g_bytes_unref (file->bytes);
  g_free (file->folder);
  g_free (file);
}

guint
pst_torch_file_count (const PstTorchFile *file)
{
  return file->entries->len;
}

const PstTensor *
pst_torch_file_get (const PstTorchFile *file, guint index)
{
  const Entry *entry = file->entries->pdata[index];

  return &entry->tensor;
}

const PstTensor *
pst_torch_file_find (const PstTorchFile *file, const char *name)
{
  const Entry *entry = g_hash_table_lookup (file->names, name);

  return entry ? &entry->tensor : NULL;
}

/* ---- values ------------------------------------------------------------- */

static gboolean
is_in_order (const Entry *entry)
{
  gsize n = 1;

  for (int i = entry->tensor.n_dimensions - 1; i >= 0; i--)
    {
      if (entry->tensor.shape[i] > 1 && entry->strides[i] != n)
        return FALSE;
      n *= entry->tensor.shape[i];
    }
  return TRUE;
}

/* @storage: bytes, from the tensor's first value.  Returns its values in order;
 * the caller owns them. */
static guint8 *
gather (const Entry *entry, const guint8 *storage, GError **error)
{
  const PstTensor *tensor = &entry->tensor;
  gsize            value_size = entry->storage->value_size;
  gsize            place[PST_TENSOR_MAX_DIMENSIONS] = { 0 };
  guint8 *values = g_try_malloc (MAX (tensor->n_values, 1) * value_size);

  if (! values)
    {
      pst_fail_memory (error);
      return NULL;
    }

  for (gsize i = 0, from = 0; i < tensor->n_values; i++)
    {
      memcpy (values + i * value_size, storage + from * value_size, value_size);
      for (int d = tensor->n_dimensions - 1; d >= 0; d--)
        {
          from += entry->strides[d];
          if (++place[d] < (gsize) tensor->shape[d])
            break;
          from -= place[d] * entry->strides[d];
          place[d] = 0;
        }
    }
  return values;
}

/* The bytes of the storage; the caller owns them. */
static GBytes *
read_storage (const PstTorchFile *file, const Entry *entry, GError **error)
{
  const Storage *storage = entry->storage;

  if (file->folder)
    return read_from_archive (file, storage, error);
  if (storage->begin > 0)
    return g_bytes_new_from_bytes (file->bytes, storage->begin, storage->size);
  fail_damaged (error);
  return NULL;
}

float *
pst_torch_file_dup_values (const PstTorchFile *file,
                           const PstTensor    *tensor,
                           GError            **error)
{
  const Entry       *entry = g_hash_table_lookup (file->names, tensor->name);
  g_autofree guint8 *gathered = NULL;

  if (tensor->dtype == PST_DTYPE_OTHER)
    return pst_values_decode (tensor->name, tensor->dtype, 0, NULL, error);

  /* Only expanded tensors have more values than they reach: a small file could
   * ask for any number. */
  if (tensor->n_values
      > (tensor->end - tensor->begin) / entry->storage->value_size)
    {
      pst_fail (error, PST_ERROR_MODEL,
                _ ("the tensor \"%s\" repeats its values; save it as "
                   "tensor.contiguous()"),
                tensor->name);
      return NULL;
    }

  g_autoptr (GBytes) storage = read_storage (file, entry, error);
  if (! storage)
    return NULL;

  const guint8 *begin = g_bytes_get_data (storage, NULL);
  begin += tensor->begin;
  if (! is_in_order (entry))
    {
      gathered = gather (entry, begin, error);
      if (! gathered)
        return NULL;
      begin = gathered;
    }
  return pst_values_decode (tensor->name, tensor->dtype, tensor->n_values,
                            begin, error);
}
