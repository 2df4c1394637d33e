/* SPDX-License-Identifier: GPL-3.0-or-later */
/* request.h: what a run is to do: content, styles and parameters
 *
 * A snapshot that never changes: preview, forecast, run and the settings that a
 * result keeps are made from the same one.
 */
#pragma once

#include "plugin/params.h"
#include "styles.h"

/* To be read only. */
typedef struct
{
  PstContent content; /* as the styles' regions leave it, see
                       * pst_content_set_regions() */
  PstStyles  styles;
  PstParams  params;
} PstRequest;

/* Copies all three and fits the content to the styles; the caller owns a
 * reference. */
PstRequest *pst_request_new (const PstContent *content,
                             const PstStyles  *styles,
                             const PstParams  *params);
PstRequest *pst_request_ref (PstRequest *request);
void        pst_request_unref (PstRequest *request); /* NULL is allowed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstRequest, pst_request_unref)

/* Whether both ask for the same picture; either may be NULL. */
gboolean pst_request_equal (const PstRequest *one, const PstRequest *other);

/* pst_request_check:
 * Errors: PST_ERROR_IMAGE, there are no styles; as pst_content_is_intact(),
 * pst_style_check(). */
gboolean pst_request_check (const PstRequest *request, GError **error);

/* pst_request_check_size:
 * Whether a run can have a picture of the content.
 * Errors: PST_ERROR_SETTINGS, only of one that is scaled down. */
gboolean pst_request_check_size (const PstRequest *request, GError **error);
