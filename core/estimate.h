/* SPDX-License-Identifier: GPL-3.0-or-later */
/* estimate.h: what a run will need; pst_transfer_estimate() is in pastiche.h */
#pragma once

#include "pastiche.h"

/* pst_estimate_check_memory:
 * Whether the machine has the memory that is free now.
 * Errors: PST_ERROR_MEMORY, the message says which size would do. */
gboolean pst_estimate_check_memory (const PstEstimate  *estimate,
                                    GError            **error);
