/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-cache.h: Gram matrices that are remembered; PstStyleCache is in
 * pastiche.h */
#pragma once

#include "style-grams.h"

/* pst_style_cache_compute:
 * As pst_grams_compute(), whose result is taken from @targets if it is there,
 * and remembered if it is not.
 * @targets: NULL: nothing is remembered */
gboolean pst_style_cache_compute (PstStyleCache    *targets,
                                  PstGrams         *grams,
                                  PstModel         *model,
                                  PstWorkers       *workers,
                                  const PstPicture *style,
                                  const int        *cancel,
                                  GError          **error);
