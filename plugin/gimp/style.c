/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style.c: where the style comes from: a layer of any open image, or a file */
#include "style.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gegl.h>
#include <glib/gi18n-lib.h>

#include "canvas.h"
#include "pixels.h"

/* Name of the session's memory in GIMP. */
#define MEMORY "pastiche-style-layer"

/* ---- what differs between the series ------------------------------------ */

#if GIMP_CHECK_VERSION (2, 99, 0)

static PstDrawableRef
drawable_of_id (int id)
{
  return gimp_item_id_is_drawable (id) ? gimp_drawable_get_by_id (id) : NULL;
}

static PstImageRef
load_file (GFile *file)
{
  return gimp_file_load (GIMP_RUN_NONINTERACTIVE, file);
}

/* Owned by the caller. */
static PstLayerRef *
list_layers (PstImageRef  image,
             int         *ret_n_layers)
{
  GimpLayer **layers = gimp_image_get_layers (image);

  *ret_n_layers = gimp_core_object_array_get_length ((GObject **) layers);
  return layers;
}

/* Owned by the caller. */
static PstImageRef *
list_images (int *ret_n_images)
{
  GimpImage **images = gimp_get_images ();

  *ret_n_images = gimp_core_object_array_get_length ((GObject **) images);
  return images;
}

#else

static PstDrawableRef
drawable_of_id (int id)
{
  return gimp_item_is_drawable (id) ? id : PST_NO_ITEM;
}

static PstImageRef
load_file (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *uri = g_file_get_uri (file);

  return gimp_file_load (GIMP_RUN_NONINTERACTIVE,
                         path ? path : uri, path ? path : uri);
}

static PstLayerRef *
list_layers (PstImageRef  image,
             int         *ret_n_layers)
{
  return gimp_image_get_layers (image, ret_n_layers);
}

static PstImageRef *
list_images (int *ret_n_images)
{
  return gimp_image_list (ret_n_images);
}

#endif

/* ---- checks and facts --------------------------------------------------- */

gboolean
pst_style_check (const PstStyle  *style,
                 PstLayerRef      content,
                 GError         **error)
{
  const char *message = NULL;

  if (style->drawable == PST_NO_ITEM && ! style->file)
    message = _("There is no style. Choose a layer or a file.");
  else if (style->drawable == PST_NO_ITEM)
    return TRUE;
  else if (! gimp_item_is_valid (GIMP_ITEM (style->drawable)))
    message = _("The style layer does not exist any more. Choose another "
                "one.");
  else if (style->drawable == GIMP_DRAWABLE (content))
    message = _("The style is the layer that is to be repainted. Choose "
                "another layer, or a file.");

  if (message)
    g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE, message);
  return message == NULL;
}

gboolean
pst_style_get_size (const PstStyle *style,
                    int            *ret_width,
                    int            *ret_height)
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
  char            *ending;

  if (style->drawable != PST_NO_ITEM)
    return gimp_item_get_name (GIMP_ITEM (style->drawable));

  name = g_file_get_basename (style->file);
  ending = strrchr (name, '.');
  if (ending && ending != name)
    *ending = '\0';
  return g_filename_display_name (name);
}

/* ---- reading ------------------------------------------------------------ */

static PstImage *
read_whole (PstDrawableRef   drawable,
            GError         **error)
{
  const GeglRectangle area = { 0, 0,
                               gimp_drawable_get_width (drawable),
                               gimp_drawable_get_height (drawable) };

  return pst_pixels_read (drawable, &area, error);
}

PstImage *
pst_style_read (const PstStyle  *style,
                GError         **error)
{
  PstImageRef      image;
  PstLayerRef      visible;
  PstImage        *pixels;
  g_autofree char *reason = NULL;

  if (style->drawable != PST_NO_ITEM)
    return read_whole (style->drawable, error);

  image = load_file (style->file);
  if (image == PST_NO_ITEM)
    reason = g_strdup (pst_gimp_last_error ());
  /* The loader's progress stays on view otherwise, with a button that would end
   * this plug-in instead. */
  gimp_progress_end ();
  if (image == PST_NO_ITEM)
    {
      g_autofree char *name = g_file_get_parse_name (style->file);

      g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                   _("The style cannot be loaded from \"%s\": %s"),
                   name, reason);
      return NULL;
    }

  visible = gimp_layer_new_from_visible (image, image, "style");
  pixels = read_whole (GIMP_DRAWABLE (visible), error);
  gimp_item_delete (GIMP_ITEM (visible));
  gimp_image_delete (image);
  return pixels;
}

void
pst_style_clear (PstStyle *style)
{
  style->drawable = PST_NO_ITEM;
  g_clear_object (&style->file);
}

/* ---- the choice to begin with ------------------------------------------- */

static gboolean
is_result (PstLayerRef layer)
{
  GimpParasite *parasite = gimp_item_get_parasite (GIMP_ITEM (layer),
                                                   PST_PARASITE);

  if (! parasite)
    return FALSE;
  gimp_parasite_free (parasite);
  return TRUE;
}

static PstDrawableRef
find_layer_in (PstImageRef image,
               PstLayerRef content)
{
  int                     n_layers;
  g_autofree PstLayerRef *layers = list_layers (image, &n_layers);

  for (int i = 0; i < n_layers; i++)
    if (layers[i] != content && ! is_result (layers[i]))
      return GIMP_DRAWABLE (layers[i]);
  return PST_NO_ITEM;
}

PstDrawableRef
pst_style_find_layer (PstImageRef image,
                      PstLayerRef content)
{
  PstDrawableRef found = find_layer_in (image, content);

  if (found == PST_NO_ITEM)
    {
      int                     n_images;
      g_autofree PstImageRef *images = list_images (&n_images);

      for (int i = 0; found == PST_NO_ITEM && i < n_images; i++)
        found = find_layer_in (images[i], content);
    }
  return found;
}

/* The number of the layer is kept as a parasite of GIMP itself that is not
 * persistent: numbers of items mean nothing to another session. */
void
pst_style_remember (PstDrawableRef drawable)
{
  const gint32  id = drawable == PST_NO_ITEM
                     ? -1 : gimp_item_get_id (GIMP_ITEM (drawable));
  GimpParasite *memory = gimp_parasite_new (MEMORY, 0, sizeof id, &id);

  gimp_attach_parasite (memory);
  gimp_parasite_free (memory);
}

gboolean
pst_style_recall (PstDrawableRef *ret_drawable)
{
  GimpParasite *memory = gimp_get_parasite (MEMORY);
  gint32        id = -1;

  if (! memory)
    return FALSE;

  if (memory->size == sizeof id)
    memcpy (&id, memory->data, sizeof id);
  gimp_parasite_free (memory);

  *ret_drawable = drawable_of_id (id);
  return TRUE;
}
