/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torch-storage.c: blocks of values in a file that torch.save() wrote */
#include "torch-storage.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

#define MAX_STORAGE (1 << 30) /* bytes, as many as a file may have */

gboolean
pst_torch_fail_damaged (GError **error)
{
  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("it is truncated or damaged; download the file again"));
}

void
pst_torch_storage_free (PstTorchStorage *storage)
{
  if (! storage)
    return;

  g_free (storage->key);
  g_free (storage->type);
  g_free (storage);
}

/* The type is that of a PST_PICKLED_GLOBAL. */
static void
set_type (PstTorchStorage *storage)
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

const char *
pst_torch_storage_key (const PstPickled *pickled)
{
  return pst_pickled_item (pickled, 2, PST_PICKLED_TEXT)->text;
}

PstTorchStorage *
pst_torch_storage_new (const PstPickled *pickled, GError **error)
{
  gint64            n = pst_pickled_item (pickled, 4, PST_PICKLED_INT)->number;
  const PstPickled *view =
    pickled->items->len > 5 ? pickled->items->pdata[5] : NULL;
  PstTorchStorage *storage = g_new0 (PstTorchStorage, 1);

  storage->key = g_strdup (pst_torch_storage_key (pickled));
  storage->type =
    g_strdup (pst_pickled_item (pickled, 1, PST_PICKLED_GLOBAL)->text);
  set_type (storage);
  if (n < 0 || n > MAX_STORAGE / (gint64) MAX (storage->value_size, 1)
      || (view && view->kind != PST_PICKLED_NONE))
    {
      pst_torch_fail_damaged (error);
      g_clear_pointer (&storage, pst_torch_storage_free);
      return NULL;
    }

  storage->size = n * storage->value_size;
  return storage;
}
