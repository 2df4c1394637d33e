/* SPDX-License-Identifier: GPL-3.0-or-later */
/* color-space.c: from a file's colors to those that are painted in, and back
 *
 * By Little CMS, in floating point: libvips converts in 16 bits at most, and to
 * profiles in files only.
 */
#include "color-space.h"

#include <math.h>

#include <lcms2.h>

#define SAMPLES   6       /* of each color, to see whether anything changes */
#define NO_CHANGE 0.0019f /* less than half a step of 8 bits */
#define NEARLY    0.003   /* primaries that differ by less are the same */

/* Where the date of its making is in a profile. */
#define DATE_OFFSET 24
#define DATE_LENGTH 12

struct _PstColorConversion
{
  cmsHTRANSFORM transform;
  PstColorModel model;
};

static cmsHPROFILE
open_profile (GBytes *profile)
{
  gsize         length;
  gconstpointer data;

  if (! profile)
    return cmsCreate_sRGBProfile ();
  data = g_bytes_get_data (profile, &length);
  return length <= G_MAXUINT32 ? cmsOpenProfileFromMem (data, length) : NULL;
}

static void
close_profile (cmsHPROFILE profile)
{
  if (profile)
    cmsCloseProfile (profile);
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (cmsHPROFILE, close_profile, NULL)

static cmsColorSpaceSignature
signature_of (PstColorModel model)
{
  return model == PST_COLORS_GRAY  ? cmsSigGrayData
         : model == PST_COLORS_RGB ? cmsSigRgbData
                                   : cmsSigCmykData;
}

/* ---- profiles that are made --------------------------------------------- */

/* The bytes of @profile; the same for the same contents, at any time. */
static GBytes *
save_profile (cmsHPROFILE profile)
{
  g_autofree guint8 *bytes = NULL;
  cmsUInt32Number    length = 0;

  if (! cmsSaveProfileToMem (profile, NULL, &length))
    return NULL;
  bytes = g_malloc (length);
  if (! cmsSaveProfileToMem (profile, bytes, &length)
      || length < DATE_OFFSET + DATE_LENGTH)
    return NULL;
  for (int i = 0; i < DATE_LENGTH; i++)
    bytes[DATE_OFFSET + i] = 0;
  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

/* RGB with @curve for all three. */
static GBytes *
make_profile (const cmsCIExyY       *white,
              const cmsCIExyYTRIPLE *primaries,
              cmsToneCurve          *curve)
{
  cmsToneCurve *curves[3] = { curve, curve, curve };
  g_auto (cmsHPROFILE) profile = cmsCreateRGBProfile (white, primaries, curves);

  return profile ? save_profile (profile) : NULL;
}

GBytes *
pst_color_profile_new (const double xy[8], double gamma)
{
  const cmsCIExyY       white = { xy[0], xy[1], 1 };
  const cmsCIExyYTRIPLE primaries = { { xy[2], xy[3], 1 },
                                      { xy[4], xy[5], 1 },
                                      { xy[6], xy[7], 1 } };
  cmsToneCurve         *curve = cmsBuildGamma (NULL, gamma);
  GBytes *profile = curve ? make_profile (&white, &primaries, curve) : NULL;

  if (curve)
    cmsFreeToneCurve (curve);
  return profile;
}

/* ---- the space to paint in ---------------------------------------------- */

/* The primaries of @profile, seen from D50; FALSE if it is not made so. */
static gboolean
find_primaries (cmsHPROFILE profile, cmsCIEXYZ ret_primaries[3])
{
  static const cmsTagSignature tags[] = { cmsSigRedColorantTag,
                                          cmsSigGreenColorantTag,
                                          cmsSigBlueColorantTag };

  if (cmsGetColorSpace (profile) != cmsSigRgbData
      || ! cmsIsMatrixShaper (profile))
    return FALSE;
  for (int i = 0; i < 3; i++)
    {
      const cmsCIEXYZ *primary = cmsReadTag (profile, tags[i]);

      if (! primary || ! (primary->X + primary->Y + primary->Z > 0))
        return FALSE;
      ret_primaries[i] = *primary;
    }
  return TRUE;
}

static gboolean
are_near (const cmsCIEXYZ a[3], const cmsCIEXYZ b[3])
{
  for (int i = 0; i < 3; i++)
    if (fabs (a[i].X - b[i].X) > NEARLY || fabs (a[i].Y - b[i].Y) > NEARLY
        || fabs (a[i].Z - b[i].Z) > NEARLY)
      return FALSE;
  return TRUE;
}

GBytes *
pst_color_space_of_profile (GBytes *profile)
{
  g_auto (cmsHPROFILE) wanted = open_profile (profile);
  g_auto (cmsHPROFILE) srgb = open_profile (NULL);
  cmsCIEXYZ       primaries[3], usual[3];
  cmsCIExyYTRIPLE chromaticities;

  if (! profile || ! wanted || ! find_primaries (wanted, primaries)
      || ! find_primaries (srgb, usual) || are_near (primaries, usual))
    return NULL;

  cmsXYZ2xyY (&chromaticities.Red, &primaries[0]);
  cmsXYZ2xyY (&chromaticities.Green, &primaries[1]);
  cmsXYZ2xyY (&chromaticities.Blue, &primaries[2]);
  return make_profile (cmsD50_xyY (), &chromaticities,
                       cmsReadTag (srgb, cmsSigRedTRCTag));
}

/* ---- conversions -------------------------------------------------------- */

void
pst_color_convert (const PstColorConversion *conversion,
                   int                       n,
                   const float              *from,
                   float                    *to)
{
  cmsDoTransform (conversion->transform, from, to, n);
}

/* Whether colors that are spread over all of RGB, or gray, stay as they are. */
static gboolean
changes_nothing (const PstColorConversion *conversion)
{
  int n = conversion->model == PST_COLORS_GRAY ? SAMPLES
                                               : SAMPLES * SAMPLES * SAMPLES;

  if (conversion->model == PST_COLORS_CMYK)
    return FALSE;
  for (int i = 0; i < n; i++)
    {
      const float color[3] = { i % SAMPLES / (SAMPLES - 1.0f),
                               i / SAMPLES % SAMPLES / (SAMPLES - 1.0f),
                               i / SAMPLES / SAMPLES / (SAMPLES - 1.0f) };
      float       converted[3];

      pst_color_convert (conversion, 1, color, converted);
      for (int c = 0; c < 3; c++)
        {
          float before =
            conversion->model == PST_COLORS_GRAY ? color[0] : color[c];

          if (! (fabsf (converted[c] - before) < NO_CHANGE))
            return FALSE;
        }
    }
  return TRUE;
}

gboolean
pst_color_conversion_new (PstColorModel        model,
                          GBytes              *from,
                          GBytes              *to,
                          PstColorConversion **ret_conversion)
{
  g_auto (cmsHPROFILE) source = open_profile (from);
  g_auto (cmsHPROFILE) target = open_profile (to);
  g_autoptr (PstColorConversion) conversion = NULL;
  cmsUInt32Number format = model == PST_COLORS_GRAY  ? TYPE_GRAY_FLT
                           : model == PST_COLORS_RGB ? TYPE_RGB_FLT
                                                     : TYPE_CMYK_FLT;

  *ret_conversion = NULL;
  if (! source || ! target || cmsGetColorSpace (source) != signature_of (model)
      || cmsGetColorSpace (target) != cmsSigRgbData)
    return FALSE;

  conversion = g_new0 (PstColorConversion, 1);
  conversion->model = model;
  /* Without a cache, it may be used by several threads. */
  conversion->transform =
    cmsCreateTransform (source, format, target, TYPE_RGB_FLT,
                        INTENT_RELATIVE_COLORIMETRIC,
                        cmsFLAGS_NOCACHE | cmsFLAGS_BLACKPOINTCOMPENSATION);
  if (! conversion->transform)
    return FALSE;
  if (! changes_nothing (conversion))
    *ret_conversion = g_steal_pointer (&conversion);
  return TRUE;
}

gboolean
pst_color_profile_is_of (GBytes *profile, PstColorModel model)
{
  g_autoptr (PstColorConversion) conversion = NULL;

  return pst_color_conversion_new (model, profile, NULL, &conversion);
}

gboolean
pst_color_profile_is_for_output (GBytes *profile)
{
  g_autoptr (PstColorConversion) conversion = NULL;

  return pst_color_conversion_new (PST_COLORS_RGB, NULL, profile, &conversion);
}

void
pst_color_conversion_free (PstColorConversion *conversion)
{
  if (! conversion)
    return;

  if (conversion->transform)
    cmsDeleteTransform (conversion->transform);
  g_free (conversion);
}
