/* SPDX-License-Identifier: GPL-3.0-or-later */
/* thumbnail-file.c: small pictures of files */
#include "thumbnail-file.h"

#include <glib/gi18n-lib.h>

#include "plugin/gimp/image/upright.h"

/* What is seen through transparent parts. */
#define CHECK_SIZE  4
#define LIGHT_CHECK 0x999999
#define DARK_CHECK  0x666666

/* Pixels of a picture that is read as a whole to be scaled down, a second's
 * work; JPEG is scaled while it is read. */
#define MAX_PIXELS 1e8

/* ---- pictures ----------------------------------------------------------- */

#define MAX_RATIO 8 /* of sides; what is longer still is compressed */

/* Such that @size is filled; no side is 0. */
static void
get_scaled_size (const PstThumbnailSize *size, int *width, int *height)
{
  int measure = size->is_square ? MIN (*width, *height) : MAX (*width, *height);
  double scale = (double) size->side / measure;

  *width = CLAMP (*width * scale + 0.5, 1, MAX_RATIO * size->side);
  *height = CLAMP (*height * scale + 0.5, 1, MAX_RATIO * size->side);
}

/* Cuts out the middle, on checks; returns a picture of its own. */
static GdkPixbuf *
finish (GdkPixbuf *picture, const PstThumbnailSize *size)
{
  int width = gdk_pixbuf_get_width (picture);
  int height = gdk_pixbuf_get_height (picture);
  g_autoptr (GdkPixbuf) middle = g_object_ref (picture);

  if (size->is_square)
    {
      int side = MIN (size->side, MIN (width, height));

      g_object_unref (middle);
      middle = gdk_pixbuf_new_subpixbuf (picture, (width - side) / 2,
                                         (height - side) / 2, side, side);
      width = height = side;
    }
  return gdk_pixbuf_composite_color_simple (middle, width, height,
                                            GDK_INTERP_NEAREST, 255, CHECK_SIZE,
                                            LIGHT_CHECK, DARK_CHECK);
}

GdkPixbuf *
pst_thumbnail_scale (const GdkPixbuf *picture, const PstThumbnailSize *size)
{
  int width = gdk_pixbuf_get_width (picture);
  int height = gdk_pixbuf_get_height (picture);
  g_autoptr (GdkPixbuf) scaled = NULL;

  get_scaled_size (size, &width, &height);
  scaled =
    gdk_pixbuf_scale_simple (picture, width, height, GDK_INTERP_BILINEAR);
  return finish (scaled, size);
}

/* ---- files -------------------------------------------------------------- */

static gboolean
set_unsupported (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       _ ("There is no small picture of this file."));
  return FALSE;
}

/* Whether GdkPixbuf would know a file with this ending. */
static gboolean
is_known_kind (const char *path)
{
  g_autofree char *type = g_content_type_guess (path, NULL, 0, NULL);
  g_autofree char *mime = type ? g_content_type_get_mime_type (type) : NULL;
  GSList          *formats = gdk_pixbuf_get_formats ();
  gboolean         is_known = FALSE;

  for (GSList *one = formats; mime && one; one = one->next)
    {
      g_auto (GStrv) mimes = gdk_pixbuf_format_get_mime_types (one->data);

      is_known =
        is_known || g_strv_contains ((const char *const *) mimes, mime);
    }
  g_slist_free (formats);
  return is_known;
}

/* Reads the picture, at least as large as @size where it is that large. */
static GdkPixbuf *
read_picture (const char *path, const PstThumbnailSize *size, GError **error)
{
  int              width, height;
  GdkPixbufFormat *format = gdk_pixbuf_get_file_info (path, &width, &height);
  GdkPixbuf       *picture;
  GError          *problem = NULL;

  if (! format || width <= 0 || height <= 0)
    {
      picture = gdk_pixbuf_new_from_file (path, &problem);
    }
  else
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (format);

      if ((double) width * height > MAX_PIXELS && ! g_str_equal (name, "jpeg"))
        {
          set_unsupported (error);
          return NULL;
        }
      get_scaled_size (size, &width, &height);
      picture = gdk_pixbuf_new_from_file_at_scale (path, width, height, FALSE,
                                                   &problem);
    }

  if (g_error_matches (problem, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE)
      && ! is_known_kind (path))
    {
      g_error_free (problem);
      set_unsupported (error);
    }
  else if (problem)
    {
      g_propagate_error (error, problem);
    }
  return picture;
}

/* The path of a thumbnail that GIMP or a file manager has kept; owned by the
 * caller, NULL: none. */
static char *
find_kept (GFile *file)
{
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_THUMBNAIL_PATH,
                       G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info ? g_strdup (g_file_info_get_attribute_byte_string (
           info, G_FILE_ATTRIBUTE_THUMBNAIL_PATH))
              : NULL;
}

GdkPixbuf *
pst_thumbnail_read (GFile *file, const PstThumbnailSize *size, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *kept = NULL;
  GError          *problem = NULL;
  g_autoptr (GdkPixbuf) picture = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;

  if (path)
    picture = read_picture (path, size, &problem);
  else
    set_unsupported (&problem);

  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    kept = find_kept (file);
  if (kept)
    picture = read_picture (kept, size, NULL);
  if (! picture)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  g_clear_error (&problem);

  upright = pst_upright_turn (picture, kept ? kept : path);
  return pst_thumbnail_scale (upright, size);
}

/* ---- in the thread ------------------------------------------------------ */

typedef struct
{
  GFile           *file; /* owned */
  PstThumbnailSize size;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_object_unref (request->file);
  g_free (request);
}

static void
work (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  const Request *request = g_task_get_task_data (task);
  GdkPixbuf     *picture;
  GError        *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  picture = pst_thumbnail_read (request->file, &request->size, &error);
  if (picture)
    g_task_return_pointer (task, picture, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
pst_thumbnail_read_async (GFile                  *file,
                          const PstThumbnailSize *size,
                          GCancellable           *cancellable,
                          GAsyncReadyCallback     done,
                          gpointer                data)
{
  static GThreadPool *pool;
  GTask              *task = g_task_new (NULL, cancellable, done, data);
  Request            *request = g_new (Request, 1);

  if (! pool)
    pool = g_thread_pool_new (work, NULL, 1, FALSE, NULL);
  *request = (Request){ g_object_ref (file), *size };
  g_task_set_task_data (task, request, free_request);
  g_thread_pool_push (pool, task, NULL);
}

GdkPixbuf *
pst_thumbnail_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
