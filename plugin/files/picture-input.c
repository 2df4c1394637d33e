/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-input.c: what kind of picture a file is
 *
 * libvips finds the loader.  Here are the files that it takes for pictures
 * although they are a camera's raw files, whose pictures are previews, and what
 * may wait for ever when it is opened.
 */
#include "picture-input.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/pastiche.h"
#include "gif-file.h"
#include "picture-file.h"
#include "picture-kind.h"
#include "vips-library.h"

#define START_LENGTH 16 /* bytes that show what kind of file it is */

void
pst_picture_input_clear (PstPictureInput *input)
{
  g_clear_pointer (&input->name, g_free);
  g_clear_pointer (&input->tiff, pst_tiff_picture_free);
}

gboolean
pst_picture_input_is (const PstPictureInput *input, const char *format)
{
  return strstr (input->loader, format) != NULL;
}

/* ---- errors ------------------------------------------------------------- */

void
pst_picture_input_fail_memory (const PstPictureInput *input, GError **error)
{
  g_set_error (error, PST_ERROR, PST_ERROR_MEMORY,
               _ ("\"%s\": not enough memory to read it."), input->name);
}

void
pst_picture_input_fail (const PstPictureInput *input, GError **error)
{
  g_autofree char *reason = pst_vips_take_message ();

  if (reason && strstr (reason, PST_VIPS_NO_MEMORY))
    pst_picture_input_fail_memory (input, error);
  else
    g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                 _ ("\"%s\" is damaged, or of a variant that cannot be read: "
                    "%s."),
                 input->name, reason ? reason : _ ("its data are not valid"));
}

static void
set_raw_error (const PstPictureInput *input, GError **error)
{
  g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
               _ ("\"%s\" is a camera's raw file. Develop it, for example with "
                  "darktable, and use the picture that you save there."),
               input->name);
}

/* ---- the first bytes ---------------------------------------------------- */

/* Whose pictures can be anywhere: if it is cut, no loader knows it. */
static gboolean
is_tiff (const guint8 *start)
{
  return memcmp (start, "II*\0", 4) == 0 || memcmp (start, "MM\0*", 4) == 0
         || memcmp (start, "II+\0", 4) == 0 || memcmp (start, "MM\0+", 4) == 0;
}

/* Raw files that say so at once. */
static gboolean
is_raw (const guint8 *start)
{
  return memcmp (start, "FUJIFILMCCD-RAW", 15) == 0
         || memcmp (start + 4, "ftypcrx", 7) == 0
         || memcmp (start, "IIRO", 4) == 0 || memcmp (start, "IIRS", 4) == 0
         || memcmp (start, "MMOR", 4) == 0 || memcmp (start, "IIU", 4) == 0
         || memcmp (start, "FOVb", 4) == 0 || memcmp (start, "\0MRM", 4) == 0
         || memcmp (start, "II*\0\20\0\0\0CR\2", 11) == 0;
}

/* Copies the first bytes of @source; zeros if it is shorter. */
static void
copy_start (VipsSource *source, guint8 ret_start[START_LENGTH])
{
  guint8 *data = NULL;
  gint64  length = vips_source_sniff_at_most (source, &data, START_LENGTH);

  memset (ret_start, 0, START_LENGTH);
  if (length > 0)
    memcpy (ret_start, data, length);
}

/* The class name of the loader for the file; NULL if there is none in use. */
static const char *
find_loader (VipsSource *source)
{
  const char *loader = vips_foreign_find_load_source (source);

  vips_error_clear ();
  return loader && pst_vips_can_load (loader) ? loader : NULL;
}

gboolean
pst_picture_is_file (const char *path)
{
  g_autoptr (PstVipsSource) source = NULL;
  guint8 start[START_LENGTH];

  if (pst_picture_kind_of_name (path))
    return TRUE;

  pst_vips_start ();
  source = vips_source_new_from_file (path);
  if (! source)
    return FALSE;
  copy_start (source, start);
  return is_raw (start) || find_loader (source);
}

/* ---- the kind ----------------------------------------------------------- */

/* Whether there is something to read.  A pipe or a device is not opened: that
 * may wait for ever. */
static gboolean
check_file (const PstPictureInput *input, GError **error)
{
  GStatBuf    status;
  const char *reason = NULL;

  if (g_stat (input->path, &status) != 0 || g_access (input->path, R_OK) != 0)
    reason = g_strerror (errno);
  else if (S_ISDIR (status.st_mode))
    reason = g_strerror (EISDIR);
  else if (! S_ISREG (status.st_mode))
    reason = _ ("it is not a regular file");
  else if (status.st_size == 0)
    reason = _ ("it is empty");
  if (reason)
    g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                 _ ("\"%s\" cannot be read: %s."), input->name, reason);
  return ! reason;
}

/* Finds the loader. */
static gboolean
detect (PstPictureInput *input, GError **error)
{
  g_autoptr (PstVipsSource) source = vips_source_new_from_file (input->path);
  guint8 start[START_LENGTH] = { 0 };

  if (source)
    copy_start (source, start);
  if (is_raw (start))
    {
      set_raw_error (input, error);
      return FALSE;
    }

  input->loader = source ? find_loader (source) : NULL;
  if (input->loader)
    return TRUE;
  if (is_tiff (start))
    pst_picture_input_fail (input, error);
  else
    g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                 _ ("\"%s\" is in none of the supported formats: %s."),
                 input->name, PST_PICTURE_KINDS_READ);
  vips_error_clear ();
  return FALSE;
}

gboolean
pst_picture_input_identify (PstPictureInput *ret_input,
                            const char      *path,
                            GError         **error)
{
  *ret_input =
    (PstPictureInput){ .path = path, .name = g_filename_display_name (path) };
  if (! check_file (ret_input, error) || ! detect (ret_input, error))
    return FALSE;

  if (pst_picture_input_is (ret_input, "Tiff"))
    ret_input->tiff = pst_tiff_picture_new (path);
  if (ret_input->tiff && ret_input->tiff->is_raw)
    {
      set_raw_error (ret_input, error);
      return FALSE;
    }
  if (pst_picture_input_is (ret_input, "Nsgif") && ! pst_gif_is_whole (path))
    {
      vips_error ("pastiche", "the data end early");
      pst_picture_input_fail (ret_input, error);
      return FALSE;
    }
  return TRUE;
}
