/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builder.c: makes a network file, layer by layer, from tensors of another file
 */
#include "builder.h"

#include <json-glib/json-glib.h>

#include "core/error.h"
#include "network-writer.h"

struct _PstBuilder
{
  const PstWeightsFile *file;
  PstBuilderHead        head;
  PstNetworkWriter     *writer;
  JsonBuilder          *description;    /* within "layers" */
};

/* What the networks were trained on. */
typedef struct
{
  const char *order;
  double      mean[3];
  double      deviation[3];    /* of values 0..1 */
} Input;

static const Input inputs[] = {
  [PST_INPUT_TORCH] = { "rgb", { 0.485, 0.456, 0.406 },
                        { 0.229, 0.224, 0.225 } },
  [PST_INPUT_CAFFE] = { "bgr",
                        { 103.939 / 255, 116.779 / 255, 123.68 / 255 },
                        { 1.0 / 255, 1.0 / 255, 1.0 / 255 } }
};

/* ---- description ------------------------------------------------------- */

static void
add_text (JsonBuilder *description,
          const char  *member,
          const char  *text)
{
  json_builder_set_member_name (description, member);
  json_builder_add_string_value (description, text);
}

static void
add_texts (JsonBuilder        *description,
           const char         *member,
           const char * const *texts)
{
  json_builder_set_member_name (description, member);
  json_builder_begin_array (description);
  for (; *texts; texts++)
    json_builder_add_string_value (description, *texts);
  json_builder_end_array (description);
}

static void
add_input (JsonBuilder *description,
           const Input *input)
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

/* ---- life -------------------------------------------------------------- */

PstBuilder *
pst_builder_new (const PstWeightsFile   *file,
                 const PstBuilderHead   *head,
                 const PstImportOptions *options)
{
  PstBuilder  *builder     = g_new0 (PstBuilder, 1);
  JsonBuilder *description = json_builder_new ();

  builder->file = file;
  builder->head = *head;
  builder->writer = pst_network_writer_new (options->float32 ? PST_DTYPE_F32
                                                             : PST_DTYPE_F16);
  builder->description = description;

  json_builder_begin_object (description);
  json_builder_set_member_name (description, "version");
  json_builder_add_int_value (description, 1);
  add_text (description, "name", head->name);
  add_text (description, "credits", head->credits);
  add_input (description, &inputs[options->input]);
  add_text (description, "padding", "zero");
  json_builder_set_member_name (description, "layers");
  json_builder_begin_array (description);
  return builder;
}

void
pst_builder_free (PstBuilder *builder)
{
  if (! builder)
    return;

  pst_network_writer_free (builder->writer);
  g_object_unref (builder->description);
  g_free (builder);
}

/* ---- layers ------------------------------------------------------------ */

/* Copies the tensor @source + @ending as @name + @ending. */
static gboolean
copy_tensor (PstBuilder  *builder,
             const char  *name,
             const char  *source,
             const char  *ending,
             int          n_dimensions,
             GError     **error)
{
  g_autofree char *from   = g_strconcat (source, ending, NULL);
  g_autofree char *to     = g_strconcat (name, ending, NULL);
  const PstTensor *tensor = pst_weights_file_find (builder->file, from);

  if (! tensor)
    return pst_fail (error, PST_ERROR_MODEL, "the tensor “%s” is missing",
                     from);
  if (tensor->n_dimensions != n_dimensions)
    return pst_fail (error, PST_ERROR_MODEL,
                     "the tensor “%s” has %d dimensions instead of %d", from,
                     tensor->n_dimensions, n_dimensions);

  g_autofree float *values = pst_weights_file_dup_values (builder->file, tensor,
                                                          error);
  return values
         && pst_network_writer_add (builder->writer, to, n_dimensions,
                                    tensor->shape, values, error);
}

gboolean
pst_builder_conv (PstBuilder  *builder,
                  const char  *name,
                  const char  *source,
                  GError     **error)
{
  JsonBuilder *description = builder->description;

  json_builder_begin_object (description);
  add_text (description, "op", "conv");
  add_text (description, "name", name);
  json_builder_set_member_name (description, "relu");
  json_builder_add_boolean_value (description, TRUE);
  json_builder_end_object (description);

  return copy_tensor (builder, name, source, ".weight", 4, error)
         && copy_tensor (builder, name, source, ".bias", 1, error);
}

void
pst_builder_pool (PstBuilder *builder)
{
  json_builder_begin_object (builder->description);
  add_text (builder->description, "op", "avgpool");
  json_builder_end_object (builder->description);
}

void
pst_builder_tap (PstBuilder *builder,
                 const char *name)
{
  json_builder_begin_object (builder->description);
  add_text (builder->description, "op", "tap");
  add_text (builder->description, "name", name);
  json_builder_end_object (builder->description);
}

GBytes *
pst_builder_finish (PstBuilder *builder)
{
  JsonBuilder *description = builder->description;

  json_builder_end_array (description);
  add_texts (description, "style", builder->head.style);
  add_texts (description, "content", builder->head.content);
  json_builder_end_object (description);

  g_autoptr (JsonNode) root = json_builder_get_root (description);
  g_autofree char     *text = json_to_string (root, /* pretty= */ FALSE);

  return pst_network_writer_finish (builder->writer, text);
}
