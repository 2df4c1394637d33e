/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head.h: a head as the engine has it */
#pragma once

#include "core/pastiche-heads.h"
#include "head-layers.h"

/* Most labels and hidden units that a head may have. */
#define PST_HEAD_MAX_LABELS 4096
#define PST_HEAD_MAX_HIDDEN 8192

/* Range of the longer side to which pictures are scaled, pixels. */
#define PST_HEAD_MIN_SIZE 16
#define PST_HEAD_MAX_SIZE 2048

struct _PstHead
{
  char         *model;    /* its name; strings are owned */
  char         *checksum; /* of that model's file */
  char         *layer;    /* name of the tap */
  int           size;     /* longer side to which pictures are scaled */
  char        **labels;   /* NULL-ended, layers.n_labels strings */
  PstHeadLayers layers;
};

/* pst_head_copy:
 * The caller owns the result.  Errors: PST_ERROR_MEMORY. */
PstHead *pst_head_copy (const PstHead *head, GError **error);

/* pst_head_check_labels:
 * Whether the NULL-ended @labels are valid: at least two, not too many, all
 * different, each a line of text in UTF-8.
 * @code: of the error, whose message is a clause, as in safetensors.h */
gboolean pst_head_check_labels (const char *const *labels,
                                PstError           code,
                                GError           **error);
