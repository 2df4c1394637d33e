/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style.c: a style picture: a layer of any open image, or a file, how much of
 * it, and where it goes */
#include "style.h"

#include <errno.h>
#include <sys/stat.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gegl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "plugin/find-style.h"
#include "plugin/gimp/compat/gimp-compat.h"
#include "pixels.h"
#include "region.h"

/* ---- checks and facts --------------------------------------------------- */

/* Returns FALSE. */
static gboolean
set_unreadable (GFile *file, const char *reason, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
               _ ("The style cannot be loaded from \"%s\": %s"), name, reason);
  return FALSE;
}

/* GIMP's own messages about missing files do not name them.  What is not on
 * this machine is left to GIMP. */
static gboolean
check_file (GFile *file, GError **error)
{
  g_autofree char *path = NULL;
  GStatBuf         status;

  if (! g_file_is_native (file))
    return TRUE;

  path = g_file_get_path (file);
  if (g_access (path, R_OK) != 0 || g_stat (path, &status) != 0)
    return set_unreadable (file, g_strerror (errno), error);
  if (S_ISDIR (status.st_mode))
    return set_unreadable (file, g_strerror (EISDIR), error);
  if (! S_ISREG (status.st_mode))
    return set_unreadable (file, _ ("it is not a regular file"), error);
  return TRUE;
}

static gboolean
check_picture (const PstStyle *style, const PstContent *content, GError **error)
{
  const char *message = NULL;

  if (style->missing)
    {
      g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                   _ ("The style layer \"%s\" is no longer open. Open its "
                      "image, or choose another style."),
                   style->missing);
      return FALSE;
    }

  if (style->drawable == PST_NO_ITEM && ! style->file)
    message = _ ("There is no style. Choose a layer or a file.");
  else if (style->drawable == PST_NO_ITEM)
    return check_file (style->file, error);
  else if (! gimp_item_is_valid (GIMP_ITEM (style->drawable)))
    message = _ ("The style layer no longer exists. Choose another one.");
  else if (style->drawable == GIMP_DRAWABLE (content->layer))
    message = _ ("The style is the layer to be repainted. Choose another "
                 "layer, or a file.");

  if (message)
    g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE, message);
  return message == NULL;
}

gboolean
pst_style_check (const PstStyle   *style,
                 const PstContent *content,
                 GError          **error)
{
  if (! check_picture (style, content, error))
    return FALSE;
  return ! style->region || pst_region_check (style->region, content, error);
}

gboolean
pst_style_get_size (const PstStyle *style, int *ret_width, int *ret_height)
{
  g_autofree char *path = NULL;

  if (style->drawable != PST_NO_ITEM)
    {
      *ret_width = gimp_drawable_get_width (style->drawable);
      *ret_height = gimp_drawable_get_height (style->drawable);
      return TRUE;
    }

  path = style->file ? g_file_get_path (style->file) : NULL;
  return path && gdk_pixbuf_get_file_info (path, ret_width, ret_height);
}

char *
pst_style_dup_name (const PstStyle *style)
{
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  char            *ending;

  if (style->missing)
    return g_strdup (style->missing);
  if (style->drawable != PST_NO_ITEM)
    return gimp_item_is_valid (GIMP_ITEM (style->drawable))
             ? gimp_item_get_name (GIMP_ITEM (style->drawable))
             : g_strdup (_ ("no longer there"));

  name = g_file_get_basename (style->file);
  ending = strrchr (name, '.');
  if (ending && ending != name)
    *ending = '\0';
  shown = g_filename_display_name (name);
  return g_strdup (pst_shipped_style_title (shown));
}

/* ---- reading ------------------------------------------------------------ */

PstImage *
pst_style_read (const PstStyle *style, int side, GError **error)
{
  PstImageRef      image;
  PstLayerRef      visible;
  PstImage        *pixels;
  g_autofree char *reason = NULL;

  if (style->drawable != PST_NO_ITEM)
    return pst_pixels_read_whole (style->drawable, side, error);

  image = pst_gimp_load_file (style->file);
  if (image == PST_NO_ITEM)
    reason = g_strdup (pst_gimp_last_error ());
  /* The loader's progress stays on view otherwise, with a button that would end
   * this plug-in instead. */
  gimp_progress_end ();
  if (image == PST_NO_ITEM)
    {
      set_unreadable (style->file, reason, error);
      return NULL;
    }

  visible = gimp_layer_new_from_visible (image, image, "style");
  pixels = pst_pixels_read_whole (GIMP_DRAWABLE (visible), 0, error);
  gimp_item_delete (GIMP_ITEM (visible));
  gimp_image_delete (image);
  return pixels;
}

static gboolean
is_same_file (GFile *one, GFile *other)
{
  return one && other ? g_file_equal (one, other) : one == other;
}

gboolean
pst_style_equal (const PstStyle *one, const PstStyle *other)
{
  return one->drawable == other->drawable
         && is_same_file (one->file, other->file)
         && g_strcmp0 (one->missing, other->missing) == 0
         && one->weight == other->weight
         && g_strcmp0 (one->region, other->region) == 0;
}

PstStyle
pst_style_dup (const PstStyle *style)
{
  PstStyle copy = *style;

  if (style->file)
    copy.file = g_object_ref (style->file);
  copy.missing = g_strdup (style->missing);
  copy.region = g_strdup (style->region);
  return copy;
}

void
pst_style_clear (PstStyle *style)
{
  style->drawable = PST_NO_ITEM;
  g_clear_object (&style->file);
  g_clear_pointer (&style->missing, g_free);
  g_clear_pointer (&style->region, g_free);
}

/* ---- the choice of a script --------------------------------------------- */

/* A group that the content is in would be a picture of the content itself. */
PstDrawableRef
pst_style_find_layer (const PstContent *content)
{
  int                     n_layers;
  g_autofree PstLayerRef *layers =
    pst_gimp_list_layers (content->image, &n_layers);

  for (int i = 0; i < n_layers; i++)
    if (layers[i] != content->layer && ! pst_gimp_is_result (layers[i])
        && ! gimp_item_is_group (GIMP_ITEM (layers[i])))
      return GIMP_DRAWABLE (layers[i]);
  return PST_NO_ITEM;
}
