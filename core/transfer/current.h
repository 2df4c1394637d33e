/* SPDX-License-Identifier: GPL-3.0-or-later */
/* current.h: the picture that a run works on, from scale to scale
 *
 * It has its margin and no alpha.  Later scales see of it what the caller sees:
 * the part inside the margin, in the displayable range.
 *
 * All pictures that are returned are the caller's.  Errors: PST_ERROR_MEMORY.
 */
#pragma once

#include "inputs.h"
#include "plan.h"

/* Where the first scale starts. */
PstPicture *pst_current_first (const PstPlan   *plan,
                               const PstInputs *inputs,
                               GError         **error);

/* The colors of @image at the size of a scale. */
PstPicture *pst_current_from_image (const PstPlan      *plan,
                                    const PstScalePlan *sizes,
                                    const PstImage     *image,
                                    GError            **error);

/* pst_current_next:
 * Where scale number @scale starts, which is not the first one, or has the size
 * of @current: there, with the content's own detail where structure is wanted.
 * @current: of the scale before, or one that was given
 * @content: at the size of the result */
PstPicture *pst_current_next (const PstPlan    *plan,
                              int               scale,
                              const PstPicture *current,
                              const PstPicture *content,
                              GError          **error);

/* pst_current_dup_result:
 * What the caller is given, at the size of the result; it owns the image.
 * @current: NULL: the content
 * @inputs: of the last scale */
PstImage *pst_current_dup_result (const PstPlan    *plan,
                                  const PstPicture *current,
                                  const PstInputs  *inputs,
                                  GError          **error);

/* Bytes that these hold at most at a time, besides @current, with what they
 * return; of the last with a picture of scale @sizes. */
gsize
pst_current_next_bytes (const PstPlan *plan, int scale, gboolean has_alpha);
gsize pst_current_dup_result_bytes (const PstPlan      *plan,
                                    const PstScalePlan *sizes);
