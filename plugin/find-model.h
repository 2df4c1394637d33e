/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find-model.h: finds models
 *
 * A model is given by its path (anything with a slash or ending in
 * .safetensors) or by its bare name, which is searched for in this order:
 *   $PASTICHE_MODELS,
 *   a folder "models" (installed plug-in) or "data/models" next to the running
 *   program, or "models" next to the program's folder (build tree),
 *   share/pastiche/models next to the program's folder (any prefix),
 *   <user data>/pastiche/models, each <system data>/pastiche/models,
 *   and finally as a file of exactly this name, whatever its kind.
 */
#pragma once

#include "core/pastiche-heads.h"

#define PST_MODEL_BUILT_IN "compact"

/* pst_model_find_path:
 * @name: as for pst_model_find()
 * Returns the path of the file, which for a path is @name itself; the caller
 * owns it.
 * Errors: PST_ERROR_MODEL; the message lists the folders looked in, and which
 * models there are. */
char *
pst_model_find_path (const char *name, const char *program, GError **error);

/* pst_model_find:
 * @name: NULL or "": the built-in one.
 * @program: path of the running program
 * Errors: as pst_model_find_path() and pst_model_new_from_file(). */
PstModel *
pst_model_find (const char *name, const char *program, GError **error);

/* Bare names of all models found, sorted, built-in first; NULL-ended, owned
 * by the caller. */
char **pst_model_list (const char *program);

/* The bare name of a model given as for pst_model_find(): of a path, that
 * of the file.  Owned by the caller. */
char *pst_model_dup_name (const char *name);

/* pst_model_find_for:
 * The model of @head, found by its bare name alone, whatever the head's file
 * says.
 * Errors: as pst_model_find(). */
PstModel *
pst_model_find_for (const PstHead *head, const char *program, GError **error);
