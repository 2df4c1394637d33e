/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp3-classify.h: the procedure that classifies, in GIMP 3 */
#pragma once

#include "plugin/gimp/run/classify.h"

/* The procedure, which is in no menu; the caller owns it. */
GimpProcedure *pst_classify_create (GimpPlugIn *plug_in);
