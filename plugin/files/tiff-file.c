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

#include "vips-library.h"

#define MAX_PAGES     256 /* that are looked at */
#define MAX_SUB_PAGES 16
#define LINEAR_RAW    34892 /* a photometric interpretation of DNG */
#define TAIL          " (-)"
#define MAX_TEXT      4096 /* bytes */

typedef struct
{
  guint64  n_pixels; /* 0: a mask or a preview that is marked so */
  gboolean is_raw;
} Page;

static const struct
{
  ttag_t      tag;
  const char *field;
} texts[] = {
  { TIFFTAG_IMAGEDESCRIPTION, "exif-ifd0-ImageDescription" },
  { TIFFTAG_MAKE, "exif-ifd0-Make" },
  { TIFFTAG_MODEL, "exif-ifd0-Model" },
  { TIFFTAG_DATETIME, "exif-ifd0-DateTime" },
  { TIFFTAG_ARTIST, "exif-ifd0-Artist" },
  { TIFFTAG_COPYRIGHT, "exif-ifd0-Copyright" },
};

static void
close_tiff (TIFF *tiff)
{
  if (tiff)
    TIFFClose (tiff);
}

typedef TIFF *TiffFile;
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (TiffFile, close_tiff, NULL)

/* ---- pages -------------------------------------------------------------- */

/* Of the current directory. */
static Page
describe_page (TIFF *tiff)
{
  guint32 width = 0, height = 0, kind = 0, length;
  guint16 photometric = 0;
  void   *data;
  Page    page;

  TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_SUBFILETYPE, &kind);
  page.n_pixels = kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)
                    ? 0
                    : (guint64) width * height;
  page.is_raw = photometric == PHOTOMETRIC_CFA || photometric == LINEAR_RAW
                || TIFFGetField (tiff, TIFFTAG_DNGVERSION, &data)
                || TIFFGetField (tiff, TIFFTAG_CFAPATTERN, &length, &data);
  return page;
}

/* Whether a directory below the current one, @page, is a camera's. */
static gboolean
has_raw_below (TIFF *tiff, int page)
{
  guint16  n = 0;
  guint64 *found = NULL;
  guint64  offsets[MAX_SUB_PAGES];
  gboolean is_raw = FALSE;

  if (! TIFFGetField (tiff, TIFFTAG_SUBIFD, &n, &found))
    return FALSE;
  n = MIN (n, MAX_SUB_PAGES);
  memcpy (offsets, found, n * sizeof *offsets);
  for (int i = 0; i < n && ! is_raw; i++)
    is_raw =
      TIFFSetSubDirectory (tiff, offsets[i]) && describe_page (tiff).is_raw;
  TIFFSetDirectory (tiff, page);
  return is_raw;
}

/* Canon's raw files say so behind the head of TIFF. */
static gboolean
is_canon_raw (const char *path)
{
  g_autoptr (PstVipsSource) source = vips_source_new_from_file (path);
  guint8 *start = source ? vips_source_sniff (source, 10) : NULL;

  return start && memcmp (start + 8, "CR", 2) == 0;
}

int
pst_tiff_find_page (const char *path, gboolean *ret_is_raw)
{
  g_auto (TiffFile) tiff = TIFFOpen (path, "rm");
  guint64 n_pixels[MAX_PAGES], most = 0;
  int     n = 0;

  *ret_is_raw = tiff && is_canon_raw (path);
  if (! tiff)
    return 0;

  do
    {
      Page page = describe_page (tiff);

      n_pixels[n] = page.n_pixels;
      most = MAX (most, page.n_pixels);
      *ret_is_raw = *ret_is_raw || page.is_raw || has_raw_below (tiff, n);
    }
  while (++n < MAX_PAGES && TIFFReadDirectory (tiff));

  /* Previews that are not marked have far fewer pixels. */
  for (int i = 0; i < n; i++)
    if (most > 0 && n_pixels[i] >= most / 2)
      return i;
  return 0;
}

/* ---- samples ------------------------------------------------------------ */

typedef struct
{
  int      n_samples;
  int      n_colors;
  int      alpha; /* the number of the sample; -1: none */
  gboolean is_inverted;
} Samples;

/* Of the current directory. */
static Samples
describe_samples (TIFF *tiff)
{
  guint16  n = 1, n_extra = 0, photometric = 0;
  guint16 *kinds = NULL;
  Samples  samples = { .alpha = -1 };

  TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLESPERPIXEL, &n);
  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_EXTRASAMPLES, &n_extra, &kinds);
  samples.n_samples = n;
  samples.n_colors = n - n_extra;
  samples.is_inverted = photometric == PHOTOMETRIC_MINISWHITE;
  for (int i = n_extra - 1; i >= 0; i--)
    if (kinds[i] == EXTRASAMPLE_ASSOCALPHA
        || kinds[i] == EXTRASAMPLE_UNASSALPHA)
      samples.alpha = samples.n_colors + i;
  return samples;
}

/* Returns @image with colors and alpha alone; NULL on error. */
static VipsImage *
select_samples (VipsImage *image, const Samples *samples)
{
  g_autoptr (PstVipsImage) colors = NULL;
  g_autoptr (PstVipsImage) alpha = NULL;
  VipsImage *result = NULL;

  if (samples->n_samples != image->Bands || samples->n_colors < 1
      || samples->n_colors == image->Bands)
    return g_object_ref (image);
  if (vips_extract_band (image, &colors, 0, "n", samples->n_colors, NULL) != 0)
    return NULL;
  if (samples->alpha < 0)
    return g_steal_pointer (&colors);
  return vips_extract_band (image, &alpha, samples->alpha, NULL) == 0
             && vips_bandjoin2 (colors, alpha, &result, NULL) == 0
           ? result
           : NULL;
}

VipsImage *
pst_tiff_sort_samples (const char *path, int page, VipsImage *image)
{
  g_auto (TiffFile) tiff = TIFFOpen (path, "rm");
  g_autoptr (PstVipsImage) selected = NULL;
  const double factors[2] = { -1, 1 }, summands[2] = { 1, 0 };
  Samples      samples;
  VipsImage   *result = NULL;

  if (! tiff || ! TIFFSetDirectory (tiff, page))
    return g_object_ref (image);

  samples = describe_samples (tiff);
  selected = select_samples (image, &samples);
  /* libvips inverts whole numbers only. */
  if (! selected || ! samples.is_inverted || selected->Bands > 2
      || ! vips_band_format_isfloat (selected->BandFmt))
    return g_steal_pointer (&selected);
  return vips_linear (selected, &result, factors, summands, selected->Bands,
                      NULL)
             == 0
           ? result
           : NULL;
}

/* ---- texts -------------------------------------------------------------- */

void
pst_tiff_read_texts (const char *path, int page, VipsImage *image)
{
  g_auto (TiffFile) tiff = TIFFOpen (path, "rm");

  if (! tiff || ! TIFFSetDirectory (tiff, page))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = NULL;

      if (TIFFGetField (tiff, texts[i].tag, &text) && text
          && strlen (text) <= MAX_TEXT)
        {
          /* libvips drops what begins with the last " (". */
          g_autofree char *field = g_strconcat (text, TAIL, NULL);

          vips_image_set_string (image, texts[i].field, field);
        }
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

gboolean
pst_tiff_write_texts (const char *path,
                      VipsImage  *image,
                      gboolean    has_resolution)
{
  g_auto (TiffFile) tiff = TIFFOpen (path, "r+m");

  if (! tiff)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = dup_text (image, texts[i].field);

      if (text && *text)
        TIFFSetField (tiff, texts[i].tag, text);
    }
  if (! has_resolution)
    {
      TIFFSetField (tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_NONE);
      TIFFSetField (tiff, TIFFTAG_XRESOLUTION, 1.0);
      TIFFSetField (tiff, TIFFTAG_YRESOLUTION, 1.0);
    }
  return TIFFRewriteDirectory (tiff) == 1;
}
