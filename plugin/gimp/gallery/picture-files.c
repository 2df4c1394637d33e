/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-files.c: files that the user brings, told apart */
#include "picture-files.h"

#include <glib/gi18n-lib.h>

#include "thumbnail-file.h"

/* ---- in any thread ------------------------------------------------------ */

/* Whether a file that only GIMP can open is a picture, as far as can be told
 * without it. */
static gboolean
has_picture_type (GFile *file)
{
  static const char *const others[] = { "application/pdf",
                                        "application/postscript",
                                        "application/x-krita", NULL };
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE,
                       G_FILE_QUERY_INFO_NONE, NULL, NULL);
  const char      *type = info ? g_file_info_get_content_type (info) : NULL;
  g_autofree char *mime = type ? g_content_type_get_mime_type (type) : NULL;

  return mime
         && (g_str_has_prefix (mime, "image/")
             || g_strv_contains (others, mime));
}

/* A small picture tells whether it is broken. */
static gboolean
can_be_opened (GFile *file, GError **error)
{
  const PstThumbnailSize size = { 32, TRUE };
  g_autoptr (GdkPixbuf) picture = pst_thumbnail_read (file, &size, error);

  return picture != NULL;
}

static gboolean
refuse (GFile *file, const char *message, GError **error)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, message, name);
  return FALSE;
}

/* Whether @file may be a picture that GIMP can open.
 * @type: the file's, if it is on this computer
 * Errors: with a message for the user. */
static gboolean
check (GFile *file, GFileType type, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (! g_file_peek_path (file))
    return refuse (file,
                   _ ("\"%s\" is not a file on this computer. Save the "
                      "picture as a file first."),
                   error);
  switch (type)
    {
    case G_FILE_TYPE_UNKNOWN:
      return refuse (file, _ ("There is no file \"%s\"."), error);
    case G_FILE_TYPE_REGULAR:
      if (can_be_opened (file, &problem))
        return TRUE;
      if (! g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
        return refuse (file,
                       _ ("The picture \"%s\" is broken, or cannot be "
                          "read."),
                       error);
      if (has_picture_type (file))
        return TRUE;
      break;
    default:
      break;
    }
  return refuse (file, _ ("\"%s\" is not a picture."), error);
}

/* ---- in a thread of its own --------------------------------------------- */

typedef struct
{
  GPtrArray      *files; /* owned */
  PstPictureFiles sorted;
  PstFilesSorted  done;
  gpointer        data;
} Sorting;

static void
free_sorting (gpointer data)
{
  Sorting *sorting = data;

  g_ptr_array_unref (sorting->files);
  g_ptr_array_unref (sorting->sorted.pictures);
  g_ptr_array_unref (sorting->sorted.folders);
  g_free (sorting->sorted.problem);
  g_free (sorting);
}

static void
sort (PstPictureFiles *sorted, GFile *file, GCancellable *cancellable)
{
  GFileType type =
    g_file_peek_path (file)
      ? g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable)
      : G_FILE_TYPE_UNKNOWN;
  g_autoptr (GError) error = NULL;

  if (type == G_FILE_TYPE_DIRECTORY)
    g_ptr_array_add (sorted->folders, g_object_ref (file));
  else if (check (file, type, &error))
    g_ptr_array_add (sorted->pictures, g_object_ref (file));
  else if (! sorted->problem) /* the first one will do */
    sorted->problem = g_strdup (error->message);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Sorting *sorting = data;

  for (guint i = 0; i < sorting->files->len; i++)
    if (! g_cancellable_is_cancelled (cancellable))
      sort (&sorting->sorted, sorting->files->pdata[i], cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  const Sorting *sorting = g_task_get_task_data (G_TASK (result));

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    sorting->done (&sorting->sorted, sorting->data);
}

static GPtrArray *
new_files (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

void
pst_picture_files_sort (GPtrArray     *files,
                        GCancellable  *cancellable,
                        PstFilesSorted sorted,
                        gpointer       data)
{
  Sorting *sorting = g_new0 (Sorting, 1);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_done, NULL);

  *sorting = (Sorting){ .files = g_ptr_array_ref (files),
                        .sorted = { new_files (), new_files () },
                        .done = sorted,
                        .data = data };
  g_task_set_task_data (task, sorting, free_sorting);
  g_task_run_in_thread (task, work);
}
