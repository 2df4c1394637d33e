/* SPDX-License-Identifier: GPL-3.0-or-later */
/* last-used.h: what is remembered from run to run, and from session to session
 *
 * Kept by GIMP, as parasites of its own.
 */
#pragma once

#include "styles.h"

/* The styles of the last run: files over sessions; layers while they exist,
 * over sessions too if their image has a file and is open.
 * pst_last_used_styles() returns FALSE, and no styles, if there was no run. */
void     pst_last_used_set_styles (const PstStyles *styles);
gboolean pst_last_used_styles (PstStyles *ret_styles);

/* What a dialog begins with: of these styles those that there are, and that can
 * be used with @content; else the first other layer, if there is one. */
void pst_last_used_choice (PstStyles *ret_styles, const PstContent *content);

/* The result whose settings were used last, in this session; PST_NO_ITEM if
 * there is none. */
void        pst_last_used_set_result (PstLayerRef layer);
PstLayerRef pst_last_used_result (void);

/* The folder of the style library; owned by the caller, NULL: none. */
void   pst_last_used_set_library (GFile *folder);
GFile *pst_last_used_library (void);
