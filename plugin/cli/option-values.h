/* SPDX-License-Identifier: GPL-3.0-or-later */
/* option-values.h: the values of options */
#pragma once

#include "plugin/params.h"

typedef struct
{
  double   min;
  double   max;
  gboolean whole; /* only whole numbers */
} PstNumberRange;

/* pst_option_parse_number:
 * Reads all of @text as a number in @range.
 * Errors: G_OPTION_ERROR, the message names @option. */
gboolean pst_option_parse_number (const char           *option,
                                  const char           *text,
                                  const PstNumberRange *range,
                                  double               *ret_value,
                                  GError              **error);

/* pst_option_parse_choice:
 * Reads @text as the name of a choice of @param, of kind CHOICE.
 * Errors: G_OPTION_ERROR, the message names @option and the choices. */
gboolean pst_option_parse_choice (const char     *option,
                                  const char     *text,
                                  const PstParam *param,
                                  double         *ret_value,
                                  GError        **error);

/* "close|loose", the names of the choices of @param; the caller owns it. */
char *pst_option_join_choices (const PstParam *param);
