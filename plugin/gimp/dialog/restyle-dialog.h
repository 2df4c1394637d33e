/* SPDX-License-Identifier: GPL-3.0-or-later */
/* restyle-dialog.h: the choice of a result whose settings are used again */
#pragma once

#include "plugin/gimp/run/restyle.h"

/* A PstRestyleAsk. */
PstLayerRef pst_restyle_dialog_run (PstCall           *call,
                                    const PstLayerRef *results,
                                    int                n_results,
                                    PstLayerRef        first);
