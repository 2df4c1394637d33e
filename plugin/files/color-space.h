/* SPDX-License-Identifier: GPL-3.0-or-later */
/* color-space.h: from a file's colors to those that are painted in, and back
 *
 * The engine clamps to 0..1.  So that no color of a wide gamut is lost, a
 * picture is painted in a space with the primaries of its profile and the tone
 * curve of sRGB.  A space and a profile are the bytes of an ICC profile; NULL
 * is sRGB.
 */
#pragma once

#include <glib.h>

/* How many colors a pixel has. */
typedef enum
{
  PST_COLORS_GRAY = 1,
  PST_COLORS_RGB = 3,
  PST_COLORS_CMYK = 4 /* 0..100 percent of ink, other colors 0..1 */
} PstColorModel;

/* A conversion of colors.  May be used by several threads at once. */
typedef struct _PstColorConversion PstColorConversion;

/* pst_color_space_of_profile:
 * The space to paint in what has the @profile: NULL if that is sRGB or nearly
 * so, or no RGB profile made of primaries and curves.  The caller owns a
 * reference. */
GBytes *pst_color_space_of_profile (GBytes *profile);

/* pst_color_profile_new:
 * A profile of RGB with the chromaticities x, y of white, red, green and blue,
 * and a tone curve that is a power.  The caller owns a reference; NULL if there
 * is no such profile. */
GBytes *pst_color_profile_new (const double xy[8], double gamma);

/* pst_color_profile_is_of:
 * Whether colors of @model can be converted by @profile to others. */
gboolean pst_color_profile_is_of (GBytes *profile, PstColorModel model);

/* pst_color_profile_is_for_output:
 * Whether colors of RGB can be converted to those of @profile: not if it is,
 * for example, of a scanner, by tables of one direction. */
gboolean pst_color_profile_is_for_output (GBytes *profile);

/* pst_color_conversion_new:
 * From colors of @model with the profile @from to RGB with the profile @to.
 * @ret_conversion is NULL if nothing changes by as much as half a step of 8
 * bits.  The caller owns it.
 * Returns FALSE if one of the profiles cannot be used so. */
gboolean pst_color_conversion_new (PstColorModel        model,
                                   GBytes              *from,
                                   GBytes              *to,
                                   PstColorConversion **ret_conversion);

/* pst_color_convert:
 * @from: [n][colors of the model]
 * @to: [n][3] */
void pst_color_convert (const PstColorConversion *conversion,
                        int                       n,
                        const float              *from,
                        float                    *to);

/* NULL is allowed. */
void pst_color_conversion_free (PstColorConversion *conversion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstColorConversion, pst_color_conversion_free)
