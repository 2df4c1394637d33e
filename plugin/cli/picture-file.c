/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-file.c: pictures in files, by GEGL's loaders and savers
 *
 * Loaders are chosen by the first bytes of the file, not by its name: given
 * another kind of file, some of them end the program.  Loaders and savers tell
 * of a failure by warnings only, so warnings are caught and make errors.
 */
#include "picture-file.h"

#include <errno.h>
#include <stdio.h>

#include <gegl.h>
#include <glib/gstdio.h>

#include "output-file.h"

#define KINDS        "PNG (.png), JPEG (.jpg), TIFF (.tif) and WebP (.webp)"
#define PIXEL_FORMAT "R'G'B'A float"     /* of PstImage */
#define START_LENGTH 16                  /* bytes that tell the kind of file */

/* A kind of file. */
typedef struct
{
  const char *extensions[2];
  const char *loader;
  const char *saver;
  const char *magic;           /* [magic_length], at magic_offset in the file */
  int         magic_length;
  int         magic_offset;
  gboolean    has_depth;       /* 16 bits are possible */
  gboolean    has_alpha;
  int         quality;         /* 0..100; 0: lossless */
} Kind;

static const Kind kinds[] =
{
  { { "png" }, "gegl:png-load", "gegl:png-save",
    "\x89PNG\r\n\x1a\n", 8, 0, TRUE, TRUE, 0 },
  { { "jpg", "jpeg" }, "gegl:jpg-load", "gegl:jpg-save",
    "\xff\xd8\xff", 3, 0, FALSE, FALSE, 95 },
  { { "tif", "tiff" }, "gegl:tiff-load", "gegl:tiff-save",
    "II*", 4, 0, TRUE, TRUE, 0 },
  { { "tif", "tiff" }, "gegl:tiff-load", "gegl:tiff-save",
    "MM\0*", 4, 0, TRUE, TRUE, 0 },
  { { "webp" }, "gegl:webp-load", "gegl:webp-save",
    "WEBP", 4, 8, FALSE, TRUE, 95 }
};

/* ---- errors ------------------------------------------------------------ */

static void G_GNUC_PRINTF (3, 4)
set_error (GError     **error,
           const char  *path,
           const char  *format,
           ...)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *reason = NULL;
  va_list          arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_set_error (error, PST_ERROR, PST_ERROR_IMAGE, "\"%s\" %s.", name, reason);
}

/* GLogFunc that notes in the gboolean @data that there was a warning.  A colour
 * profile that cannot be used is no reason to refuse a picture. */
static void
note_warning (const char     *domain,
              GLogLevelFlags  level,
              const char     *message,
              gpointer        data)
{
  gboolean *warned = data;

  if (level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL) &&
      ! strstr (message, "icc"))
    *warned = TRUE;
}

/* Runs a GEGL graph up to @sink.  Returns whether it went well. */
static gboolean
process (GeglNode *sink)
{
  gboolean warned = FALSE;
  GLogFunc old = g_log_set_default_handler (note_warning, &warned);

  gegl_node_process (sink);

  g_log_set_default_handler (old, NULL);
  return ! warned;
}

/* ---- reading ----------------------------------------------------------- */

/* Reads the first bytes of a file; a shorter file is filled up with zeros. */
static gboolean
read_start (const char  *path,
            char         ret_start[START_LENGTH],
            GError     **error)
{
  FILE *file = g_fopen (path, "rb");
  int   code = errno;

  if (file)
    {
      memset (ret_start, 0, START_LENGTH);
      errno = 0;
      fread (ret_start, 1, START_LENGTH, file);
      code = ferror (file) ? errno : 0;
      fclose (file);
    }
  if (code != 0)
    set_error (error, path, "cannot be read: %s", g_strerror (code));
  return code == 0;
}

static const Kind *
kind_of_contents (const char  *path,
                  GError     **error)
{
  char start[START_LENGTH];

  if (! read_start (path, start, error))
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (memcmp (start + kinds[i].magic_offset, kinds[i].magic,
                kinds[i].magic_length) == 0)
      return &kinds[i];

  set_error (error, path, "is not a picture of a known kind: " KINDS);
  return NULL;
}

static PstImage *
image_from_buffer (GeglBuffer  *buffer,
                   GError     **error)
{
  const GeglRectangle *extent = gegl_buffer_get_extent (buffer);
  PstImage            *image = pst_image_new (extent->width, extent->height,
                                              error);

  if (image)
    gegl_buffer_get (buffer, extent, 1.0, babl_format (PIXEL_FORMAT),
                     image->pixels, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
  return image;
}

PstImage *
pst_picture_read (const char       *path,
                  PstPictureDepth  *ret_depth,
                  GError          **error)
{
  const Kind             *kind = kind_of_contents (path, error);
  g_autoptr (GeglNode)    graph = NULL;
  g_autoptr (GeglBuffer)  buffer = NULL;
  g_autoptr (PstImage)    image = NULL;
  GeglNode               *load, *sink;
  const Babl             *format;

  if (! kind)
    return NULL;

  graph = gegl_node_new ();
  load = gegl_node_new_child (graph, "operation", kind->loader,
                              "path", path, NULL);
  sink = gegl_node_new_child (graph, "operation", "gegl:buffer-sink",
                              "buffer", &buffer, NULL);
  gegl_node_link (load, sink);

  if (! process (sink) || ! buffer)
    {
      set_error (error, path, "is damaged");
      return NULL;
    }

  image = image_from_buffer (buffer, error);
  if (! image)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "\"%s\": ", name);
      return NULL;
    }

  format = gegl_buffer_get_format (buffer);
  if (ret_depth)
    *ret_depth = (PstPictureDepth)
    {
      .has_alpha = babl_format_has_alpha (format),
      .is_deep = babl_format_get_type (format, 0) != babl_type ("u8")
    };
  return g_steal_pointer (&image);
}

/* ---- writing ----------------------------------------------------------- */

static const Kind *
kind_of_name (const char  *path,
              GError     **error)
{
  const char *extension = strrchr (path, '.');

  for (gsize i = 0; extension && i < G_N_ELEMENTS (kinds); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (kinds[i].extensions); j++)
      if (kinds[i].extensions[j] &&
          g_ascii_strcasecmp (extension + 1, kinds[i].extensions[j]) == 0)
        return &kinds[i];

  set_error (error, path, "cannot be written: its extension is none of those "
             "known, " KINDS);
  return NULL;
}

gboolean
pst_picture_check_output (const char  *path,
                          GError     **error)
{
  return kind_of_name (path, error) && pst_output_check (path, error);
}

/* Returns @image without transparency, as it looks on white; NULL on error. */
static PstImage *
put_on_white (const PstImage  *image,
              GError         **error)
{
  gsize     n_values = (gsize) image->width * image->height * 4;
  PstImage *flat = pst_image_new (image->width, image->height, error);

  for (gsize i = 0; flat && i < n_values; i += 4)
    {
      float alpha = image->pixels[i + 3];

      for (int c = 0; c < 3; c++)
        flat->pixels[i + c] = image->pixels[i + c] * alpha + (1 - alpha);
      flat->pixels[i + 3] = 1;
    }
  return flat;
}

/* More bytes than the file will have. */
static gint64
largest_size (const PstImage  *image,
              PstPictureDepth  depth)
{
  gint64 n_pixels = (gint64) image->width * image->height;
  int    channels = depth.has_alpha ? 4 : 3;

  return n_pixels * (channels * (depth.is_deep ? 2 : 1) + 1) + (1 << 16);
}

static GeglBuffer *
buffer_from_image (const PstImage  *image,
                   PstPictureDepth  depth)
{
  const char *format = depth.has_alpha
                     ? (depth.is_deep ? "R'G'B'A u16" : "R'G'B'A u8")
                     : (depth.is_deep ? "R'G'B' u16" : "R'G'B' u8");
  GeglBuffer *buffer =
    gegl_buffer_new (GEGL_RECTANGLE (0, 0, image->width, image->height),
                     babl_format (format));

  gegl_buffer_set (buffer, NULL, 0, babl_format (PIXEL_FORMAT), image->pixels,
                   GEGL_AUTO_ROWSTRIDE);
  return buffer;
}

/* Writes @buffer to the file @path.  Returns whether the file can be read. */
static gboolean
save_buffer (const char *path,
             GeglBuffer *buffer,
             const Kind *kind,
             int         bits)
{
  g_autoptr (GeglNode)  graph = gegl_node_new ();
  g_autoptr (PstImage)  written = NULL;
  GeglNode             *source, *save;
  source = gegl_node_new_child (graph, "operation", "gegl:buffer-source",
                                "buffer", buffer, NULL);
  save = gegl_node_new_child (graph, "operation", kind->saver,
                              "path", path, NULL);
  if (kind->has_depth)
    gegl_node_set (save, "bitdepth", bits, NULL);
  if (kind->quality)
    gegl_node_set (save, "quality", kind->quality, NULL);
  gegl_node_link (source, save);

  if (! process (save))
    return FALSE;

  /* A saver may fail without a warning. */
  written = pst_picture_read (path, NULL, NULL);
  return written != NULL;
}

gboolean
pst_picture_write (const char       *path,
                   const PstImage   *image,
                   PstPictureDepth   depth,
                   GError          **error)
{
  const Kind             *kind = kind_of_name (path, error);
  g_autoptr (PstImage)    flat = NULL;
  g_autoptr (GeglBuffer)  buffer = NULL;
  g_autofree char        *temporary = NULL;

  if (! kind)
    return FALSE;

  if (depth.has_alpha && ! kind->has_alpha)
    {
      flat = put_on_white (image, error);
      if (! flat)
        return FALSE;
    }
  depth.has_alpha = depth.has_alpha && kind->has_alpha;
  depth.is_deep = depth.is_deep && kind->has_depth;

  temporary = pst_output_begin (path, largest_size (image, depth), error);
  if (! temporary)
    return FALSE;

  buffer = buffer_from_image (flat ? flat : image, depth);
  if (! save_buffer (temporary, buffer, kind, depth.is_deep ? 16 : 8))
    {
      set_error (error, path, "cannot be written");
      g_unlink (temporary);
      return FALSE;
    }

  return pst_output_finish (temporary, path, error);
}
