/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cpu.c: which kernels this machine runs
 *
 * Levels as in the x86-64 psABI, "Micro-Architecture Levels".  The table is
 * ordered from the best to the one that every machine of this kind runs.
 */
#include "kernels-half.h"
#include "pastiche.h"

#ifdef PST_AMX
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

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
  int width = pst_kernels_get ()->panel;

  for (int panel = 0; panel < rounded; panel += width)
    for (int d = 0; d < depth; d++)
      for (int k = panel; k < MIN (panel + width, rounded); k++)
        *packed++ = k < columns ? b[(gsize) d * columns + k] : 0;
}

/* ---- half precision ---------------------------------------------------- */

#ifdef PST_AMX

extern const PstHalfKernels pst_half_kernels_amx;

/* AMX with bfloat16, and AVX-512 that converts to it: CPUID leaf 7. */
static gboolean
has_amx (void)
{
  const guint amx = 1u << 22 | 1u << 24;      /* AMX-BF16, AMX-TILE */
  const guint avx512_bf16 = 1u << 5;
  guint       a, b, c, d, a1, b1, c1, d1;

  return __get_cpuid_count (7, 0, &a, &b, &c, &d) && (d & amx) == amx
         && __get_cpuid_count (7, 1, &a1, &b1, &c1, &d1) && (a1 & avx512_bf16);
}

/* Linux hands out the registers, 8 KiB for each thread, on request only:
 * Documentation/arch/x86/xstate.rst.  The permission is the process's. */
static gboolean
may_use_tiles (void)
{
  const long request_permission = 0x1023;     /* ARCH_REQ_XCOMP_PERM */
  const long tile_data = 18;                  /* XFEATURE_XTILEDATA */

  return syscall (SYS_arch_prctl, request_permission, tile_data) == 0;
}

static const PstHalfKernels *
choose_half (void)
{
  if (pst_kernels_get () == &pst_kernels_v4 && has_amx () && may_use_tiles ())
    return &pst_half_kernels_amx;
  return NULL;
}

#else

static const PstHalfKernels *
choose_half (void)
{
  return NULL;
}

#endif

const PstHalfKernels *
pst_half_kernels_get (void)
{
  static gsize                 chosen;
  static const PstHalfKernels *kernels;

  if (g_once_init_enter (&chosen))
    {
      kernels = choose_half ();
      g_once_init_leave (&chosen, 1);
    }
  return kernels;
}

gboolean
pst_cpu_has_half (void)
{
  return pst_half_kernels_get () != NULL;
}
