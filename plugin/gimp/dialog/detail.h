/* SPDX-License-Identifier: GPL-3.0-or-later */
/* detail.h: the spot of the preview that is painted at the result's size
 *
 * Looked at 25 times a second, it never waits.
 */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "plugin/gimp/image/pictures.h"
#include "plugin/gimp/run/preview-run.h"

typedef struct _PstDetail PstDetail;

/* What a spot is painted on: a preview that has come to its end. */
typedef struct
{
  PstRequest        *request;
  const PstPictures *pictures;
  PstModel          *model;
  const PstImage    *composition;
} PstDetailBasis;

PstDetail *pst_detail_new (void);

/* @x, @y: the middle of the spot, 0..1 */
void pst_detail_choose (PstDetail *detail, double x, double y);

/* pst_detail_stop:
 * What was painted is dropped, the work ends within about one layer of the
 * network; until pst_detail_is_busy() says so, the basis is in use. */
void pst_detail_stop (PstDetail *detail);

gboolean pst_detail_is_busy (const PstDetail *detail);

/* pst_detail_poll:
 * Goes on with the work.
 * @basis: the same until pst_detail_stop()
 * Returns whether there is something new to show. */
gboolean pst_detail_poll (PstDetail *detail, const PstDetailBasis *basis);

/* What is painted, owned by the detail; NULL: nothing yet. */
GdkPixbuf *pst_detail_get_painted (const PstDetail *detail);

/* 0..1; 1: painted, or there is a problem. */
double pst_detail_get_fraction (const PstDetail *detail);

/* Why it cannot be painted; NULL: it can. */
const char *pst_detail_get_problem (const PstDetail *detail);

/* NULL is allowed. */
void pst_detail_free (PstDetail *detail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstDetail, pst_detail_free)
