/* SPDX-License-Identifier: GPL-3.0-or-later */
/* param-text.h: settings in words */
#pragma once

#include "plugin/params.h"

/* "Strength 75", "Draft", "Seamless tiling"; owned by the caller. */
char *pst_param_text_new (const PstParam *param, const PstParams *params);

/* "Strength 75, Freedom 50, ...": what the dialog shows at once, and under
 * Advanced what is not as usual; owned by the caller. */
char *pst_param_text_list (const PstParams *params);
