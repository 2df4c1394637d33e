/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery-source.c: where the gallery's pictures come from */
#include "gallery-source.h"

#include <glib/gi18n-lib.h>

#include "gallery-item.h"
#include "image-layers.h"
#include "picture-folder.h"
#include "plugin/find-style.h"
#include "plugin/gimp/image/last-used.h"

/* ---- which there are ---------------------------------------------------- */

static void
free_source (gpointer data)
{
  PstGallerySource *source = data;

  g_clear_object (&source->folder);
  g_free (source);
}

/* @folder: taken over */
static void
add (GPtrArray *sources, PstSourceKind kind, GFile *folder)
{
  PstGallerySource *source = g_new (PstGallerySource, 1);

  *source = (PstGallerySource){ kind, folder };
  g_ptr_array_add (sources, source);
}

static GPtrArray *
list_shipped (void)
{
  return pst_shipped_styles_list (gimp_get_progname ());
}

/* The index of the source that is remembered as @id; 0 if there is none. */
static int
find (const GPtrArray *sources, const char *id)
{
  for (guint i = 0; i < sources->len; i++)
    {
      g_autofree char *own = pst_gallery_source_dup_id (sources->pdata[i]);

      if (g_strcmp0 (own, id) == 0)
        return i;
    }
  return 0;
}

GPtrArray *
pst_gallery_source_list (int *ret_shown)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func (free_source);
  g_autoptr (GPtrArray) shipped = list_shipped ();
  g_auto (PstLastGallery) last;

  pst_last_used_gallery (&last);
  if (shipped->len > 0)
    add (sources, PST_SOURCE_SHIPPED, NULL);
  add (sources, PST_SOURCE_LAYERS, NULL);
  if (last.files->len > 0)
    add (sources, PST_SOURCE_RECENT, NULL);
  for (guint i = 0; i < last.folders->len; i++)
    add (sources, PST_SOURCE_FOLDER, g_object_ref (last.folders->pdata[i]));
  *ret_shown = find (sources, last.source);
  return sources;
}

/* ---- what is known of one ----------------------------------------------- */

char *
pst_gallery_source_dup_label (const PstGallerySource *source)
{
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;

  switch (source->kind)
    {
    case PST_SOURCE_SHIPPED:
      return g_strdup (_ ("Styles of Pastiche"));
    case PST_SOURCE_LAYERS:
      return g_strdup (_ ("Layers of open images"));
    case PST_SOURCE_RECENT:
      return g_strdup (_ ("Recently opened"));
    case PST_SOURCE_FOLDER:
      break;
    }
  name = g_file_get_basename (source->folder);
  shown = g_filename_display_name (name);
  /* Translators: %s is the name of a folder. */
  return g_strdup_printf (_ ("Folder \"%s\""), shown);
}

char *
pst_gallery_source_dup_id (const PstGallerySource *source)
{
  static const char *const words[] = {
    [PST_SOURCE_SHIPPED] = "shipped",
    [PST_SOURCE_LAYERS] = "layers",
    [PST_SOURCE_RECENT] = "recent",
  };

  return source->kind == PST_SOURCE_FOLDER ? g_file_get_uri (source->folder)
                                           : g_strdup (words[source->kind]);
}

const char *
pst_gallery_source_get_text (const PstGallerySource *source)
{
  return source->kind == PST_SOURCE_FOLDER
           ? _ ("There are no pictures in this folder.")
           : _ ("No other layer is open. Open a picture, or drop one here.");
}

/* ---- the pictures ------------------------------------------------------- */

static GPtrArray *
new_items (void)
{
  return g_ptr_array_new_with_free_func (pst_gallery_item_free);
}

static void
add_file (GPtrArray *items, GFile *file, const char *name, const char *place)
{
  PstStyle style = PST_STYLE_NONE;

  style.file = g_object_ref (file);
  g_ptr_array_add (items, pst_gallery_item_new (&style, name, place));
}

static GPtrArray *
new_shipped_items (void)
{
  g_autoptr (GPtrArray) shipped = list_shipped ();
  GPtrArray *items = new_items ();

  for (guint i = 0; i < shipped->len; i++)
    {
      const PstShippedStyle *style = shipped->pdata[i];
      g_autoptr (GFile) file = g_file_new_for_path (style->path);

      add_file (items, file, style->title, NULL);
    }
  return items;
}

static GPtrArray *
new_recent_items (void)
{
  g_autoptr (GPtrArray) files = pst_last_used_list (PST_REMEMBERED_FILES);
  GPtrArray *items = new_items ();

  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = files->pdata[i];
      g_autoptr (GFile) folder = g_file_get_parent (file);
      g_autofree char *place = folder ? g_file_get_parse_name (folder) : NULL;

      if (g_file_query_exists (file, NULL))
        add_file (items, file, NULL, place);
    }
  return items;
}

typedef struct
{
  GFile         *folder; /* owned */
  PstItemsListed listed;
  gpointer       data;
} Reading;

static void
on_folder_read (GPtrArray *files, gpointer data)
{
  Reading         *reading = data;
  GPtrArray       *items = new_items ();
  g_autofree char *place = g_file_get_parse_name (reading->folder);

  for (guint i = 0; i < files->len; i++)
    add_file (items, files->pdata[i], NULL, place);
  reading->listed (items, reading->data);
}

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->folder);
  g_free (reading);
}

void
pst_gallery_source_read (const PstGallerySource *source,
                         const PstContent       *content,
                         GCancellable           *cancellable,
                         PstItemsListed          listed,
                         gpointer                data)
{
  Reading *reading;

  switch (source->kind)
    {
    case PST_SOURCE_SHIPPED:
      listed (new_shipped_items (), data);
      break;
    case PST_SOURCE_LAYERS:
      pst_image_layers_read (content, cancellable, listed, data);
      break;
    case PST_SOURCE_RECENT:
      listed (new_recent_items (), data);
      break;
    case PST_SOURCE_FOLDER:
      reading = g_new (Reading, 1);
      *reading = (Reading){ g_object_ref (source->folder), listed, data };
      pst_picture_folder_read (source->folder, cancellable, on_folder_read,
                               reading, free_reading);
      break;
    }
}
