/* SPDX-License-Identifier: GPL-3.0-or-later */
/* effects.h: drawables as their layer effects make them look
 *
 * The buffer of a drawable is what lies below its effects, the non-destructive
 * filters of GIMP 3.
 */
#pragma once

#include "plugin/gimp/compat/gimp-compat.h"

/* pst_effects_apply:
 * Returns a drawable of the same size whose buffer has the pixels that are
 * seen, without opacity and layer mask: @drawable itself if it has no effects,
 * else one that is in no image of the user's.
 * @ret_scratch: the image that it is in, for pst_effects_drop(); PST_NO_ITEM:
 *   none
 * Errors: PST_ERROR_IMAGE, PST_NO_ITEM is returned. */
PstDrawableRef pst_effects_apply (PstDrawableRef drawable,
                                  PstImageRef   *ret_scratch,
                                  GError       **error);

/* @scratch: PST_NO_ITEM is allowed */
void pst_effects_drop (PstImageRef scratch);
