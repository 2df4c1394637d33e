/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle-objects.c: the meaning of torch's functions and classes in a pickle */
#include "pickle-objects.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "pickle-bytes.h"

/* ---- names -------------------------------------------------------------- */

/* Whether @name is of the module @module, or of one in it. */
static gboolean
is_of_module (const char *name, const char *module)
{
  gsize length = strlen (module);

  return strncmp (name, module, length) == 0
         && (name[length] == ' ' || name[length] == '.');
}

gboolean
pst_pickle_object_global (const char *name, GError **error)
{
  static const char *const modules[] = {
    "os",     "posix",     "nt",    "sys",        "subprocess", "socket",
    "shutil", "importlib", "runpy", "webbrowser", "pty",        "ctypes",
  };
  static const char *const functions[] = { "__builtin__ eval",
                                           "__builtin__ exec",
                                           "__builtin__ execfile",
                                           "__builtin__ open",
                                           "builtins eval",
                                           "builtins exec",
                                           "builtins open",
                                           "builtins compile",
                                           "__builtin__ compile",
                                           "io open",
                                           "_io open",
                                           "builtins __import__",
                                           "__builtin__ file",
                                           "codecs open",
                                           "__builtin__ __import__",
                                           NULL };
  gboolean                 evil = g_strv_contains (functions, name);

  for (gsize i = 0; i < G_N_ELEMENTS (modules); i++)
    evil |= is_of_module (name, modules[i]);
  if (! evil)
    return TRUE;

  g_autofree char *dotted = g_strdelimit (g_strdup (name), " ", '.');
  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("it asks Python to run \"%s\", as malicious files do; "
                      "nothing was executed"),
                   dotted);
}

/* ---- calls -------------------------------------------------------------- */

typedef PstPickled *(*Call) (PstPickleHeap    *heap,
                             const PstPickled *arguments,
                             GError          **error);

/* An OrderedDict of nothing, or, as Python 2 wrote it, of a list of pairs. */
static PstPickled *
call_ordered_dict (PstPickleHeap    *heap,
                   const PstPickled *arguments,
                   GError          **error)
{
  PstPickled       *dict = pst_pickle_heap_make (heap, PST_PICKLED_DICT);
  const PstPickled *list = pst_pickled_item (arguments, 0, PST_PICKLED_LIST);

  if (arguments->items->len == 0)
    return dict;
  if (! list)
    {
      pst_pickle_fail_damaged (error);
      return NULL;
    }
  if (! pst_pickle_heap_count (heap, list->items->len, error))
    return NULL;

  for (guint i = 0; i < list->items->len; i++)
    {
      const PstPickled *pair = list->items->pdata[i];

      if ((pair->kind != PST_PICKLED_LIST && pair->kind != PST_PICKLED_TUPLE)
          || pair->items->len != 2)
        {
          pst_pickle_fail_damaged (error);
          return NULL;
        }
      g_ptr_array_add (dict->items, pair->items->pdata[0]);
      g_ptr_array_add (dict->items, pair->items->pdata[1]);
    }
  return dict;
}

static PstPickled *
call_tensor (PstPickleHeap *heap, const PstPickled *arguments, GError **error)
{
  PstPickled *tensor;

  if (! pst_pickled_item (arguments, 0, PST_PICKLED_STORAGE)
      || ! pst_pickled_item (arguments, 1, PST_PICKLED_INT)
      || ! pst_pickled_item (arguments, 2, PST_PICKLED_TUPLE)
      || ! pst_pickled_item (arguments, 3, PST_PICKLED_TUPLE))
    {
      pst_pickle_fail_damaged (error);
      return NULL;
    }

  tensor = pst_pickle_heap_make (heap, PST_PICKLED_TENSOR);
  tensor->items = g_ptr_array_ref (arguments->items);
  return tensor;
}

/* A parameter is a tensor; old ones get theirs later, as their state. */
static PstPickled *
call_parameter (PstPickleHeap    *heap,
                const PstPickled *arguments,
                GError          **error)
{
  if (arguments->items->len == 0)
    return pst_pickle_heap_make (heap, PST_PICKLED_PARAMETER);
  if (pst_pickled_item (arguments, 0, PST_PICKLED_TENSOR))
    return arguments->items->pdata[0];
  return pst_pickle_heap_make (heap, PST_PICKLED_OBJECT);
}

/* A tensor with attributes, or of a class of its own: function, class,
 * arguments of the function, attributes. */
static PstPickled *
call_from_type (PstPickleHeap    *heap,
                const PstPickled *arguments,
                GError          **error)
{
  const PstPickled *function =
    pst_pickled_item (arguments, 0, PST_PICKLED_GLOBAL);
  const PstPickled *own = pst_pickled_item (arguments, 2, PST_PICKLED_TUPLE);

  if (function && own
      && g_str_has_prefix (function->text, "torch._utils _rebuild_tensor"))
    return call_tensor (heap, own, error);
  return pst_pickle_heap_make (heap, PST_PICKLED_OBJECT);
}

PstPickled *
pst_pickle_object_call (PstPickleHeap    *heap,
                        const PstPickled *function,
                        const PstPickled *arguments,
                        GError          **error)
{
  static const struct
  {
    const char *name;
    Call        call;
  } known[] = {
    { "collections OrderedDict", call_ordered_dict },
    { "torch._utils _rebuild_tensor", call_tensor },
    { "torch._utils _rebuild_tensor_v2", call_tensor },
    { "torch._utils _rebuild_parameter", call_parameter },
    { "torch._utils _rebuild_parameter_with_state", call_parameter },
    { "torch.nn.parameter Parameter", call_parameter },
    { "torch._tensor _rebuild_from_type_v2", call_from_type },
  };

  if (function->kind == PST_PICKLED_GLOBAL)
    for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
      if (g_str_equal (function->text, known[i].name))
        return known[i].call (heap, arguments, error);
  return pst_pickle_heap_make (heap, PST_PICKLED_OBJECT);
}

/* ---- state -------------------------------------------------------------- */

/* Adds the items of @dict to those of @object. */
static gboolean
add_items (PstPickleHeap    *heap,
           PstPickled       *object,
           const PstPickled *dict,
           GError          **error)
{
  guint n = dict->items->len;

  if (! pst_pickle_heap_count (heap, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (object->items, dict->items->pdata[i]);
  return TRUE;
}

gboolean
pst_pickle_object_build (PstPickleHeap    *heap,
                         PstPickled       *object,
                         const PstPickled *state,
                         GError          **error)
{
  const PstPickled *tensor = pst_pickled_item (state, 0, PST_PICKLED_TENSOR);

  if (object->kind == PST_PICKLED_PARAMETER)
    {
      if (! tensor)
        return pst_pickle_fail_damaged (error);
      object->kind = PST_PICKLED_TENSOR;
      object->items = g_ptr_array_ref (tensor->items);
    }
  else if (object->kind == PST_PICKLED_OBJECT
           && state->kind == PST_PICKLED_DICT)
    return add_items (heap, object, state, error);

  /* Attributes of other objects are not needed. */
  return TRUE;
}

/* ---- outside ------------------------------------------------------------ */

PstPickled *
pst_pickle_object_outside (PstPickleHeap    *heap,
                           const PstPickled *id,
                           GError          **error)
{
  const PstPickled *what = pst_pickled_item (id, 0, PST_PICKLED_TEXT);
  PstPickled       *storage;

  /* A class, and its source code. */
  if (what && g_str_equal (what->text, "module")
      && pst_pickled_item (id, 1, PST_PICKLED_GLOBAL))
    return id->items->pdata[1];

  if (! what || id->kind != PST_PICKLED_TUPLE
      || ! pst_pickled_item (id, 1, PST_PICKLED_GLOBAL)
      || ! pst_pickled_item (id, 2, PST_PICKLED_TEXT)
      || ! pst_pickled_item (id, 4, PST_PICKLED_INT))
    {
      pst_pickle_fail_damaged (error);
      return NULL;
    }

  storage = pst_pickle_heap_make (heap, PST_PICKLED_STORAGE);
  storage->items = g_ptr_array_ref (id->items);
  g_ptr_array_add (heap->storages, storage);
  return storage;
}
