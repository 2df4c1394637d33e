/* SPDX-License-Identifier: GPL-3.0-or-later */
/* safetensors-write.h: makes files that safetensors.h reads */
#pragma once

#include <glib.h>

typedef struct
{
  const char  *name;
  int          n_dimensions;   /* 1..PST_TENSOR_MAX_DIMENSIONS */
  gint64       shape[8];
  const float *values;         /* [product of the shape] */
} PstTensorValues;

/* pst_safetensors_write:
 * The bytes of a file with @tensors, [@n_tensors], as F32 and in this order, and
 * the metadata entry @key with the text @text.  The caller owns them.
 * Errors: PST_ERROR_MEMORY. */
GBytes * pst_safetensors_write (const char             *key,
                                const char             *text,
                                const PstTensorValues  *tensors,
                                int                     n_tensors,
                                GError                **error);
