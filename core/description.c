/* SPDX-License-Identifier: GPL-3.0-or-later */
/* description.c: how the tensors of a file make a network */
#include "description.h"

#include <string.h>

#include "error.h"
#include "json.h"
#include "weights.h"

#define VERSION    1
#define MAX_LAYERS 256
#define MAX_POOLS  8

/* What is known on the way through the layers. */
typedef struct
{
  PstModel             *model;
  const PstSafetensors *file;
  GHashTable           *used;       /* names of tensor pairs, borrowed */
  PstPadding            padding;
  gboolean              bgr;
  int                   channels;   /* of the activation so far */
  int                   n_pools;
} Loader;

/* ---- layers ------------------------------------------------------------ */

/* Sets @layer's convolution and out_channels.  Tensors may be used once, so
 * that a small file cannot ask for much memory.  @kernel: as in PstConvPlace */
static gboolean
load_conv (Loader      *loader,
           PstLayer    *layer,
           const char  *name,
           int          kernel,
           GError     **error)
{
  PstConvPlace place = {
    .in_channels = layer->in_channels,
    .kernel      = kernel,
    .padding     = loader->padding,
    .bgr         = loader->bgr && layer == loader->model->layers
  };
  guint64      n_parameters;

  if (! g_hash_table_add (loader->used, (gpointer) name))
    return pst_fail (error, PST_ERROR_MODEL,
                     "the tensors of “%s” are used twice", name);

  layer->conv = pst_conv_load (loader->file, name, &place,
                               &layer->out_channels, &n_parameters, error);
  if (! layer->conv)
    return FALSE;

  loader->model->n_parameters += n_parameters;
  return TRUE;
}

static gboolean
read_conv (Loader      *loader,
           PstLayer    *layer,
           JsonObject  *object,
           GError     **error)
{
  static const char * const known[] = { "op", "name", "relu", NULL };

  layer->kind = PST_LAYER_CONV;

  const char *name = pst_json_get_string (object, "name", NULL, error);
  if (! name ||
      ! pst_json_check_members (object, known, error) ||
      ! pst_json_get_boolean (object, "relu", &layer->relu, error))
    return FALSE;

  layer->name = g_strdup (name);
  if (! load_conv (loader, layer, name, /* kernel= */ 0, error))
    return FALSE;

  loader->channels = layer->out_channels;
  return TRUE;
}

static gboolean
read_avgpool (Loader      *loader,
              PstLayer    *layer,
              JsonObject  *object,
              GError     **error)
{
  static const char * const known[] = { "op", "size", NULL };
  gint64                    size;

  layer->kind = PST_LAYER_AVGPOOL;
  layer->name = g_strdup ("avgpool");

  if (! pst_json_check_members (object, known, error) ||
      ! pst_json_get_count (object, "size", 2, &size, error))
    return FALSE;

  if (size != 2)
    return pst_fail (error, PST_ERROR_MODEL,
                     "the pooling has the size %" G_GINT64_FORMAT "; possible "
                     "is 2", size);

  if (++loader->n_pools > MAX_POOLS)
    return pst_fail (error, PST_ERROR_MODEL,
                     "there are more than %d poolings", MAX_POOLS);

  return TRUE;
}

static gboolean
read_tap (Loader      *loader,
          PstLayer    *layer,
          JsonObject  *object,
          GError     **error)
{
  static const char * const  known[] = { "op", "name", "project", NULL };
  PstModel                  *model   = loader->model;

  layer->kind = PST_LAYER_TAP;

  const char *name = pst_json_get_string (object, "name", NULL, error);
  if (! name || ! pst_json_check_members (object, known, error))
    return FALSE;

  const char *project = pst_json_get_string (object, "project", "", error);
  if (! project)
    return FALSE;

  if (pst_model_find_tap (model, name) >= 0)
    return pst_fail (error, PST_ERROR_MODEL,
                     "there are two taps called “%s”", name);
  if (model->n_taps == PST_MODEL_MAX_TAPS)
    return pst_fail (error, PST_ERROR_MODEL,
                     "there are more than %d taps", PST_MODEL_MAX_TAPS);

  layer->name = g_strdup (name);
  model->taps[model->n_taps++] = (int) (layer - model->layers);

  return *project == '\0' ||
         load_conv (loader, layer, project, /* kernel= */ 1, error);
}

static gboolean
read_layer (Loader    *loader,
            PstLayer  *layer,
            JsonNode  *node,
            GError   **error)
{
  if (! JSON_NODE_HOLDS_OBJECT (node))
    return pst_fail (error, PST_ERROR_MODEL, "it is not given as an object");

  JsonObject *object = json_node_get_object (node);
  const char *op     = pst_json_get_string (object, "op", NULL, error);
  if (! op)
    return FALSE;

  layer->in_channels = layer->out_channels = loader->channels;

  if (strcmp (op, "conv") == 0)
    return read_conv (loader, layer, object, error);
  if (layer == loader->model->layers)
    return pst_fail (error, PST_ERROR_MODEL,
                     "the first layer must be a convolution");
  if (strcmp (op, "avgpool") == 0)
    return read_avgpool (loader, layer, object, error);
  if (strcmp (op, "tap") == 0)
    return read_tap (loader, layer, object, error);

  return pst_fail (error, PST_ERROR_MODEL,
                   "the operation “%s” is not known; known are conv, avgpool "
                   "and tap", op);
}

static gboolean
read_layers (Loader      *loader,
             JsonObject  *description,
             GError     **error)
{
  PstModel  *model = loader->model;
  JsonArray *array = pst_json_get_array (description, "layers", error);

  if (! array)
    return FALSE;

  guint n = json_array_get_length (array);
  if (n < 1 || n > MAX_LAYERS)
    return pst_fail (error, PST_ERROR_MODEL,
                     "there are %u layers; possible are 1 to %d", n,
                     MAX_LAYERS);

  model->layers = g_new0 (PstLayer, n);
  for (guint i = 0; i < n; i++)
    if (! read_layer (loader, &model->layers[model->n_layers++],
                      json_array_get_element (array, i), error))
      {
        g_prefix_error (error, "layer %u: ", i + 1);
        return FALSE;
      }

  return TRUE;
}

/* ---- the rest of the description --------------------------------------- */

/* The tap names listed under @member ("style", "content") as bits. */
static gboolean
read_tap_list (const PstModel  *model,
               JsonObject      *description,
               const char      *member,
               guint32         *ret_taps,
               GError         **error)
{
  JsonArray *array = pst_json_get_array (description, member, error);
  guint32    taps  = 0;

  if (! array)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode   *node = json_array_get_element (array, i);
      const char *name = NULL;

      if (JSON_NODE_HOLDS_VALUE (node))
        name = json_node_get_string (node);   /* NULL for other values */
      if (! name)
        return pst_fail (error, PST_ERROR_MODEL,
                         "“%s” must be a list of tap names", member);

      int tap = pst_model_find_tap (model, name);
      if (tap < 0)
        return pst_fail (error, PST_ERROR_MODEL,
                         "“%s” names the tap “%s”, which no layer has", member,
                         name);
      taps |= (guint32) 1 << tap;
    }

  if (taps == 0)
    return pst_fail (error, PST_ERROR_MODEL, "“%s” names no tap", member);

  *ret_taps = taps;
  return TRUE;
}

/* Chooses between two words. */
static gboolean
read_choice (JsonObject  *object,
             const char  *member,
             const char  *first,
             const char  *second,
             gboolean    *ret_is_second,
             GError     **error)
{
  const char *word = pst_json_get_string (object, member, NULL, error);

  if (! word)
    return FALSE;
  if (strcmp (word, first) != 0 && strcmp (word, second) != 0)
    return pst_fail (error, PST_ERROR_MODEL,
                     "“%s” is “%s”; possible are “%s” and “%s”", member, word,
                     first, second);

  *ret_is_second = strcmp (word, second) == 0;
  return TRUE;
}

static gboolean
read_input (Loader      *loader,
            JsonObject  *description,
            GError     **error)
{
  PstModel   *model     = loader->model;
  JsonObject *input     = pst_json_get_object (description, "input", error);
  gboolean    replicate = FALSE;
  float       mean[3];
  float       scale[3];

  if (! input ||
      ! pst_json_get_numbers (input, "mean", 3, mean, error) ||
      ! pst_json_get_numbers (input, "scale", 3, scale, error) ||
      ! read_choice (input, "order", "rgb", "bgr", &loader->bgr, error) ||
      ! read_choice (description, "padding", "zero", "replicate", &replicate,
                     error))
    return FALSE;

  for (int i = 0; i < 3; i++)
    {
      if (scale[i] == 0)
        return pst_fail (error, PST_ERROR_MODEL, "“scale” must not be 0");
      model->mean[i]  = mean[loader->bgr ? 2 - i : i];
      model->scale[i] = scale[loader->bgr ? 2 - i : i];
    }

  loader->padding = replicate ? PST_PADDING_REPLICATE : PST_PADDING_ZERO;
  return TRUE;
}

static gboolean
read_description (Loader      *loader,
                  JsonObject  *description,
                  GError     **error)
{
  PstModel *model = loader->model;
  gint64    version;

  if (! pst_json_get_count (description, "version", -1, &version, error))
    return FALSE;

  if (version != VERSION)
    return pst_fail (error, PST_ERROR_MODEL,
                     "the version is %" G_GINT64_FORMAT ", but this program "
                     "reads version %d; a newer Pastiche may read it",
                     version, VERSION);

  const char *name = pst_json_get_string (description, "name", NULL, error);
  if (! name)
    return FALSE;

  const char *credits = pst_json_get_string (description, "credits", "", error);
  if (! credits)
    return FALSE;

  if (*name == '\0')
    return pst_fail (error, PST_ERROR_MODEL, "“name” is empty");

  model->name    = g_strdup (name);
  model->credits = g_strdup (credits);

  return read_input (loader, description, error) &&
         read_layers (loader, description, error) &&
         read_tap_list (model, description, "style", &model->style_taps,
                        error) &&
         read_tap_list (model, description, "content", &model->content_taps,
                        error);
}

gboolean
pst_description_read (PstModel              *model,
                      const PstSafetensors  *file,
                      const char            *text,
                      GError               **error)
{
  g_autoptr (JsonObject) description =
    pst_json_parse (text, strlen (text), error);

  if (! description)
    {
      g_prefix_error (error, "its description ");
      return FALSE;
    }

  g_autoptr (GHashTable) used   = g_hash_table_new (g_str_hash, g_str_equal);
  Loader                 loader = {
    .model    = model,
    .file     = file,
    .used     = used,
    .channels = 3
  };

  if (! read_description (&loader, description, error))
    {
      g_prefix_error (error, "in its description, ");
      return FALSE;
    }

  return TRUE;
}
