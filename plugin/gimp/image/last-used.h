/* SPDX-License-Identifier: GPL-3.0-or-later */
/* last-used.h: what is remembered from run to run, and from session to session
 *
 * What outlives the session is in the file pastiche.json of GIMP's folder,
 * written at once, so that it outlives a GIMP that is killed; what does not, in
 * parasites of GIMP.
 */
#pragma once

#include "styles.h"

/* The styles of the last run: files over sessions; layers while they exist,
 * over sessions too if their image has a file and is open.  None if there was
 * no run. */
void pst_last_used_set_styles (const PstStyles *styles);
void pst_last_used_styles (PstStyles *ret_styles);

/* What a dialog begins with: of these styles those that there are, and that can
 * be used with @content. */
void pst_last_used_choice (PstStyles *ret_styles, const PstContent *content);

/* The result whose settings were used last, in this session; PST_NO_ITEM if
 * there is none. */
void        pst_last_used_set_result (PstLayerRef layer);
PstLayerRef pst_last_used_result (void);

/* ---- the gallery -------------------------------------------------------- */

typedef enum
{
  PST_REMEMBERED_FOLDERS, /* of the user's styles, the last one first */
  PST_REMEMBERED_FILES,   /* that were styles, likewise; not all of them */
} PstRemembered;

/* Local files, existing or not; owned by the caller. */
GPtrArray *pst_last_used_list (PstRemembered kind);
void       pst_last_used_add (PstRemembered kind, GFile *file);
void       pst_last_used_remove (PstRemembered kind, GFile *file);

/* All of it, owned by the caller. */
typedef struct
{
  GPtrArray *folders;
  GPtrArray *files;
  char      *source; /* which part was shown: a word of the gallery's; NULL:
                      * none */
} PstLastGallery;

void pst_last_used_gallery (PstLastGallery *ret_gallery);
void pst_last_gallery_clear (PstLastGallery *gallery);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstLastGallery, pst_last_gallery_clear)

void pst_last_used_set_source (const char *source);
