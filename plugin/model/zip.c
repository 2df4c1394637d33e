/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zip.c: the files in a zip archive, by libarchive */
#include "zip.h"

#include <archive.h>
#include <archive_entry.h>

#include "core/error.h"

typedef struct archive Archive;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

static void
fail_damaged (Archive  *archive,
              GError  **error)
{
  const char *reason = archive ? archive_error_string (archive) : NULL;

  pst_fail (error, PST_ERROR_MODEL,
            "it is cut off or damaged (%s); get the file anew",
            reason ? reason : "");
}

static Archive *
open_zip (GBytes  *zip,
          GError **error)
{
  g_autoptr (Archive)  archive = archive_read_new ();
  gsize                size;
  const void          *data    = g_bytes_get_data (zip, &size);

  if (! archive
      || archive_read_support_format_zip_seekable (archive) != ARCHIVE_OK
      || archive_read_open_memory (archive, data, size) != ARCHIVE_OK)
    {
      fail_damaged (archive, error);
      return NULL;
    }

  return g_steal_pointer (&archive);
}

/* Goes to the first file whose name ends in @ending, or is @ending.  Returns its
 * name; owned by @archive. */
static const char *
go_to (Archive     *archive,
       const char  *ending,
       gboolean     whole,
       GError     **error)
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

  if (code == ARCHIVE_EOF)
    pst_fail (error, PST_ERROR_MODEL,
              "it is a zip archive without the file “%s”", ending);
  else
    fail_damaged (archive, error);
  return NULL;
}

char *
pst_zip_find (GBytes      *zip,
              const char  *ending,
              GError     **error)
{
  g_autoptr (Archive) archive = open_zip (zip, error);

  return archive ? g_strdup (go_to (archive, ending, /* whole= */ FALSE, error))
                 : NULL;
}

GBytes *
pst_zip_read (GBytes      *zip,
              const char  *name,
              gsize        max,
              GError     **error)
{
  g_autoptr (Archive) archive = open_zip (zip, error);

  if (! archive || ! go_to (archive, name, /* whole= */ TRUE, error))
    return NULL;

  g_autoptr (GByteArray) content = g_byte_array_new ();
  guint8                 buffer[65536];
  la_ssize_t             n;

  while ((n = archive_read_data (archive, buffer, sizeof buffer)) > 0)
    {
      if ((gsize) n > max - content->len)
        {
          pst_fail (error, PST_ERROR_MODEL,
                    "“%s” in it is longer than %" G_GSIZE_FORMAT " bytes", name,
                    max);
          return NULL;
        }
      g_byte_array_append (content, buffer, n);
    }

  if (n < 0)
    {
      fail_damaged (archive, error);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}
