/* SPDX-License-Identifier: GPL-3.0-or-later */
/* thumbnail-file.h: small pictures of files
 *
 * They are read in one thread, one after the other: a window never waits for
 * them, and they leave a processor to the preview.  Knows no GIMP.
 */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

typedef struct
{
  int      side;      /* pixels: the longer side; of a square, each side */
  gboolean is_square; /* the middle of the picture, else all of it */
} PstThumbnailSize;

/* @picture, scaled to @size; owned by the caller. */
GdkPixbuf *pst_thumbnail_scale (const GdkPixbuf        *picture,
                                const PstThumbnailSize *size);

/* pst_thumbnail_read:
 * Returns the picture of a file, upright, on a checkerboard where it is
 * transparent; owned by the caller.  Waits for the file; any thread.
 * Errors: G_IO_ERROR_NOT_SUPPORTED, only GIMP may be able to open it, or it is
 * so large that this would take too long; others, with a message for the user,
 * the file is broken or cannot be read. */
GdkPixbuf *
pst_thumbnail_read (GFile *file, const PstThumbnailSize *size, GError **error);

/* pst_thumbnail_read_async:
 * The same in the thread.  For the main thread; @done is called in its main
 * loop, with no source object, and G_IO_ERROR_CANCELLED once @cancellable is
 * cancelled. */
void       pst_thumbnail_read_async (GFile                  *file,
                                     const PstThumbnailSize *size,
                                     GCancellable           *cancellable,
                                     GAsyncReadyCallback     done,
                                     gpointer                data);
GdkPixbuf *pst_thumbnail_read_finish (GAsyncResult *result, GError **error);
