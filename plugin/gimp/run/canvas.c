/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canvas.c: the developing picture and the result, as layers of the image
 *
 * Two layers, one after the other.  The preview comes and goes while undo is
 * frozen for the few calls that it takes, so it leaves no trace: a cancelled
 * run adds no steps, keeps what could be redone, and does not mark an unchanged
 * image as changed.  The result is a separate layer, inserted when it is
 * complete, with all that belongs to it, in a group: exactly one step.
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

#include "change-lock.h"
#include "plugin/gimp/compat/gimp-compat.h"
#include "plugin/gimp/image/origin.h"
#include "plugin/gimp/image/pixels.h"
#include "plugin/gimp/image/result-settings.h"
#include "plugin/gimp/image/selected-items.h"
#include "new-layer.h"
#include "replacement.h"

/* Rows written at a time, and microseconds after which the main loop gets its
 * turn. */
#define BAND      64
#define BAND_TIME 20000

struct _PstCanvas
{
  const PstContent *content;
  PstLayerRef       replaced; /* PST_NO_ITEM: none */
  char             *name;     /* owned */
  PstResultSettings settings; /* owned */
  PstLayerRef       preview;  /* PST_NO_ITEM: there is none */
  gboolean          inserted; /* it is in the image */
  PstImage         *picture;  /* being written to it; owned, NULL: none */
  int               n_rows;   /* of the picture, written so far */
};

PstCanvas *
pst_canvas_new (const PstRequest *request,
                const char       *name,
                PstLayerRef       replaced)
{
  PstCanvas *canvas = g_new0 (PstCanvas, 1);

  canvas->content = &request->content;
  canvas->replaced = replaced;
  canvas->name = g_strdup (name);
  pst_result_settings_init (&canvas->settings, request);
  canvas->preview = PST_NO_ITEM;
  return canvas;
}

/* A change of the image that leaves no trace. */
typedef struct
{
  int      lock;
  gboolean was_dirty;
} Untraced;

static Untraced
begin_untraced (PstImageRef image)
{
  Untraced change = { .lock = pst_change_lock () };

  change.was_dirty = gimp_image_is_dirty (image);
  gimp_image_undo_freeze (image);
  return change;
}

static void
end_untraced (PstImageRef image, const Untraced *change)
{
  gimp_image_undo_thaw (image);
  /* GIMP marks the image as changed even without an undo step. */
  if (! change->was_dirty)
    gimp_image_clean_all (image);
  pst_change_unlock (change->lock);
}

static gboolean
can_replace (const PstCanvas *canvas)
{
  return pst_replacement_is_possible (canvas->replaced, canvas->content);
}

static void
make_preview (PstCanvas *canvas)
{
  canvas->preview = pst_new_layer (canvas->content, canvas->name, NULL);
  if (canvas->preview != PST_NO_ITEM && can_replace (canvas))
    pst_replacement_place (canvas->preview, canvas->replaced, canvas->content);
}

/* Above the result that will be replaced, or where a new one will be. */
static void
insert_in_place (const PstCanvas *canvas)
{
  PstImageRef image = canvas->content->image;
  PstItemRef  below = GIMP_ITEM (canvas->replaced);

  if (! can_replace (canvas))
    {
      pst_new_layer_insert (canvas->content, canvas->preview, NULL);
      return;
    }
  gimp_image_insert_layer (image, canvas->preview,
                           GIMP_LAYER (gimp_item_get_parent (below)),
                           gimp_image_get_item_position (image, below));
}

/* With settings, like any result: it is no default style, another result goes
 * above it, and it is what remains if this process is killed. */
static void
insert_preview (PstCanvas *canvas)
{
  const PstContent *content = canvas->content;
  g_auto (PstSelectedItems) selected = { 0 };
  Untraced change;

  pst_result_settings_attach (&canvas->settings, canvas->preview);
  change = begin_untraced (content->image);
  pst_selected_items_get (&selected, content->image);
  insert_in_place (canvas);
  pst_selected_items_set (&selected, content->image);
  /* Not while it is selected: when the selection then goes to a layer that is
   * locked, GIMP 3.0's dialog of layers unlocks that one. */
  gimp_item_set_lock_position (GIMP_ITEM (canvas->preview), TRUE);
  end_untraced (content->image, &change);
  canvas->inserted = TRUE;
}

void
pst_canvas_show (PstCanvas *canvas, PstImage *picture)
{
  pst_image_free (canvas->picture);
  canvas->picture = picture;
  canvas->n_rows = 0;
  /* GIMP would take too long to enlarge it. */
  if (! pst_new_layer_fits (canvas->content, picture))
    {
      g_clear_pointer (&canvas->picture, pst_image_free);
      return;
    }
  if (canvas->preview == PST_NO_ITEM)
    make_preview (canvas);
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

      if (! pst_pixels_write (canvas->preview, picture, canvas->n_rows, n_rows))
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
          Untraced change = begin_untraced (image);

          gimp_image_remove_layer (image, canvas->preview);
          end_untraced (image, &change);
        }
      else
        {
          gimp_item_delete (GIMP_ITEM (canvas->preview));
        }
    }
  canvas->preview = PST_NO_ITEM;
}

/* ---- the result --------------------------------------------------------- */

/* A layer with all that it keeps, not yet in the image. */
static PstLayerRef
new_result (const PstCanvas *canvas,
            PstLayerRef      replaced,
            const char      *id,
            const PstImage  *picture,
            GError         **error)
{
  const PstContent *content = canvas->content;
  PstLayerRef       layer;

  if (replaced != PST_NO_ITEM)
    layer =
      pst_replacement_new (replaced, canvas->name, content, picture, error);
  else
    layer = pst_new_layer (content, canvas->name, error);
  if (layer == PST_NO_ITEM)
    return PST_NO_ITEM;
  if (replaced == PST_NO_ITEM
      && ! pst_new_layer_write (content, layer, picture, error))
    {
      gimp_item_delete (GIMP_ITEM (layer));
      return PST_NO_ITEM;
    }

  pst_result_settings_attach (&canvas->settings, layer);
  pst_origin_attach (layer,
                     gimp_item_get_tattoo (
                       GIMP_ITEM (replaced == PST_NO_ITEM ? layer : replaced)),
                     canvas->name, content, id);
  return layer;
}

/* As one step of undo, with the user's selection of layers as it was. */
static gboolean
insert_result (PstCanvas      *canvas,
               PstLayerRef     layer,
               PstLayerRef     replaced,
               const char     *id,
               const PstImage *picture,
               GError        **error)
{
  const PstContent *content = canvas->content;
  g_auto (PstSelectedItems) selected = { 0 };
  int      lock = pst_change_lock ();
  gboolean success;

  pst_selected_items_get (&selected, content->image);
  gimp_image_undo_group_start (content->image);
  if (replaced != PST_NO_ITEM)
    success = pst_replacement_insert (layer, replaced, content, picture, error);
  else
    success = pst_new_layer_insert (content, layer, error);
  if (success)
    pst_origin_mark (content->layer, id);
  gimp_image_undo_group_end (content->image);

  if (success)
    pst_selected_items_replace (&selected, GIMP_ITEM (replaced),
                                GIMP_ITEM (layer));
  pst_selected_items_set (&selected, content->image);
  pst_change_unlock (lock);
  return success;
}

PstLayerRef
pst_canvas_finish (PstCanvas *canvas, const PstImage *picture, GError **error)
{
  PstLayerRef replaced = can_replace (canvas) ? canvas->replaced : PST_NO_ITEM;
  g_autofree char *id = pst_origin_dup_id (canvas->content->layer);
  PstLayerRef      layer = new_result (canvas, replaced, id, picture, error);

  if (layer == PST_NO_ITEM)
    return PST_NO_ITEM;
  remove_preview (canvas);
  if (! insert_result (canvas, layer, replaced, id, picture, error))
    {
      if (gimp_item_is_valid (GIMP_ITEM (layer)))
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
