/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find-style.c: finds the style pictures that come with Pastiche */
#include "find-style.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "program.h"

#define SUFFIX ".jpg"

static const struct
{
  const char *id;
  const char *title;
} titles[] = {
  { "batik", N_ ("Batik") },
  { "charcoal", N_ ("Charcoal") },
  { "colored-pencil", N_ ("Colored pencil") },
  { "comic", N_ ("Comic") },
  { "embroidery", N_ ("Embroidery") },
  { "fresco", N_ ("Fresco") },
  { "impasto", N_ ("Impasto") },
  { "ink-wash", N_ ("Ink wash") },
  { "linocut", N_ ("Linocut") },
  { "mosaic", N_ ("Mosaic") },
  { "palette-knife", N_ ("Palette knife") },
  { "pastel", N_ ("Pastel") },
  { "pointillism", N_ ("Pointillism") },
  { "stained-glass", N_ ("Stained glass") },
  { "watercolor", N_ ("Watercolor") },
  { "woodcut", N_ ("Woodcut") },
};

static void
style_free (gpointer data)
{
  PstShippedStyle *style = data;

  g_free (style->id);
  g_free (style->path);
  g_free (style);
}

const char *
pst_shipped_style_title (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].id, id))
      return _ (titles[i].title);
  return id;
}

static gboolean
has_id (gconstpointer style, gconstpointer id)
{
  return g_str_equal (((const PstShippedStyle *) style)->id, id);
}

/* Appends the pictures in @folder whose names are new. */
static void
add_styles (GPtrArray *styles, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir && (file = g_dir_read_name (dir)))
    {
      g_autofree char *id = NULL;
      PstShippedStyle *style;

      if (*file == '.' || ! g_str_has_suffix (file, SUFFIX))
        continue;

      id = g_strndup (file, strlen (file) - strlen (SUFFIX));
      if (g_ptr_array_find_with_equal_func (styles, id, has_id, NULL))
        continue;

      style = g_new (PstShippedStyle, 1);
      style->path = g_build_filename (folder, file, NULL);
      style->id = g_steal_pointer (&id);
      style->title = NULL;
      g_ptr_array_add (styles, style);
    }
}

static int
compare_titles (gconstpointer a, gconstpointer b)
{
  const PstShippedStyle *style_a = *(PstShippedStyle *const *) a;
  const PstShippedStyle *style_b = *(PstShippedStyle *const *) b;

  return g_utf8_collate (style_a->title, style_b->title);
}

GPtrArray *
pst_shipped_styles_list (const char *program)
{
  g_autoptr (GPtrArray) folders =
    pst_program_data_folders (program, "styles", "PASTICHE_STYLES");
  GPtrArray *styles = g_ptr_array_new_with_free_func (style_free);

  for (guint i = 0; i < folders->len; i++)
    add_styles (styles, folders->pdata[i]);
  for (guint i = 0; i < styles->len; i++)
    {
      PstShippedStyle *style = styles->pdata[i];

      style->title = pst_shipped_style_title (style->id);
    }
  g_ptr_array_sort (styles, compare_titles);
  return styles;
}

char *
pst_shipped_style_find (const char *id, const char *program)
{
  g_autoptr (GPtrArray) styles = pst_shipped_styles_list (program);
  guint i;

  if (! g_ptr_array_find_with_equal_func (styles, id, has_id, &i))
    return NULL;
  return g_strdup (((PstShippedStyle *) styles->pdata[i])->path);
}
