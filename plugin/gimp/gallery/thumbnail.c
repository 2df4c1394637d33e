/* SPDX-License-Identifier: GPL-3.0-or-later */
/* thumbnail.c: small pictures of styles */
#include "thumbnail.h"

#include <math.h>

#include <libgimp/gimpui.h>

#include "plugin/gimp/image/pixbuf.h"
#include "plugin/gimp/image/pixels.h"

int
pst_thumbnail_get_scale (GtkWidget *widget)
{
#if GTK_CHECK_VERSION(3, 10, 0)
  return gtk_widget_get_scale_factor (widget);
#else
  return 1;
#endif
}

static void
set_picture (GtkImage *image, GdkPixbuf *pixbuf)
{
#if GTK_CHECK_VERSION(3, 10, 0)
  int              scale = pst_thumbnail_get_scale (GTK_WIDGET (image));
  cairo_surface_t *surface =
    gdk_cairo_surface_create_from_pixbuf (pixbuf, scale, NULL);

  gtk_image_set_from_surface (image, surface);
  cairo_surface_destroy (surface);
#else
  gtk_image_set_from_pixbuf (image, pixbuf);
#endif
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer image)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = pst_thumbnail_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the image is gone */
  if (pixbuf)
    set_picture (image, pixbuf);
  else if (! g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    gtk_image_set_from_icon_name (image, "image-missing", GTK_ICON_SIZE_DND);
}

static void
show_file (GtkWidget *image, GFile *file, const PstThumbnailSize *size)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  gtk_image_set_from_icon_name (GTK_IMAGE (image), GIMP_ICON_IMAGE,
                                GTK_ICON_SIZE_DND);
  g_signal_connect_object (image, "destroy", G_CALLBACK (g_cancellable_cancel),
                           cancellable, G_CONNECT_SWAPPED);
  pst_thumbnail_read_async (file, size, cancellable, on_loaded, image);
}

/* GIMP's own pictures of drawables are of their precision, not of 8 bits, in
 * GIMP 3.0. */
GdkPixbuf *
pst_thumbnail_of_drawable (PstDrawableRef          drawable,
                           const PstThumbnailSize *size)
{
  int width = gimp_drawable_get_width (drawable);
  int height = gimp_drawable_get_height (drawable);
  int side = size->side;
  g_autoptr (PstImage) picture = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (width <= 0 || height <= 0)
    return NULL;
  /* Large enough for its shorter side, within reason. */
  if (size->is_square)
    side = MIN (4.0 * side, ceil ((double) side * MAX (width, height)
                                  / MIN (width, height)));
  picture = pst_pixels_read_icon (drawable, side, NULL);
  if (! picture)
    return NULL;
  pixbuf = pst_pixbuf_from_image (picture);
  return pst_thumbnail_scale (pixbuf, size);
}

static void
show_drawable (GtkWidget              *image,
               PstDrawableRef          drawable,
               const PstThumbnailSize *size)
{
  g_autoptr (GdkPixbuf) pixbuf = pst_thumbnail_of_drawable (drawable, size);

  if (pixbuf)
    set_picture (GTK_IMAGE (image), pixbuf);
}

GtkWidget *
pst_thumbnail_new (const PstStyle *style, int size)
{
  GtkWidget             *image = gtk_image_new ();
  const PstThumbnailSize pixels = { size * pst_thumbnail_get_scale (image),
                                    FALSE };

  gtk_widget_set_size_request (image, size, size);
  if (style->drawable != PST_NO_ITEM)
    show_drawable (image, style->drawable, &pixels);
  else if (style->file)
    show_file (image, style->file, &pixels);
  return image;
}
