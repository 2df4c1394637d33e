/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builder.c: makes a model file, layer by layer, from the tensors of another
 * file
 */
#include "builder.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/model/safetensors-writer.h"

#define NORM_EPSILON 1e-5 /* the default of torch.nn.BatchNorm2d */

struct _PstBuilder
{
  const PstWeightsFile *file;
  PstBuilderHeader      head;
  PstSafetensorsWriter *writer;
  JsonBuilder          *description; /* within "layers" */
};

/* Statistics of the pictures that the networks were trained on. */
typedef struct
{
  const char *order;
  double      mean[3];
  double      deviation[3]; /* for values in 0..1 */
} Input;

static const Input inputs[] = {
  [PST_INPUT_TORCH] = { "rgb",
                        { 0.485, 0.456, 0.406 },
                        { 0.229, 0.224, 0.225 } },
  [PST_INPUT_CAFFE_RGB] = { "rgb",
                            { 123.0 / 255, 117.0 / 255, 104.0 / 255 },
                            { 1.0 / 255, 1.0 / 255, 1.0 / 255 } },
  [PST_INPUT_PLAIN] = { "rgb", { 0, 0, 0 }, { 1, 1, 1 } },
  [PST_INPUT_CAFFE] = { "bgr",
                        { 103.939 / 255, 116.779 / 255, 123.68 / 255 },
                        { 1.0 / 255, 1.0 / 255, 1.0 / 255 } },
};

/* ---- description -------------------------------------------------------- */

static void
add_text (JsonBuilder *description, const char *member, const char *text)
{
  json_builder_set_member_name (description, member);
  json_builder_add_string_value (description, text);
}

static void
add_texts (JsonBuilder       *description,
           const char        *member,
           const char *const *texts)
{
  json_builder_set_member_name (description, member);
  json_builder_begin_array (description);
  for (; *texts; texts++)
    json_builder_add_string_value (description, *texts);
  json_builder_end_array (description);
}

static void
add_input (JsonBuilder *description, const Input *input)
{
  json_builder_set_member_name (description, "input");
  json_builder_begin_object (description);
  add_text (description, "order", input->order);
  json_builder_set_member_name (description, "mean");
  json_builder_begin_array (description);
  for (int i = 0; i < 3; i++)
    json_builder_add_double_value (description, input->mean[i]);
  json_builder_end_array (description);
  json_builder_set_member_name (description, "scale");
  json_builder_begin_array (description);
  for (int i = 0; i < 3; i++)
    json_builder_add_double_value (description, 1 / input->deviation[i]);
  json_builder_end_array (description);
  json_builder_end_object (description);
}

/* ---- lifecycle ---------------------------------------------------------- */

PstBuilder *
pst_builder_new (const PstWeightsFile   *file,
                 const PstBuilderHeader *head,
                 const PstImportOptions *options)
{
  PstBuilder  *builder = g_new0 (PstBuilder, 1);
  JsonBuilder *description = json_builder_new ();

  builder->file = file;
  builder->head = *head;
  builder->writer = pst_safetensors_writer_new (
    options->float32 ? PST_DTYPE_F32 : PST_DTYPE_F16);
  builder->description = description;

  json_builder_begin_object (description);
  json_builder_set_member_name (description, "version");
  json_builder_add_int_value (description, 1);
  add_text (description, "name", head->name);
  add_text (description, "credits", head->credits);
  add_input (description, &inputs[options->input]);
  add_text (description, "padding", head->replicate ? "replicate" : "zero");
  json_builder_set_member_name (description, "layers");
  json_builder_begin_array (description);
  return builder;
}

void
pst_builder_free (PstBuilder *builder)
{
  if (! builder)
    return;

  pst_safetensors_writer_free (builder->writer);
  g_object_unref (builder->description);
  g_free (builder);
}

/* ---- layers ------------------------------------------------------------- */

/* The tensor @source + @ending, of @n_dimensions, or NULL with @error set. */
static const PstTensor *
find_tensor (PstBuilder *builder,
             const char *source,
             const char *ending,
             int         n_dimensions,
             GError    **error)
{
  g_autofree char *name = g_strconcat (source, ending, NULL);
  const PstTensor *tensor = pst_weights_file_find (builder->file, name);

  if (! tensor)
    pst_fail (error, PST_ERROR_MODEL, _ ("the tensor \"%s\" is missing"), name);
  else if (tensor->n_dimensions != n_dimensions)
    pst_fail (error, PST_ERROR_MODEL,
              _ ("the tensor \"%s\" has %d dimensions instead of %d"), name,
              tensor->n_dimensions, n_dimensions);
  else
    return tensor;
  return NULL;
}

/* The values of the tensor @source + @ending, [@n], which the caller owns. */
static float *
read_vector (PstBuilder *builder,
             const char *source,
             const char *ending,
             gint64      n,
             GError    **error)
{
  const PstTensor *tensor = find_tensor (builder, source, ending, 1, error);

  if (! tensor)
    return NULL;
  if (tensor->shape[0] != n)
    {
      pst_fail (error, PST_ERROR_MODEL,
                _ ("the tensor \"%s\" has %lld values instead of %lld"),
                tensor->name, (long long) tensor->shape[0], (long long) n);
      return NULL;
    }
  return pst_weights_file_dup_values (builder->file, tensor, error);
}

/* The same; zeros where there is no such tensor. */
static float *
read_optional (PstBuilder *builder,
               const char *source,
               const char *ending,
               gint64      n,
               GError    **error)
{
  g_autofree char *name = g_strconcat (source, ending, NULL);

  if (pst_weights_file_find (builder->file, name))
    return read_vector (builder, source, ending, n, error);

  float *zeros = g_try_new0 (float, MAX (n, 1));
  if (! zeros)
    pst_fail_memory (error);
  return zeros;
}

/* Folds the batch normalization @norm into the convolution @source before it:
 * with s = weight / sqrt (variance + epsilon), weights become s w, and the
 * bias, which is returned, bias + s (bias of the convolution, if it has one -
 * mean).
 * @weights: the values of @tensor, [n][any] */
static float *
fold_norm (PstBuilder      *builder,
           const char      *norm,
           const char      *source,
           const PstTensor *tensor,
           float           *weights,
           GError         **error)
{
  gint64            n = tensor->shape[0];
  gsize             size = tensor->n_values / MAX (n, 1);
  g_autofree float *scale = read_vector (builder, norm, ".weight", n, error);
  g_autofree float *bias = NULL;
  g_autofree float *mean = NULL;
  g_autofree float *variance = NULL;
  g_autofree float *before = NULL;

  if (scale)
    bias = read_vector (builder, norm, ".bias", n, error);
  if (bias)
    mean = read_vector (builder, norm, ".running_mean", n, error);
  if (mean)
    variance = read_vector (builder, norm, ".running_var", n, error);
  if (variance)
    before = read_optional (builder, source, ".bias", n, error);
  if (! before)
    return NULL;

  for (gint64 o = 0; o < n; o++)
    {
      double s = scale[o] / sqrt (MAX (variance[o], 0) + NORM_EPSILON);

      for (gsize i = 0; i < size; i++)
        weights[o * size + i] *= s;
      bias[o] += s * (before[o] - mean[o]);
    }
  return g_steal_pointer (&bias);
}

/* pst_safetensors_writer_add(); says what to do about a value that is too
 * large. */
static gboolean
add_tensor (PstBuilder   *builder,
            const char   *name,
            int           n_dimensions,
            const gint64 *shape,
            const float  *values,
            GError      **error)
{
  g_autoptr (GError) reason = NULL;

  if (pst_safetensors_writer_add (builder->writer, name, n_dimensions, shape,
                                  values, &reason))
    return TRUE;
  if (g_error_matches (reason, PST_ERROR, PST_ERROR_MODEL))
    return pst_fail (error, PST_ERROR_MODEL, _ ("%s; use --float32"),
                     reason->message);
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static void
describe_conv (PstBuilder               *builder,
               const char               *name,
               const PstBuilderConvKind *kind)
{
  JsonBuilder *description = builder->description;

  json_builder_begin_object (description);
  add_text (description, "op", "conv");
  add_text (description, "name", name);
  json_builder_set_member_name (description, "relu");
  json_builder_add_boolean_value (description, kind->relu);
  if (kind->stride > 1)
    {
      json_builder_set_member_name (description, "stride");
      json_builder_add_int_value (description, kind->stride);
    }
  if (kind->input)
    add_text (description, "input", kind->input);
  json_builder_end_object (description);
}

gboolean
pst_builder_conv (PstBuilder               *builder,
                  const char               *name,
                  const char               *source,
                  const PstBuilderConvKind *kind,
                  GError                  **error)
{
  g_autofree char  *weight = g_strconcat (name, ".weight", NULL);
  g_autofree char  *bias = g_strconcat (name, ".bias", NULL);
  const PstTensor  *tensor = find_tensor (builder, source, ".weight", 4, error);
  g_autofree float *weights = NULL;
  g_autofree float *biases = NULL;

  describe_conv (builder, name, kind);
  if (tensor)
    weights = pst_weights_file_dup_values (builder->file, tensor, error);
  if (! weights)
    return FALSE;

  gint64 n = tensor->shape[0];
  biases = kind->norm
             ? fold_norm (builder, kind->norm, source, tensor, weights, error)
             : read_vector (builder, source, ".bias", n, error);
  return biases
         && add_tensor (builder, weight, 4, tensor->shape, weights, error)
         && add_tensor (builder, bias, 1, &n, biases, error);
}

void
pst_builder_pool (PstBuilder *builder,
                  PstPooling  pooling,
                  int         size,
                  const char *name)
{
  JsonBuilder *description = builder->description;

  json_builder_begin_object (description);
  add_text (description, "op",
            pooling == PST_POOLING_MAX ? "maxpool" : "avgpool");
  add_text (description, "name", name);
  json_builder_set_member_name (description, "size");
  json_builder_add_int_value (description, size);
  json_builder_end_object (description);
}

void
pst_builder_add (PstBuilder *builder, const char *name, const char *other)
{
  JsonBuilder *description = builder->description;

  json_builder_begin_object (description);
  add_text (description, "op", "add");
  add_text (description, "name", name);
  add_text (description, "with", other);
  json_builder_set_member_name (description, "relu");
  json_builder_add_boolean_value (description, TRUE);
  json_builder_end_object (description);
}

void
pst_builder_mean (PstBuilder *builder)
{
  json_builder_begin_object (builder->description);
  add_text (builder->description, "op", "mean");
  json_builder_end_object (builder->description);
}

void
pst_builder_tap (PstBuilder *builder, const char *name)
{
  json_builder_begin_object (builder->description);
  add_text (builder->description, "op", "tap");
  add_text (builder->description, "name", name);
  json_builder_end_object (builder->description);
}

GBytes *
pst_builder_finish (PstBuilder *builder, GError **error)
{
  JsonBuilder *description = builder->description;

  json_builder_end_array (description);
  add_texts (description, "style", builder->head.style);
  add_texts (description, "content", builder->head.content);
  json_builder_end_object (description);

  g_autoptr (JsonNode) root = json_builder_get_root (description);
  g_autofree char *text = json_to_string (root, /* pretty= */ FALSE);

  return pst_safetensors_writer_finish (builder->writer, "pastiche", text,
                                        error);
}
