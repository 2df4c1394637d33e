/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pattern.h: file names made from the names of pictures
 *
 * In a pattern, {name} stands for the file name of the content and {style} for
 * that of the style, both without folder and extension.
 */
#pragma once

#include <glib.h>

/* Whether @pattern names another file for each content. */
gboolean pst_pattern_has_name (const char *pattern);

/* pst_pattern_expand:
 * @pattern: NULL makes NULL
 * @content: path of the content
 * @style: what {style} becomes
 * The caller owns the path. */
char *pst_pattern_expand (const char *pattern,
                          const char *content,
                          const char *style);

/* The file name of @path without folder and extension; owned by the caller. */
char *pst_pattern_stem (const char *path);

/* Whether two paths name the same file, links aside. */
gboolean pst_pattern_is_same (const char *a, const char *b);

/* "out/picture.png" with @suffix before the extension; owned by the caller. */
char *pst_pattern_append (const char *path, const char *suffix);
