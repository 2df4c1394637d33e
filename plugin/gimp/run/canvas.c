/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canvas.c: the developing picture and the result, as layers of the image
 *
 * Two layers, one after the other.  The preview comes and goes while undo is
 * frozen for the few calls that it takes, so it leaves no trace: a cancelled
 * run adds no steps, keeps what could be redone, and does not mark an unchanged
 * image as changed.  The result is a separate layer, inserted the normal way
 * when it is complete: exactly one step.
 *
 * Alternatives that do not work:
 * - A preview inserted as a normal step can only be removed by another step.
 * - Undo frozen, or a group of steps held open, for the whole run would also
 *   include the user's own changes, and would stay open if the plug-in died:
 *   GIMP closes neither.
 *
 * Pixels are written from this process.  GIMP ends a plug-in that writes to a
 * layer which has just been removed, so every write is preceded by a check; the
 * milliseconds of the write itself cannot be protected.
 */
#include "canvas.h"

#include <glib/gi18n-lib.h>

#include "plugin/gimp/compat/gimp-compat.h"
#include "plugin/gimp/image/pixels.h"
#include "plugin/gimp/image/result-settings.h"

/* Rows written at a time, and microseconds after which the main loop gets its
 * turn. */
#define BAND      64
#define BAND_TIME 20000

struct _PstCanvas
{
  const PstContent *content;
  char             *name;     /* owned */
  PstResultSettings settings; /* owned */
  PstLayerRef       preview;  /* PST_NO_ITEM: there is none */
  gboolean          inserted; /* it is in the image */
  PstImage         *picture;  /* being written to it; owned, NULL: none */
  int               n_rows;   /* of the picture, written so far */
};

PstCanvas *
pst_canvas_new (const PstRequest *request, const char *name)
{
  PstCanvas *canvas = g_new0 (PstCanvas, 1);

  canvas->content = &request->content;
  canvas->name = g_strdup (name);
  pst_result_settings_init (&canvas->settings, request);
  canvas->preview = PST_NO_ITEM;
  return canvas;
}

static gboolean
set_removed (GError **error)
{
  g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE,
                       _ ("The result layer was removed."));
  return FALSE;
}

static gboolean
write_rows (PstLayerRef     layer,
            const PstImage *picture,
            int             y,
            int             n_rows,
            GError        **error)
{
  return pst_pixels_write (layer, picture, y, n_rows) || set_removed (error);
}

/* Whether it has the content's size; only one that is too large for a PstImage
 * is painted at another. */
static gboolean
has_full_size (const PstCanvas *canvas, const PstImage *picture)
{
  const GeglRectangle *area = &canvas->content->area;

  return picture->width == area->width && picture->height == area->height;
}

static gboolean
write_all (const PstCanvas *canvas,
           PstLayerRef      layer,
           const PstImage  *picture,
           GError         **error)
{
  if (has_full_size (canvas, picture))
    return write_rows (layer, picture, 0, picture->height, error);
  return pst_pixels_write_resized (layer, picture) || set_removed (error);
}

/* Returns a layer, not yet in the image, in its place and without pixels. */
static PstLayerRef
new_layer (PstCanvas *canvas, GError **error)
{
  const PstContent *content = canvas->content;
  int               type =
    content->base_type == GIMP_GRAY ? GIMP_GRAYA_IMAGE : GIMP_RGBA_IMAGE;
  PstLayerRef layer;
  int         x, y;

  layer =
    gimp_layer_new (content->image, canvas->name, content->area.width,
                    content->area.height, type, 100,
                    gimp_image_get_default_new_layer_mode (content->image));
  if (layer == PST_NO_ITEM)
    {
      g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                   _ ("GIMP cannot create a new layer: %s"),
                   pst_gimp_last_error ());
      return PST_NO_ITEM;
    }

  /* Before it is inserted: afterwards this would be another undo step. */
  gimp_drawable_get_offsets (GIMP_DRAWABLE (content->layer), &x, &y);
  gimp_layer_set_offsets (layer, x + content->area.x, y + content->area.y);
  return layer;
}

/* Just above the content, or above results that already are there: they would
 * hide the developing picture. */
static int
find_position (const PstContent *content)
{
  PstItemRef item = GIMP_ITEM (content->layer);
  PstItemRef parent = gimp_item_get_parent (item);
  int        position = gimp_image_get_item_position (content->image, item);
  int        n_layers;
  g_autofree PstLayerRef *layers =
    pst_gimp_list_layers (content->image, &n_layers);
  int i = 0;

  while (i < n_layers && layers[i] != content->layer)
    i++;
  for (; i > 0 && i < n_layers; i--, position--)
    if (gimp_item_get_parent (GIMP_ITEM (layers[i - 1])) != parent
        || ! pst_gimp_is_result (layers[i - 1]))
      break;
  return position;
}

static gboolean
insert_above_content (PstCanvas *canvas, PstLayerRef layer)
{
  const PstContent *content = canvas->content;

  return gimp_image_insert_layer (content->image, layer,
                                  GIMP_LAYER (gimp_item_get_parent (
                                    GIMP_ITEM (content->layer))),
                                  find_position (content));
}

/* GIMP selects what is inserted; the user's selection is the content. */
static void
select_content (const PstContent *content)
{
#if GIMP_CHECK_VERSION(2, 99, 0)
  const GimpLayer *layers[] = { content->layer, NULL };

  gimp_image_set_selected_layers (content->image, layers);
#else
  gimp_image_set_active_layer (content->image, content->layer);
#endif
}

/* Begins a change of the image that leaves no trace.  Returns whether the image
 * had been changed before. */
static gboolean
begin_untraced (PstImageRef image)
{
  gboolean was_dirty = gimp_image_is_dirty (image);

  gimp_image_undo_freeze (image);
  return was_dirty;
}

static void
end_untraced (PstImageRef image, gboolean was_dirty)
{
  gimp_image_undo_thaw (image);
  /* GIMP marks the image as changed even without an undo step. */
  if (! was_dirty)
    gimp_image_clean_all (image);
}

/* With settings, like any result: it is no default style, another result goes
 * above it, and it is what remains if this process is killed. */
static void
insert_preview (PstCanvas *canvas)
{
  const PstContent *content = canvas->content;
  gboolean          was_dirty;

  pst_result_settings_attach (&canvas->settings, canvas->preview);
  gimp_item_set_lock_position (GIMP_ITEM (canvas->preview), TRUE);
  was_dirty = begin_untraced (content->image);
  insert_above_content (canvas, canvas->preview);
  end_untraced (content->image, was_dirty);
  select_content (content);
  canvas->inserted = TRUE;
}

void
pst_canvas_show (PstCanvas *canvas, PstImage *picture)
{
  pst_image_free (canvas->picture);
  canvas->picture = picture;
  canvas->n_rows = 0;
  /* GIMP would take too long to enlarge it. */
  if (! has_full_size (canvas, picture))
    {
      g_clear_pointer (&canvas->picture, pst_image_free);
      return;
    }
  if (canvas->preview == PST_NO_ITEM)
    canvas->preview = new_layer (canvas, NULL);
  if (canvas->preview == PST_NO_ITEM)
    g_clear_pointer (&canvas->picture, pst_image_free);
}

gboolean
pst_canvas_show_more (PstCanvas *canvas)
{
  gint64          begin = g_get_monotonic_time ();
  const PstImage *picture = canvas->picture;

  if (! picture)
    return FALSE;

  while (canvas->n_rows < picture->height
         && g_get_monotonic_time () - begin < BAND_TIME)
    {
      int n_rows = MIN (BAND, picture->height - canvas->n_rows);

      if (! write_rows (canvas->preview, picture, canvas->n_rows, n_rows, NULL))
        break;
      canvas->n_rows += n_rows;
    }

  if (canvas->n_rows == picture->height)
    {
      if (! canvas->inserted)
        insert_preview (canvas);
      g_clear_pointer (&canvas->picture, pst_image_free);
    }
  gimp_displays_flush ();
  return canvas->picture != NULL;
}

gboolean
pst_canvas_is_intact (PstCanvas *canvas, GError **error)
{
  if (canvas->preview == PST_NO_ITEM
      || gimp_item_is_valid (GIMP_ITEM (canvas->preview)))
    return TRUE;

  canvas->preview = PST_NO_ITEM;
  g_set_error_literal (error, PST_ERROR, PST_ERROR_IMAGE,
                       _ ("The layer with the developing picture was removed, "
                          "so the transfer was cancelled."));
  return FALSE;
}

static void
remove_preview (PstCanvas *canvas)
{
  PstImageRef image = canvas->content->image;

  if (canvas->preview != PST_NO_ITEM && gimp_image_is_valid (image)
      && gimp_item_is_valid (GIMP_ITEM (canvas->preview)))
    {
      if (canvas->inserted)
        {
          gboolean was_dirty = begin_untraced (image);

          gimp_image_remove_layer (image, canvas->preview);
          end_untraced (image, was_dirty);
        }
      else
        {
          gimp_item_delete (GIMP_ITEM (canvas->preview));
        }
    }
  canvas->preview = PST_NO_ITEM;
}

PstLayerRef
pst_canvas_finish (PstCanvas *canvas, const PstImage *picture, GError **error)
{
  PstLayerRef layer = new_layer (canvas, error);

  if (layer == PST_NO_ITEM)
    return PST_NO_ITEM;
  if (! write_all (canvas, layer, picture, error))
    {
      gimp_item_delete (GIMP_ITEM (layer));
      return PST_NO_ITEM;
    }

  pst_result_settings_attach (&canvas->settings, layer);
  remove_preview (canvas);
  if (! insert_above_content (canvas, layer))
    {
      g_set_error (error, PST_ERROR, PST_ERROR_IMAGE,
                   _ ("The result cannot be added to the image: %s"),
                   pst_gimp_last_error ());
      gimp_item_delete (GIMP_ITEM (layer));
      return PST_NO_ITEM;
    }
  return layer;
}

void
pst_canvas_free (PstCanvas *canvas)
{
  if (! canvas)
    return;

  remove_preview (canvas);
  pst_image_free (canvas->picture);
  g_free (canvas->name);
  pst_result_settings_clear (&canvas->settings);
  g_free (canvas);
}
