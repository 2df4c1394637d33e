/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find-style.h: finds the style pictures that come with Pastiche
 *
 * They are JPEG files, NAME.jpg, in folders that are looked through in this
 * order; the first file of a name counts:
 *   $PASTICHE_STYLES,
 *   a folder "styles" (installed plug-in) or "data/styles" (build tree)
 *   next to the running program, or "styles" next to the program's folder,
 *   share/pastiche/styles next to the program's folder (any prefix),
 *   <user data>/pastiche/styles, each <system data>/pastiche/styles.
 */
#pragma once

#include <glib.h>

typedef struct
{
  char       *id;    /* "stained-glass", as after --style; owned */
  char       *path;  /* owned */
  const char *title; /* for the user, translated: "Stained glass" */
} PstShippedStyle;

/* pst_shipped_styles_list:
 * @program: path of the running program, for "next to"
 * Returns PstShippedStyle *, sorted by title; empty if none are installed.
 * The caller owns it. */
GPtrArray *pst_shipped_styles_list (const char *program);

/* pst_shipped_style_find:
 * Path of the picture @id; NULL if there is none.  The caller owns it. */
char *pst_shipped_style_find (const char *id, const char *program);

/* pst_shipped_style_title:
 * What the user is shown for the picture @id: its translated name, and @id
 * itself if it is none of ours. */
const char *pst_shipped_style_title (const char *id);
