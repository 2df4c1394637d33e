/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiff-file.c: what libvips does not do with TIFF files
 *
 * Which picture of a file is meant; which files are a camera's raw files, whose
 * pictures are previews; what samples are alpha; and the texts that Exif has,
 * too.
 */
#include "tiff-file.h"

#include <string.h>

#include <tiffio.h>

#include "photoshop.h"
#include "vips-library.h"

#define MAX_PAGES     256 /* that are looked at */
#define MAX_SUB_PAGES 16
#define LINEAR_RAW    34892 /* a photometric interpretation of DNG */
#define TAIL          " (-)"
#define MAX_TEXT      4096 /* bytes */

static const struct
{
  ttag_t      tag;
  const char *field;
} texts[PST_TIFF_MAX_TEXTS] = {
  { TIFFTAG_IMAGEDESCRIPTION, "exif-ifd0-ImageDescription" },
  { TIFFTAG_MAKE, "exif-ifd0-Make" },
  { TIFFTAG_MODEL, "exif-ifd0-Model" },
  { TIFFTAG_DATETIME, "exif-ifd0-DateTime" },
  { TIFFTAG_ARTIST, "exif-ifd0-Artist" },
  { TIFFTAG_COPYRIGHT, "exif-ifd0-Copyright" },
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TIFF, TIFFClose)

/* ---- pages -------------------------------------------------------------- */

/* Pixels of the current directory; 0: a mask, or a preview that is marked so.
 */
static guint64
count_pixels (TIFF *tiff)
{
  guint32 width = 0, height = 0, kind = 0;

  TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_SUBFILETYPE, &kind);
  return kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)
           ? 0
           : (guint64) width * height;
}

/* Whether the current directory is a camera's. */
static gboolean
is_raw (TIFF *tiff)
{
  guint16 photometric = 0;
  guint32 length;
  void   *data;

  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  return photometric == PHOTOMETRIC_CFA || photometric == LINEAR_RAW
         || TIFFGetField (tiff, TIFFTAG_DNGVERSION, &data)
         || TIFFGetField (tiff, TIFFTAG_CFAPATTERN, &length, &data);
}

/* Whether a directory below the current one, @page, is a camera's. */
static gboolean
has_raw_below (TIFF *tiff, int page)
{
  guint16  n = 0;
  guint64 *found = NULL;
  guint64  offsets[MAX_SUB_PAGES];
  gboolean has_raw = FALSE;

  if (! TIFFGetField (tiff, TIFFTAG_SUBIFD, &n, &found))
    return FALSE;
  n = MIN (n, MAX_SUB_PAGES);
  memcpy (offsets, found, n * sizeof *offsets);
  for (int i = 0; i < n && ! has_raw; i++)
    has_raw = TIFFSetSubDirectory (tiff, offsets[i]) && is_raw (tiff);
  TIFFSetDirectory (tiff, page);
  return has_raw;
}

/* The number of the picture that is meant. */
static int
find_page (TIFF *tiff, gboolean *ret_is_raw)
{
  guint64 n_pixels[MAX_PAGES], most = 0;
  int     n = 0;

  *ret_is_raw = FALSE;
  do
    {
      n_pixels[n] = count_pixels (tiff);
      most = MAX (most, n_pixels[n]);
      *ret_is_raw = *ret_is_raw || is_raw (tiff) || has_raw_below (tiff, n);
    }
  while (++n < MAX_PAGES && TIFFReadDirectory (tiff));

  /* Previews that are not marked have far fewer pixels. */
  for (int i = 0; i < n; i++)
    if (most > 0 && n_pixels[i] >= most / 2)
      return i;
  return 0;
}

/* ---- samples ------------------------------------------------------------ */

/* What kind of numbers the samples of the current directory are. */
static void
read_numbers (TIFF *tiff, guint16 photometric, PstTiffPicture *picture)
{
  guint16  n_bits = 1, kind = SAMPLEFORMAT_UINT;
  gboolean is_plain = photometric == PHOTOMETRIC_MINISWHITE
                      || photometric == PHOTOMETRIC_MINISBLACK
                      || photometric == PHOTOMETRIC_PALETTE;

  TIFFGetFieldDefaulted (tiff, TIFFTAG_BITSPERSAMPLE, &n_bits);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLEFORMAT, &kind);
  picture->n_bits = n_bits;
  picture->is_float = kind == SAMPLEFORMAT_IEEEFP;
  picture->is_common =
    n_bits == 32 || (! picture->is_float && (n_bits == 8 || n_bits == 16))
    || (is_plain && (n_bits == 1 || n_bits == 2 || n_bits == 4));
}

/* Of the current directory. */
static void
read_samples (TIFF *tiff, PstTiffPicture *picture)
{
  guint16  n = 1, n_extra = 0, photometric = 0;
  guint16 *kinds = NULL;

  TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLESPERPIXEL, &n);
  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_EXTRASAMPLES, &n_extra, &kinds);
  read_numbers (tiff, photometric, picture);
  picture->n_samples = n;
  picture->n_colors = n - n_extra;
  picture->is_inverted = photometric == PHOTOMETRIC_MINISWHITE;
  picture->alpha = -1;
  for (int i = n_extra - 1; i >= 0; i--)
    if (kinds[i] == EXTRASAMPLE_ASSOCALPHA
        || kinds[i] == EXTRASAMPLE_UNASSALPHA)
      picture->alpha = picture->n_colors + i;
}

/* Returns @image with colors and alpha alone; NULL on error. */
static VipsImage *
select_samples (const PstTiffPicture *tiff, VipsImage *image)
{
  g_autoptr (PstVipsImage) colors = NULL;
  g_autoptr (PstVipsImage) alpha = NULL;
  VipsImage *result = NULL;

  if (tiff->n_samples != image->Bands || tiff->n_colors < 1
      || tiff->n_colors == image->Bands)
    return g_object_ref (image);
  if (vips_extract_band (image, &colors, 0, "n", tiff->n_colors, NULL) != 0)
    return NULL;
  if (tiff->alpha < 0)
    return g_steal_pointer (&colors);
  return vips_extract_band (image, &alpha, tiff->alpha, NULL) == 0
             && vips_bandjoin2 (colors, alpha, &result, NULL) == 0
           ? result
           : NULL;
}

VipsImage *
pst_tiff_sort_samples (const PstTiffPicture *tiff, VipsImage *image)
{
  g_autoptr (PstVipsImage) selected = select_samples (tiff, image);
  const double factors[2] = { -1, 1 }, summands[2] = { 1, 0 };
  VipsImage   *result = NULL;

  /* libvips inverts whole numbers only. */
  if (! selected || ! tiff->is_inverted || selected->Bands > 2
      || ! vips_band_format_isfloat (selected->BandFmt))
    return g_steal_pointer (&selected);
  return vips_linear (selected, &result, factors, summands, selected->Bands,
                      NULL)
             == 0
           ? result
           : NULL;
}

/* ---- texts -------------------------------------------------------------- */

/* Of the current directory. */
static void
read_texts (TIFF *tiff, PstTiffPicture *picture)
{
  for (int i = 0; i < PST_TIFF_MAX_TEXTS; i++)
    {
      const char *text = NULL;

      if (TIFFGetField (tiff, texts[i].tag, &text) && text
          && strlen (text) <= MAX_TEXT)
        picture->texts[i] = g_strdup (text);
    }
}

void
pst_tiff_add_texts (const PstTiffPicture *tiff, VipsImage *image)
{
  for (int i = 0; i < PST_TIFF_MAX_TEXTS; i++)
    if (tiff->texts[i])
      {
        /* libvips drops what begins with the last " (". */
        g_autofree char *field = g_strconcat (tiff->texts[i], TAIL, NULL);

        vips_image_set_string (image, texts[i].field, field);
      }
}

/* The text of a field, without what is added: TAIL here, by libvips something
 * like " (text, ASCII, 5 components, 5 bytes)". */
static char *
dup_text (VipsImage *image, const char *field)
{
  const char *value, *tail;
  guint64     size;

  if (vips_image_get_typeof (image, field) != VIPS_TYPE_REF_STRING
      || vips_image_get_string (image, field, &value) != 0)
    return NULL;
  if (g_str_has_suffix (value, TAIL))
    return g_strndup (value, strlen (value) - strlen (TAIL));

  tail = g_strrstr (value, " components, ");
  if (! tail || ! strstr (value, ", ASCII, "))
    return NULL;
  size = g_ascii_strtoull (tail + strlen (" components, "), NULL, 10);
  return size > 0 && size <= strlen (value) ? g_strndup (value, size - 1)
                                            : NULL;
}

/* libvips writes a quarter of it: versions of libtiff differ in whether they
 * count bytes or groups of four. */
static void
write_iptc (TIFF *tiff, VipsImage *image)
{
  const TIFFField *field = TIFFFieldWithTag (tiff, TIFFTAG_RICHTIFFIPTC);
  const void      *data, *iptc;
  gsize            length, n;

  if (! field || vips_image_get_typeof (image, VIPS_META_IPTC_NAME) == 0
      || vips_image_get_blob (image, VIPS_META_IPTC_NAME, &data, &length) != 0)
    return;
  iptc = pst_photoshop_find_iptc (data, length, &n);
  if (iptc && n <= G_MAXINT32)
    {
      g_autofree guint8 *whole = g_malloc0 (n + 4);
      gsize              padded = (n + 3) / 4 * 4;

      memcpy (whole, iptc, n);
      TIFFSetField (tiff, TIFFTAG_RICHTIFFIPTC,
                    (guint32) (TIFFFieldDataType (field) == TIFF_LONG
                                 ? padded / 4
                                 : padded),
                    whole);
    }
}

gboolean
pst_tiff_write_texts (const char *path,
                      VipsImage  *image,
                      gboolean    has_resolution)
{
  g_autoptr (TIFF) tiff = TIFFOpen (path, "r+m");

  if (! tiff)
    return FALSE;

  for (int i = 0; i < PST_TIFF_MAX_TEXTS; i++)
    {
      g_autofree char *text = dup_text (image, texts[i].field);

      if (text && *text)
        TIFFSetField (tiff, texts[i].tag, text);
    }
  write_iptc (tiff, image);
  if (! has_resolution)
    {
      TIFFSetField (tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_NONE);
      TIFFSetField (tiff, TIFFTAG_XRESOLUTION, 1.0);
      TIFFSetField (tiff, TIFFTAG_YRESOLUTION, 1.0);
    }
  return TIFFRewriteDirectory (tiff) == 1;
}

/* ---- all of it ---------------------------------------------------------- */

PstTiffPicture *
pst_tiff_picture_new (const char *path)
{
  g_autoptr (TIFF) tiff = TIFFOpen (path, "rm");
  PstTiffPicture *picture;

  if (! tiff)
    return NULL;

  picture = g_new0 (PstTiffPicture, 1);
  picture->page = find_page (tiff, &picture->is_raw);
  if (TIFFSetDirectory (tiff, picture->page))
    {
      read_samples (tiff, picture);
      read_texts (tiff, picture);
    }
  return picture;
}

void
pst_tiff_picture_free (PstTiffPicture *tiff)
{
  if (! tiff)
    return;

  for (int i = 0; i < PST_TIFF_MAX_TEXTS; i++)
    g_free (tiff->texts[i]);
  g_free (tiff);
}
