/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vips-library.c: libvips, as this program uses it
 *
 * libvips reads dozens of formats, some by libraries that were not written for
 * untrusted files.  All loaders are blocked but for those of the formats that
 * photos and paintings have.
 */
#include "vips-library.h"

#include <string.h>

/* Those that read from a VipsSource: a loader by file name would take an end
 * like "[page=2]" for options. */
static const char *const loaders[] = {
  "VipsForeignLoadJpegSource", "VipsForeignLoadPngSource",
  "VipsForeignLoadTiffSource", "VipsForeignLoadWebpSource",
  "VipsForeignLoadHeifSource", "VipsForeignLoadJxlSource",
  "VipsForeignLoadNsgifSource"
};

/* GLogFunc: warnings are not for the user; what matters is an error, too. */
static void
ignore (const char    *domain,
        GLogLevelFlags level,
        const char    *message,
        gpointer       data)
{
}

static gpointer
start (gpointer data)
{
  /* What is decoded as a whole is decoded into memory, not into a file. */
  g_setenv ("VIPS_DISC_THRESHOLD", "1000000m", FALSE);
  g_log_set_handler ("VIPS", G_LOG_LEVEL_WARNING, ignore, NULL);
  if (vips_init ("pastiche") != 0)
    g_error ("libvips: %s", vips_error_buffer ());

  vips_block_untrusted_set (TRUE);
  vips_operation_block_set ("VipsForeignLoad", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (loaders); i++)
    vips_operation_block_set (loaders[i], FALSE);
  vips_operation_block_set ("VipsForeignSave", FALSE);
  vips_concurrency_set (1);
  vips_cache_set_max (0);
  return NULL;
}

void
pst_vips_start (void)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, start, NULL);
}

gboolean
pst_vips_can_load (const char *loader)
{
  for (gsize i = 0; i < G_N_ELEMENTS (loaders); i++)
    if (g_str_equal (loader, loaders[i]))
      return TRUE;
  return FALSE;
}

char *
pst_vips_take_message (void)
{
  g_auto (GStrv) lines = g_strsplit (vips_error_buffer (), "\n", -1);
  const char *said = NULL;
  gsize       length;

  vips_error_clear ();
  for (char **line = lines; *line; line++)
    if (**line && ! (said && strstr (said, PST_VIPS_NO_MEMORY)))
      said = *line;
  if (! said)
    return NULL;

  length = strlen (said);
  return g_strndup (said, said[length - 1] == '.' ? length - 1 : length);
}
