/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cpu.c: which kernels this machine runs
 *
 * Levels as in the x86-64 psABI, "Micro-Architecture Levels", and extensions to
 * them.
 */
#include "core/pastiche.h"
#include "kernels-bf16.h"

#ifdef __linux__
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#ifdef __x86_64__
#include <cpuid.h>
#endif

typedef struct
{
  const char           *name; /* as pst_cpu_level() says */
  const PstKernels     *kernels;
  const PstBf16Kernels *bf16; /* or NULL */
  gboolean (*runs) (void);
  gboolean asked_for; /* not faster than the next: only when PASTICHE_CPU
                       * names it */
} Level;

extern const PstKernels pst_kernels_base;

static gboolean
runs_always (void)
{
  return TRUE;
}

/* ---- x86-64 ------------------------------------------------------------- */

#ifdef __x86_64__

extern const PstKernels     pst_kernels_v3;
extern const PstKernels     pst_kernels_v4;
extern const PstBf16Kernels pst_bf16_kernels_v3;

static gboolean
runs_v3 (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma")
         && __builtin_cpu_supports ("bmi2");
}

static gboolean
runs_v4 (void)
{
  return __builtin_cpu_supports ("avx512f")
         && __builtin_cpu_supports ("avx512bw")
         && __builtin_cpu_supports ("avx512cd")
         && __builtin_cpu_supports ("avx512dq")
         && __builtin_cpu_supports ("avx512vl");
}

#ifdef PST_BF16

extern const PstBf16Kernels pst_bf16_kernels_bf16;

/* AVX512_BF16: CPUID leaf 7, subleaf 1. */
static gboolean
runs_bf16 (void)
{
  guint a, b, c, d;

  return runs_v4 () && __get_cpuid_count (7, 1, &a, &b, &c, &d)
         && (a & 1u << 5);
}

#endif

#ifdef PST_AMX

extern const PstBf16Kernels pst_bf16_kernels_amx;

/* AMX-BF16, AMX-TILE: CPUID leaf 7.  Linux hands out the registers, 8 KiB for
 * each thread, on request only: Documentation/arch/x86/xstate.rst.  The
 * permission is the process's. */
static gboolean
runs_amx (void)
{
  const guint amx = 1u << 22 | 1u << 24;
  const long  request_permission = 0x1023; /* ARCH_REQ_XCOMP_PERM */
  const long  tile_data = 18;              /* XFEATURE_XTILEDATA */
  guint       a, b, c, d;

  return runs_bf16 () && __get_cpuid_count (7, 0, &a, &b, &c, &d)
         && (d & amx) == amx
         && syscall (SYS_arch_prctl, request_permission, tile_data) == 0;
}

#endif

#endif

/* ---- aarch64 ------------------------------------------------------------ */

#if defined(__aarch64__) && defined(PST_BF16)

extern const PstBf16Kernels pst_bf16_kernels_bf16;

/* HWCAP2_BF16: Linux, Documentation/arch/arm64/elf_hwcaps.rst. */
static gboolean
runs_bf16 (void)
{
  return (getauxval (AT_HWCAP2) & 1ul << 14) != 0;
}

#endif

/* ---- choice ------------------------------------------------------------- */

/* From the best level to the one that every machine of this architecture
 * runs. */
static const Level levels[] = {
#if defined(__x86_64__)
#ifdef PST_AMX
  { "x86-64-v4-amx", &pst_kernels_v4, &pst_bf16_kernels_amx, runs_amx },
#endif
#ifdef PST_BF16
  { "x86-64-v4-bf16", &pst_kernels_v4, &pst_bf16_kernels_bf16, runs_bf16 },
#endif
  { "x86-64-v4", &pst_kernels_v4, NULL, runs_v4 },
  { "x86-64-v3-bf16", &pst_kernels_v3, &pst_bf16_kernels_v3, runs_v3, TRUE },
  { "x86-64-v3", &pst_kernels_v3, NULL, runs_v3 },
  { "x86-64", &pst_kernels_base, NULL, runs_always },
#elif defined(__aarch64__)
#ifdef PST_BF16
  { "aarch64-bf16", &pst_kernels_base, &pst_bf16_kernels_bf16, runs_bf16 },
#endif
  { "aarch64", &pst_kernels_base, NULL, runs_always },
#else
  { "generic", &pst_kernels_base, NULL, runs_always },
#endif
};

/* The level that PASTICHE_CPU names, or the next one that the machine runs; the
 * best one if there is no such name. */
static const Level *
choose (const char *wanted)
{
  const Level *level = levels;

#ifdef __x86_64__
  __builtin_cpu_init ();
#endif
  for (gsize i = 0; wanted && i < G_N_ELEMENTS (levels); i++)
    if (g_str_equal (levels[i].name, wanted))
      {
        if (levels[i].runs ())
          return &levels[i];
        level = &levels[i];
      }
  while (level->asked_for || ! level->runs ())
    level++;
  return level;
}

static const Level *
get_level (void)
{
  static const Level *level;

  if (g_once_init_enter (&level))
    g_once_init_leave (&level, choose (g_getenv ("PASTICHE_CPU")));
  return level;
}

const PstKernels *
pst_kernels_get (void)
{
  return get_level ()->kernels;
}

const PstBf16Kernels *
pst_bf16_kernels_get (void)
{
  return get_level ()->bf16;
}

const char *
pst_cpu_level (void)
{
  return get_level ()->name;
}

gboolean
pst_cpu_has_bf16 (void)
{
  return get_level ()->bf16 != NULL;
}
