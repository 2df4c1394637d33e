/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-gallery.c: how styles are chosen, in the toolkit of each GIMP
 *
 * By keys, by buttons, and by files that are dropped.  What GIMP would answer
 * is given here; it is not needed.  Skipped where there is no display.
 */
#include <gdk/gdkkeysyms.h>
#include <glib/gstdio.h>

#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/gallery/gallery-source.h"
#include "plugin/gimp/gallery/gallery.h"
#include "plugin/gimp/gallery/image-layers.h"
#include "plugin/gimp/image/last-used.h"
#include "plugin/gimp/image/pixels.h"
#include "plugin/gimp/image/region.h"
#include "widgets.h"

/* ---- what is remembered ------------------------------------------------- */

static GPtrArray *remembered[2];
static char      *shown;

GPtrArray *
pst_last_used_list (PstRemembered kind)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < remembered[kind]->len; i++)
    g_ptr_array_add (files, g_object_ref (remembered[kind]->pdata[i]));
  return files;
}

void
pst_last_used_add (PstRemembered kind, GFile *file)
{
  g_ptr_array_insert (remembered[kind], 0, g_object_ref (file));
}

void
pst_last_used_remove (PstRemembered kind, GFile *file)
{
}

void
pst_last_used_set_source (const char *source)
{
  g_free (shown);
  shown = g_strdup (source);
}

void
pst_last_used_gallery (PstLastGallery *ret_gallery)
{
  *ret_gallery = (PstLastGallery){ pst_last_used_list (PST_REMEMBERED_FOLDERS),
                                   pst_last_used_list (PST_REMEMBERED_FILES),
                                   g_strdup (shown) };
}

void
pst_last_gallery_clear (PstLastGallery *gallery)
{
  g_ptr_array_unref (gallery->folders);
  g_ptr_array_unref (gallery->files);
  g_free (gallery->source);
}

static char *folder; /* with files */

static void
write_picture (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GdkPixbuf) picture =
    gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 40, 30);

  gdk_pixbuf_fill (picture, 0x4080c000);
  g_assert_true (gdk_pixbuf_save (picture, path, "png", NULL, NULL));
}

/* ---- GIMP --------------------------------------------------------------- */

/* Layers are given as files, which need no GIMP. */
void
pst_image_layers_read (const PstContent *content,
                       GCancellable     *cancellable,
                       PstItemsListed    listed,
                       gpointer          data)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (pst_gallery_item_free);

  for (char name = 'a'; name <= 'h'; name++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%c.png", folder, name);
      PstStyle         style = PST_STYLE_NONE;

      style.file = g_file_new_for_path (path);
      g_ptr_array_add (items, pst_gallery_item_new (&style, NULL, NULL));
    }
  listed (items, data);
}

/* All of them are closed. */
gboolean
gimp_item_is_valid (PstItemRef item)
{
  return FALSE;
}

const char *
gimp_get_progname (void)
{
  return "/nowhere/pastiche";
}

char **
pst_region_list (const PstContent *content)
{
  return g_new0 (char *, 1);
}

char *
pst_region_dup_label (const char *region)
{
  return g_strdup (region);
}

char *
pst_region_new (PstDrawableRef    drawable,
                const PstContent *content,
                GError          **error)
{
  return NULL;
}

gboolean
pst_region_check (const char *region, const PstContent *content, GError **error)
{
  return TRUE;
}

PstImage *
pst_pixels_read_whole (PstDrawableRef drawable, int side, GError **error)
{
  return NULL;
}

PstImage *
pst_pixels_read_icon (PstDrawableRef drawable, int side, GError **error)
{
  return NULL;
}

PstDrawableRef
pst_gimp_find_drawable (int id)
{
  return PST_NO_ITEM;
}

PstLayerRef *
pst_gimp_list_layers (PstImageRef image, int *ret_n_layers)
{
  *ret_n_layers = 0;
  return NULL;
}

gboolean
pst_gimp_is_result (PstLayerRef layer)
{
  return FALSE;
}

PstImageRef
pst_gimp_load_file (GFile *file)
{
  return PST_NO_ITEM;
}

/* ---- a window with the gallery ------------------------------------------ */

typedef struct
{
  PstContent content;
  PstStyles  styles;
  int        n_changes;
  GtkWidget *window;
  GtkWidget *gallery;
} Fixture;

static void
on_changed (gpointer data)
{
  Fixture *fixture = data;

  fixture->n_changes++;
}

static void
open_window (Fixture *fixture)
{
  *fixture = (Fixture){ .window = gtk_window_new (GTK_WINDOW_TOPLEVEL) };
  pst_last_used_set_source ("layers");
  for (int i = 0; i < 2; i++)
    remembered[i] = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->gallery =
    pst_gallery_new (&fixture->content, &fixture->styles, on_changed, fixture);
  gtk_container_add (GTK_CONTAINER (fixture->window),
                     pst_view_new (fixture->gallery, 700));
  gtk_widget_show_all (fixture->window);
  settle (200);
  focus_window (fixture->window);
  pst_gallery_grab_focus (fixture->gallery);
  settle (20);
}

static void
close_window (Fixture *fixture)
{
  gtk_widget_destroy (fixture->window);
  pst_styles_clear (&fixture->styles);
  for (int i = 0; i < 2; i++)
    g_clear_pointer (&remembered[i], g_ptr_array_unref);
}

/* Names and weights of the styles. */
static void
check_styles (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < fixture->styles.n_styles; i++)
    {
      const PstStyle  *style = &fixture->styles.list[i];
      g_autofree char *name = pst_style_dup_name (style);

      g_string_append_printf (text, "%s%s %g", i > 0 ? ", " : "", name,
                              style->weight);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
press (Fixture *fixture, guint keyval)
{
  press_key (fixture->window, keyval, 0);
}

static const char *
focus_name (Fixture *fixture)
{
  return atk_object_get_name (gtk_widget_get_accessible (
    gtk_window_get_focus (GTK_WINDOW (fixture->window))));
}

static GtkWidget *
get_back_button (Fixture *fixture)
{
  return find_widget (fixture->gallery, GTK_TYPE_BUTTON, "Back to the Mix");
}

/* Chooses the first two. */
static void
mix_two (Fixture *fixture)
{
  press (fixture, GDK_KEY_Home);
  press (fixture, GDK_KEY_space);
  press (fixture, GDK_KEY_Right);
  press_key (fixture->window, GDK_KEY_space, GDK_CONTROL_MASK);
}

/* ---- keys --------------------------------------------------------------- */

static void
test_keys (void)
{
  Fixture fixture;

  open_window (&fixture);
  g_assert_cmpstr (focus_name (&fixture), ==, "a, 1 of 8");
  mix_two (&fixture);
  check_styles (&fixture, "a 1, b 1");
  g_assert_cmpstr (focus_name (&fixture), ==, "b, chosen, 2 of 8");
  press (&fixture, GDK_KEY_Right);
  press (&fixture, GDK_KEY_plus);
  check_styles (&fixture, "a 1, b 1, c 1");
  press (&fixture, GDK_KEY_Delete);
  check_styles (&fixture, "a 1, b 1");
  press (&fixture, GDK_KEY_Delete); /* it is not chosen */
  check_styles (&fixture, "a 1, b 1");
  g_assert_cmpint (fixture.n_changes, ==, 4);
  close_window (&fixture);
}

/* Moves the focus on until it is at what is called so. */
static void
tab_to (Fixture *fixture, const char *name)
{
  for (int i = 0; i < 20; i++)
    {
      if (g_strcmp0 (focus_name (fixture), name) == 0)
        return;
      press (fixture, GDK_KEY_Tab);
    }
  g_error ("Tab does not lead to %s", name);
}

static void
test_chosen (void)
{
  Fixture fixture;

  open_window (&fixture);
  mix_two (&fixture);
  tab_to (&fixture, "Weight of \"b\"");
  press (&fixture, GDK_KEY_Up);
  press (&fixture, GDK_KEY_Up);
  check_styles (&fixture, "a 1, b 1.1");
  pst_gallery_grab_focus (fixture.gallery);
  tab_to (&fixture, "Remove \"a\"");
  press (&fixture, GDK_KEY_space);
  press (&fixture, GDK_KEY_space);
  settle (300);
  check_styles (&fixture, "b 1.1");
  g_assert_cmpstr (focus_name (&fixture), ==, "b, chosen, 2 of 8");
  close_window (&fixture);
}

/* A layer whose image was closed has a name. */
static void
test_closed (void)
{
  PstStyle         style = PST_STYLE_NONE;
  g_autofree char *name = NULL;

#if GIMP_CHECK_VERSION(2, 99, 0)
  style.drawable = g_object_new (GIMP_TYPE_LAYER, "id", 7, NULL);
#else
  style.drawable = 7;
#endif
  name = pst_style_dup_name (&style);
  g_assert_cmpstr (name, ==, "no longer there");
}

static void
test_names (void)
{
  Fixture fixture;

  open_window (&fixture);
  g_assert_cmpint (check_names (fixture.window), ==, 4);
  mix_two (&fixture);
  g_assert_cmpint (check_names (fixture.window), ==, 8);
  close_window (&fixture);
}

/* ---- the way back to a mix ---------------------------------------------- */

static void
test_back (void)
{
  Fixture    fixture;
  GtkWidget *button;

  open_window (&fixture);
  button = get_back_button (&fixture);
  g_assert_false (gtk_widget_get_visible (button));
  mix_two (&fixture);
  tab_to (&fixture, "Weight of \"b\"");
  press (&fixture, GDK_KEY_Up);
  check_styles (&fixture, "a 1, b 1.05");
  g_assert_false (gtk_widget_get_visible (button));

  pst_gallery_grab_focus (fixture.gallery);
  press (&fixture, GDK_KEY_End);
  press (&fixture, GDK_KEY_space);
  check_styles (&fixture, "h 1");
  g_assert_true (gtk_widget_get_visible (button));
  press (&fixture, GDK_KEY_Left);
  press (&fixture, GDK_KEY_space);
  check_styles (&fixture, "g 1");
  g_assert_true (gtk_widget_get_visible (button));

  gtk_button_clicked (GTK_BUTTON (button));
  check_styles (&fixture, "a 1, b 1.05");
  g_assert_false (gtk_widget_get_visible (button));

  /* A new mix is not one to go back from. */
  press (&fixture, GDK_KEY_space);
  check_styles (&fixture, "g 1");
  press (&fixture, GDK_KEY_Left);
  press (&fixture, GDK_KEY_plus);
  check_styles (&fixture, "g 1, f 1");
  g_assert_false (gtk_widget_get_visible (button));
  close_window (&fixture);
}

/* ---- the window --------------------------------------------------------- */

static int
window_height (Fixture *fixture)
{
  int width, height;

  settle (300);
  gtk_window_get_size (GTK_WINDOW (fixture->window), &width, &height);
  return height;
}

static void
test_height (void)
{
  Fixture fixture;
  int     height;

  open_window (&fixture);
  height = window_height (&fixture);
  press (&fixture, GDK_KEY_space);
  g_assert_cmpint (window_height (&fixture), ==, height);
  press (&fixture, GDK_KEY_Right);
  press (&fixture, GDK_KEY_plus);
  g_assert_cmpint (window_height (&fixture), ==, height);
  press (&fixture, GDK_KEY_Right);
  press (&fixture, GDK_KEY_space);
  g_assert_true (gtk_widget_get_visible (get_back_button (&fixture)));
  g_assert_cmpint (window_height (&fixture), ==, height);
  gtk_button_clicked (GTK_BUTTON (get_back_button (&fixture)));
  g_assert_cmpint (window_height (&fixture), ==, height);
  close_window (&fixture);
}

/* ---- files that are dropped --------------------------------------------- */

static void
get_uris (GtkClipboard     *clipboard,
          GtkSelectionData *selection,
          guint             info,
          gpointer          uris)
{
  gtk_selection_data_set_uris (selection, uris);
}

static void
clear_uris (GtkClipboard *clipboard, gpointer data)
{
}

/* @names: of files in the folder, or web addresses; ended by NULL */
static void
drop (Fixture *fixture, const char *const *names)
{
  static GtkTargetEntry target = { "text/uri-list", 0, 0 };
  GtkClipboard *clipboard = gtk_clipboard_get (gdk_atom_intern ("DROP", 0));
  g_autoptr (GPtrArray) uris = g_ptr_array_new_with_free_func (g_free);
  GtkSelectionData *selection;

  for (int i = 0; names[i]; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_ptr_array_add (uris, strstr (names[i], "://")
                               ? g_strdup (names[i])
                               : g_filename_to_uri (path, NULL, NULL));
    }
  g_ptr_array_add (uris, NULL);
  gtk_clipboard_set_with_data (clipboard, &target, 1, get_uris, clear_uris,
                               uris->pdata);
  selection =
    gtk_clipboard_wait_for_contents (clipboard,
                                     gdk_atom_intern ("text/uri-list", FALSE));
  g_assert_nonnull (selection);
  g_signal_emit_by_name (fixture->gallery, "drag-data-received", NULL, 0, 0,
                         selection, 0, 0);
  gtk_selection_data_free (selection);
  settle (300);
}

#define DROP(fixture, ...) \
  drop (fixture, (const char *const[]){ __VA_ARGS__, NULL })

static gboolean
is_told (Fixture *fixture, const char *text)
{
  GtkWidget *label = find_widget (fixture->gallery, GTK_TYPE_LABEL, text);

  return label && gtk_widget_get_mapped (label);
}

static void
check_refused (const char *name, const char *told)
{
  Fixture fixture;

  open_window (&fixture);
  press (&fixture, GDK_KEY_space);
  fixture.n_changes = 0;
  DROP (&fixture, name);
  g_assert_true (is_told (&fixture, told));
  check_styles (&fixture, "a 1");
  g_assert_cmpint (fixture.n_changes, ==, 0);
  g_assert_cmpint (remembered[PST_REMEMBERED_FILES]->len, ==, 0);
  g_assert_cmpint (remembered[PST_REMEMBERED_FOLDERS]->len, ==, 0);
  g_assert_cmpstr (shown, ==, "layers");

  /* What is told is not told for ever. */
  press (&fixture, GDK_KEY_space);
  g_assert_false (is_told (&fixture, told));
  close_window (&fixture);
}

static void
write_text (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_refused (void)
{
  write_text ("notes.txt", "Notes\n");
  write_text ("broken.png", "Not a picture\n");
  check_refused ("notes.txt", "\"notes.txt\" is not a picture.");
  check_refused ("broken.png",
                 "The picture \"broken.png\" is broken, or cannot be read.");
  check_refused ("missing.png", "There is no file \"missing.png\".");
  check_refused ("https://example.org/picture.png",
                 "\"picture.png\" is not a file on this computer. Save the "
                 "picture as a file first.");
}

static void
test_dropped (void)
{
  Fixture          fixture;
  g_autofree char *below = g_build_filename (folder, "below", NULL);

  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  write_picture ("one.png");
  write_picture ("below/two.png");
  write_text ("notes.txt", "Notes\n");
  write_text ("gimp.xcf", "gimp xcf v011"); /* only GIMP can tell */

  open_window (&fixture);
  DROP (&fixture, "one.png");
  check_styles (&fixture, "one 1");
  g_assert_cmpstr (shown, ==, "recent");
  g_assert_cmpint (remembered[PST_REMEMBERED_FILES]->len, ==, 1);
  DROP (&fixture, "gimp.xcf", "notes.txt", "below/two.png");
  check_styles (&fixture, "gimp 1, two 1");
  g_assert_true (is_told (&fixture, "\"notes.txt\" is not a picture."));
  g_assert_cmpint (remembered[PST_REMEMBERED_FILES]->len, ==, 3);
  DROP (&fixture, "below");
  check_styles (&fixture, "gimp 1, two 1");
  g_assert_cmpint (remembered[PST_REMEMBERED_FOLDERS]->len, ==, 1);
  g_assert_true (g_str_has_suffix (shown, "/below"));
  close_window (&fixture);
}

static void
remove_folder (void)
{
  static const char *const names[] = { "notes.txt", "broken.png",    "one.png",
                                       "gimp.xcf",  "below/two.png", "below",
                                       "" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
  g_free (folder);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  load_accessibility ();
  if (! gtk_init_check (&argc, &argv))
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }

  folder = g_dir_make_tmp ("gallery-XXXXXX", NULL);
  for (char name = 'a'; name <= 'h'; name++)
    {
      g_autofree char *file = g_strdup_printf ("%c.png", name);

      write_picture (file);
    }
  g_test_add_func ("/gallery/keys", test_keys);
  g_test_add_func ("/gallery/chosen", test_chosen);
  g_test_add_func ("/gallery/closed", test_closed);
  g_test_add_func ("/gallery/names", test_names);
  g_test_add_func ("/gallery/back", test_back);
  g_test_add_func ("/gallery/height", test_height);
  g_test_add_func ("/gallery/refused", test_refused);
  g_test_add_func ("/gallery/dropped", test_dropped);
  status = g_test_run ();
  remove_folder ();
  return status;
}
