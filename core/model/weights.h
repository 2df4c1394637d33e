/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weights.h: weights of convolutions from the tensors of a file */
#pragma once

#include "safetensors.h"

/* Kernels of @n x @n, as a bit. */
#define PST_KERNEL(n) (1u << (n))

/* What a convolution must be, at the place where it is used. */
typedef struct
{
  int      in_channels;
  guint    kernels; /* bits: which are possible */
  gboolean bgr;     /* swap its first and third input channel */
} PstWeightsPlace;

typedef struct
{
  int     out_channels;
  int     kernel;
  float  *weight; /* [out][in][kernel][kernel]; owned */
  float  *bias;   /* [out]; owned */
  guint64 n_parameters;
} PstWeights;

/* pst_weights_load:
 * Reads the tensors @name.weight, [out][in][kernel][kernel], and @name.bias,
 * [out].
 * @ret_weights: set on success; to be cleared by the caller
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in safetensors.h. */
gboolean pst_weights_load (const PstSafetensors  *file,
                           const char            *name,
                           const PstWeightsPlace *place,
                           PstWeights            *ret_weights,
                           GError               **error);
void     pst_weights_clear (PstWeights *weights);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstWeights, pst_weights_clear)
