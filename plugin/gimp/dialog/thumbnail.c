/* SPDX-License-Identifier: GPL-3.0-or-later */
/* thumbnail.c: small pictures of styles
 *
 * Files are read one after the other, in one thread: the window never waits for
 * them, and they leave a processor to the preview.
 */
#include "thumbnail.h"

#include "plugin/gimp/image/pixbuf.h"
#include "plugin/gimp/image/pixels.h"

/* What is seen through transparent parts. */
#define CHECK_SIZE  4
#define LIGHT_CHECK 0x999999
#define DARK_CHECK  0x666666

typedef struct
{
  char *path; /* owned */
  int   size;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_free (request->path);
  g_free (request);
}

/* In the thread. */
static void
load (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  const Request *request = g_task_get_task_data (task);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  pixbuf = gdk_pixbuf_new_from_file_at_size (request->path, request->size,
                                             request->size, &error);
  if (pixbuf)
    g_task_return_pointer (task, gdk_pixbuf_apply_embedded_orientation (pixbuf),
                           g_object_unref);
  else
    g_task_return_error (task, error);
}

/* The task holds a reference to the image. */
static void
on_loaded (GObject *image, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GdkPixbuf) pixbuf =
    g_task_propagate_pointer (G_TASK (result), NULL);

  if (pixbuf)
    gtk_image_set_from_pixbuf (GTK_IMAGE (image), pixbuf);
}

static void
show_file (GtkWidget *image, GFile *file, int size)
{
  static GThreadPool *pool;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  char    *path = g_file_get_path (file);
  Request *request;
  GTask   *task;

  gtk_image_set_from_icon_name (GTK_IMAGE (image), "image-x-generic",
                                GTK_ICON_SIZE_DND);
  if (! path)
    return;

  if (! pool)
    pool = g_thread_pool_new (load, NULL, 1, FALSE, NULL);
  request = g_new (Request, 1);
  *request = (Request){ path, size };
  task = g_task_new (image, cancellable, on_loaded, NULL);
  g_task_set_task_data (task, request, free_request);
  g_signal_connect_object (image, "destroy", G_CALLBACK (g_cancellable_cancel),
                           cancellable, G_CONNECT_SWAPPED);
  g_thread_pool_push (pool, task, NULL);
}

/* GIMP's own pictures of drawables are of their precision, not of 8 bits, in
 * GIMP 3.0. */
static void
show_drawable (GtkWidget *image, PstDrawableRef drawable, int size)
{
  g_autoptr (PstImage) picture = pst_pixels_read_icon (drawable, size, NULL);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkPixbuf) on_checks = NULL;

  if (! picture)
    return;
  pixbuf = pst_pixbuf_from_image (picture);
  on_checks =
    gdk_pixbuf_composite_color_simple (pixbuf, picture->width, picture->height,
                                       GDK_INTERP_NEAREST, 255, CHECK_SIZE,
                                       LIGHT_CHECK, DARK_CHECK);
  gtk_image_set_from_pixbuf (GTK_IMAGE (image), on_checks);
}

GtkWidget *
pst_thumbnail_new (const PstStyle *style, int size)
{
  GtkWidget *image = gtk_image_new ();

  gtk_widget_set_size_request (image, size, size);
  if (style->drawable != PST_NO_ITEM)
    show_drawable (image, style->drawable, size);
  else if (style->file)
    show_file (image, style->file, size);
  return image;
}
