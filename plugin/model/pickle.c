/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle.c: the part of Python's pickle format that tensors need
 *
 * Values refer to each other as the pickle says, also in circles; so all of
 * them are owned by the pickle, and nothing here follows references.
 */
#include "pickle.h"

#include <string.h>

#include "core/base/error.h"

/* Instructions and copied items of one pickle; a network of a thousand tensors
 * takes some 30 000. */
#define MAX_STEPS (1 << 21)

struct _PstPickle
{
  GPtrArray        *values; /* all, owned */
  const PstPickled *root;
};

typedef struct
{
  PstPickle    *pickle;
  const guint8 *data;
  gsize         size;
  gsize         at;
  gsize         steps; /* so far */
  GPtrArray    *stack; /* PstPickled, borrowed; NULL: a mark */
  GHashTable   *memo;  /* number -> PstPickled, borrowed */
} Reader;

static gboolean
fail_cut_off (GError **error)
{
  return pst_fail (error, PST_ERROR_MODEL,
                   "its list of tensors is truncated or damaged");
}

/* Whether @n steps more may be done: a few bytes can ask for many. */
static gboolean
count_steps (Reader *reader, gsize n, GError **error)
{
  reader->steps += n;
  return reader->steps <= MAX_STEPS
         || pst_fail (error, PST_ERROR_MODEL,
                      "its list of tensors takes more than %d steps",
                      MAX_STEPS);
}

/* ---- values ------------------------------------------------------------- */

static void
pickled_free (gpointer data)
{
  PstPickled *value = data;

  g_free (value->text);
  g_clear_pointer (&value->items, g_ptr_array_unref);
  g_free (value);
}

/* Makes a value; the pickle owns it. */
static PstPickled *
make (Reader *reader, PstPickledKind kind)
{
  PstPickled *value = g_new0 (PstPickled, 1);

  value->kind = kind;
  if (kind == PST_PICKLED_TUPLE || kind == PST_PICKLED_LIST
      || kind == PST_PICKLED_DICT)
    value->items = g_ptr_array_new ();
  g_ptr_array_add (reader->pickle->values, value);
  return value;
}

static void
push (Reader *reader, PstPickled *value)
{
  g_ptr_array_add (reader->stack, value);
}

static PstPickled *
push_new (Reader *reader, PstPickledKind kind)
{
  PstPickled *value = make (reader, kind);

  push (reader, value);
  return value;
}

static void
push_number (Reader *reader, gint64 number)
{
  push_new (reader, PST_PICKLED_INT)->number = number;
}

/* The value on top of the stack, which stays there; NULL: there is none. */
static PstPickled *
top (Reader *reader)
{
  guint n = reader->stack->len;

  return n > 0 ? reader->stack->pdata[n - 1] : NULL;
}

static PstPickled *
pop (Reader *reader)
{
  PstPickled *value = top (reader);

  if (value)
    g_ptr_array_set_size (reader->stack, reader->stack->len - 1);
  return value;
}

/* Moves what is above the topmost mark to the end of @items, and drops the
 * mark. */
static gboolean
pop_to_mark (Reader *reader, GPtrArray *items, GError **error)
{
  guint begin = reader->stack->len;

  while (begin > 0 && reader->stack->pdata[begin - 1])
    begin--;
  if (begin == 0)
    return fail_cut_off (error);

  for (guint i = begin; i < reader->stack->len; i++)
    g_ptr_array_add (items, reader->stack->pdata[i]);
  g_ptr_array_set_size (reader->stack, begin - 1);
  return TRUE;
}

/* ---- the program's bytes ------------------------------------------------ */

/* @n bytes; NULL with @error set where there are not so many. */
static const guint8 *
take (Reader *reader, gsize n, GError **error)
{
  const guint8 *bytes = reader->data + reader->at;

  if (n > reader->size - reader->at)
    {
      fail_cut_off (error);
      return NULL;
    }

  reader->at += n;
  return bytes;
}

/* A little-endian number of @n bytes, 1 to 8. */
static gboolean
take_number (Reader  *reader,
             gsize    n,
             gboolean is_signed,
             gint64  *ret_number,
             GError **error)
{
  const guint8 *bytes = take (reader, n, error);
  guint64       number = 0;

  if (! bytes)
    return FALSE;

  for (gsize i = n; i-- > 0;)
    number = number << 8 | bytes[i];
  if (is_signed && n < 8 && bytes[n - 1] & 0x80)
    number |= ~G_GUINT64_CONSTANT (0) << (8 * n);
  *ret_number = (gint64) number;
  return TRUE;
}

/* @length bytes of text, to be freed by the caller. */
static char *
take_text (Reader *reader, gint64 length, GError **error)
{
  const guint8 *bytes = take (reader, length, error);

  if (! bytes)
    return NULL;
  if (! g_utf8_validate_len ((const char *) bytes, length, NULL))
    {
      pst_fail (error, PST_ERROR_MODEL, "its names are not text in UTF-8");
      return NULL;
    }
  return g_strndup ((const char *) bytes, length);
}

/* Up to the end of the line, which is dropped. */
static char *
take_line (Reader *reader, GError **error)
{
  const guint8 *begin = reader->data + reader->at;
  const guint8 *end = memchr (begin, '\n', reader->size - reader->at);

  if (! end)
    {
      fail_cut_off (error);
      return NULL;
    }

  char *line = take_text (reader, end - begin, error);
  reader->at++;
  return line;
}

/* ---- instructions: values ----------------------------------------------- */

static gboolean
do_number (Reader *reader, gsize n, gboolean is_signed, GError **error)
{
  gint64 number;

  if (! take_number (reader, n, is_signed, &number, error))
    return FALSE;

  push_number (reader, number);
  return TRUE;
}

/* A number of any length, of which only those up to 8 bytes are known. */
static gboolean
do_long (Reader *reader, GError **error)
{
  gint64 n;

  if (! take_number (reader, 1, FALSE, &n, error))
    return FALSE;
  if (n > 8)
    return pst_fail (error, PST_ERROR_MODEL,
                     "its list of tensors has a number of %" G_GINT64_FORMAT
                     " bytes",
                     n);
  if (n > 0)
    return do_number (reader, n, TRUE, error);

  push_number (reader, 0);
  return TRUE;
}

/* @size_bytes: of the length before the text */
static gboolean
do_text (Reader *reader, gsize size_bytes, GError **error)
{
  gint64 length;

  if (! take_number (reader, size_bytes, FALSE, &length, error))
    return FALSE;

  char *text = take_text (reader, length, error);
  if (! text)
    return FALSE;

  push_new (reader, PST_PICKLED_TEXT)->text = text;
  return TRUE;
}

/* A tuple of the @n topmost values. */
static gboolean
do_tuple (Reader *reader, guint n, GError **error)
{
  PstPickled *tuple = make (reader, PST_PICKLED_TUPLE);

  for (guint i = 0; i < n; i++)
    {
      PstPickled *item = pop (reader);

      if (! item)
        return fail_cut_off (error);
      g_ptr_array_insert (tuple->items, 0, item);
    }

  push (reader, tuple);
  return TRUE;
}

static gboolean
do_marked_tuple (Reader *reader, GError **error)
{
  PstPickled *tuple = make (reader, PST_PICKLED_TUPLE);

  if (! pop_to_mark (reader, tuple->items, error))
    return FALSE;

  push (reader, tuple);
  return TRUE;
}

/* @marked: all above the mark; else the @n topmost values, added to what lies
 * below them, which is of @kind. */
static gboolean
do_add (Reader        *reader,
        PstPickledKind kind,
        gboolean       marked,
        guint          n,
        GError       **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  if (marked)
    {
      if (! pop_to_mark (reader, items, error))
        return FALSE;
    }
  else
    for (guint i = 0; i < n; i++)
      {
        PstPickled *item = pop (reader);

        if (! item)
          return fail_cut_off (error);
        g_ptr_array_insert (items, 0, item);
      }

  PstPickled *to = top (reader);
  if (! to || to->kind != kind
      || (kind == PST_PICKLED_DICT && items->len % 2 != 0))
    return fail_cut_off (error);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (to->items, items->pdata[i]);
  return TRUE;
}

static gboolean
do_memo_put (Reader *reader, gsize size_bytes, GError **error)
{
  gint64 number;

  if (! take_number (reader, size_bytes, FALSE, &number, error))
    return FALSE;
  if (! top (reader))
    return fail_cut_off (error);

  g_hash_table_insert (reader->memo, GUINT_TO_POINTER (number), top (reader));
  return TRUE;
}

static gboolean
do_memo_get (Reader *reader, gsize size_bytes, GError **error)
{
  gint64 number;

  if (! take_number (reader, size_bytes, FALSE, &number, error))
    return FALSE;

  PstPickled *value =
    g_hash_table_lookup (reader->memo, GUINT_TO_POINTER (number));
  if (! value)
    return fail_cut_off (error);

  push (reader, value);
  return TRUE;
}

/* ---- instructions: functions and classes -------------------------------- */

static gboolean
is_known_global (const char *name)
{
  static const char *const known[] = {
    "collections OrderedDict",         "torch._utils _rebuild_tensor",
    "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_parameter",
    "torch.nn.parameter Parameter",    NULL
  };

  return g_strv_contains (known, name)
         || (g_str_has_prefix (name, "torch ")
             && g_str_has_suffix (name, "Storage"));
}

static gboolean
do_global (Reader *reader, GError **error)
{
  g_autofree char *module = take_line (reader, error);
  g_autofree char *name = module ? take_line (reader, error) : NULL;

  if (! name)
    return FALSE;

  g_autofree char *global = g_strconcat (module, " ", name, NULL);
  if (! is_known_global (global))
    return pst_fail (error, PST_ERROR_MODEL,
                     "it asks for “%s.%s”, which tensors do not need; such "
                     "calls are never run",
                     module, name);

  push_new (reader, PST_PICKLED_GLOBAL)->text = g_steal_pointer (&global);
  return TRUE;
}

/* An OrderedDict of nothing, or, as Python 2 wrote it, of a list of pairs. */
static gboolean
call_ordered_dict (Reader *reader, const PstPickled *arguments, GError **error)
{
  PstPickled       *dict = push_new (reader, PST_PICKLED_DICT);
  const PstPickled *list = pst_pickled_item (arguments, 0, PST_PICKLED_LIST);

  if (arguments->items->len == 0)
    return TRUE;
  if (! list)
    return fail_cut_off (error);
  if (! count_steps (reader, list->items->len, error))
    return FALSE;

  for (guint i = 0; i < list->items->len; i++)
    {
      const PstPickled *pair = list->items->pdata[i];

      if ((pair->kind != PST_PICKLED_LIST && pair->kind != PST_PICKLED_TUPLE)
          || pair->items->len != 2)
        return fail_cut_off (error);
      g_ptr_array_add (dict->items, pair->items->pdata[0]);
      g_ptr_array_add (dict->items, pair->items->pdata[1]);
    }
  return TRUE;
}

static gboolean
call_tensor (Reader *reader, const PstPickled *arguments, GError **error)
{
  if (! pst_pickled_item (arguments, 0, PST_PICKLED_STORAGE)
      || ! pst_pickled_item (arguments, 1, PST_PICKLED_INT)
      || ! pst_pickled_item (arguments, 2, PST_PICKLED_TUPLE)
      || ! pst_pickled_item (arguments, 3, PST_PICKLED_TUPLE))
    return fail_cut_off (error);

  push_new (reader, PST_PICKLED_TENSOR)->items =
    g_ptr_array_ref (arguments->items);
  return TRUE;
}

/* A parameter is a tensor; old ones get theirs later, from do_build(). */
static gboolean
call_parameter (Reader *reader, const PstPickled *arguments, GError **error)
{
  if (arguments->items->len == 0)
    {
      push_new (reader, PST_PICKLED_PARAMETER);
      return TRUE;
    }
  if (! pst_pickled_item (arguments, 0, PST_PICKLED_TENSOR))
    return fail_cut_off (error);

  push (reader, arguments->items->pdata[0]);
  return TRUE;
}

/* A function with its arguments, or a class with those of its making. */
static gboolean
do_call (Reader *reader, GError **error)
{
  const PstPickled *arguments = pop (reader);
  const PstPickled *function = arguments ? pop (reader) : NULL;

  if (! function || arguments->kind != PST_PICKLED_TUPLE
      || function->kind != PST_PICKLED_GLOBAL)
    return fail_cut_off (error);

  if (g_str_has_suffix (function->text, "OrderedDict"))
    return call_ordered_dict (reader, arguments, error);
  if (strstr (function->text, "_rebuild_tensor"))
    return call_tensor (reader, arguments, error);
  if (g_str_has_suffix (function->text, "arameter"))
    return call_parameter (reader, arguments, error);

  return pst_fail (error, PST_ERROR_MODEL,
                   "it wants to call “%s”, which is refused", function->text);
}

/* Attributes of an object, which say nothing that is needed, but for an old
 * parameter: (tensor, ...). */
static gboolean
do_build (Reader *reader, GError **error)
{
  const PstPickled *state = pop (reader);
  PstPickled       *object = state ? top (reader) : NULL;
  const PstPickled *tensor;

  if (! object)
    return fail_cut_off (error);
  if (object->kind == PST_PICKLED_DICT || object->kind == PST_PICKLED_TENSOR)
    return TRUE;

  tensor = pst_pickled_item (state, 0, PST_PICKLED_TENSOR);
  if (object->kind != PST_PICKLED_PARAMETER || ! tensor)
    return fail_cut_off (error);

  object->kind = PST_PICKLED_TENSOR;
  object->items = g_ptr_array_ref (tensor->items);
  return TRUE;
}

static gboolean
do_storage (Reader *reader, GError **error)
{
  const PstPickled *id = pop (reader);

  if (! id || id->kind != PST_PICKLED_TUPLE
      || ! pst_pickled_item (id, 0, PST_PICKLED_TEXT)
      || ! pst_pickled_item (id, 1, PST_PICKLED_GLOBAL)
      || ! pst_pickled_item (id, 2, PST_PICKLED_TEXT)
      || ! pst_pickled_item (id, 4, PST_PICKLED_INT))
    return fail_cut_off (error);

  push_new (reader, PST_PICKLED_STORAGE)->items = g_ptr_array_ref (id->items);
  return TRUE;
}

/* ---- the machine -------------------------------------------------------- */

/* One instruction; the names are pickletools'.  Longer than others, as it is
 * the table of what is known. */
static gboolean
run (Reader *reader, guint8 instruction, GError **error)
{
  switch (instruction)
    {
    case 0x80:
      return take (reader, 1, error) != NULL; /* PROTO */
    case '(':
      push (reader, NULL);
      return TRUE; /* MARK */
    case 'N':
      push_new (reader, PST_PICKLED_NONE);
      return TRUE;
    case 0x88:
      push_number (reader, 1);
      return TRUE; /* NEWTRUE */
    case 0x89:
      push_number (reader, 0);
      return TRUE; /* NEWFALSE */
    case 'K':
      return do_number (reader, 1, FALSE, error); /* BININT1 */
    case 'M':
      return do_number (reader, 2, FALSE, error); /* BININT2 */
    case 'J':
      return do_number (reader, 4, TRUE, error); /* BININT */
    case 0x8a:
      return do_long (reader, error); /* LONG1 */
    case 'X':
      return do_text (reader, 4, error); /* BINUNICODE */
    case 'T':
      return do_text (reader, 4, error); /* BINSTRING */
    case 'U':
      return do_text (reader, 1, error); /* SHORT_... */
    case ')':
      return do_tuple (reader, 0, error); /* EMPTY_TUPLE */
    case 0x85:
      return do_tuple (reader, 1, error); /* TUPLE1 */
    case 0x86:
      return do_tuple (reader, 2, error);
    case 0x87:
      return do_tuple (reader, 3, error);
    case 't':
      return do_marked_tuple (reader, error); /* TUPLE */
    case ']':
      push_new (reader, PST_PICKLED_LIST);
      return TRUE;
    case '}':
      push_new (reader, PST_PICKLED_DICT);
      return TRUE;
    case 'a':
      return do_add (reader, PST_PICKLED_LIST, FALSE, 1, error);
    case 'e':
      return do_add (reader, PST_PICKLED_LIST, TRUE, 0, error);
    case 's':
      return do_add (reader, PST_PICKLED_DICT, FALSE, 2, error);
    case 'u':
      return do_add (reader, PST_PICKLED_DICT, TRUE, 0, error);
    case 'q':
      return do_memo_put (reader, 1, error); /* BINPUT */
    case 'r':
      return do_memo_put (reader, 4, error); /* LONG_BINPUT */
    case 'h':
      return do_memo_get (reader, 1, error); /* BINGET */
    case 'j':
      return do_memo_get (reader, 4, error); /* LONG_BINGET */
    case 'c':
      return do_global (reader, error); /* GLOBAL */
    case 'R':
      return do_call (reader, error); /* REDUCE */
    case 0x81:
      return do_call (reader, error); /* NEWOBJ */
    case 'b':
      return do_build (reader, error); /* BUILD */
    case 'Q':
      return do_storage (reader, error); /* BINPERSID */
    default:
      return pst_fail (error, PST_ERROR_MODEL,
                       "its list of tensors has the instruction 0x%02x, which "
                       "tensors do not need",
                       instruction);
    }
}

static gboolean
run_all (Reader *reader, GError **error)
{
  while (count_steps (reader, 1, error))
    {
      const guint8 *instruction = take (reader, 1, error);

      if (! instruction)
        return FALSE;
      if (*instruction == '.') /* STOP */
        {
          reader->pickle->root = top (reader);
          return reader->pickle->root ? TRUE : fail_cut_off (error);
        }
      if (! run (reader, *instruction, error))
        return FALSE;
    }

  return FALSE;
}

PstPickle *
pst_pickle_new (const guint8 *data, gsize size, gsize *ret_used, GError **error)
{
  g_autoptr (PstPickle) pickle = g_new0 (PstPickle, 1);
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();
  g_autoptr (GHashTable) memo = g_hash_table_new (NULL, NULL);
  Reader reader = {
    .pickle = pickle, .data = data, .size = size, .stack = stack, .memo = memo
  };

  pickle->values = g_ptr_array_new_with_free_func (pickled_free);
  if (! run_all (&reader, error))
    return NULL;

  if (ret_used)
    *ret_used = reader.at;
  return g_steal_pointer (&pickle);
}

void
pst_pickle_free (PstPickle *pickle)
{
  if (! pickle)
    return;

  g_ptr_array_unref (pickle->values);
  g_free (pickle);
}

/* ---- access ------------------------------------------------------------- */

const PstPickled *
pst_pickle_get_root (const PstPickle *pickle)
{
  return pickle->root;
}

const PstPickled *
pst_pickled_item (const PstPickled *value, guint index, PstPickledKind kind)
{
  const PstPickled *item = NULL;

  if (value->items && index < value->items->len)
    item = value->items->pdata[index];
  return item && item->kind == kind ? item : NULL;
}

const PstPickled *
pst_pickled_find (const PstPickled *dict, const char *key)
{
  for (guint i = 0; i + 1 < dict->items->len; i += 2)
    {
      const PstPickled *name = pst_pickled_item (dict, i, PST_PICKLED_TEXT);

      if (name && g_str_equal (name->text, key))
        return dict->items->pdata[i + 1];
    }
  return NULL;
}
