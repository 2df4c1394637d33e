/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pictures.c: the pixels that a request is about, and what of a result is seen
 */
#include "pictures.h"

#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "region.h"

/* ---- reading ------------------------------------------------------------ */

/* Regions that are not the same; returns how many, 0 if a style is everywhere.
 */
static int
list_regions (const PstPictures *pictures, const float **ret_regions)
{
  int n_regions = 0;

  for (int i = 0; i < pictures->n_styles; i++)
    {
      const float *region = pictures->styles[i].region;
      int          same = 0;

      if (! region)
        return 0;
      while (same < n_regions && ret_regions[same] != region)
        same++;
      if (same == n_regions)
        ret_regions[n_regions++] = region;
    }
  return n_regions;
}

/* A region belongs to the first style that has it. */
static void
drop_styles (PstPictures *pictures)
{
  for (int i = pictures->n_styles - 1; i >= 0; i--)
    {
      PstStyleSource *style = &pictures->styles[i];
      gboolean        is_first = TRUE;

      for (int j = 0; j < i; j++)
        is_first = is_first && pictures->styles[j].region != style->region;
      if (is_first)
        g_free ((float *) style->region);
      pst_image_free (style->image);
      g_free (style->path);
      *style = (PstStyleSource){ 0 };
    }
  pictures->n_styles = 0;
}

gboolean
pst_pictures_have_content (const PstPictures *pictures,
                           const PstRequest  *request)
{
  return pictures->content
         && pst_content_equal (&pictures->place, &request->content);
}

gboolean
pst_pictures_read_content (PstPictures      *pictures,
                           const PstContent *place,
                           int               side,
                           GError          **error)
{
  pst_pictures_clear (pictures);
  pictures->place = *place;
  pictures->side = side;
  if (place->is_selected)
    {
      pictures->selection =
        pst_region_read (PST_REGION_SELECTION, place, side, error);
      if (! pictures->selection)
        return FALSE;
    }
  pictures->content = pst_content_read (place, side, error);
  return pictures->content != NULL;
}

/* A small picture of a file that can be read without GIMP is left to others. */
static gboolean
read_picture (const PstStyle *style,
              int             side,
              PstStyleSource *ret_source,
              GError        **error)
{
  g_autofree char *path =
    side > 0 && style->file ? g_file_get_path (style->file) : NULL;

  if (path && gdk_pixbuf_get_file_info (path, NULL, NULL))
    ret_source->path = g_steal_pointer (&path);
  else
    ret_source->image = pst_style_read (style, side, error);
  return ret_source->image || ret_source->path;
}

static gboolean
read_style (PstPictures     *pictures,
            const PstStyles *styles,
            int              index,
            GError         **error)
{
  const PstStyle *style = &styles->list[index];
  PstStyleSource *source = &pictures->styles[index];
  int             same = pst_styles_find_region (styles, index);

  pictures->n_styles = index + 1;
  source->weight = style->weight;
  if (same < index)
    source->region = pictures->styles[same].region;
  else if (style->region)
    source->region =
      pst_region_read (style->region, &pictures->place, pictures->side, error);
  return (! style->region || source->region)
         && read_picture (style, pictures->style_side, source, error);
}

gboolean
pst_pictures_read_styles (PstPictures      *pictures,
                          const PstRequest *request,
                          int               side,
                          GError          **error)
{
  drop_styles (pictures);
  pictures->style_side = side;
  for (int i = 0; i < request->styles.n_styles; i++)
    if (! read_style (pictures, &request->styles, i, error))
      return FALSE;
  return TRUE;
}

void
pst_pictures_clear (PstPictures *pictures)
{
  drop_styles (pictures);
  g_clear_pointer (&pictures->content, pst_image_free);
  g_clear_pointer (&pictures->selection, g_free);
}

/* ---- comparing ---------------------------------------------------------- */

static gboolean
is_same_image (const PstImage *one, const PstImage *other)
{
  return one && other && one->width == other->width
         && one->height == other->height
         && memcmp (one->pixels, other->pixels,
                    sizeof (float) * 4 * (gsize) one->width * one->height)
              == 0;
}

static gboolean
is_same_content (const PstPictures *pictures)
{
  g_autoptr (PstImage) now =
    pst_content_read (&pictures->place, pictures->side, NULL);

  return is_same_image (now, pictures->content);
}

static gboolean
is_same_region (const PstPictures *pictures,
                const char        *region,
                const float       *then)
{
  const PstImage   *content = pictures->content;
  g_autofree float *now = NULL;

  if (! region || ! then)
    return ! region && ! then;
  now = pst_region_read (region, &pictures->place, pictures->side, NULL);
  return now
         && memcmp (now, then,
                    sizeof (float) * (gsize) content->width * content->height)
              == 0;
}

static gboolean
is_same_style (const PstPictures    *pictures,
               const PstStyle       *style,
               const PstStyleSource *then)
{
  g_autoptr (PstImage) now = NULL;

  if (style->weight != then->weight
      || ! is_same_region (pictures, style->region, then->region))
    return FALSE;
  if (style->drawable == PST_NO_ITEM)
    return TRUE;
  now = pst_style_read (style, pictures->style_side, NULL);
  return is_same_image (now, then->image);
}

gboolean
pst_pictures_are_current (const PstPictures *pictures,
                          const PstRequest  *request)
{
  const PstStyles *styles = &request->styles;

  if (styles->n_styles != pictures->n_styles
      || ! pst_request_check (request, NULL)
      || ! pst_pictures_have_content (pictures, request)
      || ! is_same_content (pictures))
    return FALSE;
  for (int i = 0; i < styles->n_styles; i++)
    if (! is_same_style (pictures, &styles->list[i], &pictures->styles[i]))
      return FALSE;
  return TRUE;
}

/* ---- what of a result is seen ------------------------------------------- */

/* Gives an enlarged picture the alpha of the content, and its colors where the
 * regions leave it as it is: where they overlap, they cover all of it at most.
 * A picture that was not enlarged has both from the engine. */
static void
restore_content (const PstPictures *pictures, PstImage *picture)
{
  const float *regions[PST_MAX_STYLES];
  int          n_regions = list_regions (pictures, regions);

  for (gsize i = 0; i < (gsize) picture->width * picture->height; i++)
    {
      const float *original = pictures->content->pixels + i * 4;
      float       *pixel = picture->pixels + i * 4;
      float        share = n_regions == 0;

      for (int r = 0; r < n_regions; r++)
        share = MIN (share + regions[r][i], 1);
      for (int c = 0; c < 3; c++)
        pixel[c] = share * pixel[c] + (1 - share) * original[c];
      pixel[3] = original[3];
    }
}

PstImage *
pst_pictures_finish (const PstPictures *pictures,
                     PstImage          *picture,
                     GError           **error)
{
  int width = pictures->content->width;
  int height = pictures->content->height;

  if (picture->width != width || picture->height != height)
    {
      PstImage *enlarged = pst_image_resize (picture, width, height, error);

      pst_image_free (picture);
      if (! enlarged)
        return NULL;
      picture = enlarged;
      restore_content (pictures, picture);
    }

  for (gsize i = 0; pictures->selection && i < (gsize) width * height; i++)
    picture->pixels[4 * i + 3] *= pictures->selection[i];
  return picture;
}

/* Mixes a row of the view with what is below it where it is not selected. */
static void
mix_row (const PstPictures *pictures, PstImage *view, int y)
{
  const PstImage *content = pictures->content;
  float          *pixel = view->pixels + 4 * (gsize) y * view->width;
  gsize           row = (gsize) y * content->height / view->height;

  for (int x = 0; x < view->width; x++, pixel += 4)
    {
      gsize at =
        row * content->width + (gsize) x * content->width / view->width;
      const float *below = content->pixels + 4 * at;

      for (int c = 0; c < 4; c++)
        pixel[c] = below[c] + (pixel[c] - below[c]) * pictures->selection[at];
    }
}

/* Takes the colors away, as writing into a grayscale image does. */
static void
make_gray (PstImage *image)
{
  const Babl       *color = babl_format ("R'G'B'A float");
  const Babl       *gray = babl_format ("Y'A float");
  g_autofree float *row = g_new (float, 2 * image->width);

  for (int y = 0; y < image->height; y++)
    {
      float *pixels = image->pixels + 4 * (gsize) y * image->width;

      babl_process (babl_fish (color, gray), pixels, row, image->width);
      babl_process (babl_fish (gray, color), row, pixels, image->width);
    }
}

PstImage *
pst_pictures_dup_view (const PstPictures *pictures,
                       const PstImage    *picture,
                       GError           **error)
{
  gsize     n_values = 4 * (gsize) picture->width * picture->height;
  PstImage *view = pst_image_new (picture->width, picture->height, error);

  if (! view)
    return NULL;
  memcpy (view->pixels, picture->pixels, n_values * sizeof *view->pixels);
  for (int y = 0; pictures->selection && y < view->height; y++)
    mix_row (pictures, view, y);
  if (pictures->place.base_type == GIMP_GRAY)
    make_gray (view);
  return view;
}
