/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.h: checks of PstSettings */
#pragma once

#include "core/pastiche.h"

/* Errors: PST_ERROR_SETTINGS, the message names the setting and its range. */
gboolean pst_settings_check (const PstSettings *settings, GError **error);
