/* SPDX-License-Identifier: GPL-3.0-or-later */
/* description-layers.c: the layers of a description */
#include "description-layers.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/layers/conv.h"
#include "json.h"
#include "weights.h"

#define MAX_LAYERS   256
#define MAX_HALVINGS 8
#define WHOLE        (-1) /* after global average pooling */

/* The state while layers are parsed. */
typedef struct
{
  PstModel            *model;
  const PstLayerNeeds *needs;
  GHashTable          *used;                 /* names of tensor pairs,
                                              * borrowed */
  int                  halvings[MAX_LAYERS]; /* of each layer's size */
  int                  last;                 /* layer whose activation is the
                                              * current one; -1: the picture */
} Loader;

/* ---- what a layer takes ------------------------------------------------- */

/* Makes @layer take the activation of layer @number, as input @which; its
 * output has the same shape until set otherwise. */
static void
take_input (Loader *loader, PstLayer *layer, int which, int number)
{
  const PstModel *model = loader->model;
  int             index = layer - model->layers;

  layer->inputs[which] = number;
  if (which == 0)
    {
      layer->in_channels = layer->out_channels =
        number < 0 ? 3 : model->layers[number].out_channels;
      loader->halvings[index] = number < 0 ? 0 : loader->halvings[number];
    }
}

/* The layer named by @member; without it *ret_number is unchanged. */
static gboolean
find_named (const Loader *loader,
            JsonObject   *object,
            const char   *member,
            int          *ret_number,
            GError      **error)
{
  const PstModel *model = loader->model;
  const char     *name;

  if (! json_object_has_member (object, member))
    return TRUE;

  name = pst_json_get_string (object, member, NULL, error);
  if (! name)
    return FALSE;

  /* The last one is the layer that is being read. */
  for (int i = model->n_layers - 2; i >= 0; i--)
    if (model->layers[i].kind != &pst_layer_tap
        && strcmp (model->layers[i].name, name) == 0)
      {
        *ret_number = i;
        return TRUE;
      }

  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("\"%s\" names the layer \"%s\", which does not come "
                      "before it"),
                   member, name);
}

/* What comes out has half the size of what goes in. */
static gboolean
halve (Loader *loader, PstLayer *layer, GError **error)
{
  int index = layer - loader->model->layers;

  if (++loader->halvings[index] > MAX_HALVINGS)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the size is halved more than %d times"), MAX_HALVINGS);
  return TRUE;
}

/* ---- convolutions ------------------------------------------------------- */

/* Sets @layer's convolution and out_channels.  Tensors may be used once, so
 * that a small file cannot ask for much memory.
 * @name: of the tensors   @kernels: as in PstWeightsPlace */
static gboolean
load_conv (Loader     *loader,
           PstLayer   *layer,
           const char *name,
           guint       kernels,
           int         stride,
           GError    **error)
{
  g_auto (PstWeights) weights = { 0 };
  PstWeightsPlace place = { .in_channels = layer->in_channels,
                            .kernels = kernels,
                            .bgr = loader->needs->bgr && layer->inputs[0] < 0 };

  if (! g_hash_table_add (loader->used, (gpointer) name))
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the tensors of \"%s\" are used twice"), name);
  if (! pst_weights_load (loader->needs->file, name, &place, &weights, error))
    return FALSE;

  layer->conv =
    pst_conv_new (&(PstConvSpec){ .in_channels = place.in_channels,
                                  .out_channels = weights.out_channels,
                                  .kernel = weights.kernel,
                                  .stride = stride,
                                  .padding = loader->needs->padding },
                  weights.weight, weights.bias);
  if (! layer->conv)
    return pst_fail (error, PST_ERROR_MEMORY,
                     _ ("not enough memory for \"%s\""), name);

  layer->out_channels = weights.out_channels;
  loader->model->n_parameters += weights.n_parameters;
  return TRUE;
}

/* With stride 2. */
static gboolean
read_strided (Loader *loader, PstLayer *layer, GError **error)
{
  if (loader->needs->padding != PST_PADDING_ZERO)
    return pst_fail (
      error, PST_ERROR_MODEL,
      _ ("a convolution with stride 2 needs the padding \"zero\""));

  return halve (loader, layer, error)
         && load_conv (loader, layer, layer->name,
                       PST_KERNEL (1) | PST_KERNEL (3) | PST_KERNEL (7), 2,
                       error);
}

static gboolean
read_conv (Loader *loader, PstLayer *layer, JsonObject *object, GError **error)
{
  static const char *const known[] = { "op",     "name",  "relu",
                                       "stride", "input", NULL };
  gint64                   stride;
  int                      input = loader->last;

  const char *name = pst_json_get_string (object, "name", NULL, error);
  if (! name || ! pst_json_check_members (object, known, error)
      || ! pst_json_get_boolean (object, "relu", &layer->relu, error)
      || ! pst_json_get_count (object, "stride", 1, &stride, error)
      || ! find_named (loader, object, "input", &input, error))
    return FALSE;

  layer->name = g_strdup (name);
  take_input (loader, layer, 0, input);
  if (stride != 1 && stride != 2)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the stride is %lld; it must be 1 or 2"),
                     (long long) stride);

  return stride == 2 ? read_strided (loader, layer, error)
                     : load_conv (loader, layer, name,
                                  PST_KERNEL (1) | PST_KERNEL (3), 1, error);
}

/* ---- the other layers --------------------------------------------------- */

static gboolean
read_pool (Loader *loader, PstLayer *layer, JsonObject *object, GError **error)
{
  static const char *const known[] = { "op", "name", "size", NULL };
  gint64                   size;

  const char *name = pst_json_get_string (object, "name", "", error);
  if (! name || ! pst_json_check_members (object, known, error)
      || ! pst_json_get_count (object, "size", 2, &size, error))
    return FALSE;

  layer->name = g_strdup (name);
  if (size != 2 && (size != 3 || layer->kind != &pst_layer_maxpool))
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the pooling has the size %lld; possible: %s"),
                     (long long) size,
                     layer->kind == &pst_layer_maxpool ? "2, 3" : "2");

  layer->size = size;
  return halve (loader, layer, error);
}

static gboolean
read_add (Loader *loader, PstLayer *layer, JsonObject *object, GError **error)
{
  static const char *const known[] = { "op", "name", "with", "relu", NULL };
  const PstModel          *model = loader->model;
  int                      other = loader->last;

  const char *name = pst_json_get_string (object, "name", "", error);
  if (! name || ! pst_json_check_members (object, known, error)
      || ! pst_json_get_boolean (object, "relu", &layer->relu, error)
      || ! find_named (loader, object, "with", &other, error))
    return FALSE;

  layer->name = g_strdup (name);
  if (other == loader->last)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("\"with\" must name a layer before the last one"));
  if (model->layers[other].out_channels != layer->out_channels
      || loader->halvings[other] != loader->halvings[loader->last])
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("what is added is not of the same shape"));

  take_input (loader, layer, 1, other);
  return TRUE;
}

static gboolean
read_global_avgpool (Loader     *loader,
                     PstLayer   *layer,
                     JsonObject *object,
                     GError    **error)
{
  static const char *const known[] = { "op", NULL };

  layer->name = g_strdup ("");
  loader->halvings[layer - loader->model->layers] = WHOLE;
  return pst_json_check_members (object, known, error);
}

static gboolean
read_tap (Loader *loader, PstLayer *layer, JsonObject *object, GError **error)
{
  static const char *const known[] = { "op", "name", "project", NULL };
  PstModel                *model = loader->model;

  const char *name = pst_json_get_string (object, "name", NULL, error);
  if (! name || ! pst_json_check_members (object, known, error))
    return FALSE;

  const char *project = pst_json_get_string (object, "project", "", error);
  if (! project)
    return FALSE;

  if (pst_model_find_tap (model, name) >= 0)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("there are two taps called \"%s\""), name);
  if (model->n_taps == PST_MODEL_MAX_TAPS)
    return pst_fail (error, PST_ERROR_MODEL, _ ("there are more than %d taps"),
                     PST_MODEL_MAX_TAPS);

  layer->name = g_strdup (name);
  model->taps[model->n_taps++] = (int) (layer - model->layers);

  return *project == '\0'
         || load_conv (loader, layer, project, PST_KERNEL (1), 1, error);
}

/* ---- all of them -------------------------------------------------------- */

/* Each kind of layer, and what reads its other members. */
static const struct
{
  const PstLayerKind *kind;
  gboolean (*read) (Loader     *loader,
                    PstLayer   *layer,
                    JsonObject *object,
                    GError    **error);
} kinds[] = {
  { &pst_layer_conv, read_conv },
  { &pst_layer_avgpool, read_pool },
  { &pst_layer_maxpool, read_pool },
  { &pst_layer_add, read_add },
  { &pst_layer_global_avgpool, read_global_avgpool },
  { &pst_layer_tap, read_tap },
};

/* Whether a layer of @kind may follow those that are there. */
static gboolean
check_order (const Loader *loader, const PstLayerKind *kind, GError **error)
{
  if (loader->last < 0 && kind != &pst_layer_conv)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the first layer must be a convolution"));
  if (loader->last >= 0 && loader->halvings[loader->last] == WHOLE
      && kind != &pst_layer_tap)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("after a mean, only taps are possible"));
  return TRUE;
}

static gboolean
read_kind (Loader     *loader,
           PstLayer   *layer,
           JsonObject *object,
           const char *op,
           GError    **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (op, kinds[i].kind->op) == 0)
      {
        layer->kind = kinds[i].kind;
        return check_order (loader, layer->kind, error)
               && kinds[i].read (loader, layer, object, error);
      }

  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("the operation \"%s\" is not known; known are conv, "
                      "avgpool, maxpool, add, mean and tap"),
                   op);
}

static gboolean
read_layer (Loader *loader, PstLayer *layer, JsonNode *node, GError **error)
{
  if (! JSON_NODE_HOLDS_OBJECT (node))
    return pst_fail (error, PST_ERROR_MODEL, _ ("this is not a JSON object"));

  JsonObject *object = json_node_get_object (node);
  const char *op = pst_json_get_string (object, "op", NULL, error);
  if (! op)
    return FALSE;

  take_input (loader, layer, 0, loader->last);
  layer->inputs[1] = -1;
  if (! read_kind (loader, layer, object, op, error))
    return FALSE;

  if (layer->kind != &pst_layer_tap)
    loader->last = layer - loader->model->layers;
  return TRUE;
}

gboolean
pst_layers_read (PstModel            *model,
                 const PstLayerNeeds *needs,
                 JsonObject          *description,
                 GError             **error)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  Loader loader = { .model = model, .needs = needs, .used = used, .last = -1 };
  JsonArray *array = pst_json_get_array (description, "layers", error);
  if (! array)
    return FALSE;

  guint n = json_array_get_length (array);
  if (n < 1 || n > MAX_LAYERS)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the number of layers is %u; it must be between 1 "
                        "and %d"),
                     n, MAX_LAYERS);

  model->layers = g_new0 (PstLayer, n);
  for (guint i = 0; i < n; i++)
    if (! read_layer (&loader, &model->layers[model->n_layers++],
                      json_array_get_element (array, i), error))
      {
        g_prefix_error (error, _ ("layer %u: "), i + 1);
        return FALSE;
      }

  return TRUE;
}
