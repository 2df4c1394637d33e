/* SPDX-License-Identifier: GPL-3.0-or-later */
/* selected-items.h: the layers or channels that the user has selected
 *
 * GIMP selects what a plug-in inserts; this restores the user's selection.
 */
#pragma once

#include "plugin/gimp/compat/gimp-compat.h"

/* Empty when it is zero. */
typedef struct
{
  PstItemRef *items; /* owned */
  int         n_items;
  gboolean    are_channels; /* else layers */
} PstSelectedItems;

/* The items selected in @image; @selected is empty before. */
void pst_selected_items_get (PstSelectedItems *selected, PstImageRef image);

/* Makes @item selected instead of @old, if that was. */
void pst_selected_items_replace (PstSelectedItems *selected,
                                 PstItemRef        old,
                                 PstItemRef        item);

/* Selects them in @image again; all must still be there. */
void pst_selected_items_set (const PstSelectedItems *selected,
                             PstImageRef             image);

void pst_selected_items_clear (PstSelectedItems *selected);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstSelectedItems, pst_selected_items_clear)
