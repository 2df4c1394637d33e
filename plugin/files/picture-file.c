/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-file.c: pictures in files, by GEGL's loaders and savers
 *
 * Loaders and savers report failures only as warnings, so warnings are caught
 * and turned into errors.
 */
#include "picture-file.h"

#include <gegl.h>
#include <glib/gstdio.h>

#include "orientation.h"
#include "output-file.h"
#include "picture-kind.h"
#include "plugin/buffer.h"

/* ---- warnings ----------------------------------------------------------- */

/* GLogFunc that notes in the gboolean @data that there was a warning.  A colour
 * profile that cannot be used is no reason to refuse a picture. */
static void
note_warning (const char    *domain,
              GLogLevelFlags level,
              const char    *message,
              gpointer       data)
{
  gboolean *warned = data;

  if (level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL)
      && ! strstr (message, "icc"))
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

/* ---- reading ------------------------------------------------------------ */

/* Turns *@image as the file at @path says. */
static gboolean
set_upright (PstImage **image, const char *path, GError **error)
{
  g_autofree char *file = NULL;
  g_autoptr (PstImage) stored = *image;
  gsize length;
  int   orientation;

  *image = NULL;
  if (! g_file_get_contents (path, &file, &length, error))
    return FALSE;

  orientation = pst_orientation_find ((const guint8 *) file, length);
  *image = orientation == 1
             ? g_steal_pointer (&stored)
             : pst_orientation_apply (stored, orientation, error);
  return *image != NULL;
}

static PstPictureFormat
format_of_buffer (GeglBuffer *buffer)
{
  const Babl *format = gegl_buffer_get_format (buffer);
  const Babl *space = babl_format_get_space (format);
  gboolean    is_rgb =
    ! babl_space_is_gray (space) && ! babl_space_is_cmyk (space);

  return (PstPictureFormat){ .has_alpha = babl_format_has_alpha (format),
                             .is_deep = babl_format_get_type (format, 0)
                                        != babl_type ("u8"),
                             .space = is_rgb ? space : NULL };
}

/* Returns the pixels of the file at @path as they are stored; NULL if they
 * cannot be read. */
static GeglBuffer *
load_buffer (const char *path, const PstPictureKind *kind)
{
  g_autoptr (GeglNode) graph = gegl_node_new ();
  g_autoptr (GeglBuffer) buffer = NULL;
  GeglNode *load, *sink;

  load =
    gegl_node_new_child (graph, "operation", kind->loader, "path", path, NULL);
  sink = gegl_node_new_child (graph, "operation", "gegl:buffer-sink", "buffer",
                              &buffer, NULL);
  gegl_node_link (load, sink);
  return process (sink) ? g_steal_pointer (&buffer) : NULL;
}

PstImage *
pst_picture_read (const char       *path,
                  PstPictureFormat *ret_format,
                  GError          **error)
{
  const PstPictureKind *kind = pst_picture_kind_of_contents (path, error);
  g_autoptr (GeglBuffer) buffer = NULL;
  g_autoptr (PstImage) image = NULL;

  if (! kind)
    return NULL;

  buffer = load_buffer (path, kind);
  if (! buffer)
    {
      pst_picture_set_error (error, path, "is damaged");
      return NULL;
    }

  image = pst_buffer_read (buffer, gegl_buffer_get_extent (buffer), error);
  if (! image || ! set_upright (&image, path, error))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "\"%s\": ", name);
      return NULL;
    }

  if (ret_format)
    *ret_format = format_of_buffer (buffer);
  return g_steal_pointer (&image);
}

/* ---- writing ------------------------------------------------------------ */

static const PstPictureKind *
kind_for_writing (const char *path, GError **error)
{
  const PstPictureKind *kind = pst_picture_kind_of_name (path);

  if (! kind)
    pst_picture_set_error (
      error, path,
      "cannot be written: supported formats are " PST_PICTURE_KINDS);
  return kind;
}

gboolean
pst_picture_check_output (const char *path, GError **error)
{
  return kind_for_writing (path, error) && pst_output_check (path, error);
}

/* Returns @image without transparency, as it looks on white; NULL on error. */
static PstImage *
put_on_white (const PstImage *image, GError **error)
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
largest_size (const PstImage *image, PstPictureFormat format)
{
  gint64 n_pixels = (gint64) image->width * image->height;
  int    channels = format.has_alpha ? 4 : 3;

  return n_pixels * (channels * (format.is_deep ? 2 : 1) + 1) + (1 << 16);
}

static GeglBuffer *
buffer_from_image (const PstImage *image, PstPictureFormat format)
{
  const char *encoding = format.has_alpha
                           ? (format.is_deep ? "R'G'B'A u16" : "R'G'B'A u8")
                           : (format.is_deep ? "R'G'B' u16" : "R'G'B' u8");
  GeglBuffer *buffer =
    gegl_buffer_new (GEGL_RECTANGLE (0, 0, image->width, image->height),
                     babl_format_with_space (encoding, format.space));

  gegl_buffer_set (buffer, NULL, 0, babl_format ("R'G'B'A float"),
                   image->pixels, GEGL_AUTO_ROWSTRIDE);
  return buffer;
}

/* Writes @buffer to the file @path.  Returns whether the file can be read; if
 * not, sets @error where there is more to say of it. */
static gboolean
save_buffer (const char           *path,
             GeglBuffer           *buffer,
             const PstPictureKind *kind,
             PstPictureFormat      format,
             GError              **error)
{
  g_autoptr (GeglNode) graph = gegl_node_new ();
  g_autoptr (PstImage) written = NULL;
  GeglNode *source, *save;

  source = gegl_node_new_child (graph, "operation", "gegl:buffer-source",
                                "buffer", buffer, NULL);
  save =
    gegl_node_new_child (graph, "operation", kind->saver, "path", path, NULL);
  if (kind->has_depth)
    gegl_node_set (save, "bitdepth", format.is_deep ? 16 : 8, NULL);
  if (kind->quality)
    gegl_node_set (save, "quality", kind->quality, NULL);
  gegl_node_link (source, save);

  if (! process (save)
      || (kind->settle && format.space && ! kind->settle (path)))
    return FALSE;

  /* A saver may fail without a warning. */
  written = pst_picture_read (path, NULL, error);
  return written != NULL;
}

/* @reason: what save_buffer() said, or NULL */
static void
set_write_error (GError **error, const char *path, const GError *reason)
{
  g_autofree char *name = g_filename_display_name (path);

  if (g_error_matches (reason, PST_ERROR, PST_ERROR_MEMORY))
    g_set_error (error, PST_ERROR, PST_ERROR_MEMORY,
                 "\"%s\" cannot be written: not enough memory.", name);
  else
    pst_picture_set_error (error, path, "cannot be written");
}

gboolean
pst_picture_write (const char      *path,
                   const PstImage  *image,
                   PstPictureFormat format,
                   GError         **error)
{
  const PstPictureKind *kind = kind_for_writing (path, error);
  g_autoptr (PstImage) flat = NULL;
  g_autoptr (GeglBuffer) buffer = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *temporary = NULL;

  if (! kind)
    return FALSE;

  if (format.has_alpha && ! kind->has_alpha)
    {
      flat = put_on_white (image, error);
      if (! flat)
        return FALSE;
    }
  format.has_alpha = format.has_alpha && kind->has_alpha;
  format.is_deep = format.is_deep && kind->has_depth;
  format.space = kind->has_space ? format.space : NULL;

  temporary = pst_output_begin (path, largest_size (image, format), error);
  if (! temporary)
    return FALSE;

  buffer = buffer_from_image (flat ? flat : image, format);
  if (! save_buffer (temporary, buffer, kind, format, &reason))
    {
      set_write_error (error, path, reason);
      g_unlink (temporary);
      return FALSE;
    }

  return pst_output_finish (temporary, path, error);
}
