/* SPDX-License-Identifier: GPL-3.0-or-later */
/* version.c: of the library */
#include "core/pastiche.h"

const char *
pst_version (void)
{
  return PST_VERSION;
}
