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

/* Of PST_VECTOR floats. */
typedef float Vector __attribute__ ((vector_size (PST_VECTOR
                                                  * sizeof (float))));

/* The same, anywhere in memory.  Not for arguments of functions: GCC for
 * aarch64 fails on vectors of less than natural alignment. */
typedef Vector VectorAt __attribute__ ((aligned (sizeof (float)), may_alias));

/* Of as many integers: what comparisons give. */
typedef gint32 Mask __attribute__ ((vector_size (PST_VECTOR
                                                 * sizeof (gint32))));

#define INLINE static inline __attribute__ ((always_inline))

INLINE Vector
load (const float *x)
{
  return *(const VectorAt *) x;
}

INLINE void
store (float  *x,
       Vector  value)
{
  *(VectorAt *) x = value;
}
