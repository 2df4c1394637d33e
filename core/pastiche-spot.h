/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pastiche-spot.h: the public interface of libpastiche: a spot of a result
 *
 * Shows how a run would paint one spot at the size of its result, in seconds
 * where the run takes an hour: from the composition, which a small run has
 * made, each scale is painted in a window around the spot only.
 *
 * What is asked of the pictures is little, so that large ones need not be read
 * as a whole: all of each, scaled down to PST_SPOT_WHOLE_SIDE, and where that
 * is not enough some areas at their own size.  With a memory limit, the network
 * gives up what a run would.  Threads and errors are as in pastiche.h.
 */
#pragma once

#include "pastiche.h"

G_BEGIN_DECLS

/* Side of what is shown of the result, pixels; less if the result is smaller.
 */
#define PST_SPOT_SIDE 256

/* Longer side of a picture that is read as a whole, pixels. */
#define PST_SPOT_WHOLE_SIDE 1024

/* Most areas of a picture. */
#define PST_SPOT_MAX_AREAS 5

/* A part of a picture, whole pixels. */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} PstArea;

/* What is known of a picture. */
typedef struct
{
  PstSize         size;  /* its own, pixels */
  const PstImage *whole; /* all of it, no larger than that */
  int             n_areas;
  PstArea         areas[PST_SPOT_MAX_AREAS]; /* in its own pixels */
  const PstImage *parts[PST_SPOT_MAX_AREAS]; /* of the areas' shapes, no larger
                                              * than they are */
} PstSampledPicture;

typedef struct
{
  PstSampledPicture picture;
  double            weight; /* see PstStylePicture */
  const float      *region; /* [height][width] of the whole content, see
                             * PstStylePicture */
} PstSampledStyle;

typedef struct
{
  PstSampledPicture content;
  const PstImage   *composition; /* that a run of the same settings, with a
                                  * content of 256 pixels, has made */
  PstSampledStyle   styles[PST_MAX_STYLES];
  int               n_styles; /* 1..PST_MAX_STYLES */
  double            x; /* 0..1, of the content's width: middle of the spot */
  double            y; /* 0..1, of its height */
} PstSpotInputs;

typedef struct _PstSpot PstSpot;

/* The size of the result. */
PstSize pst_spot_get_size (PstSize content, const PstSettings *settings);

/* pst_spot_get_area:
 * Returns what of the content the spot shows, in the content's pixels. */
PstArea pst_spot_get_area (PstSize            content,
                           const PstSettings *settings,
                           double             x,
                           double             y);

/* pst_spot_list_content_areas:
 * Areas of the content that are needed besides the whole; returns how many.
 * @areas: [PST_SPOT_MAX_AREAS]
 * @sides: [PST_SPOT_MAX_AREAS], longer side that is enough for each */
int pst_spot_list_content_areas (PstSize            content,
                                 const PstSettings *settings,
                                 double             x,
                                 double             y,
                                 PstArea           *areas,
                                 int               *sides);

/* The same of a style. */
int pst_spot_list_style_areas (PstSize            content,
                               const PstSettings *settings,
                               PstSize            style,
                               PstArea           *areas,
                               int               *sides);

/* pst_spot_new:
 * Copies what it needs of the pictures; the model is referenced.
 * @cache: borrowed until the spot is freed; NULL: none
 * Errors: PST_ERROR_IMAGE, nothing is visible at the spot, or of a style;
 *         PST_ERROR_SETTINGS; PST_ERROR_MEMORY. */
PstSpot *pst_spot_new (PstModel            *model,
                       const PstSpotInputs *inputs,
                       const PstSettings   *settings,
                       PstStyleCache       *cache,
                       GError             **error);

/* pst_spot_step:
 * One iteration, or the preparation of the next scale.
 * @ret_progress: set on success
 * Errors: PST_ERROR_CANCELLED, PST_ERROR_MEMORY. */
gboolean
pst_spot_step (PstSpot *spot, PstProgress *ret_progress, GError **error);

/* As pst_transfer_cancel(). */
void pst_spot_cancel (PstSpot *spot);

/* pst_spot_dup_picture:
 * The spot as it is now, with the content's alpha; not while a step runs.  The
 * caller owns it.
 * Errors: PST_ERROR_MEMORY. */
PstImage *pst_spot_dup_picture (const PstSpot *spot, GError **error);

/* NULL is allowed. */
void pst_spot_free (PstSpot *spot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstSpot, pst_spot_free)

G_END_DECLS
