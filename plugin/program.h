/* SPDX-License-Identifier: GPL-3.0-or-later */
/* program.h: where the running program is, the language it speaks, and how it
 * ends
 */
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

/* pst_program_end:
 * Checks, at the end of a program, whether all that it printed on the standard
 * output was written; reports it if not.
 * @name: of the program, for the message
 * @status: the exit status if all is well
 * Returns the exit status. */
int pst_program_end (const char *name, int status);
