/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inputs.h: the pictures that a transfer is given, at the size of one scale */
#pragma once

#include "core/picture/picture.h"
#include "core/picture/regions.h"
#include "plan.h"
#include "scale.h"

typedef struct
{
  PstPicture *picture; /* owned, no larger than @finest needs; NULL:
                        * needed no more */
  PstSize     size;    /* as it was given */
  int         region;
  double      share; /* of its region */
} PstSourceStyle;

typedef struct
{
  const PstPlan      *plan;     /* borrowed */
  const PstScalePlan *finest;   /* the largest scale that they are for;
                                 * borrowed */
  const PstSettings  *settings; /* borrowed */
  PstStyleCache      *cache;    /* borrowed; NULL: none */
  PstPicture         *content;  /* owned; without colors when they are needed
                                 * no more */
  PstRegions         *regions;  /* owned */
  PstSourceStyle      styles[PST_MAX_STYLES];
  int                 n_styles;
} PstInputs;

/* Whether the result needs the colors of the content.
 * @masked: whether a style has a region */
gboolean pst_inputs_need_content (const PstSettings *settings, gboolean masked);

/* pst_inputs_take:
 * Fills in what is owned; the pictures are copied.
 * Errors: as pst_transfer_new(); pst_inputs_clear() may follow. */
gboolean pst_inputs_take (PstInputs              *inputs,
                          const PstInputPictures *pictures,
                          GError                **error);

void pst_inputs_clear (PstInputs *inputs);

/* pst_inputs_first_picture:
 * What the first scale starts from; the caller owns it.
 * Errors: PST_ERROR_MEMORY. */
PstPicture *pst_inputs_first_picture (const PstInputs    *inputs,
                                      const PstScalePlan *sizes,
                                      GError            **error);

/* pst_inputs_add_styles:
 * Adds the styles to @scale, which has the sizes @sizes.
 * @last: each is dropped then
 * Errors: PST_ERROR_MEMORY, PST_ERROR_CANCELLED. */
gboolean pst_inputs_add_styles (PstInputs          *inputs,
                                PstScale           *scale,
                                const PstScalePlan *sizes,
                                gboolean            last,
                                GError            **error);

/* pst_inputs_take_content:
 * The content of a scale, with its margin; the caller owns it.
 * @last: the content's colors are dropped then, unless results need them
 * Errors: PST_ERROR_MEMORY. */
PstPicture *pst_inputs_take_content (PstInputs          *inputs,
                                     const PstScalePlan *sizes,
                                     gboolean            last,
                                     GError            **error);

/* Memory of inputs for the scales up to @finest, in bytes; G_MAXSIZE on
 * overflow.  The most that is held at a time, with what is made, by
 * pst_inputs_take() and pst_inputs_first_picture(); what the content with its
 * regions, and all styles together, then keep. */
gsize pst_inputs_take_bytes (const PstInputSizes *sizes,
                             const PstScalePlan  *finest,
                             const PstSettings   *settings);
gsize pst_inputs_first_picture_bytes (const PstInputSizes *sizes,
                                      const PstScalePlan  *finest,
                                      const PstScalePlan  *scale,
                                      const PstSettings   *settings);
gsize pst_inputs_content_bytes (const PstInputSizes *sizes,
                                const PstScalePlan  *finest);
gsize pst_inputs_styles_bytes (const PstInputSizes *sizes,
                               const PstScalePlan  *finest);

/* The same of pst_inputs_add_styles() at @scale of @plan, with the styles that
 * are kept. */
gsize pst_inputs_add_styles_bytes (const PstInputSizes *sizes,
                                   const PstPlan       *plan,
                                   const PstScalePlan  *scale,
                                   const PstModel      *model,
                                   PstWorkers          *workers);

/* Writes row @y of a result into @image, which has the content's size: the
 * colors @rgb, [width][3], which are changed; the content's where these are
 * wanted or where no region is; and the content's alpha. */
void pst_inputs_put_row (const PstInputs *inputs,
                         int              y,
                         float           *rgb,
                         PstImage        *image);
