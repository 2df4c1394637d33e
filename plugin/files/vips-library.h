/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vips-library.h: libvips, as this program uses it */
#pragma once

#include <glib.h>
#include <vips/vips.h>

/* Freed at the end of a block.  Only newer releases of libvips define that for
 * these. */
typedef VipsSource    PstVipsSource;
typedef VipsOperation PstVipsOperation;
typedef VipsImage     PstVipsImage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstVipsSource, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstVipsOperation, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstVipsImage, g_object_unref)

/* pst_vips_start:
 * Starts libvips; called again, does nothing.  Only the formats that
 * pst_vips_can_load() knows are read, everything is computed in the calling
 * thread's turn, and nothing is kept for later. */
void pst_vips_start (void);

/* Whether the loader with the class name @loader, as
 * vips_foreign_find_load_source() returns it, is one of those in use. */
gboolean pst_vips_can_load (const char *loader);

/* What a message of libvips contains if memory is the reason. */
#define PST_VIPS_NO_MEMORY "out of memory"

/* pst_vips_take_message:
 * What libvips complained about last, without full stop, but that there is no
 * memory if that was said before; NULL if nothing.  It is forgotten afterwards.
 * The caller owns the string. */
char *pst_vips_take_message (void);
