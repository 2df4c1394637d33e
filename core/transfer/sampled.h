/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sampled.h: a picture of which only some is known, at any size */
#pragma once

#include "core/pastiche-spot.h"
#include "core/picture/picture.h"

/* The pixels of a picture of size @to that show what @area of one of size @from
 * shows; those at the borders in part. */
PstArea pst_area_scaled (PstArea area, PstSize from, PstSize to);

/* All of a picture, or an area of it. */
typedef struct
{
  PstArea     area;    /* in pixels of the picture's own size */
  PstPicture *picture; /* owned */
} PstSampledPart;

typedef struct
{
  PstSize        size;
  PstSampledPart whole;
  int            n_parts;
  PstSampledPart parts[PST_SPOT_MAX_AREAS];
} PstSampled;

/* Most pictures that pst_sampled_dup_samples() returns. */
#define PST_SAMPLED_MAX_SAMPLES PST_SPOT_MAX_AREAS

/* pst_sampled_init:
 * Copies @picture; areas in which nothing is visible are left out.
 * @if_empty: the message when no pixel of the whole is visible
 * Errors: PST_ERROR_IMAGE, PST_ERROR_MEMORY; pst_sampled_clear() may follow. */
gboolean pst_sampled_init (PstSampled              *sampled,
                           const PstSampledPicture *picture,
                           const char              *if_empty,
                           GError                 **error);

/* One that is zero is allowed. */
void pst_sampled_clear (PstSampled *sampled);

/* pst_sampled_dup_part:
 * @scaled: size that the picture is taken to have
 * @part: in pixels of that; within the picture
 * Returns the part, made of the best of what is known; the caller owns it.
 * Errors: PST_ERROR_MEMORY. */
PstPicture *pst_sampled_dup_part (const PstSampled *sampled,
                                  PstSize           scaled,
                                  PstArea           part,
                                  GError          **error);

/* pst_sampled_list_samples:
 * Which parts of a picture of @scaled pixels stand for it: all of it, if it is
 * small, else squares of @side pixels spread over it.
 * @areas: [PST_SAMPLED_MAX_SAMPLES], in pixels of @scaled
 * Returns how many, at least 1. */
int pst_sampled_list_samples (PstSize scaled, int side, PstArea *areas);

/* pst_sampled_dup_samples:
 * Fills in the picture's samples, [PST_SAMPLED_MAX_SAMPLES], owned by the
 * caller; see pst_sampled_list_samples().  Returns how many; 0 on errors.
 * Errors: PST_ERROR_MEMORY. */
int pst_sampled_dup_samples (const PstSampled *sampled,
                             PstSize           scaled,
                             int               side,
                             PstPicture      **samples,
                             GError          **error);

/* The areas that pst_sampled_dup_samples() takes squares of, in pixels of
 * @size.  Returns how many: 0 if all is taken. */
int pst_sampled_list_squares (PstSize  size,
                              PstSize  scaled,
                              int      side,
                              PstArea *areas);
