/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.h: pictures as the network sees them
 *
 * Inside the engine a picture is rgb [height][width][3], sRGB-encoded, and its
 * alpha [height][width] apart.
 */
#pragma once

#include "color.h"
#include "core/base/shape.h"
#include "core/pastiche.h"
#include "resample.h"

typedef struct
{
  int    height;
  int    width;
  float *rgb;   /* [height][width][3], owned */
  float *alpha; /* [height][width], owned; NULL: opaque */
} PstPicture;

/* A size, and the margin around it, as pst_pad() makes it. */
typedef struct
{
  int      width; /* without margin */
  int      height;
  int      margin; /* 0 or more */
  gboolean wrap;
} PstFrame;

/* Clamps @n values to 0..1; NaN becomes 0. */
void pst_clamp (float *values, gsize n);

/* pst_picture_new:
 * @image at another size.  Colors are clamped to 0..1, NaN taken as 0.  Where
 * alpha is below 1 the color fades to the mean of the visible pixels, so that
 * there is no edge.
 * @if_empty: the message when no pixel is visible
 * Errors: PST_ERROR_IMAGE, no pixel is visible; PST_ERROR_MEMORY. */
PstPicture *pst_picture_new (const PstImage *image,
                             const char     *if_empty,
                             int             width,
                             int             height,
                             GError        **error);

/* Bytes of a picture's planes; G_MAXSIZE on overflow, as below. */
gsize pst_picture_bytes (PstSize size, gboolean has_alpha);

/* The most that pst_picture_new() holds at a time, with the picture, of an
 * image of size @from with alpha. */
gsize pst_picture_new_bytes (PstSize from, PstSize size);

/* The same without the alpha: colors are taken as they are.
 * Errors: PST_ERROR_MEMORY. */
PstPicture *pst_picture_new_opaque (const PstImage *image,
                                    int             width,
                                    int             height,
                                    GError        **error);

/* A copy at another size, colors clamped to 0..1.  Errors:
 * PST_ERROR_MEMORY. */
PstPicture *pst_picture_resize (const PstPicture *picture,
                                int               width,
                                int               height,
                                GError          **error);

/* The most that pst_picture_resize() holds at a time, with the picture. */
gsize pst_picture_resize_bytes (PstSize from, PstSize size, gboolean has_alpha);

/* The same of a part of it, see pst_resample_part(). */
PstPicture *pst_picture_resize_part (const PstPicture *picture,
                                     PstPart           part,
                                     int               width,
                                     int               height,
                                     GError          **error);

/* pst_pad:
 * @x: of @shape
 * @y: the same with @margin more pixels on each side; with a negative margin,
 *   that many fewer
 * @wrap: whether the margin is taken from the opposite side; else it is
 *   mirrored (the border pixel is repeated).  Small pictures are repeated. */
void
pst_pad (PstShape shape, const float *x, int margin, gboolean wrap, float *y);

/* @p modulo @n: from 0 to @n - 1. */
int pst_wrapped (int p, int n);

/* A copy changed by pst_pad().  Errors: PST_ERROR_MEMORY. */
PstPicture *pst_picture_pad (const PstPicture *picture,
                             int               margin,
                             gboolean          wrap,
                             GError          **error);

/* The size of @frame, with its margin. */
static inline PstSize
pst_frame_size (const PstFrame *frame)
{
  return (PstSize){ frame->width + 2 * frame->margin,
                    frame->height + 2 * frame->margin };
}

/* A copy at the size of @frame, with its margin.  Errors: PST_ERROR_MEMORY. */
PstPicture *pst_picture_frame (const PstPicture *picture,
                               const PstFrame   *frame,
                               GError          **error);

/* The most that pst_picture_frame() holds at a time, with the copy. */
gsize pst_picture_frame_bytes (PstSize         from,
                               const PstFrame *frame,
                               gboolean        has_alpha);

/* Of the visible part. */
PstColorStats pst_picture_color_stats (const PstPicture *picture);

/* Gives the visible part the color mean and covariance @to, by
 * pst_color_match(); colors clamped to 0..1. */
void pst_picture_give_colors (PstPicture *picture, const PstColorStats *to);

/* NULL is allowed. */
void pst_picture_free (PstPicture *picture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstPicture, pst_picture_free)
