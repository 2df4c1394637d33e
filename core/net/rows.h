/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.h: a window of rows that moves down an array
 *
 * A layer makes its rows from the first to the last; its readers follow, and
 * rows that all of them have read are forgotten.  The most rows that are held
 * at a time is found by a first pass of the same calls, in which nothing is
 * allocated.
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
