/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-files.h: files that the user brings, told apart
 *
 * Knows no GIMP.
 */
#pragma once

#include <gio/gio.h>

/* What files are; of GFile *, in order. */
typedef struct
{
  GPtrArray *pictures;
  GPtrArray *folders;
  char      *problem; /* what is wrong with the others; NULL: there are none */
} PstPictureFiles;

typedef void (*PstFilesSorted) (const PstPictureFiles *files, gpointer data);

/* pst_picture_files_sort:
 * Tells them apart in a thread, for the main thread.
 * @files: of GFile *; referenced
 * @sorted: called in its main loop, unless @cancellable is cancelled before */
void pst_picture_files_sort (GPtrArray     *files,
                             GCancellable  *cancellable,
                             PstFilesSorted sorted,
                             gpointer       data);
