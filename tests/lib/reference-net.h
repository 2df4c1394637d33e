/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reference-net.h: a whole network in doubles, with a reader of its own
 *
 * Shares nothing with core/model/model.c and core/net/net.c but the format.
 * Trusts its input: only files that the core accepts are given to it.
 */
#pragma once

#include <glib.h>

#include "reference.h"

#define REFERENCE_MAX_TAPS 32

/* The activation at a tap. */
typedef struct
{
  int     height;
  int     width;
  int     channels;
  double *f; /* [height][width][channels], owned */
} ReferenceTap;

typedef struct _ReferenceNet ReferenceNet;

/* @bytes: a safetensors file with F16 or F32 tensors and our metadata */
ReferenceNet *reference_net_new (GBytes *bytes);
void          reference_net_free (ReferenceNet *net);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReferenceNet, reference_net_free)

int reference_net_n_taps (const ReferenceNet *net);

/* @rgb: [height][width][3]
 * @ret_taps: [n_taps], to be cleared by the caller */
void reference_net_forward (const ReferenceNet *net,
                            int                 height,
                            int                 width,
                            const double       *rgb,
                            ReferenceTap       *ret_taps);
void reference_taps_clear (int n_taps, ReferenceTap *taps);
