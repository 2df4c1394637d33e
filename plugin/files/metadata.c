/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metadata.c: what a file says of its picture, and what a result keeps of it */
#include "metadata.h"

#include <string.h>

#include "photoshop.h"

/* A field stays if its name begins so. */
static const char *const kept[] = { VIPS_META_EXIF_NAME,
                                    VIPS_META_XMP_NAME,
                                    VIPS_META_IPTC_NAME,
                                    VIPS_META_IMAGEDESCRIPTION,
                                    VIPS_META_RESOLUTION_UNIT,
                                    "exif-ifd0-",
                                    "exif-ifd2-",
                                    "exif-ifd3-",
                                    "exif-ifd4-",
                                    "png-comment-" };

/* Returns the XMP @data of @length bytes with the orientation, which they may
 * say again, as it is now; the caller owns it. */
static GBytes *
reset_xmp_orientation (const void *data, gsize length)
{
  g_autoptr (GRegex) regex =
    g_regex_new ("(tiff:Orientation(?:\\s*=\\s*[\"']|>))\\s*[1-8]\\s*",
                 G_REGEX_RAW, 0, NULL);
  char *changed = NULL;

  if (! memchr (data, '\0', length))
    changed = g_regex_replace (regex, data, length, 0, "\\g<1>1", 0, NULL);
  return changed ? g_bytes_new_take (changed, strlen (changed))
                 : g_bytes_new (data, length);
}

/* Returns the XMP @data of @length bytes without the previews in it; the caller
 * owns it. */
static GBytes *
remove_xmp_previews (const void *data, gsize length)
{
  static const char end[] = "</xmp:Thumbnails>";
  GByteArray       *text = g_byte_array_new ();
  const char       *at = data, *from, *to;

  while ((from = g_strstr_len (at, length, "<xmp:Thumbnails"))
         && (to = g_strstr_len (from, length - (from - at), end)))
    {
      g_byte_array_append (text, (const guint8 *) at, from - at);
      to += strlen (end);
      length -= to - at;
      at = to;
    }
  g_byte_array_append (text, (const guint8 *) at, length);
  return g_byte_array_free_to_bytes (text);
}

/* Replaces the field @name, if it is there, by what @clean makes of it. */
static void
clean_field (VipsImage  *image,
             const char *name,
             GBytes *(*clean) (const void *data, gsize length))
{
  const void *data;
  gsize       length;
  g_autoptr (GBytes) rest = NULL;

  if (vips_image_get_typeof (image, name) != VIPS_TYPE_BLOB
      || vips_image_get_blob (image, name, &data, &length) != 0)
    return;
  rest = clean (data, length);
  vips_image_set_blob_copy (image, name, g_bytes_get_data (rest, NULL),
                            g_bytes_get_size (rest));
}

static gboolean
is_kept (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_str_has_prefix (name, kept[i]))
      return TRUE;
  return FALSE;
}

/* VipsImageMapFn: gives the field to @data, another image.  Exif data bring
 * their own fields with them. */
static void *
copy_field (VipsImage *image, const char *name, GValue *value, void *data)
{
  if (is_kept (name))
    vips_image_set (data, name, value);
  return NULL;
}

/* VipsImageMapFn: notes in the GPtrArray @data what Exif data say of the
 * preview in them. */
static void *
note_preview (VipsImage *image, const char *name, GValue *value, void *data)
{
  if (g_str_has_prefix (name, "exif-ifd1-"))
    g_ptr_array_add (data, g_strdup (name));
  return NULL;
}

static void
copy_fields (VipsImage *from, VipsImage *to)
{
  g_autoptr (GPtrArray) previews = g_ptr_array_new_with_free_func (g_free);

  vips_image_map (from, copy_field, to);
  vips_autorot_remove_angle (to);
  vips_image_remove (to, "jpeg-thumbnail-data");
  vips_image_map (to, note_preview, previews);
  for (guint i = 0; i < previews->len; i++)
    vips_image_remove (to, previews->pdata[i]);
}

VipsImage *
pst_metadata_dup (VipsImage *image)
{
  static const guint8 black = 0;
  VipsImage          *metadata =
    vips_image_new_from_memory_copy (&black, 1, 1, 1, 1, VIPS_FORMAT_UCHAR);

  if (! metadata)
    return NULL;
  copy_fields (image, metadata);
  clean_field (metadata, VIPS_META_XMP_NAME, reset_xmp_orientation);
  clean_field (metadata, VIPS_META_XMP_NAME, remove_xmp_previews);
  clean_field (metadata, VIPS_META_IPTC_NAME, pst_photoshop_clean);
  metadata->Xres = image->Xres;
  metadata->Yres = image->Yres;
  return metadata;
}

gboolean
pst_metadata_has_resolution (VipsImage *metadata)
{
  /* Where a file says nothing, libvips sets numbers, but no unit. */
  return vips_image_get_typeof (metadata, VIPS_META_RESOLUTION_UNIT) != 0;
}

void
pst_metadata_copy (VipsImage *metadata, VipsImage *image)
{
  copy_fields (metadata, image);
  image->Xres = metadata->Xres;
  image->Yres = metadata->Yres;
}

/* VipsImageMapFn: whether a file keeps the field. */
static void *
find_kept (VipsImage *image, const char *name, GValue *value, void *unused)
{
  return is_kept (name) || g_str_equal (name, VIPS_META_ICC_NAME)
           ? (void *) name
           : NULL;
}

gboolean
pst_metadata_is_empty (VipsImage *image)
{
  return ! vips_image_map (image, find_kept, NULL);
}
