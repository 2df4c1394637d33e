/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery-source.h: where the gallery's pictures come from
 *
 * The styles that come with Pastiche, the layers of the open images, the files
 * that were styles before, and the user's folders.
 */
#pragma once

#include <gio/gio.h>

#include "gallery-item.h"
#include "plugin/gimp/image/styles.h"

typedef enum
{
  PST_SOURCE_SHIPPED,
  PST_SOURCE_LAYERS,
  PST_SOURCE_RECENT,
  PST_SOURCE_FOLDER,
} PstSourceKind;

typedef struct
{
  PstSourceKind kind;
  GFile        *folder; /* owned; NULL: it is none */
} PstGallerySource;

/* pst_gallery_source_list:
 * @ret_shown: index of the one that is remembered as shown, else 0
 * Returns those that there are, PstGallerySource *, at least the layers; owned
 * by the caller. */
GPtrArray *pst_gallery_source_list (int *ret_shown);

/* What the user is told; owned by the caller. */
char *pst_gallery_source_dup_label (const PstGallerySource *source);

/* A word by which it is remembered; owned by the caller. */
char *pst_gallery_source_dup_id (const PstGallerySource *source);

/* Why there are no pictures, and what to do. */
const char *pst_gallery_source_get_text (const PstGallerySource *source);

/* pst_gallery_source_read:
 * Finds the pictures without making the main loop wait: of a folder in a
 * thread, of images when there is nothing else to do.
 * @content: the layer that is repainted; neither it nor results of runs are
 *   offered
 * @listed: called once, perhaps at once, unless @cancellable is cancelled
 *   before */
void pst_gallery_source_read (const PstGallerySource *source,
                              const PstContent       *content,
                              GCancellable           *cancellable,
                              PstItemsListed          listed,
                              gpointer                data);
