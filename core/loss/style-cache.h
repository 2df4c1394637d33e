/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-cache.h: Gram matrices that are remembered; PstTargets is in pastiche.h */
#pragma once

#include "style-grams.h"

/* pst_targets_compute:
 * As pst_grams_compute(), whose result is taken from @targets if it is there,
 * and remembered if it is not.
 * @targets: NULL: nothing is remembered */
gboolean pst_targets_compute (PstTargets        *targets,
                              PstGrams          *grams,
                              PstModel          *model,
                              PstWorkers        *workers,
                              const PstPicture  *style,
                              const int         *cancel,
                              GError           **error);
