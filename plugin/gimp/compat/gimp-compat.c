/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gimp-compat.c: the bridge between GIMP 2.10 and GIMP 3 */
#include "gimp-compat.h"

static const Babl *
add_space (const Babl *format, const Babl *space)
{
  return babl_format_with_space (babl_format_get_encoding (format), space);
}

/* ---- what differs between the series ------------------------------------ */

#if GIMP_CHECK_VERSION(2, 99, 0)

static int
count (gpointer objects)
{
  return objects ? gimp_core_object_array_get_length (objects) : 0;
}

PstImageRef *
pst_gimp_list_images (int *ret_n_images)
{
  GimpImage **images = gimp_get_images ();

  *ret_n_images = count (images);
  return images;
}

static PstLayerRef *
list_top_layers (PstImageRef image, int *ret_n_layers)
{
  GimpLayer **layers = gimp_image_get_layers (image);

  *ret_n_layers = count (layers);
  return layers;
}

static PstLayerRef *
list_children (PstLayerRef group, int *ret_n_layers)
{
  GimpItem **layers = gimp_item_get_children (GIMP_ITEM (group));

  *ret_n_layers = count (layers);
  return (GimpLayer **) layers;
}

PstDrawableRef *
pst_gimp_list_channels (PstImageRef image, int *ret_n_channels)
{
  GimpChannel **channels = gimp_image_get_channels (image);

  *ret_n_channels = count (channels);
  return (GimpDrawable **) channels;
}

PstDrawableRef
pst_gimp_find_drawable (int id)
{
  return gimp_item_id_is_drawable (id) ? gimp_drawable_get_by_id (id) : NULL;
}

char *
pst_gimp_dup_uri (PstImageRef image)
{
  g_autoptr (GFile) file = gimp_image_get_file (image);

  if (! file)
    file = gimp_image_get_imported_file (image);
  return file ? g_file_get_uri (file) : NULL;
}

PstImageRef
pst_gimp_load_file (GFile *file)
{
  GimpImage *image = gimp_file_load (GIMP_RUN_NONINTERACTIVE, file);

  /* As GIMP does when the user opens it, and as 2.10 does by itself. */
  if (image)
    gimp_image_policy_rotate (image, FALSE);
  return image;
}

static GBytes *
get_thumbnail (GimpDrawable        *drawable,
               const GeglRectangle *area,
               int                 *width,
               int                 *height,
               int                 *ret_depth)
{
  return gimp_drawable_get_sub_thumbnail_data (drawable, area->x, area->y,
                                               area->width, area->height,
                                               *width, *height, width, height,
                                               ret_depth);
}

const Babl *
pst_gimp_get_format (GimpDrawable *drawable)
{
  return gimp_drawable_get_format (drawable);
}

/* In GIMP 3.0 they have the drawable's precision and color space.  Later ones
 * give 8 bits in sRGB whatever the drawable has, but say the same of them. */
static const Babl *
get_thumbnail_format (GimpDrawable *drawable, int depth)
{
  static const char *const names[] = { "Y' u8", "Y'A u8", "R'G'B' u8",
                                       "R'G'B'A u8" };
  g_autofree char         *version = gimp_version ();

  if (! g_str_has_prefix (version, "3.0."))
    return depth >= 1 && depth <= 4 ? babl_format (names[depth - 1]) : NULL;
  return add_space (gimp_drawable_get_thumbnail_format (drawable),
                    babl_format_get_space (pst_gimp_get_format (drawable)));
}

#else

PstImageRef *
pst_gimp_list_images (int *ret_n_images)
{
  return gimp_image_list (ret_n_images);
}

static PstLayerRef *
list_top_layers (PstImageRef image, int *ret_n_layers)
{
  return gimp_image_get_layers (image, ret_n_layers);
}

static PstLayerRef *
list_children (PstLayerRef group, int *ret_n_layers)
{
  return gimp_item_get_children (group, ret_n_layers);
}

PstDrawableRef *
pst_gimp_list_channels (PstImageRef image, int *ret_n_channels)
{
  return gimp_image_get_channels (image, ret_n_channels);
}

PstDrawableRef
pst_gimp_find_drawable (int id)
{
  return gimp_item_is_drawable (id) ? id : PST_NO_ITEM;
}

char *
pst_gimp_dup_uri (PstImageRef image)
{
  return gimp_image_get_uri (image);
}

PstImageRef
pst_gimp_load_file (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *uri = g_file_get_uri (file);

  return gimp_file_load (GIMP_RUN_NONINTERACTIVE, path ? path : uri,
                         path ? path : uri);
}

static GBytes *
get_thumbnail (gint32               drawable,
               const GeglRectangle *area,
               int                 *width,
               int                 *height,
               int                 *ret_depth)
{
  guchar *data =
    gimp_drawable_get_sub_thumbnail_data (drawable, area->x, area->y,
                                          area->width, area->height, width,
                                          height, ret_depth);

  if (! data)
    return NULL;
  return g_bytes_new_take (data, (gsize) *width * *height * *ret_depth);
}

/* NULL: sRGB is meant, or babl cannot handle the profile. */
static const Babl *
get_space (gint32 image)
{
  GimpColorProfile *profile = gimp_image_get_color_profile (image);
  const Babl       *space;

  if (! profile)
    return NULL;
  space = gimp_color_profile_get_space (
    profile, GIMP_COLOR_RENDERING_INTENT_RELATIVE_COLORIMETRIC, NULL);
  g_object_unref (profile);
  return space;
}

/* GIMP says nothing of the color profile, but that of the image is meant. */
const Babl *
pst_gimp_get_format (gint32 drawable)
{
  const Babl *format = gimp_drawable_get_format (drawable);
  const Babl *space = get_space (gimp_item_get_image (drawable));

  return space && ! gimp_drawable_is_indexed (drawable)
           ? add_space (format, space)
           : format;
}

/* 8 bits in the drawable's color space, linear if the drawable is. */
static const Babl *
get_thumbnail_format (gint32 drawable, int depth)
{
  static const char *const names[2][4] = {
    { "Y' u8", "Y'A u8", "R'G'B' u8", "R'G'B'A u8" },
    { "Y u8", "YA u8", "RGB u8", "RGBA u8" },
  };
  const Babl   *stored = pst_gimp_get_format (drawable);
  BablModelFlag flags = babl_get_model_flags (babl_format_get_model (stored));
  gboolean      is_linear = (flags & BABL_MODEL_FLAG_LINEAR) != 0;

  if (depth < 1 || depth > 4)
    return NULL;
  return add_space (babl_format (names[is_linear][depth - 1]),
                    babl_format_get_space (stored));
}

#endif

/* ---- the same in both --------------------------------------------------- */

static void
add_layers (GArray *list, const PstLayerRef *layers, int n_layers)
{
  for (int i = 0; i < n_layers; i++)
    {
      g_array_append_val (list, layers[i]);
      if (gimp_item_is_group (GIMP_ITEM (layers[i])))
        {
          int                     n_children;
          g_autofree PstLayerRef *children =
            list_children (layers[i], &n_children);

          add_layers (list, children, n_children);
        }
    }
}

PstLayerRef *
pst_gimp_list_layers (PstImageRef image, int *ret_n_layers)
{
  int                     n_top;
  g_autofree PstLayerRef *top = list_top_layers (image, &n_top);
  GArray *list = g_array_new (FALSE, FALSE, sizeof (PstLayerRef));

  add_layers (list, top, n_top);
  *ret_n_layers = list->len;
  return (PstLayerRef *) g_array_free (list, FALSE);
}

/* The first open image of which @is_wanted holds. */
static PstImageRef
find_image (gboolean (*is_wanted) (GFile *file, const char *text),
            const char *text)
{
  int                     n_images;
  g_autofree PstImageRef *images = pst_gimp_list_images (&n_images);

  for (int i = 0; i < n_images; i++)
    {
      g_autofree char *uri = pst_gimp_dup_uri (images[i]);
      g_autoptr (GFile) file = uri ? g_file_new_for_uri (uri) : NULL;

      if (file && is_wanted (file, text))
        return images[i];
    }
  return PST_NO_ITEM;
}

static gboolean
has_uri (GFile *file, const char *uri)
{
  g_autofree char *own = g_file_get_uri (file);

  return g_str_equal (own, uri);
}

static gboolean
has_name (GFile *file, const char *name)
{
  g_autofree char *own = g_file_get_basename (file);

  return g_str_equal (own, name);
}

PstImageRef
pst_gimp_find_image (const char *uri)
{
  return find_image (has_uri, uri);
}

PstImageRef
pst_gimp_find_image_by_name (const char *name)
{
  return find_image (has_name, name);
}

gboolean
pst_gimp_is_result (PstLayerRef layer)
{
  GimpParasite *parasite =
    gimp_item_get_parasite (GIMP_ITEM (layer), PST_RESULT_PARASITE);

  if (! parasite)
    return FALSE;
  gimp_parasite_free (parasite);
  return TRUE;
}

GeglBuffer *
pst_gimp_get_buffer (PstDrawableRef drawable)
{
  GeglBuffer *buffer = gimp_drawable_get_buffer (drawable);

  if (buffer)
    gegl_buffer_set_format (buffer, pst_gimp_get_format (drawable));
  return buffer;
}

GBytes *
pst_gimp_dup_thumbnail (PstDrawableRef       drawable,
                        const GeglRectangle *area,
                        int                  width,
                        int                  height,
                        const Babl         **ret_format)
{
  int depth;
  int got_width = width;
  int got_height = height;
  g_autoptr (GBytes) bytes =
    get_thumbnail (drawable, area, &got_width, &got_height, &depth);

  *ret_format = bytes ? get_thumbnail_format (drawable, depth) : NULL;
  if (! *ret_format || got_width != width || got_height != height
      || depth != babl_format_get_bytes_per_pixel (*ret_format)
      || g_bytes_get_size (bytes) < (gsize) width * height * depth)
    return NULL;
  return g_steal_pointer (&bytes);
}

gboolean
pst_gimp_has_windows (void)
{
  const char *display = gimp_display_name ();

  return display && *display;
}
