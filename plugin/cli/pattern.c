/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pattern.c: file names made from the names of pictures */
#include "pattern.h"

#include <string.h>

#define NAME  "{name}"
#define STYLE "{style}"

gboolean
pst_pattern_has_name (const char *pattern)
{
  return strstr (pattern, NAME) != NULL;
}

/* Where the extension of @path begins, its end if there is none. */
static const char *
find_extension (const char *path)
{
  const char *slash = strrchr (path, G_DIR_SEPARATOR);
  const char *name = slash ? slash + 1 : path;
  const char *point = strrchr (name, '.');

  return point && point > name ? point : name + strlen (name);
}

char *
pst_pattern_stem (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_strndup (name, find_extension (name) - name);
}

gboolean
pst_pattern_is_same (const char *a, const char *b)
{
  g_autofree char *full_a = g_canonicalize_filename (a, NULL);
  g_autofree char *full_b = g_canonicalize_filename (b, NULL);

  return g_str_equal (full_a, full_b);
}

char *
pst_pattern_append (const char *path, const char *suffix)
{
  const char *extension = find_extension (path);

  return g_strdup_printf ("%.*s%s%s", (int) (extension - path), path, suffix,
                          extension);
}

char *
pst_pattern_expand (const char *pattern, const char *content, const char *style)
{
  g_autofree char *name = pst_pattern_stem (content);
  GString         *path;

  if (! pattern)
    return NULL;

  path = g_string_new (NULL);
  while (*pattern)
    if (g_str_has_prefix (pattern, NAME))
      {
        g_string_append (path, name);
        pattern += strlen (NAME);
      }
    else if (g_str_has_prefix (pattern, STYLE))
      {
        g_string_append (path, style);
        pattern += strlen (STYLE);
      }
    else
      g_string_append_c (path, *pattern++);
  return g_string_free (path, FALSE);
}
