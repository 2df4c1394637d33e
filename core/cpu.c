/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cpu.c: which kernels this machine runs
 *
 * Levels as in the x86-64 psABI, "Micro-Architecture Levels".  The table is
 * ordered from the best to the one that every machine of this kind runs.
 */
#include "kernels.h"
#include "pastiche.h"

extern const PstKernels pst_kernels_base;

#if defined(__x86_64__)

extern const PstKernels pst_kernels_v3;
extern const PstKernels pst_kernels_v4;

static gboolean
runs_v4 (void)
{
  return __builtin_cpu_supports ("avx512f")
         && __builtin_cpu_supports ("avx512bw")
         && __builtin_cpu_supports ("avx512cd")
         && __builtin_cpu_supports ("avx512dq")
         && __builtin_cpu_supports ("avx512vl");
}

static gboolean
runs_v3 (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma")
         && __builtin_cpu_supports ("bmi2");
}

static const PstKernels *
choose (const char *wanted)
{
  __builtin_cpu_init ();
  if (runs_v4 () && (! wanted || g_str_equal (wanted, "x86-64-v4")))
    return &pst_kernels_v4;
  if (runs_v3 () && (! wanted || ! g_str_equal (wanted, "x86-64")))
    return &pst_kernels_v3;
  return &pst_kernels_base;
}

#else

static const PstKernels *
choose (const char *wanted)
{
  return &pst_kernels_base;
}

#endif

const PstKernels *
pst_kernels_get (void)
{
  static const PstKernels *kernels;

  if (g_once_init_enter (&kernels))
    g_once_init_leave (&kernels, choose (g_getenv ("PASTICHE_CPU")));
  return kernels;
}

const char *
pst_cpu_level (void)
{
  return pst_kernels_get ()->level;
}

const char *
pst_version (void)
{
  return PST_VERSION;
}

void
pst_kernels_pack (int          depth,
                  int          columns,
                  const float *b,
                  float       *packed)
{
  int rounded = PST_ROUND_CHANNELS (columns);

  for (int panel = 0; panel < rounded; panel += PST_PANEL)
    for (int d = 0; d < depth; d++)
      for (int k = panel; k < MIN (panel + PST_PANEL, rounded); k++)
        *packed++ = k < columns ? b[(gsize) d * columns + k] : 0;
}
