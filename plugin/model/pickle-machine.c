/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pickle-machine.c: the stack machine of pickles, and its instructions */
#include "pickle-machine.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "pickle-objects.h"

typedef PstPickleMachine Machine;

/* ---- the stack ---------------------------------------------------------- */

static void
push (Machine *machine, PstPickled *value)
{
  g_ptr_array_add (machine->stack, value);
}

static PstPickled *
push_new (Machine *machine, PstPickledKind kind)
{
  PstPickled *value = pst_pickle_heap_make (machine->heap, kind);

  push (machine, value);
  return value;
}

/* The value on top of the stack, which stays there; NULL: there is none. */
static PstPickled *
top (Machine *machine)
{
  guint n = machine->stack->len;

  return n > 0 ? machine->stack->pdata[n - 1] : NULL;
}

static PstPickled *
pop (Machine *machine)
{
  PstPickled *value = top (machine);

  if (value)
    g_ptr_array_set_size (machine->stack, machine->stack->len - 1);
  return value;
}

/* Moves what is above the topmost mark to the end of @items, and drops the
 * mark. */
static gboolean
pop_to_mark (Machine *machine, GPtrArray *items, GError **error)
{
  guint begin = machine->stack->len;

  while (begin > 0 && machine->stack->pdata[begin - 1])
    begin--;
  if (begin == 0)
    return pst_pickle_fail_damaged (error);

  for (guint i = begin; i < machine->stack->len; i++)
    g_ptr_array_add (items, machine->stack->pdata[i]);
  g_ptr_array_set_size (machine->stack, begin - 1);
  return TRUE;
}

/* Moves the @n topmost values to the end of @items. */
static gboolean
pop_some (Machine *machine, guint n, GPtrArray *items, GError **error)
{
  GPtrArray *stack = machine->stack;

  if (n > stack->len)
    return pst_pickle_fail_damaged (error);
  for (guint i = stack->len - n; i < stack->len; i++)
    {
      if (! stack->pdata[i])
        return pst_pickle_fail_damaged (error);
      g_ptr_array_add (items, stack->pdata[i]);
    }
  g_ptr_array_set_size (stack, stack->len - n);
  return TRUE;
}

/* ---- instructions: simple values ---------------------------------------- */

/* Each instruction has a parameter of its own: bytes, values, or a kind. */

static gboolean
do_push (Machine *machine, gsize kind, GError **error)
{
  push_new (machine, kind);
  return TRUE;
}

static gboolean
do_boolean (Machine *machine, gsize value, GError **error)
{
  push_new (machine, PST_PICKLED_INT)->number = value;
  return TRUE;
}

static gboolean
do_count (Machine *machine, gsize n, GError **error)
{
  return pst_pickle_take_number (&machine->bytes, n, FALSE,
                                 &push_new (machine, PST_PICKLED_INT)->number,
                                 error);
}

static gboolean
do_integer (Machine *machine, gsize n, GError **error)
{
  return pst_pickle_take_number (&machine->bytes, n, TRUE,
                                 &push_new (machine, PST_PICKLED_INT)->number,
                                 error);
}

/* A number of any length, which stands in @n bytes. */
static gboolean
do_long (Machine *machine, gsize n, GError **error)
{
  gint64 length;

  if (! pst_pickle_take_number (&machine->bytes, n, FALSE, &length, error))
    return FALSE;
  if (length <= 8)
    return do_integer (machine, length, error);
  push_new (machine, PST_PICKLED_NONE);
  return pst_pickle_take (&machine->bytes, length, error) != NULL;
}

static void
push_text (Machine *machine, const char *text, gsize length)
{
  if (g_utf8_validate_len (text, length, NULL))
    push_new (machine, PST_PICKLED_TEXT)->text = g_strndup (text, length);
  else
    push_new (machine, PST_PICKLED_NONE);
}

/* @n: bytes of the length before the text */
static gboolean
do_text (Machine *machine, gsize n, GError **error)
{
  gint64        length;
  const guint8 *text;

  if (! pst_pickle_take_number (&machine->bytes, n, FALSE, &length, error))
    return FALSE;
  text = pst_pickle_take (&machine->bytes, length, error);
  if (! text)
    return FALSE;

  push_text (machine, (const char *) text, length);
  return TRUE;
}

/* Bytes that are skipped, after their length in @n bytes. */
static gboolean
do_bytes (Machine *machine, gsize n, GError **error)
{
  gint64 length;

  push_new (machine, PST_PICKLED_NONE);
  return pst_pickle_take_number (&machine->bytes, n, FALSE, &length, error)
         && pst_pickle_take (&machine->bytes, length, error);
}

/* The same for values of @n bytes. */
static gboolean
do_dropped (Machine *machine, gsize n, GError **error)
{
  push_new (machine, PST_PICKLED_NONE);
  return pst_pickle_take (&machine->bytes, n, error) != NULL;
}

static gboolean
do_skip (Machine *machine, gsize n, GError **error)
{
  return pst_pickle_take (&machine->bytes, n, error) != NULL;
}

/* The oldest protocols write values as lines. */
static gboolean
do_line (Machine *machine, gsize kind, GError **error)
{
  gsize       length;
  const char *line = pst_pickle_take_line (&machine->bytes, &length, error);

  if (! line)
    return FALSE;

  if (kind == PST_PICKLED_TEXT)
    push_text (machine, line, length);
  else
    {
      g_autofree char *digits = g_strndup (line, length);

      push_new (machine, kind)->number = g_ascii_strtoll (digits, NULL, 10);
    }
  return TRUE;
}

/* A text within quotation marks. */
static gboolean
do_quoted_line (Machine *machine, gsize unused, GError **error)
{
  gsize       length;
  const char *line = pst_pickle_take_line (&machine->bytes, &length, error);

  if (! line)
    return FALSE;
  if (length < 2)
    return pst_pickle_fail_damaged (error);

  push_text (machine, line + 1, length - 2);
  return TRUE;
}

/* ---- instructions: the stack -------------------------------------------- */

static gboolean
do_mark (Machine *machine, gsize unused, GError **error)
{
  push (machine, NULL);
  return TRUE;
}

static gboolean
do_pop (Machine *machine, gsize unused, GError **error)
{
  guint n = machine->stack->len;

  if (n == 0)
    return pst_pickle_fail_damaged (error);
  g_ptr_array_set_size (machine->stack, n - 1);
  return TRUE;
}

static gboolean
do_pop_mark (Machine *machine, gsize unused, GError **error)
{
  g_autoptr (GPtrArray) dropped = g_ptr_array_new ();

  return pop_to_mark (machine, dropped, error);
}

static gboolean
do_copy (Machine *machine, gsize unused, GError **error)
{
  if (! top (machine))
    return pst_pickle_fail_damaged (error);
  push (machine, top (machine));
  return TRUE;
}

/* ---- instructions: collections ------------------------------------------ */

/* A tuple of the @n topmost values. */
static gboolean
do_tuple (Machine *machine, gsize n, GError **error)
{
  PstPickled *tuple = pst_pickle_heap_make (machine->heap, PST_PICKLED_TUPLE);

  if (! pop_some (machine, n, tuple->items, error))
    return FALSE;
  push (machine, tuple);
  return TRUE;
}

/* What is above the mark, as a collection of @kind; NONE and OBJECT keep none
 * of it. */
static gboolean
do_collect (Machine *machine, gsize kind, GError **error)
{
  PstPickled *made = pst_pickle_heap_make (machine->heap, kind);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  if (! pop_to_mark (machine, items, error))
    return FALSE;
  if (kind == PST_PICKLED_DICT && items->len % 2 != 0)
    return pst_pickle_fail_damaged (error);

  if (kind != PST_PICKLED_NONE && kind != PST_PICKLED_OBJECT)
    g_ptr_array_extend (made->items, items, NULL, NULL);
  push (machine, made);
  return TRUE;
}

/* Adds @items to the value on top, which is of @kind, or of an unknown class,
 * which keeps the items of a dict only. */
static gboolean
add (Machine *machine, PstPickledKind kind, GPtrArray *items, GError **error)
{
  PstPickled *to = top (machine);

  if (! to || (kind == PST_PICKLED_DICT && items->len % 2 != 0))
    return pst_pickle_fail_damaged (error);
  if (to->items
      && (to->kind == kind
          || (to->kind == PST_PICKLED_OBJECT && kind == PST_PICKLED_DICT)))
    g_ptr_array_extend (to->items, items, NULL, NULL);
  else if (to->kind != PST_PICKLED_OBJECT && to->kind != PST_PICKLED_NONE)
    return pst_pickle_fail_damaged (error);
  return TRUE;
}

static gboolean
do_add_one (Machine *machine, gsize kind, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  return pop_some (machine, kind == PST_PICKLED_DICT ? 2 : 1, items, error)
         && add (machine, kind, items, error);
}

static gboolean
do_add (Machine *machine, gsize kind, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  return pop_to_mark (machine, items, error)
         && add (machine, kind, items, error);
}

/* ---- instructions: the memo --------------------------------------------- */

static gboolean
put (Machine *machine, gint64 number, GError **error)
{
  if (! top (machine))
    return pst_pickle_fail_damaged (error);
  g_hash_table_insert (machine->memo, GSIZE_TO_POINTER (number), top (machine));
  return TRUE;
}

static gboolean
get (Machine *machine, gint64 number, GError **error)
{
  PstPickled *value =
    g_hash_table_lookup (machine->memo, GSIZE_TO_POINTER (number));

  if (! value)
    return pst_pickle_fail_damaged (error);
  push (machine, value);
  return TRUE;
}

/* The number of a place in the memo, in @n bytes; 0: in a line. */
static gboolean
take_place (Machine *machine, gsize n, gint64 *ret_number, GError **error)
{
  gsize       length;
  const char *line;

  if (n > 0)
    return pst_pickle_take_number (&machine->bytes, n, FALSE, ret_number,
                                   error);
  line = pst_pickle_take_line (&machine->bytes, &length, error);
  if (! line)
    return FALSE;

  g_autofree char *digits = g_strndup (line, length);
  *ret_number = g_ascii_strtoll (digits, NULL, 10);
  return TRUE;
}

static gboolean
do_put (Machine *machine, gsize n, GError **error)
{
  gint64 number;

  return take_place (machine, n, &number, error)
         && put (machine, number, error);
}

static gboolean
do_get (Machine *machine, gsize n, GError **error)
{
  gint64 number;

  return take_place (machine, n, &number, error)
         && get (machine, number, error);
}

static gboolean
do_memoize (Machine *machine, gsize unused, GError **error)
{
  return put (machine, g_hash_table_size (machine->memo), error);
}

/* ---- instructions: functions and classes -------------------------------- */

/* Takes over @name. */
static gboolean
push_global (Machine *machine, char *name, GError **error)
{
  PstPickled *global = push_new (machine, PST_PICKLED_GLOBAL);

  global->text = g_utf8_make_valid (name, -1);
  g_free (name);
  return pst_pickle_object_global (global->text, error);
}

static gboolean
do_global (Machine *machine, gsize unused, GError **error)
{
  gsize       lengths[2];
  const char *module =
    pst_pickle_take_line (&machine->bytes, &lengths[0], error);
  const char *name =
    module ? pst_pickle_take_line (&machine->bytes, &lengths[1], error) : NULL;

  if (! name)
    return FALSE;
  return push_global (machine,
                      g_strdup_printf ("%.*s %.*s", (int) lengths[0], module,
                                       (int) lengths[1], name),
                      error);
}

/* The module and the name are on the stack. */
static gboolean
do_stack_global (Machine *machine, gsize unused, GError **error)
{
  const PstPickled *name = pop (machine);
  const PstPickled *module = name ? pop (machine) : NULL;

  if (! module || name->kind != PST_PICKLED_TEXT
      || module->kind != PST_PICKLED_TEXT)
    return pst_pickle_fail_damaged (error);
  return push_global (machine,
                      g_strconcat (module->text, " ", name->text, NULL), error);
}

/* A function or a class, called with arguments; after these there are @n other
 * values. */
static gboolean
do_call (Machine *machine, gsize n, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  if (! pop_some (machine, 2 + n, items, error))
    return FALSE;

  const PstPickled *arguments = items->pdata[1];
  if (arguments->kind != PST_PICKLED_TUPLE)
    return pst_pickle_fail_damaged (error);

  PstPickled *result =
    pst_pickle_object_call (machine->heap, items->pdata[0], arguments, error);
  if (result)
    push (machine, result);
  return result != NULL;
}

/* The oldest instruction for it: a class and arguments above the mark; @named:
 * the class stands in lines. */
static gboolean
do_instance (Machine *machine, gsize named, GError **error)
{
  return (! named
          || (do_global (machine, 0, error) && do_pop (machine, 0, error)))
         && do_collect (machine, PST_PICKLED_OBJECT, error);
}

static gboolean
do_build (Machine *machine, gsize unused, GError **error)
{
  const PstPickled *state = pop (machine);
  PstPickled       *object = state ? top (machine) : NULL;

  if (! object)
    return pst_pickle_fail_damaged (error);
  return pst_pickle_object_build (machine->heap, object, state, error);
}

static gboolean
do_outside (Machine *machine, gsize unused, GError **error)
{
  const PstPickled *id = pop (machine);

  if (! id)
    return pst_pickle_fail_damaged (error);

  PstPickled *value = pst_pickle_object_outside (machine->heap, id, error);
  if (value)
    push (machine, value);
  return value != NULL;
}

/* ---- the machine -------------------------------------------------------- */

typedef struct
{
  gboolean (*run) (Machine *machine, gsize argument, GError **error);
  gsize argument;
} Instruction;

/* By their codes; the names are pickletools'. */
static const Instruction instructions[256] = {
  [0x80] = { do_skip, 1 }, /* PROTO */
  [0x95] = { do_skip, 8 }, /* FRAME */
  ['N'] = { do_push, PST_PICKLED_NONE },
  [0x88] = { do_boolean, 1 }, /* NEWTRUE */
  [0x89] = { do_boolean, 0 }, /* NEWFALSE */
  ['K'] = { do_count, 1 },    /* BININT1 */
  ['M'] = { do_count, 2 },    /* BININT2 */
  ['J'] = { do_integer, 4 },  /* BININT */
  [0x8a] = { do_long, 1 },    /* LONG1 */
  [0x8b] = { do_long, 4 },    /* LONG4 */
  ['I'] = { do_line, PST_PICKLED_INT },
  ['L'] = { do_line, PST_PICKLED_INT },  /* LONG */
  ['F'] = { do_line, PST_PICKLED_NONE }, /* FLOAT */
  ['G'] = { do_dropped, 8 },             /* BINFLOAT */
  ['V'] = { do_line, PST_PICKLED_TEXT }, /* UNICODE */
  ['S'] = { do_quoted_line, 0 },         /* STRING */
  ['U'] = { do_text, 1 },                /* SHORT_BINSTRING */
  ['T'] = { do_text, 4 },                /* BINSTRING */
  [0x8c] = { do_text, 1 },               /* SHORT_BINUNICODE */
  ['X'] = { do_text, 4 },                /* BINUNICODE */
  [0x8d] = { do_text, 8 },               /* BINUNICODE8 */
  ['C'] = { do_bytes, 1 },               /* SHORT_BINBYTES */
  ['B'] = { do_bytes, 4 },               /* BINBYTES */
  [0x8e] = { do_bytes, 8 },              /* BINBYTES8 */
  [0x96] = { do_bytes, 8 },              /* BYTEARRAY8 */
  ['('] = { do_mark, 0 },
  ['0'] = { do_pop, 0 },
  ['1'] = { do_pop_mark, 0 },
  ['2'] = { do_copy, 0 },                 /* DUP */
  [')'] = { do_tuple, 0 },                /* EMPTY_TUPLE */
  [0x85] = { do_tuple, 1 },               /* TUPLE1 */
  [0x86] = { do_tuple, 2 },               /* TUPLE2 */
  [0x87] = { do_tuple, 3 },               /* TUPLE3 */
  [']'] = { do_push, PST_PICKLED_LIST },  /* EMPTY_LIST */
  ['}'] = { do_push, PST_PICKLED_DICT },  /* EMPTY_DICT */
  [0x8f] = { do_push, PST_PICKLED_NONE }, /* EMPTY_SET */
  ['t'] = { do_collect, PST_PICKLED_TUPLE },
  ['l'] = { do_collect, PST_PICKLED_LIST },
  ['d'] = { do_collect, PST_PICKLED_DICT },
  [0x91] = { do_collect, PST_PICKLED_NONE }, /* FROZENSET */
  ['a'] = { do_add_one, PST_PICKLED_LIST },  /* APPEND */
  ['s'] = { do_add_one, PST_PICKLED_DICT },  /* SETITEM */
  ['e'] = { do_add, PST_PICKLED_LIST },      /* APPENDS */
  ['u'] = { do_add, PST_PICKLED_DICT },      /* SETITEMS */
  [0x90] = { do_add, PST_PICKLED_NONE },     /* ADDITEMS, to a set */
  ['p'] = { do_put, 0 },
  ['q'] = { do_put, 1 }, /* BINPUT */
  ['r'] = { do_put, 4 }, /* LONG_BINPUT */
  ['g'] = { do_get, 0 },
  ['h'] = { do_get, 1 }, /* BINGET */
  ['j'] = { do_get, 4 }, /* LONG_BINGET */
  [0x94] = { do_memoize, 0 },
  ['c'] = { do_global, 0 },
  [0x93] = { do_stack_global, 0 },
  ['R'] = { do_call, 0 },  /* REDUCE */
  [0x81] = { do_call, 0 }, /* NEWOBJ */
  [0x92] = { do_call, 1 }, /* NEWOBJ_EX, with arguments by name */
  ['i'] = { do_instance, TRUE },
  ['o'] = { do_instance, FALSE }, /* OBJ */
  ['b'] = { do_build, 0 },
  ['Q'] = { do_outside, 0 }, /* BINPERSID */
};

static gboolean
run (Machine *machine, guint8 code, GError **error)
{
  const Instruction *instruction = &instructions[code];

  if (instruction->run)
    return instruction->run (machine, instruction->argument, error);
  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("the list of its tensors has the unknown instruction "
                      "0x%02x; save model.state_dict() with torch.save()"),
                   code);
}

const PstPickled *
pst_pickle_machine_run (Machine *machine, GError **error)
{
  while (pst_pickle_heap_count (machine->heap, 1, error))
    {
      const guint8 *code = pst_pickle_take (&machine->bytes, 1, error);

      if (! code)
        return NULL;
      if (*code == '.') /* STOP */
        {
          const PstPickled *root = top (machine);

          if (! root)
            pst_pickle_fail_damaged (error);
          return root;
        }
      if (! run (machine, *code, error))
        return NULL;
    }

  return NULL;
}
