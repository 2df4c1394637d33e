/* SPDX-License-Identifier: GPL-3.0-or-later */
/* program.h: where the running program is, and the language it speaks */
#pragma once

#include <glib.h>

/* Folder of the running program, links resolved; NULL if it cannot be told.
 * The caller owns it.
 * @program: its path, or a name that is looked for in $PATH */
char *pst_program_dup_folder (const char *program);

/* pst_program_data_folders:
 * Folders where data of the @kind "models" or "styles" may lie, existing or
 * not, in the order of search: see find-model.h.
 * @program: as above
 * @variable: of the environment, which names the first one
 * Returns char *; the caller owns it. */
GPtrArray *pst_program_data_folders (const char *program,
                                     const char *kind,
                                     const char *variable);

/* pst_program_init_language:
 * For programs without a window: characters and the engine's messages are those
 * of the user's locale, numbers are not.  Translations are looked for in
 * share/locale next to the program's folder, else in the build tree. */
void pst_program_init_language (const char *program);
