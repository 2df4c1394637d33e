/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.c: a window of rows that moves down an array
 *
 * Rows lie one after the other in a buffer.  When its end is reached, those
 * that are still needed are moved to its beginning.  Where these are many, the
 * buffer is larger than needed, so that moving stays cheap.
 */
#include "rows.h"

#include <assert.h>
#include <string.h>

void
pst_rows_init (PstRows *rows, int height, gsize row)
{
  *rows = (PstRows){ .height = height, .row = row };
}

void
pst_rows_take (PstRows *rows, PstArena *arena)
{
  rows->capacity =
    MIN (MAX (rows->most, rows->carried + rows->carried / 4), rows->height);
  rows->data = pst_arena_bytes (arena, rows->capacity * rows->row);
  pst_rows_clear (rows);
}

void
pst_rows_clear (PstRows *rows)
{
  rows->top = rows->end = 0;
}

void
pst_rows_extend (PstRows *rows, int keep, int end)
{
  keep = CLAMP (keep, rows->top, rows->end);
  assert (end <= rows->height);
  if (! rows->data)
    {
      rows->top = keep;
      rows->most = MAX (rows->most, end - keep);
      rows->carried = MAX (rows->carried, rows->end - keep);
    }
  else if (end - rows->top > rows->capacity)
    {
      assert (end - keep <= rows->capacity);
      memmove (rows->data, rows->data + (keep - rows->top) * rows->row,
               (rows->end - keep) * rows->row);
      rows->top = keep;
    }
  rows->end = MAX (rows->end, end);
}
