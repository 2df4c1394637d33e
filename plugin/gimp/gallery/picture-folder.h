/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-folder.h: the pictures in a folder
 *
 * Knows no GIMP.
 */
#pragma once

#include <gio/gio.h>

/* pst_picture_folder_list:
 * The files in @folder that are pictures by their names, without hidden ones
 * and those in subfolders, as a file manager sorts them: "2" before "10".
 * GFile *, owned by the caller; none if the folder cannot be read.  Any
 * thread. */
GPtrArray *pst_picture_folder_list (GFile *folder, GCancellable *cancellable);

typedef void (*PstFolderListed) (GPtrArray *files, gpointer data);

/* pst_picture_folder_read:
 * The same in a thread, for the main thread.
 * @listed: called in its main loop, unless @cancellable is cancelled before
 * @free_data: called afterwards, or when it is cancelled */
void pst_picture_folder_read (GFile          *folder,
                              GCancellable   *cancellable,
                              PstFolderListed listed,
                              gpointer        data,
                              GDestroyNotify  free_data);
