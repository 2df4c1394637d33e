/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weights.h: convolutions from the tensors of a file */
#pragma once

#include "conv.h"
#include "safetensors.h"

/* What a convolution must be, at the place where it is used. */
typedef struct
{
  int         in_channels;
  int         kernel;       /* 1 or 3; 0: either */
  PstPadding  padding;
  gboolean    bgr;          /* swap its first and third input channel */
} PstConvPlace;

/* pst_conv_load:
 * Makes a convolution of the tensors @name.weight, [out][in][kernel][kernel],
 * and @name.bias, [out].
 * @ret_out_channels: set on success    @ret_n_parameters: likewise
 * Returns the convolution; the caller owns it.
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY; clauses, as in safetensors.h. */
PstConv * pst_conv_load (const PstSafetensors  *file,
                         const char            *name,
                         const PstConvPlace    *place,
                         int                   *ret_out_channels,
                         guint64               *ret_n_parameters,
                         GError               **error);
