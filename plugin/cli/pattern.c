/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pattern.c: file names made from the names of pictures */
#include "pattern.h"

#include <string.h>

#define N_PLACEHOLDERS 4

static const char *const placeholders[N_PLACEHOLDERS] = {
  "{name}", "{extension}", "{folder}", "{style}"
};

/* The number of the placeholder with which @pattern begins; N_PLACEHOLDERS if
 * there is none. */
static gsize
find_placeholder (const char *pattern)
{
  gsize i = 0;

  while (i < N_PLACEHOLDERS && ! g_str_has_prefix (pattern, placeholders[i]))
    i++;
  return i;
}

char *
pst_pattern_find_unknown (const char *pattern)
{
  for (const char *at = strchr (pattern, '{'); at; at = strchr (at + 1, '{'))
    {
      const char *end = at + 1;

      while (g_ascii_isalpha (*end) || *end == '_' || *end == '-')
        end++;
      if (*end == '}' && end > at + 1
          && find_placeholder (at) == N_PLACEHOLDERS)
        return g_strndup (at, end + 1 - at);
    }
  return NULL;
}

gboolean
pst_pattern_has_name (const char *pattern)
{
  return strstr (pattern, "{name}") != NULL;
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

/* "jpg"; the caller owns it. */
static char *
dup_extension (const char *path)
{
  const char *point = find_extension (path);

  return g_strdup (*point ? point + 1 : "");
}

/* An empty @folder leaves out the slash that follows at @rest, too, where it
 * would double another or make a path absolute.  Returns what is left. */
static const char *
append_folder (GString *path, const char *folder, const char *rest)
{
  g_string_append (path, folder);
  if (! *folder && *rest == G_DIR_SEPARATOR
      && (path->len == 0 || path->str[path->len - 1] == G_DIR_SEPARATOR))
    rest++;
  return rest;
}

char *
pst_pattern_expand (const char *pattern, const PstPatternNames *names)
{
  g_autofree char  *name = pst_pattern_stem (names->content);
  g_autofree char  *extension = dup_extension (names->content);
  const char *const values[N_PLACEHOLDERS] = { name, extension, names->folder,
                                               names->style };
  GString          *path;

  if (! pattern)
    return NULL;

  path = g_string_new (NULL);
  while (*pattern)
    {
      gsize i = find_placeholder (pattern);

      if (i == N_PLACEHOLDERS)
        {
          g_string_append_c (path, *pattern++);
          continue;
        }
      pattern += strlen (placeholders[i]);
      if (values[i] == names->folder)
        pattern = append_folder (path, names->folder, pattern);
      else
        g_string_append (path, values[i]);
    }
  return g_string_free (path, FALSE);
}

char *
pst_pattern_insert_folder (const char *pattern)
{
  const char *slash = strrchr (pattern, G_DIR_SEPARATOR);
  int         length = slash ? slash + 1 - pattern : 0;

  return g_strdup_printf ("%.*s{folder}/%s", length, pattern, pattern + length);
}
