/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builder.h: makes a model file, layer by layer, from the tensors of another
 * file
 */
#pragma once

#include "import-options.h"
#include "weights-file.h"

typedef struct _PstBuilder PstBuilder;

typedef struct
{
  const char        *name;
  const char        *credits;
  gboolean           replicate; /* the border, as padding; else zeros */
  const char *const *style;     /* names of taps, NULL-ended */
  const char *const *content;
} PstBuilderHeader;

/* A convolution, apart from its weights. */
typedef struct
{
  gboolean    relu;
  int         stride; /* 0: 1 */
  const char *norm;   /* prefix of the tensors of a batch normalization after
                       * it: .weight, .bias, .running_mean, .running_var; the
                       * convolution may then lack a bias.  NULL: none */
  const char *input;  /* the layer that it follows; NULL: the one before */
} PstBuilderConvKind;

/* @file, @options: borrowed */
PstBuilder *pst_builder_new (const PstWeightsFile   *file,
                             const PstBuilderHeader *head,
                             const PstImportOptions *options);
void        pst_builder_free (PstBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstBuilder, pst_builder_free)

/* pst_builder_conv:
 * A convolution @name from the tensors @source.weight and @source.bias.
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in
 *         core/model/safetensors.h. */
gboolean pst_builder_conv (PstBuilder               *builder,
                           const char               *name,
                           const char               *source,
                           const PstBuilderConvKind *kind,
                           GError                  **error);

/* Halves the size.  @size: of the windows, 2, or 3 for PST_POOLING_MAX */
void pst_builder_pool (PstBuilder *builder,
                       PstPooling  pooling,
                       int         size,
                       const char *name);

/* The sum with the layer @other, and ReLU. */
void pst_builder_add (PstBuilder *builder, const char *name, const char *other);

/* The mean of the whole picture. */
void pst_builder_mean (PstBuilder *builder);

void pst_builder_tap (PstBuilder *builder, const char *name);

/* pst_builder_finish:
 * Returns the file; the caller owns it.  Only pst_builder_free() may follow.
 * Errors: PST_ERROR_MEMORY; a clause. */
GBytes *pst_builder_finish (PstBuilder *builder, GError **error);
