/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pattern.h: file names made from the names of pictures
 *
 * In a pattern, {name} stands for the file name of the content without its
 * extension, {extension} for its extension, {folder} for the content's folder,
 * and {style} for the name of the style.  Braces around anything but a word
 * stand for themselves.
 */
#pragma once

#include <glib.h>

/* What the placeholders of a pattern stand for. */
typedef struct
{
  const char *content; /* its path: {name}, {extension} */
  const char *folder;  /* {folder}; "" leaves out the slash after it */
  const char *style;   /* {style} */
} PstPatternNames;

/* pst_pattern_find_unknown:
 * The first word in braces that stands for nothing, such as "{nope}"; NULL if
 * there is none.  The caller owns it. */
char *pst_pattern_find_unknown (const char *pattern);

/* Whether @pattern names another file for each content. */
gboolean pst_pattern_has_name (const char *pattern);

/* pst_pattern_expand:
 * @pattern: NULL makes NULL
 * The caller owns the path. */
char *pst_pattern_expand (const char *pattern, const PstPatternNames *names);

/* pst_pattern_insert_folder:
 * "out/{folder}/{name}.png" for "out/{name}.png"; the caller owns it. */
char *pst_pattern_insert_folder (const char *pattern);

/* The file name of @path without folder and extension; owned by the caller. */
char *pst_pattern_stem (const char *path);

/* Whether two paths name the same file, links aside. */
gboolean pst_pattern_is_same (const char *a, const char *b);

/* "out/picture.png" with @suffix before the extension; owned by the caller. */
char *pst_pattern_append (const char *path, const char *suffix);
