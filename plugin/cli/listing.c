/* SPDX-License-Identifier: GPL-3.0-or-later */
/* listing.c: the pictures in a folder */
#include "listing.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "plugin/files/picture-file.h"
#include "plugin/files/picture-kind.h"

typedef struct
{
  PstListing *listing;
  const char *top; /* the folder that is listed */
  gboolean    recursive;
} Reader;

static gboolean read_folder (Reader *reader, const char *below, GError **error);

/* @child: path below the top */
static void
add_folder (Reader *reader, char *child, gboolean is_link)
{
  PstListing *listing = reader->listing;
  g_autoptr (GError) error = NULL;

  if (! reader->recursive || is_link)
    {
      g_ptr_array_add (listing->folders, g_strdup (child));
      return;
    }
  if (! read_folder (reader, child, &error))
    {
      g_printerr ("pastiche: %s\n", error->message);
      listing->is_incomplete = TRUE;
    }
}

/* Whether a file that cannot be opened may be a picture, by its name: most
 * pictures have an extension. */
static gboolean
may_be_picture (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return pst_picture_kind_of_name (name) || ! strchr (name, '.');
}

/* Reports why @path cannot be opened, if it may be a picture.  Returns whether
 * it did. */
static gboolean
say_unreadable (const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);
  const char      *reason;
  GStatBuf         file;
  int              code = 0;

  if (g_stat (path, &file) != 0
      || (S_ISREG (file.st_mode) && g_access (path, R_OK) != 0))
    code = errno;
  if (code == 0 && S_ISREG (file.st_mode))
    return FALSE;
  if (code == 0 ? ! pst_picture_kind_of_name (path) : ! may_be_picture (path))
    return FALSE;

  reason = code == 0 ? _ ("it is not a regular file")
           : code == ENOENT && g_file_test (path, G_FILE_TEST_IS_SYMLINK)
             ? _ ("it is a link that leads nowhere")
             : g_strerror (code);
  g_printerr (_ ("pastiche: \"%s\" cannot be read: %s.\n"), shown, reason);
  return TRUE;
}

/* @below: path of a folder below the top, "" for that itself */
static gboolean
read_folder (Reader *reader, const char *below, GError **error)
{
  PstListing      *listing = reader->listing;
  g_autofree char *path = g_build_filename (reader->top, below, NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  const char *name;

  if (! folder)
    return FALSE;

  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *full = g_build_filename (path, name, NULL);
      g_autofree char *child = g_build_filename (below, name, NULL);

      if (name[0] == '.')
        continue;
      if (g_file_test (full, G_FILE_TEST_IS_DIR))
        add_folder (reader, child, g_file_test (full, G_FILE_TEST_IS_SYMLINK));
      else if (say_unreadable (full))
        listing->is_incomplete = TRUE;
      else if (g_file_test (full, G_FILE_TEST_IS_REGULAR)
               && pst_picture_is_file (full))
        g_ptr_array_add (listing->pictures, g_steal_pointer (&child));
      else
        g_ptr_array_add (listing->others, g_steal_pointer (&child));
    }
  return TRUE;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static gboolean
fail_empty (const PstListing *listing, const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
               listing->folders->len > 0
                 ? _ ("\"%s\" contains no pictures in a supported format, only "
                      "folders. --recursive reads these.")
                 : _ ("\"%s\" contains no pictures in a supported format: %s."),
               shown, PST_PICTURE_KINDS_READ);
  return FALSE;
}

gboolean
pst_listing_read (PstListing *ret_listing,
                  const char *path,
                  gboolean    recursive,
                  GError    **error)
{
  Reader reader = { ret_listing, path, recursive };

  *ret_listing =
    (PstListing){ .pictures = g_ptr_array_new_with_free_func (g_free),
                  .folders = g_ptr_array_new_with_free_func (g_free),
                  .others = g_ptr_array_new_with_free_func (g_free) };
  if (! read_folder (&reader, "", error))
    return FALSE;
  if (ret_listing->pictures->len == 0)
    return fail_empty (ret_listing, path, error);

  g_ptr_array_sort (ret_listing->pictures, compare_paths);
  g_ptr_array_sort (ret_listing->folders, compare_paths);
  g_ptr_array_sort (ret_listing->others, compare_paths);
  return TRUE;
}

void
pst_listing_clear (PstListing *listing)
{
  g_clear_pointer (&listing->pictures, g_ptr_array_unref);
  g_clear_pointer (&listing->folders, g_ptr_array_unref);
  g_clear_pointer (&listing->others, g_ptr_array_unref);
}
