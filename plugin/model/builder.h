/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builder.h: makes a network file, layer by layer, from tensors of another file
 */
#pragma once

#include "import.h"
#include "weights-file.h"

typedef struct _PstBuilder PstBuilder;

typedef struct
{
  const char         *name;
  const char         *credits;
  const char * const *style;      /* names of taps, NULL-ended */
  const char * const *content;
} PstBuilderHead;

/* @file, @options: borrowed */
PstBuilder * pst_builder_new     (const PstWeightsFile    *file,
                                  const PstBuilderHead    *head,
                                  const PstImportOptions  *options);
void         pst_builder_free    (PstBuilder              *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstBuilder, pst_builder_free)

/* pst_builder_conv:
 * A convolution @name with ReLU, from the tensors @source.weight and
 * @source.bias.
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in
 *         core/safetensors.h. */
gboolean     pst_builder_conv    (PstBuilder              *builder,
                                  const char              *name,
                                  const char              *source,
                                  GError                 **error);

/* Halves the size. */
void         pst_builder_pool    (PstBuilder              *builder);

void         pst_builder_tap     (PstBuilder              *builder,
                                  const char              *name);

/* The file; the caller owns it.  Ends the building. */
GBytes *     pst_builder_finish  (PstBuilder              *builder);
