/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read-pictures.c: a plug-in that shows what Pastiche reads, to scripts
 *
 * (plug-in-read-pictures content style file region side): returns a new image
 * of 8 bits in sRGB with the layers "run content", "run style" and "run
 * region", as the run has them; "preview content", and so on, as a preview of
 * @side has them; and "preview view", how the preview shows a result that looks
 * like the style.
 *
 * style: a drawable, or -1 for the file
 *
 * side: -1: what a spot has instead, see read-spot.h
 *
 * region: a channel, layer mask or selection; -1: everywhere, no such layer
 *
 * Failures end in an error that says why.
 */
#include <string.h>

#include <gegl.h>
#include <libgimp/gimp.h>

#include "plugin/gimp/image/pictures.h"
#include "plugin/gimp/image/pixbuf.h"
#include "plugin/gimp/image/pixels.h"
#include "plugin/gimp/image/region.h"
#include "read-spot.h"

#define NAME  "plug-in-read-pictures"
#define BLURB "What Pastiche reads"

static gboolean
add_layer (PstImageRef     image,
           int             side,
           const char     *what,
           const PstImage *picture,
           GError        **error)
{
  g_autofree char *name =
    g_strconcat (side == 0 ? "run " : "preview ", what, NULL);

  return read_add_layer (image, name, picture, 0, 0, error);
}

static gboolean
add_layers (PstImageRef image, PstPictures *pictures, int side, GError **error)
{
  PstStyleSource *style = &pictures->styles[0];
  g_autoptr (PstImage) region = NULL;
  g_autoptr (PstImage) view = NULL;

  if (! style->image)
    style->image = pst_pixbuf_read_image (style->path, side, error);
  if (! style->image
      || ! add_layer (image, side, "content", pictures->content, error)
      || ! add_layer (image, side, "style", style->image, error))
    return FALSE;
  if (side > 0)
    {
      view = pst_pictures_dup_view (pictures, style->image, error);
      if (! view || ! add_layer (image, side, "view", view, error))
        return FALSE;
    }
  if (! style->region)
    return TRUE;
  region = read_draw_region (style->region,
                             (PstSize){ pictures->content->width,
                                        pictures->content->height },
                             error);
  return region && add_layer (image, side, "region", region, error);
}

static gboolean
read_at (PstImageRef image, const PstRequest *request, int side, GError **error)
{
  g_auto (PstPictures) pictures = { 0 };

  return pst_pictures_read_content (&pictures, &request->content, side, error)
         && pst_pictures_read_styles (&pictures, request, side, error)
         && add_layers (image, &pictures, side, error);
}

typedef struct
{
  PstDrawableRef content;
  PstDrawableRef style;
  const char    *file;
  PstDrawableRef region;
  int            side;
} Arguments;

static gboolean
choose (const Arguments *arguments,
        PstContent      *content,
        PstStyles       *styles,
        GError         **error)
{
  PstImageRef image = gimp_item_get_image (GIMP_ITEM (arguments->content));
  PstStyle    style = PST_STYLE_NONE;

  if (! pst_content_find (content, image, arguments->content, error))
    return FALSE;
  style.drawable = arguments->style;
  if (style.drawable == PST_NO_ITEM)
    style.file = g_file_new_for_path (arguments->file);
  if (arguments->region != PST_NO_ITEM)
    {
      style.region = pst_region_new (arguments->region, content, error);
      if (! style.region)
        return FALSE;
    }
  return pst_styles_add (styles, &style, error);
}

static PstImageRef
read_pictures (const Arguments *arguments, GError **error)
{
  PstContent  content;
  PstParams   params;
  PstImageRef image;
  g_auto (PstStyles) styles = { 0 };
  g_autoptr (PstRequest) request = NULL;

  if (! choose (arguments, &content, &styles, error))
    return PST_NO_ITEM;
  pst_params_init (&params);
  params.settings.quality = PST_QUALITY_DRAFT;
  request = pst_request_new (&content, &styles, &params);
  pst_params_clear (&params);

  image = gimp_image_new (content.area.width, content.area.height, GIMP_RGB);
  if (read_at (image, request, 0, error)
      && (arguments->side < 0
            ? read_spot (image, request, error)
            : read_at (image, request, arguments->side, error)))
    return image;
  gimp_image_delete (image);
  return PST_NO_ITEM;
}

/* ---- the procedure ------------------------------------------------------ */

#if GIMP_CHECK_VERSION(2, 99, 0)

typedef GimpPlugIn      Reader;
typedef GimpPlugInClass ReaderClass;

G_DEFINE_TYPE (Reader, reader, GIMP_TYPE_PLUG_IN)

GIMP_MAIN (reader_get_type ())

static GimpValueArray *
run (GimpProcedure *procedure, GimpProcedureConfig *config, gpointer data)
{
  g_autoptr (GimpDrawable) content = NULL;
  g_autoptr (GimpDrawable) style = NULL;
  g_autoptr (GimpDrawable) region = NULL;
  g_autofree char *file = NULL;
  int              side;
  GError          *error = NULL;
  GimpImage       *image;
  GimpValueArray  *values;

  gegl_init (NULL, NULL);
  g_object_get (config, "content", &content, "style", &style, "file", &file,
                "region", &region, "side", &side, NULL);
  image =
    read_pictures (&(Arguments){ content, style, file, region, side }, &error);
  values = gimp_procedure_new_return_values (procedure,
                                             image ? GIMP_PDB_SUCCESS
                                                   : GIMP_PDB_EXECUTION_ERROR,
                                             error);
  if (image)
    GIMP_VALUES_SET_IMAGE (values, 1, image);
  return values;
}

static GList *
query_procedures (GimpPlugIn *plug_in)
{
  return g_list_append (NULL, g_strdup (NAME));
}

static GimpProcedure *
create_procedure (GimpPlugIn *plug_in, const char *name)
{
  GimpProcedure *procedure =
    gimp_procedure_new (plug_in, name, GIMP_PDB_PROC_TYPE_PLUGIN, run, NULL,
                        NULL);

  gimp_procedure_set_documentation (procedure, BLURB, BLURB, NULL);
  gimp_procedure_add_drawable_argument (procedure, "content", "content",
                                        "content", FALSE, G_PARAM_READWRITE);
  gimp_procedure_add_drawable_argument (procedure, "style", "style", "style",
                                        TRUE, G_PARAM_READWRITE);
  gimp_procedure_add_string_argument (procedure, "file", "file", "file", "",
                                      G_PARAM_READWRITE);
  gimp_procedure_add_drawable_argument (procedure, "region", "region", "region",
                                        TRUE, G_PARAM_READWRITE);
  gimp_procedure_add_int_argument (procedure, "side", "side", "side", -1,
                                   100000, 0, G_PARAM_READWRITE);
  gimp_procedure_add_image_return_value (procedure, "image", "image", "image",
                                         FALSE, G_PARAM_READWRITE);
  return procedure;
}

static void
reader_class_init (ReaderClass *klass)
{
  klass->query_procedures = query_procedures;
  klass->create_procedure = create_procedure;
}

static void
reader_init (Reader *reader)
{
}

#else

static void
query (void)
{
  static const GimpParamDef args[] = {
    { GIMP_PDB_DRAWABLE, "content", "content" },
    { GIMP_PDB_DRAWABLE, "style", "style" },
    { GIMP_PDB_STRING, "file", "file" },
    { GIMP_PDB_DRAWABLE, "region", "region" },
    { GIMP_PDB_INT32, "side", "side" },
  };
  static const GimpParamDef values[] = {
    { GIMP_PDB_IMAGE, "image", "image" },
  };

  gimp_install_procedure (NAME, BLURB, BLURB, "", "", "", NULL, "", GIMP_PLUGIN,
                          G_N_ELEMENTS (args), 1, args, values);
}

static void
run (const gchar     *name,
     gint             n_args,
     const GimpParam *args,
     gint            *ret_n_values,
     GimpParam      **ret_values)
{
  static GimpParam values[2];
  GError          *error = NULL;
  gint32           image;

  gegl_init (NULL, NULL);
  image =
    read_pictures (&(Arguments){ args[0].data.d_drawable,
                                 args[1].data.d_drawable, args[2].data.d_string,
                                 args[3].data.d_drawable,
                                 args[4].data.d_int32 },
                   &error);
  *ret_values = values;
  *ret_n_values = 2;
  values[0].type = GIMP_PDB_STATUS;
  if (image != PST_NO_ITEM)
    {
      values[0].data.d_status = GIMP_PDB_SUCCESS;
      values[1].type = GIMP_PDB_IMAGE;
      values[1].data.d_image = image;
      return;
    }
  values[0].data.d_status = GIMP_PDB_EXECUTION_ERROR;
  values[1].type = GIMP_PDB_STRING;
  values[1].data.d_string = error->message;
}

const GimpPlugInInfo PLUG_IN_INFO = { NULL, NULL, query, run };

MAIN ()

#endif
