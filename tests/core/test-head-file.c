/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-head-file.c: files of heads are read as they were written; damaged ones
 * are refused with a message that says what is wrong
 */
#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "core/head/head.h"
#include "model-file.h"

#define LABEL "folder/label.safetensors"

/* 2 hidden units, 3 features, 2 labels. */
#define N_VALUES 20

static const char description[] =
  "{\"version\":1,\"model\":\"tiny\",\"checksum\":\"abc\",\"layer\":\"t1\","
  "\"size\":64,\"labels\":[\"cat\",\"dog\"]}";

static const char tensors[] =
  "\"hidden.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],"
  "\"data_offsets\":[0,24]},"
  "\"norm.weight\":{\"dtype\":\"F32\",\"shape\":[2],"
  "\"data_offsets\":[24,32]},"
  "\"norm.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[32,40]},"
  "\"norm.running_mean\":{\"dtype\":\"F32\",\"shape\":[2],"
  "\"data_offsets\":[40,48]},"
  "\"norm.running_var\":{\"dtype\":\"F32\",\"shape\":[2],"
  "\"data_offsets\":[48,56]},"
  "\"output.weight\":{\"dtype\":\"F32\",\"shape\":[2,2],"
  "\"data_offsets\":[56,72]},"
  "\"output.bias\":{\"dtype\":\"F32\",\"shape\":[2],"
  "\"data_offsets\":[72,80]}";

/* A file with the values 1, 2, 3 ... but for number @odd, which is @value. */
static GBytes *
file_new (const char *description_text,
          const char *tensors_text,
          int         odd,
          float       value)
{
  g_autofree char *quoted = g_strescape (description_text, "\200-\377");
  g_autofree char *header =
    g_strdup_printf ("{\"__metadata__\":{\"pastiche-head\":\"%s\"},%s}", quoted,
                     tensors_text);
  guint32 bits[N_VALUES];

  for (int i = 0; i < N_VALUES; i++)
    {
      float x = i == odd ? value : i + 1;

      memcpy (&bits[i], &x, sizeof x);
      bits[i] = GUINT32_TO_LE (bits[i]);
    }
  return model_file_new (header, bits, sizeof bits);
}

static PstHead *
head_new (void)
{
  g_autoptr (GBytes) bytes = file_new (description, tensors, -1, 0);
  g_autoptr (GError) error = NULL;
  PstHead *head = pst_head_new_from_bytes (bytes, LABEL, &error);

  g_assert_no_error (error);
  return head;
}

static void
assert_refused (GBytes *bytes, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PstHead) head = pst_head_new_from_bytes (bytes, LABEL, &error);

  g_assert_null (head);
  g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
  g_assert_true (g_str_has_prefix (error->message,
                                   "The head \"" LABEL "\" cannot be used: "));
  if (! strstr (error->message, message))
    g_error ("\"%s\" is not in \"%s\"", message, error->message);
}

/* ---- good ones ---------------------------------------------------------- */

static void
test_read (void)
{
  g_autoptr (PstHead) head = head_new ();
  const PstHeadLayers *layers = &head->layers;
  const char *const   *labels = pst_head_get_labels (head);

  g_assert_cmpstr (pst_head_get_model (head), ==, "tiny");
  g_assert_cmpstr (head->checksum, ==, "abc");
  g_assert_cmpstr (head->layer, ==, "t1");
  g_assert_cmpint (head->size, ==, 64);
  g_assert_cmpstr (labels[0], ==, "cat");
  g_assert_cmpstr (labels[1], ==, "dog");
  g_assert_null (labels[2]);

  g_assert_cmpint (layers->n_features, ==, 3);
  g_assert_cmpint (layers->n_hidden, ==, 2);
  g_assert_cmpint (layers->n_labels, ==, 2);
  g_assert_cmpfloat (layers->hidden[5], ==, 6);
  g_assert_cmpfloat (layers->scale[0], ==, 7);
  g_assert_cmpfloat (layers->shift[0], ==, 9);
  g_assert_cmpfloat (layers->mean[0], ==, 11);
  g_assert_cmpfloat (layers->variance[0], ==, 13);
  g_assert_cmpfloat (layers->output[3], ==, 18);
  g_assert_cmpfloat (layers->bias[1], ==, 20);
}

/* All of @a that is in a file is in @b, too. */
static void
assert_same (const PstHead *a, const PstHead *b)
{
  g_assert_cmpstr (a->model, ==, b->model);
  g_assert_cmpstr (a->checksum, ==, b->checksum);
  g_assert_cmpstr (a->layer, ==, b->layer);
  g_assert_cmpint (a->size, ==, b->size);
  g_assert_true (g_strv_equal ((const char *const *) a->labels,
                               (const char *const *) b->labels));
  g_assert_cmpmem (a->layers.values, sizeof (float) * a->layers.n_values,
                   b->layers.values, sizeof (float) * b->layers.n_values);
}

/* Written and read, with names that JSON has to escape; and the data begin at a
 * multiple of 8, as other readers like it. */
static void
test_written (void)
{
  g_autoptr (PstHead) head = head_new ();
  g_autoptr (PstHead) copy = NULL;
  g_autoptr (PstHead) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint64 length;

  g_free (head->labels[1]);
  head->labels[1] = g_strdup ("\"Ärger\" \\ 猫");
  copy = pst_head_copy (head, &error);
  g_assert_no_error (error);
  bytes = pst_head_write (copy, &error);
  g_assert_no_error (error);
  again = pst_head_new_from_bytes (bytes, LABEL, &error);
  g_assert_no_error (error);
  assert_same (again, head);

  memcpy (&length, g_bytes_get_data (bytes, NULL), sizeof length);
  g_assert_cmpuint (GUINT64_FROM_LE (length) % 8, ==, 0);
}

static void
test_path (void)
{
  g_autofree char *folder = g_dir_make_tmp ("pastiche-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "h.safetensors", NULL);
  g_autoptr (PstHead) head = head_new ();
  g_autoptr (PstHead) again = NULL;
  g_autoptr (GBytes) bytes = pst_head_write (head, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (pst_head_new_from_file (path, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      g_bytes_get_size (bytes), NULL));
  again = pst_head_new_from_file (path, &error);
  g_assert_no_error (error);
  assert_same (again, head);
  g_remove (path);
  g_rmdir (folder);
}

/* ---- spoilt ones -------------------------------------------------------- */

typedef struct
{
  const char *find;
  const char *replacement;
  const char *message; /* part of it */
} Spoilt;

static const Spoilt spoilt_descriptions[] = {
  { "]}", "]", "description: this is not valid JSON" },
  { "\"version\":1,", "", "\"version\"" },
  { "\"version\":1", "\"version\":2", "the version is 2" },
  { "\"tiny\"", "7", "\"model\"" },
  { "\"checksum\":\"abc\",", "", "\"checksum\"" },
  { "\"layer\":\"t1\",", "", "\"layer\"" },
  { "\"size\":64", "\"size\":64.5", "\"size\"" },
  { "\"size\":64", "\"size\":15", "the size is 15" },
  { "\"size\":64", "\"size\":2049", "the size is 2049" },
  { "[\"cat\",\"dog\"]", "\"cat\"", "\"labels\"" },
  { "[\"cat\",\"dog\"]", "[\"cat\",7]", "\"labels\" must be a list of names" },
  { "[\"cat\",\"dog\"]", "[\"cat\",[]]", "\"labels\" must be a list of names" },
  { "[\"cat\",\"dog\"]", "[\"cat\"]", "the number of labels is 1" },
  { "[\"cat\",\"dog\"]", "[]", "the number of labels is 0" },
  { "\"dog\"", "\"cat\"", "two labels \"cat\"" },
  { "\"dog\"", "\"\"", "is not a line of text" },
  { "\"dog\"", "\"d\\tog\"", "\"d\\tog\" is not a line of text" },
  { "\"dog\"", "\"d\\nog\"", "is not a line of text" },
  { "\"dog\"", "\"dog\",\"cow\"", "\"output.weight\" is missing, or" },
};

static const Spoilt spoilt_tensors[] = {
  { "\"hidden.weight\"", "\"hidden.wait\"", "\"hidden.weight\" is missing" },
  { "[2,3]", "[6]", "\"hidden.weight\"" },
  { "[2,3]", "[0,3],\"x\":[],\"y\":0", "\"hidden.weight\"" },
  { "[2,3]", "[3,2]", "\"norm.weight\" is missing, or" },
  { "[2,3]", "[1,6]", "\"norm.weight\" is missing, or" },
  { "\"F32\",\"shape\":[2,3]", "\"I32\",\"shape\":[2,3]", "\"hidden.weight\"" },
  { "\"F32\",\"shape\":[2,2]", "\"I32\",\"shape\":[2,2]",
    "\"output.weight\" is stored in a type that cannot be used" },
  { "[2,2]", "[4]", "\"output.weight\" is missing, or" },
  { "\"norm.running_var\"", "\"norm.var\"", "\"norm.running_var\" is missing" },
  { "[72,80]", "[72,84]", "\"output.bias\": the data are not in the file" },
};

static void
test_descriptions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spoilt_descriptions); i++)
    {
      const Spoilt    *spoilt = &spoilt_descriptions[i];
      g_autofree char *text =
        replace_once (description, spoilt->find, spoilt->replacement);
      g_autoptr (GBytes) bytes = file_new (text, tensors, -1, 0);

      assert_refused (bytes, spoilt->message);
    }
}

static void
test_tensors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spoilt_tensors); i++)
    {
      const Spoilt    *spoilt = &spoilt_tensors[i];
      g_autofree char *text =
        replace_once (tensors, spoilt->find, spoilt->replacement);
      g_autoptr (GBytes) bytes = file_new (description, text, -1, 0);

      assert_refused (bytes, spoilt->message);
    }
}

static void
test_values (void)
{
  g_autoptr (GBytes) infinite =
    file_new (description, tensors, 3, (float) INFINITY);
  g_autoptr (GBytes) negative = file_new (description, tensors, 12, -1);

  assert_refused (infinite, "\"hidden.weight\" holds a value that is infinite");
  assert_refused (negative, "\"norm.running_var\" has a value below 0");
}

static void
test_network (void)
{
  g_autoptr (GBytes) bytes = tiny_file_new (tiny_description, tiny_tensors);

  assert_refused (bytes, "this is not a head");
}

/* Cut off anywhere, or with a bit flipped, it is refused or read, and nothing
 * else happens. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) whole = file_new (description, tensors, -1, 0);
  gsize       size;
  const char *data = g_bytes_get_data (whole, &size);

  for (gsize length = 0; length < size; length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (data, length);

      assert_refused (cut, "");
    }
  for (gsize bit = 0; bit < 8 * size; bit++)
    {
      g_autofree char *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (PstHead) head = NULL;

      copy[bit / 8] ^= 1 << (bit % 8);
      bytes = g_bytes_new_static (copy, size);
      head = pst_head_new_from_bytes (bytes, LABEL, &error);
      g_assert_true ((head == NULL) == (error != NULL));
      if (error)
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/head-file/read", test_read);
  g_test_add_func ("/head-file/written", test_written);
  g_test_add_func ("/head-file/path", test_path);
  g_test_add_func ("/head-file/descriptions", test_descriptions);
  g_test_add_func ("/head-file/tensors", test_tensors);
  g_test_add_func ("/head-file/values", test_values);
  g_test_add_func ("/head-file/network", test_network);
  g_test_add_func ("/head-file/damaged", test_damaged);
  return g_test_run ();
}
