/* SPDX-License-Identifier: GPL-3.0-or-later */
/* result-name.h: names that tell results apart */
#pragma once

#include "request.h"

/* pst_result_name_new:
 * @replaced: a result that is not there any more once this one is; PST_NO_ITEM:
 *   none
 * Returns "Pastiche (waves)", or "Pastiche (waves): Strength 75, Draft", with
 * what differs from earlier results of the same content and styles; owned by
 * the caller. */
char *pst_result_name_new (const PstRequest *request, PstLayerRef replaced);
