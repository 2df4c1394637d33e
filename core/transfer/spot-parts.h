/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spot-parts.h: what the sources of a spot share: spot.c, which takes the
 * pictures and paints, spot-windows.c and spot-targets.c
 */
#pragma once

#include "core/pastiche-spot.h"
#include "inputs.h"
#include "plan.h"
#include "sampled.h"
#include "scale.h"

typedef struct
{
  PstSampled sampled;
  int        region;
  double     share; /* of its region */
} PstSpotStyle;

/* A picture, or a window of it. */
typedef struct
{
  PstPicture *picture; /* owned */
  PstSize     size;    /* of all of the picture */
  PstArea     window;  /* what of that is there; may lead beyond it by
                        * PST_PLAN_MARGIN */
} PstPainted;

struct _PstSpot
{
  PstModel      *model;
  PstSettings    settings;
  PstPlan        plan; /* of the whole result; without margin */
  PstWorkers    *workers;
  int            cancel; /* atomic */
  PstStyleCache *cache;  /* borrowed; NULL: none */
  PstSampled     content;
  PstRegions    *regions; /* at the size of content.whole; owned */
  PstSpotStyle   styles[PST_MAX_STYLES];
  int            n_styles;
  PstArea        area; /* what is shown, in pixels of the result */

  int          current;        /* scale; n_scales: all done */
  PstScale    *scale;          /* NULL: the current one is to be prepared */
  PstScalePlan window_sizes;   /* of the current scale, with the window's */
  PstRegions  *window_regions; /* its regions; owned */
  int          iterations;     /* of the current scale */

  PstPainted composition;
  PstPainted content_composed; /* what the content shows at its size */
  PstPainted painted;          /* so far */
};

/* ---- windows ------------------------------------------------------------ */

/* What is painted at a scale. */
PstArea pst_spot_window (const PstSpot *spot, const PstScalePlan *sizes);

/* pst_spot_dup_painted:
 * @part: in pixels of a picture of @size
 * Returns that of @painted; the caller owns it.
 * Errors: PST_ERROR_MEMORY. */
PstPicture *pst_spot_dup_painted (const PstPainted *painted,
                                  PstSize           size,
                                  PstArea           part,
                                  GError          **error);

/* pst_spot_see_content:
 * What the content shows at the size of @painted, where that is.
 * @ret_content: to be freed by the caller
 * Errors: PST_ERROR_MEMORY. */
gboolean pst_spot_see_content (const PstSpot    *spot,
                               const PstPainted *painted,
                               PstPainted       *ret_content,
                               GError          **error);

/* pst_spot_dup_start:
 * Where the current scale starts from @painted, the composition or a window of
 * the scale before.
 * @part: of the picture, whose size is @size
 * Errors: PST_ERROR_MEMORY. */
PstPicture *pst_spot_dup_start (const PstSpot    *spot,
                                const PstPainted *painted,
                                PstSize           size,
                                PstArea           part,
                                GError          **error);

/* pst_spot_dup_mirrored:
 * @picture: shows @inner
 * Returns it with what is around it up to @outer; the caller owns it.
 * Errors: PST_ERROR_MEMORY. */
PstPicture *pst_spot_dup_mirrored (const PstPicture *picture,
                                   PstArea           inner,
                                   PstArea           outer,
                                   GError          **error);

/* pst_spot_dup_regions:
 * Of @part of a picture of @size, as @outer shows it; the caller owns them.
 * Errors: PST_ERROR_MEMORY. */
PstRegions *pst_spot_dup_regions (const PstSpot *spot,
                                  PstSize        size,
                                  PstArea        part,
                                  PstArea        outer,
                                  GError       **error);

/* ---- targets ------------------------------------------------------------ */

/* pst_spot_add_targets:
 * Adds to @scale what the current scale, of @sizes, aims at, in the regions of
 * its window.
 * Errors: PST_ERROR_MEMORY, PST_ERROR_CANCELLED. */
gboolean pst_spot_add_targets (PstSpot            *spot,
                               PstScale           *scale,
                               const PstScalePlan *sizes,
                               GError            **error);
