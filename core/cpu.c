/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cpu.c: what this build and this machine are
 *
 * Levels as in the x86-64 psABI ("Micro-Architecture Levels").
 */
#include "pastiche.h"

const char *
pst_version (void)
{
  return PST_VERSION;
}

const char *
pst_cpu_level (void)
{
#if defined(__x86_64__)
  __builtin_cpu_init ();
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
      && __builtin_cpu_supports ("avx512dq")
      && __builtin_cpu_supports ("avx512vl"))
    return "x86-64-v4";
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    return "x86-64-v3";
  if (__builtin_cpu_supports ("sse4.2"))
    return "x86-64-v2";
  return "x86-64";
#elif defined(__aarch64__)
  return "aarch64";
#else
  return "generic";
#endif
}
