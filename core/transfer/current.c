/* SPDX-License-Identifier: GPL-3.0-or-later */
/* current.c: the picture that a run works on, from scale to scale */
#include "current.h"

#include <string.h>

#include "core/base/error.h"
#include "core/picture/resample.h"

/* ---- from scale to scale ------------------------------------------------ */

/* Without the margin. */
static PstPicture *
dup_inside (const PstPlan *plan, const PstPicture *current, GError **error)
{
  PstPicture *inside =
    pst_picture_pad (current, -pst_plan_picture_margin (plan), FALSE, error);

  if (inside)
    pst_clamp (inside->rgb, 3 * (gsize) inside->width * inside->height);
  return inside;
}

/* The same at another size. */
static PstPicture *
dup_resized (const PstPlan    *plan,
             const PstPicture *current,
             int               width,
             int               height,
             GError          **error)
{
  g_autoptr (PstPicture) inside = dup_inside (plan, current, error);

  return inside ? pst_picture_resize (inside, width, height, error) : NULL;
}

/* @picture += factor * @other, at the picture's size */
static gboolean
add_picture (PstPicture       *picture,
             const PstPicture *other,
             float             factor,
             GError          **error)
{
  gsize n = 3 * (gsize) picture->width * picture->height;
  g_autoptr (PstPicture) resized =
    pst_picture_resize (other, picture->width, picture->height, error);

  if (! resized)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    picture->rgb[i] += factor * resized->rgb[i];
  return TRUE;
}

/* @picture += what @content shows at its size and not at that of the scale
 * before: the optimizer then needs a fifth fewer iterations for the same
 * loss. */
static gboolean
add_detail (PstPicture         *picture,
            const PstPicture   *content,
            const PstScalePlan *before,
            GError            **error)
{
  g_autoptr (PstPicture) coarse =
    pst_picture_resize (content, before->width, before->height, error);

  return coarse && add_picture (picture, coarse, -1, error)
         && add_picture (picture, content, 1, error);
}

/* Whether scale number @scale starts with detail of the content. */
static gboolean
adds_detail (const PstPlan *plan, int scale)
{
  return scale >= plan->n_composing && plan->scales[scale].loss.content_tap >= 0
         && ! plan->tileable;
}

/* A copy with the margin, without alpha, which is dropped. */
static PstPicture *
add_margin (const PstPlan *plan, PstPicture *picture, GError **error)
{
  g_clear_pointer (&picture->alpha, g_free);
  return pst_picture_pad (picture, pst_plan_picture_margin (plan), FALSE,
                          error);
}

PstPicture *
pst_current_first (const PstPlan *plan, const PstInputs *inputs, GError **error)
{
  g_autoptr (PstPicture) picture =
    pst_inputs_first_picture (inputs, &plan->scales[0], error);

  return picture ? add_margin (plan, picture, error) : NULL;
}

PstPicture *
pst_current_from_image (const PstPlan      *plan,
                        const PstScalePlan *sizes,
                        const PstImage     *image,
                        GError            **error)
{
  g_autoptr (PstPicture) picture =
    pst_picture_new_opaque (image, sizes->width, sizes->height, error);

  return picture ? add_margin (plan, picture, error) : NULL;
}

PstPicture *
pst_current_next (const PstPlan    *plan,
                  int               scale,
                  const PstPicture *current,
                  const PstPicture *content,
                  GError          **error)
{
  const PstScalePlan *sizes = &plan->scales[scale];
  int                 margins = 2 * pst_plan_picture_margin (plan);
  g_autoptr (PstPicture) picture = NULL;

  if (current->width == sizes->width + margins
      && current->height == sizes->height + margins)
    picture = dup_inside (plan, current, error);
  else
    {
      picture = dup_resized (plan, current, sizes->width, sizes->height, error);
      if (picture && adds_detail (plan, scale)
          && ! add_detail (picture, content, sizes - 1, error))
        return NULL;
    }
  return picture ? add_margin (plan, picture, error) : NULL;
}

/* ---- results ------------------------------------------------------------ */

/* The picture has the result's size: row by row, without another copy. */
static gboolean
crop_result (const PstPlan    *plan,
             const PstPicture *current,
             const PstInputs  *inputs,
             PstImage         *image,
             GError          **error)
{
  int               margin = pst_plan_picture_margin (plan);
  gsize             n = 3 * (gsize) image->width;
  g_autofree float *row = g_try_new (float, n);

  if (! row)
    return pst_fail_memory (error);
  for (int y = 0; y < image->height; y++)
    {
      const float *from =
        current->rgb + 3 * ((gsize) (y + margin) * current->width + margin);

      memcpy (row, from, sizeof (float) * n);
      pst_clamp (row, n);
      pst_inputs_put_row (inputs, y, row, image);
    }
  return TRUE;
}

static gboolean
resize_result (const PstPlan    *plan,
               const PstPicture *current,
               const PstInputs  *inputs,
               PstImage         *image,
               GError          **error)
{
  g_autoptr (PstPicture) result =
    current ? dup_resized (plan, current, image->width, image->height, error)
            : pst_picture_resize (inputs->content, image->width, image->height,
                                  error);

  if (! result)
    return FALSE;
  for (int y = 0; y < image->height; y++)
    pst_inputs_put_row (inputs, y, result->rgb + 3 * (gsize) y * image->width,
                        image);
  return TRUE;
}

PstImage *
pst_current_dup_result (const PstPlan    *plan,
                        const PstPicture *current,
                        const PstInputs  *inputs,
                        GError          **error)
{
  int margins = 2 * pst_plan_picture_margin (plan);
  g_autoptr (PstImage) image =
    pst_image_new (inputs->content->width, inputs->content->height, error);
  gboolean is_finest;

  if (! image)
    return NULL;
  is_finest = current && current->width == image->width + margins
              && current->height == image->height + margins;
  if (! (is_finest ? crop_result (plan, current, inputs, image, error)
                   : resize_result (plan, current, inputs, image, error)))
    return NULL;
  return g_steal_pointer (&image);
}

/* ---- memory ------------------------------------------------------------- */

/* Of dup_resized(). */
static gsize
dup_resized_bytes (PstSize from, PstSize size)
{
  return pst_size_add (pst_picture_bytes (from, FALSE),
                       pst_picture_resize_bytes (from, size, FALSE));
}

gsize
pst_current_next_bytes (const PstPlan *plan, int scale, gboolean has_alpha)
{
  PstSize  before = pst_plan_size (&plan->scales[scale - 1]);
  PstSize  size = pst_plan_size (&plan->scales[scale]);
  PstSize  finest = pst_plan_size (&plan->scales[plan->n_scales - 1]);
  PstFrame frame = { size.width, size.height, pst_plan_picture_margin (plan),
                     FALSE };
  gsize    picture = pst_picture_bytes (size, FALSE);
  gsize    coarse = pst_picture_bytes (before, has_alpha);
  gsize    detail =
    MAX (pst_picture_resize_bytes (finest, before, has_alpha),
         pst_size_add (coarse,
                       pst_picture_resize_bytes (finest, size, has_alpha)));
  gsize most =
    MAX (dup_resized_bytes (before, size),
         pst_size_add (picture,
                       pst_picture_bytes (pst_frame_size (&frame), FALSE)));

  return adds_detail (plan, scale) ? MAX (most, pst_size_add (picture, detail))
                                   : most;
}

gsize
pst_current_dup_result_bytes (const PstPlan *plan, const PstScalePlan *sizes)
{
  PstSize size = pst_plan_size (sizes);
  PstSize finest = pst_plan_size (&plan->scales[plan->n_scales - 1]);
  gsize   image = pst_picture_bytes (finest, TRUE);

  if (size.width == finest.width && size.height == finest.height)
    return image;
  return pst_size_add (image, dup_resized_bytes (size, finest));
}
