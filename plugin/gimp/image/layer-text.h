/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer-text.h: texts that are kept with a layer, as parasites */
#pragma once

#include "plugin/gimp/compat/gimp-compat.h"

/* GIMP saves it, and undo brings it back. */
#define PST_LAYER_TEXT_KEPT (GIMP_PARASITE_PERSISTENT | GIMP_PARASITE_UNDOABLE)

/* Owned by the caller; NULL: there is none of that name. */
char *pst_layer_text_dup (PstLayerRef layer, const char *name);

/* @flags: PST_LAYER_TEXT_KEPT; 0: only this session has it */
void pst_layer_text_set (PstLayerRef layer,
                         const char *name,
                         int         flags,
                         const char *text);
