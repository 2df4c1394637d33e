/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file.c: whole files from disk, of bounded size */
#include "file.h"

#include <errno.h>

#include <glib/gstdio.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

GBytes *
pst_file_read (const char *path, gsize max, GError **error)
{
  g_autofree char *label = g_filename_display_name (path);
  g_autofree char *data = NULL;
  g_autoptr (GError) reason = NULL;
  gsize    size = 0;
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    {
      pst_fail (error, PST_ERROR_MODEL, _ ("\"%s\" cannot be opened: %s"),
                label, g_strerror (errno));
      return NULL;
    }

  /* Devices and pipes may never end. */
  if (! g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      pst_fail (error, PST_ERROR_MODEL, _ ("\"%s\" is not a file"), label);
      return NULL;
    }
  if ((guint64) status.st_size > max)
    {
      pst_fail (error, PST_ERROR_MODEL, _ ("\"%s\" is larger than %d MB"),
                label, (int) (max >> 20));
      return NULL;
    }

  if (! g_file_get_contents (path, &data, &size, &reason))
    {
      gboolean memory =
        g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOMEM);

      pst_fail (error, memory ? PST_ERROR_MEMORY : PST_ERROR_MODEL,
                _ ("\"%s\" cannot be read: %s"), label, reason->message);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&data), size);
}
