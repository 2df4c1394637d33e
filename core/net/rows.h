/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.h: some rows of an array, a window that moves down
 *
 * A layer makes its rows from the first to the last; whoever reads them follows
 * behind, and what all have read is forgotten.  How many rows are held at most
 * is found by going through the same calls once while nothing is allocated.
 */
#pragma once

#include "core/base/arena.h"

typedef struct
{
  int   height; /* rows of the whole array */
  gsize row;    /* bytes in a row */
  int   top;    /* rows top .. end - 1 are held */
  int   end;
  int   most;     /* that were held at a time */
  int   carried;  /* of these, still needed when more were to come */
  int   capacity; /* rows in data */
  char *data;     /* NULL while nothing is allocated */
} PstRows;

/* Starts planning.  @row: bytes in a row */
void pst_rows_init (PstRows *rows, int height, gsize row);

/* Ends planning: memory for what was needed, from @arena. */
void pst_rows_take (PstRows *rows, PstArena *arena);

/* Forgets all rows. */
void pst_rows_clear (PstRows *rows);

/* pst_rows_extend:
 * Makes room for the rows up to @end, whose content is the caller's to write;
 * rows before @keep may be forgotten.  May move all rows in memory. */
void pst_rows_extend (PstRows *rows, int keep, int end);
