/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zip.c: the files in a zip archive, by libarchive */
#include "zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

#define FIRST_ROOM 65536 /* bytes */

typedef struct archive Archive;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

static gboolean
fail_memory (GError **error)
{
  return pst_fail (error, PST_ERROR_MEMORY,
                   _ ("there is not enough memory for its contents"));
}

/* @archive: where it failed; NULL: it could not be created */
static void
fail (Archive *archive, GError **error)
{
  if (! archive || archive_errno (archive) == ENOMEM)
    {
      fail_memory (error);
      return;
    }

  const char *reason = archive_error_string (archive);

  pst_fail (error, PST_ERROR_MODEL,
            _ ("it is truncated or damaged (%s); download the file again"),
            reason ? reason : "");
}

static Archive *
open_zip (GBytes *zip, GError **error)
{
  g_autoptr (Archive) archive = archive_read_new ();
  gsize       size;
  const void *data = g_bytes_get_data (zip, &size);

  if (! archive
      || archive_read_support_format_zip_seekable (archive) != ARCHIVE_OK
      || archive_read_open_memory (archive, data, size) != ARCHIVE_OK)
    {
      fail (archive, error);
      return NULL;
    }

  return g_steal_pointer (&archive);
}

/* Goes to the first file whose name ends in @ending, or is @ending.  Returns
 * its name; owned by @archive; NULL, and @error is not set: there is none. */
static const char *
go_to (Archive *archive, const char *ending, gboolean whole, GError **error)
{
  struct archive_entry *entry;
  int                   code;

  while ((code = archive_read_next_header (archive, &entry)) == ARCHIVE_OK
         || code == ARCHIVE_WARN)
    {
      const char *name = archive_entry_pathname (entry);

      if (name && g_utf8_validate (name, -1, NULL)
          && (whole ? g_str_equal (name, ending)
                    : g_str_has_suffix (name, ending)))
        return name;
    }

  if (code != ARCHIVE_EOF)
    fail (archive, error);
  return NULL;
}

char *
pst_zip_find (GBytes *zip, const char *ending, GError **error)
{
  g_autoptr (Archive) archive = open_zip (zip, error);

  return archive ? g_strdup (go_to (archive, ending, /* whole= */ FALSE, error))
                 : NULL;
}

/* Makes *@content larger, up to @max bytes.  The length that the archive states
 * cannot be trusted. */
static gboolean
grow (guint8 **content, gsize *room, gsize max, GError **error)
{
  gsize   more = MIN (MAX (2 * *room, FIRST_ROOM), max);
  guint8 *grown = g_try_realloc (*content, more);

  if (! grown)
    return fail_memory (error);
  *content = grown;
  *room = more;
  return TRUE;
}

GBytes *
pst_zip_read (GBytes *zip, const char *name, gsize max, GError **error)
{
  g_autoptr (Archive) archive = open_zip (zip, error);
  g_autoptr (GError) reason = NULL;

  if (! archive)
    return NULL;
  if (! go_to (archive, name, /* whole= */ TRUE, &reason))
    {
      if (reason)
        g_propagate_error (error, g_steal_pointer (&reason));
      else
        pst_fail (error, PST_ERROR_MODEL,
                  _ ("\"%s\" is missing in it; download the file again"), name);
      return NULL;
    }

  g_autofree guint8 *content = NULL;
  gsize              size = 0;
  gsize              room = 0;
  la_ssize_t         n;

  do
    {
      if (size == room && ! grow (&content, &room, max + 1, error))
        return NULL;
      n = archive_read_data (archive, content + size, room - size);
      size += MAX (n, 0);
    }
  while (n > 0 && size <= max);

  if (n < 0)
    fail (archive, error);
  else if (size > max)
    pst_fail (error, PST_ERROR_MODEL,
              _ ("\"%s\" in it is longer than %zu bytes"), name, max);
  else
    return g_bytes_new_take (g_steal_pointer (&content), size);
  return NULL;
}
