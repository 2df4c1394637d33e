/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style-menu.c: the choice of a layer of any open image, or of a file */
#include "style-menu.h"

#include <glib/gi18n-lib.h>

#include "plugin/gimp/compat/gimp-compat.h"
#include "thumbnail.h"

#define THUMBNAIL_SIZE 32

typedef struct
{
  GtkWidget        *parent;
  const PstContent *content;
  PstStyleChosen    chosen;
  gpointer          data;
} Menu;

static void
on_layer (GtkWidget *item, Menu *menu)
{
  PstStyle style = PST_STYLE_NONE;

  style.drawable = pst_gimp_find_drawable (
    GPOINTER_TO_INT (g_object_get_data (G_OBJECT (item), "id")));
  if (style.drawable != PST_NO_ITEM)
    menu->chosen (&style, menu->data);
}

static GtkWidget *
new_file_chooser (Menu *menu)
{
  GtkWidget     *chooser;
  GtkFileFilter *filter = gtk_file_filter_new ();

  chooser = gtk_file_chooser_dialog_new (
    _ ("Open a Picture as the Style"),
    GTK_WINDOW (gtk_widget_get_toplevel (menu->parent)),
    GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Cancel"), GTK_RESPONSE_CANCEL,
    _ ("_Open"), GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);

  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("All files"));
  gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  return chooser;
}

static void
on_file (GtkWidget *item, Menu *menu)
{
  GtkWidget *chooser = new_file_chooser (menu);
  GSList    *files = NULL;

  if (gtk_dialog_run (GTK_DIALOG (chooser)) == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
  gtk_widget_destroy (chooser);

  for (GSList *one = files; one; one = one->next)
    {
      PstStyle style = PST_STYLE_NONE;

      style.file = one->data;
      menu->chosen (&style, menu->data);
    }
  g_slist_free (files);
}

static void
add_layer (GtkWidget *shell, Menu *menu, PstLayerRef layer)
{
  g_autofree char *name = gimp_item_get_name (GIMP_ITEM (layer));
  GtkWidget       *item = gtk_image_menu_item_new_with_label (name);
  PstStyle         style = PST_STYLE_NONE;

  style.drawable = GIMP_DRAWABLE (layer);
  gtk_image_menu_item_set_image (GTK_IMAGE_MENU_ITEM (item),
                                 pst_thumbnail_new (&style, THUMBNAIL_SIZE));
  gtk_image_menu_item_set_always_show_image (GTK_IMAGE_MENU_ITEM (item), TRUE);
  g_object_set_data (G_OBJECT (item), "id",
                     GINT_TO_POINTER (gimp_item_get_id (GIMP_ITEM (layer))));
  g_signal_connect (item, "activate", G_CALLBACK (on_layer), menu);
  gtk_menu_shell_append (GTK_MENU_SHELL (shell), item);
}

static void
add_heading (GtkWidget *shell, PstImageRef image)
{
  g_autofree char *name = gimp_image_get_name (image);
  GtkWidget       *heading = gtk_menu_item_new_with_label (name);

  gtk_widget_set_sensitive (heading, FALSE);
  gtk_menu_shell_append (GTK_MENU_SHELL (shell), heading);
}

/* A heading with the name of the image, and its layers, if there are others
 * than the content. */
static void
add_image (GtkWidget *shell, Menu *menu, PstImageRef image)
{
  int                     n_layers;
  g_autofree PstLayerRef *layers = pst_gimp_list_layers (image, &n_layers);
  gboolean                has_heading = FALSE;

  for (int i = 0; i < n_layers; i++)
    if (layers[i] != menu->content->layer)
      {
        if (! has_heading)
          add_heading (shell, image);
        has_heading = TRUE;
        add_layer (shell, menu, layers[i]);
      }
  if (has_heading)
    gtk_menu_shell_append (GTK_MENU_SHELL (shell),
                           gtk_separator_menu_item_new ());
}

void
pst_style_menu_popup (GtkWidget        *parent,
                      const PstContent *content,
                      PstStyleChosen    chosen,
                      gpointer          data)
{
  int                     n_images;
  g_autofree PstImageRef *images = pst_gimp_list_images (&n_images);
  GtkWidget              *shell = gtk_menu_new ();
  GtkWidget              *file;
  Menu                   *menu = g_new (Menu, 1);

  *menu = (Menu){ parent, content, chosen, data };
  g_object_set_data_full (G_OBJECT (shell), "menu", menu, g_free);
  for (int i = 0; i < n_images; i++)
    add_image (shell, menu, images[i]);

  file = gtk_menu_item_new_with_mnemonic (_ ("Picture _file…"));
  g_signal_connect (file, "activate", G_CALLBACK (on_file), menu);
  gtk_menu_shell_append (GTK_MENU_SHELL (shell), file);

  gtk_menu_attach_to_widget (GTK_MENU (shell), parent, NULL);
  gtk_widget_show_all (shell);
  gtk_menu_popup (GTK_MENU (shell), NULL, NULL, NULL, NULL, 0,
                  gtk_get_current_event_time ());
}
