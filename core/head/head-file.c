/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head-file.c: files of heads
 *
 * A safetensors file whose metadata entry "pastiche-head" says which model and
 * tap the head uses; models/README.md is the reference.  Everything in a file
 * is checked before it is used.
 */
#include "head.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/model/file.h"
#include "core/model/json.h"
#include "core/model/safetensors-writer.h"
#include "core/model/safetensors.h"

#define ENTRY        "pastiche-head"
#define VERSION      1
#define MAX_FEATURES 8192
#define N_TENSORS    7

typedef struct
{
  const char *name;
  int         n_dimensions;
  gint64      shape[2];
  float      *values; /* in the head's layers */
} Part;

/* The names of tensors in files, and where their values are. */
static void
list_parts (const PstHeadLayers *layers, Part ret_parts[N_TENSORS])
{
  gint64 features = layers->n_features;
  gint64 hidden = layers->n_hidden;
  gint64 labels = layers->n_labels;

  const Part parts[N_TENSORS] = {
    { "hidden.weight", 2, { hidden, features }, layers->hidden },
    { "norm.weight", 1, { hidden }, layers->scale },
    { "norm.bias", 1, { hidden }, layers->shift },
    { "norm.running_mean", 1, { hidden }, layers->mean },
    { "norm.running_var", 1, { hidden }, layers->variance },
    { "output.weight", 2, { labels, hidden }, layers->output },
    { "output.bias", 1, { labels }, layers->bias },
  };

  memcpy (ret_parts, parts, sizeof parts);
}

/* ---- writing ------------------------------------------------------------ */

static void
add_string (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

/* The metadata entry; owned by the caller. */
static char *
describe (const PstHead *head)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, VERSION);
  add_string (builder, "model", head->model);
  add_string (builder, "checksum", head->checksum);
  add_string (builder, "layer", head->layer);
  json_builder_set_member_name (builder, "size");
  json_builder_add_int_value (builder, head->size);
  json_builder_set_member_name (builder, "labels");
  json_builder_begin_array (builder);
  for (char **label = head->labels; *label; label++)
    json_builder_add_string_value (builder, *label);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* Fails with a clause, as in safetensors.h. */
static GBytes *
write_head (const PstHead *head, GError **error)
{
  g_autoptr (PstSafetensorsWriter) writer = NULL;
  g_autofree char *description = describe (head);
  Part             parts[N_TENSORS];

  writer = pst_safetensors_writer_new (PST_DTYPE_F32);
  list_parts (&head->layers, parts);
  for (int i = 0; i < N_TENSORS; i++)
    if (! pst_safetensors_writer_add (writer, parts[i].name,
                                      parts[i].n_dimensions, parts[i].shape,
                                      parts[i].values, error))
      return NULL;
  return pst_safetensors_writer_finish (writer, ENTRY, description, error);
}

GBytes *
pst_head_write (const PstHead *head, GError **error)
{
  GBytes *bytes;

  g_return_val_if_fail (head, NULL);

  bytes = write_head (head, error);
  if (! bytes)
    g_prefix_error (error, _ ("The head cannot be written: "));
  return bytes;
}

/* ---- reading: the description ------------------------------------------- */

static gboolean
read_labels (PstHead *head, JsonObject *description, GError **error)
{
  JsonArray *array = pst_json_get_array (description, "labels", error);
  g_autoptr (GPtrArray) labels = NULL;

  if (! array)
    return FALSE;

  labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode   *node = json_array_get_element (array, i);
      const char *label = NULL;

      if (JSON_NODE_HOLDS_VALUE (node))
        label = json_node_get_string (node); /* NULL for other values */
      if (! label)
        return pst_fail (error, PST_ERROR_MODEL,
                         _ ("\"labels\" must be a list of names"));
      g_ptr_array_add (labels, g_strdup (label));
    }
  g_ptr_array_add (labels, NULL);
  head->labels = (char **) g_ptr_array_free (g_steal_pointer (&labels), FALSE);
  return pst_head_check_labels ((const char *const *) head->labels,
                                PST_ERROR_MODEL, error);
}

static gboolean
read_description (PstHead *head, JsonObject *description, GError **error)
{
  gint64 version, size;

  if (! pst_json_get_count (description, "version", -1, &version, error))
    return FALSE;
  if (version != VERSION)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the version is %lld, but this program reads version "
                        "%d; a newer Pastiche may read it"),
                     (long long) version, VERSION);

  head->model =
    g_strdup (pst_json_get_string (description, "model", NULL, error));
  if (! head->model)
    return FALSE;
  head->checksum =
    g_strdup (pst_json_get_string (description, "checksum", NULL, error));
  if (! head->checksum)
    return FALSE;
  head->layer =
    g_strdup (pst_json_get_string (description, "layer", NULL, error));
  if (! head->layer
      || ! pst_json_get_count (description, "size", -1, &size, error))
    return FALSE;
  if (size < PST_HEAD_MIN_SIZE || size > PST_HEAD_MAX_SIZE)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the size is %lld; it must be between %d and %d"),
                     (long long) size, PST_HEAD_MIN_SIZE, PST_HEAD_MAX_SIZE);
  head->size = (int) size;
  return read_labels (head, description, error);
}

static gboolean
parse_description (PstHead *head, const char *text, GError **error)
{
  g_autoptr (JsonObject) description =
    pst_json_parse (text, strlen (text), error);

  if (! description)
    {
      g_prefix_error (error, _ ("description: "));
      return FALSE;
    }
  if (! read_description (head, description, error))
    {
      g_prefix_error (error, _ ("description: "));
      return FALSE;
    }
  return TRUE;
}

/* ---- reading: the tensors ----------------------------------------------- */

static gboolean
has_shape (const PstTensor *tensor, const Part *wanted)
{
  if (! tensor || tensor->n_dimensions != wanted->n_dimensions)
    return FALSE;
  for (int i = 0; i < wanted->n_dimensions; i++)
    if (tensor->shape[i] != wanted->shape[i])
      return FALSE;
  return TRUE;
}

/* Makes layers of the sizes that the first tensor has, if the file is large
 * enough for them: before memory is allocated. */
static gboolean
size_layers (PstHead *head, const PstSafetensors *file, GError **error)
{
  const PstTensor *weight = pst_safetensors_find (file, "hidden.weight");
  PstHeadLayers    sizes = { .n_labels = g_strv_length (head->labels) };
  Part             parts[N_TENSORS];

  if (! weight || weight->n_dimensions != 2 || weight->shape[0] < 1
      || weight->shape[0] > PST_HEAD_MAX_HIDDEN || weight->shape[1] < 1
      || weight->shape[1] > MAX_FEATURES || weight->dtype == PST_DTYPE_OTHER)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("the tensor \"hidden.weight\" is missing, or its type "
                        "or shape is wrong"));

  sizes.n_features = (int) weight->shape[1];
  sizes.n_hidden = (int) weight->shape[0];
  list_parts (&sizes, parts);
  for (int i = 0; i < N_TENSORS; i++)
    if (! has_shape (pst_safetensors_find (file, parts[i].name), &parts[i]))
      return pst_fail (error, PST_ERROR_MODEL,
                       _ ("the tensor \"%s\" is missing, or its shape does not "
                          "fit the others"),
                       parts[i].name);
  return pst_head_layers_init (&head->layers, sizes.n_features, sizes.n_hidden,
                               sizes.n_labels, error);
}

static gboolean
read_tensors (PstHead *head, const PstSafetensors *file, GError **error)
{
  Part parts[N_TENSORS];

  list_parts (&head->layers, parts);
  for (int i = 0; i < N_TENSORS; i++)
    {
      const PstTensor  *tensor = pst_safetensors_find (file, parts[i].name);
      g_autofree float *values =
        pst_safetensors_dup_values (file, tensor, error);

      if (! values)
        return FALSE;
      memcpy (parts[i].values, values, sizeof (float) * tensor->n_values);
    }
  for (int h = 0; h < head->layers.n_hidden; h++)
    if (head->layers.variance[h] < 0)
      return pst_fail (
        error, PST_ERROR_MODEL,
        _ ("the tensor \"norm.running_var\" has a value below 0"));
  return TRUE;
}

static PstHead *
read_head (GBytes *bytes, GError **error)
{
  g_autoptr (PstSafetensors) file = pst_safetensors_new (bytes, error);
  g_autoptr (PstHead) head = NULL;
  const char *text;

  if (! file)
    return NULL;

  text = pst_safetensors_get_metadata (file, ENTRY);
  if (! text)
    {
      pst_fail (error, PST_ERROR_MODEL,
                _ ("this is not a head: the metadata entry "
                   "\"pastiche-head\" is missing"));
      return NULL;
    }

  head = g_new0 (PstHead, 1);
  if (! parse_description (head, text, error)
      || ! size_layers (head, file, error)
      || ! read_tensors (head, file, error))
    return NULL;
  return g_steal_pointer (&head);
}

PstHead *
pst_head_new_from_bytes (GBytes *bytes, const char *label, GError **error)
{
  PstHead *head;

  g_return_val_if_fail (bytes && label, NULL);

  head = read_head (bytes, error);
  if (! head)
    g_prefix_error (error, _ ("The head \"%s\" cannot be used: "), label);
  return head;
}

PstHead *
pst_head_new_from_file (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (path, NULL);

  bytes = pst_file_read (path, PST_FILE_MAX, error);
  if (! bytes)
    return NULL;
  label = g_filename_display_name (path);
  return pst_head_new_from_bytes (bytes, label, error);
}
