/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forecast.h: what a run with the choices in the dialog would make and need */
#pragma once

#include "content.h"
#include "plugin/params.h"
#include "styles.h"

typedef struct _PstForecast PstForecast;

/* @content: must outlive the forecast. */
PstForecast * pst_forecast_new      (const PstContent *content);

/* pst_forecast_describe:
 * @ret_possible: whether a run can be started.
 * Returns a sentence with the size of the result and the memory, or with what
 * is in the way; owned by the caller. */
char *        pst_forecast_describe (PstForecast      *forecast,
                                     const PstStyles  *styles,
                                     const PstParams  *params,
                                     gboolean         *ret_possible);

void          pst_forecast_free     (PstForecast      *forecast);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstForecast, pst_forecast_free)
