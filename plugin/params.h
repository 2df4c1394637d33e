/* SPDX-License-Identifier: GPL-3.0-or-later */
/* params.h: the one table of the user's parameters
 *
 * GIMP 3 arguments, GIMP 2.10 arguments, both dialogs, the command line and the
 * README's table are made from it.  Names are those of the GIMP procedure and,
 * with two dashes in front, of the command line.
 */
#pragma once

#include <glib.h>

#include "core/pastiche.h"

typedef enum
{
  PST_PARAM_DOUBLE,
  PST_PARAM_INT,
  PST_PARAM_BOOLEAN, /* held as int, 0 or 1 */
  PST_PARAM_CHOICE,  /* held as int, the index into choices */
  PST_PARAM_MODEL    /* held as char *, name or path of a model */
} PstParamKind;

/* How a dialog shows a number. */
typedef enum
{
  PST_SHOWN_PLAIN,
  PST_SHOWN_LOGARITHMIC, /* DOUBLE: on a slider with 1 in the middle */
  PST_SHOWN_AUTOMATIC,   /* INT: "automatic" in place of 0 */
  PST_SHOWN_SEED         /* INT: with a button that draws another one */
} PstParamShown;

typedef struct
{
  const char *name;  /* "close" */
  const char *label; /* "Keep the contours", N_() */
} PstChoice;

typedef struct
{
  const char      *name;  /* "style-scale" */
  const char      *label; /* "Style _scale", with mnemonic, N_() */
  const char      *help;  /* one or two sentences, N_() */
  PstParamKind     kind;
  gsize            offset;   /* in PstParams */
  double           min, max; /* DOUBLE, INT */
  double           fallback; /* the default; CHOICE: index; BOOLEAN: 0, 1 */
  int              digits;   /* DOUBLE: shown after the point */
  double           step;     /* of a slider */
  PstParamShown    shown;    /* DOUBLE, INT */
  double           first;    /* AUTOMATIC: where a step leads from there; 0: to
                              * what is next to the content's */
  const char      *unit;     /* "px", N_(); NULL: none */
  gboolean         advanced; /* shown under Advanced */
  const PstChoice *choices;  /* CHOICE: ended by a NULL name */
  gboolean         phrases;  /* CHOICE: their labels say what they are of */
} PstParam;

/* What the user chose. */
typedef struct
{
  PstSettings settings; /* what is not in the table has its default */
  char       *model;    /* owned; NULL: the built-in one */
} PstParams;

/* The table, in the order of dialogs and of GIMP 2.10's arguments, which may
 * only be added to at the end. */
const PstParam *pst_params_table (int *ret_n_params);

/* Fills in the defaults. */
void pst_params_init (PstParams *params);

/* @params: not initialized; to be cleared by the caller */
void pst_params_copy (PstParams *params, const PstParams *from);

/* Frees what @params owns. */
void pst_params_clear (PstParams *params);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstParams, pst_params_clear)

/* Whether both mean the same run: all in the table, and the model. */
gboolean pst_params_equal (const PstParams *one, const PstParams *other);

double pst_params_get_number (const PstParams *params, const PstParam *param);
/* All kinds but PST_PARAM_MODEL; clamps into the range. */
void
pst_params_set_number (PstParams *params, const PstParam *param, double value);

/* The translated help, with what it means on this machine; the caller owns
 * it. */
char *pst_param_describe (const PstParam *param);

/* Index of the choice called @name; -1 if there is none. */
int pst_param_find_choice (const PstParam *param, const char *name);
