/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-cache.h: Gram matrices kept from transfer to transfer; PstStyleCache is
 * in pastiche.h */
#pragma once

#include "style-grams.h"

/* pst_style_cache_compute:
 * As pst_grams_compute(), but takes the result from the cache if it is there,
 * and stores it otherwise.
 * @cache: NULL: no cache */
gboolean pst_style_cache_compute (PstStyleCache    *cache,
                                  PstGrams         *grams,
                                  PstModel         *model,
                                  PstWorkers       *workers,
                                  const PstPicture *style,
                                  GError          **error);
