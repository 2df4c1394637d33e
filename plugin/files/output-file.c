/* SPDX-License-Identifier: GPL-3.0-or-later */
/* output-file.c: files that appear complete or not at all
 *
 * A file is written under another name in the same folder and then renamed,
 * which replaces an older file in one step.  Symbolic links are followed, so
 * that the link stays and the file it points to is replaced.
 */
#include "output-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

static void
set_reason (GError **error, const char *path, int code, const char *reason)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("\"%s\" cannot be written: %s."), name, reason);
}

static void
set_error (GError **error, const char *path, int code)
{
  set_reason (error, path, code, g_strerror (code));
}

/* @path with links resolved, also of a file that is not there yet. */
static char *
follow_links (const char *path)
{
#ifdef G_OS_UNIX
  char            *resolved = realpath (path, NULL);
  int              code = errno;
  g_autofree char *next = NULL;

  if (resolved)
    {
      char *copy = g_strdup (resolved);

      free (resolved);
      return copy;
    }
  next = code == ENOENT ? g_file_read_link (path, NULL) : NULL;
  if (next)
    {
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *target = g_path_is_absolute (next)
                                  ? g_strdup (next)
                                  : g_build_filename (folder, next, NULL);

      return follow_links (target);
    }
#endif
  return g_strdup (path);
}

/* Returns an errno, 0 if the disk has room for @size bytes more in @file, which
 * is left empty. */
static int
check_room (int file, gint64 size)
{
  int code = 0;

#if defined _POSIX_ADVISORY_INFO && _POSIX_ADVISORY_INFO > 0
  if (size > 0)
    code = posix_fallocate (file, 0, size);
  if (ftruncate (file, 0) != 0 && code == 0)
    code = errno;
#endif
  return code;
}

char *
pst_output_begin (const char *path, gint64 size, GError **error)
{
  g_autofree char *target = follow_links (path);
  g_autofree char *folder = g_path_get_dirname (target);
  const char      *extension = strrchr (path, '.');
  g_autofree char *name = NULL;
  g_autofree char *temporary = NULL;
  int              file, code;

  if (! extension || strchr (extension, G_DIR_SEPARATOR))
    extension = "";
  name = g_strconcat (".pastiche-XXXXXX", extension, NULL);
  temporary = g_build_filename (folder, name, NULL);

  file = g_mkstemp_full (temporary, O_RDWR, 0666);
  if (file < 0)
    {
      set_error (error, path, errno);
      return NULL;
    }

  code = check_room (file, size);
  close (file);
  if (code != 0)
    {
      set_error (error, path, code);
      g_unlink (temporary);
      return NULL;
    }

  return g_steal_pointer (&temporary);
}

gboolean
pst_output_finish (const char *temporary, const char *path, GError **error)
{
  g_autofree char *target = follow_links (path);
  GStatBuf         old;

  if (g_stat (target, &old) == 0)
    g_chmod (temporary, old.st_mode & 0777);

  if (g_rename (temporary, target) != 0)
    {
      set_error (error, path, errno);
      g_unlink (temporary);
      return FALSE;
    }

  return TRUE;
}

gboolean
pst_output_write (const char *path,
                  const void *data,
                  gsize       length,
                  GError    **error)
{
  g_autofree char *temporary = pst_output_begin (path, length, error);
  FILE            *file;
  gboolean         is_written;

  if (! temporary)
    return FALSE;

  file = g_fopen (temporary, "wb");
  is_written =
    file && fwrite (data, 1, length, file) == length && fflush (file) == 0;
  if (! is_written)
    {
      set_error (error, path, errno);
      g_unlink (temporary);
    }
  if (file)
    fclose (file);
  return is_written && pst_output_finish (temporary, path, error);
}

/* Whether the file system takes a new file of this name, which may be too long
 * or have characters that it refuses; sets errno.  One of the same length is
 * tried, as another program may be about to make this. */
static gboolean
can_be_named (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  gsize            length = strlen (name);
  const char      *end = name + length;
  g_autofree char *probe = NULL;
  int              kept, file;

  while (end > name && name + length - end < 6)
    end = g_utf8_find_prev_char (name, end);
  if (! end || end == name)
    end = name + length;
  kept = strlen (path) - (name + length - end);
  probe = g_strdup_printf ("%.*sXXXXXX%.*s", kept, path,
                           (int) MAX (0, name + length - end - 6), "xxx");
  file = g_mkstemp_full (probe, O_WRONLY, 0666);
  if (file < 0)
    return FALSE;
  close (file);
  g_unlink (probe);
  return TRUE;
}

/* Whether @path stands for a file that is open: that is not to be replaced, as
 * others write it, too. */
static gboolean
is_open_file (const char *path)
{
  static const char *const starts[] = { "/dev/std", "/dev/fd/", "/proc/" };
  g_autofree char         *full = g_canonicalize_filename (path, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (full, starts[i]))
      return TRUE;
  return FALSE;
}

/* Whether a file may be replaced that has the @status. */
static gboolean
can_be_replaced (const char *path, const GStatBuf *status, GError **error)
{
  if (S_ISDIR (status->st_mode))
    set_error (error, path, EISDIR);
  else if (! S_ISREG (status->st_mode) || is_open_file (path))
    set_reason (error, path, EINVAL, _ ("it is not a regular file"));
  else if (g_access (path, W_OK) != 0)
    set_error (error, path, errno);
  else
    return TRUE;
  return FALSE;
}

gboolean
pst_output_check (const char *path, GError **error)
{
  g_autofree char *probe = NULL;
  GStatBuf         old;

  if (g_stat (path, &old) == 0)
    {
      if (! can_be_replaced (path, &old, error))
        return FALSE;
    }
  else if (! can_be_named (path))
    {
      set_error (error, path, errno);
      return FALSE;
    }

  probe = pst_output_begin (path, /* size= */ 0, error);
  if (! probe)
    return FALSE;

  g_unlink (probe);
  return TRUE;
}
