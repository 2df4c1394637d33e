/* SPDX-License-Identifier: GPL-3.0-or-later */
/* classify.h: classifies a layer with a head; the procedure's name and texts */
#pragma once

#include <glib/gi18n-lib.h>

#include "plugin/gimp/compat/gimp-compat.h"
#include "core/pastiche-heads.h"

#define PST_CLASSIFY_NAME  "plug-in-pastiche-classify"
#define PST_CLASSIFY_BLURB N_ ("Classify what a layer shows")
#define PST_CLASSIFY_HELP                                              \
  N_ ("A head, trained with \"pastiche-model train-head\", gives the " \
      "probability of each of its labels for the layer. Nothing is changed.")

typedef struct
{
  PstHead *head; /* owned, whose labels they are; NULL: nothing yet */
  int      n_labels;
  double  *probabilities; /* [n_labels], owned */
  int      best;          /* number of the likeliest label */
} PstClassification;

/* pst_classify_drawable:
 * @drawable: a layer, as it is without mask and opacity; or any other drawable
 * @head: the head's file, or NULL
 * @ret_result: all zeros before; to be cleared by the caller
 * Errors: PST_ERROR_SETTINGS, there is no file; PST_ERROR_MODEL,
 * PST_ERROR_IMAGE, PST_ERROR_MEMORY. */
gboolean pst_classify_drawable (PstDrawableRef     drawable,
                                GFile             *head,
                                PstClassification *ret_result,
                                GError           **error);

void pst_classification_clear (PstClassification *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstClassification, pst_classification_clear)
