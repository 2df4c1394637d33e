/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels-vector.h: the vector of the level that is built, for kernels*.c
 *
 * -DPST_VECTOR=floats says how long it is; the compiler knows the instructions.
 */
#pragma once

#include "kernels.h"

#ifndef PST_VECTOR
#define PST_VECTOR 4      /* every machine of ours has so many */
#endif

/* Of PST_VECTOR floats that may lie anywhere. */
typedef float Vector __attribute__ ((vector_size (PST_VECTOR * sizeof (float)),
                                     aligned (sizeof (float)), may_alias));

/* Of as many integers: what comparisons give. */
typedef gint32 Mask __attribute__ ((vector_size (PST_VECTOR
                                                 * sizeof (gint32))));

#define INLINE static inline __attribute__ ((always_inline))

INLINE Vector
load (const float *x)
{
  return *(const Vector *) x;
}

INLINE void
store (float  *x,
       Vector  value)
{
  *(Vector *) x = value;
}
