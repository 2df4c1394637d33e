/* SPDX-License-Identifier: GPL-3.0-or-later */
/* safetensors.h: the safetensors container, version of the format 0.3 and later
 *
 * Eight bytes, little-endian: the length of the header; the header, JSON: name
 * -> { dtype, shape, data_offsets }, and "__metadata__", string -> string; the
 * data.  The tensors must fill the data without holes or overlap.
 *
 * Error messages are clauses about the file ("its header is cut off"); the
 * caller puts the file's name before them with g_prefix_error().
 */
#pragma once

#include "values.h"

/* Bytes; enough for about 10 000 tensors. */
#define PST_SAFETENSORS_MAX_HEADER (1 << 20)

#define PST_TENSOR_MAX_DIMENSIONS 8

typedef struct
{
  char    *name;
  PstDtype dtype;
  int      n_dimensions;
  gint64   shape[PST_TENSOR_MAX_DIMENSIONS];
  gsize    n_values; /* product of the shape; 0 for PST_DTYPE_OTHER */
  gsize    begin;    /* bytes of the data: begin <= i < end */
  gsize    end;
} PstTensor;

/* Immutable. */
typedef struct _PstSafetensors PstSafetensors;

/* pst_safetensors_new:
 * @bytes: the whole file; a reference is taken
 * Validates all but the values.  The caller owns the result.
 * Errors: PST_ERROR_MODEL; where the file is of a known other kind, the message
 *         says which (foreign-file.h). */
PstSafetensors *pst_safetensors_new (GBytes *bytes, GError **error);
/* NULL is allowed. */
void            pst_safetensors_free (PstSafetensors *file);

/* A metadata entry, or NULL; owned by @file. */
const char *pst_safetensors_get_metadata (const PstSafetensors *file,
                                          const char           *key);

/* A tensor, or NULL; owned by @file. */
const PstTensor *pst_safetensors_find (const PstSafetensors *file,
                                       const char           *name);

/* All tensors, in the order of their data: PstTensor, owned by @file; the
 * caller owns the array. */
GPtrArray *pst_safetensors_list (const PstSafetensors *file);

/* Where the data begin, within the bytes of the file. */
const guint8 *pst_safetensors_get_data (const PstSafetensors *file);

/* pst_safetensors_dup_values:
 * Returns the tensor's values [n_values] as float, converted exactly; the
 * caller owns them.
 * Errors: PST_ERROR_MODEL, the dtype is PST_DTYPE_F64 or PST_DTYPE_OTHER, or a
 *         value is infinite or not a number; PST_ERROR_MEMORY. */
float *pst_safetensors_dup_values (const PstSafetensors *file,
                                   const PstTensor      *tensor,
                                   GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstSafetensors, pst_safetensors_free)
