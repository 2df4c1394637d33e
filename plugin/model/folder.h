/* SPDX-License-Identifier: GPL-3.0-or-later */
/* folder.h: pictures in folders, one folder for each label */
#pragma once

#include <glib.h>

/* pst_folder_list:
 * The names of the files or folders in the folder @path, sorted, without hidden
 * ones; NULL-ended, owned by the caller.
 * @test: which of these: regular files or folders
 * Errors: G_FILE_ERROR. */
char **pst_folder_list (const char *path, GFileTest test, GError **error);
