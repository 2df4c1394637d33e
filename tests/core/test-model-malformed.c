/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-model-malformed.c: model files that must be refused, with a message that
 * says what is wrong
 *
 * G_TEST_BUILDDIR: the build folder's tests/, for fuzz/model.
 */
#include <string.h>

#include <glib/gstdio.h>

#include "core/pastiche.h"
#include "model-file.h"

#define LABEL "folder/label.safetensors"

/* ---- the tiny network, spoilt in one place ------------------------------ */

typedef struct
{
  const char *find;
  const char *replacement;
  const char *message; /* part of it */
} Spoilt;

static const Spoilt spoilt_descriptions[] = {
  { "}],\"style\"", "}]],\"style\"", "description: this is not valid JSON" },
  { "\"name\":\"tiny\"", "\"version\":1", "\"version\" occurs twice" },
  { "\"version\":1,", "", "\"version\"" },
  { "\"version\":1", "\"version\":\"1\"", "\"version\"" },
  { "\"version\":1", "\"version\":2", "the version is 2" },
  { "\"name\":\"tiny\",", "", "\"name\"" },
  { "\"tiny\"", "\"\"", "\"name\" is empty" },
  { "\"tiny\"", "7", "\"name\"" },
  { "\"nobody\"", "[]", "\"credits\"" },

  { "\"input\"", "\"output\"", "\"input\"" },
  { "[0.5,0.25,0.125]", "[0.5,0.25]", "\"mean\"" },
  { "[0.5,0.25,0.125]", "[0.5,0.25,\"0\"]", "\"mean\"" },
  { "[0.5,0.25,0.125]", "[0.5,0.25,1e999]", "\"mean\"" },
  { "[0.5,0.25,0.125]", "[0.5,0.25,-1e39]", "\"mean\"" },
  { "[1,2,4]", "[1,2,4,8]", "\"scale\"" },
  { "[1,2,4]", "[1,0,4]", "\"scale\" must not be 0" },
  { "\"rgb\"", "\"grb\"", "\"grb\"" },
  { ",\"order\":\"rgb\"", "", "\"order\"" },
  { "\"zero\"", "\"reflect\"", "\"reflect\"" },
  { "\"padding\":\"zero\",", "", "\"padding\"" },

  { "\"layers\"", "\"lairs\"", "\"layers\"" },
  { "{\"op\":\"conv\",\"name\":\"c1\",\"relu\":true}", "[]", "layer 1: " },
  { "{\"op\":\"conv\",\"name\":\"c1\",\"relu\":true},", "",
    "first layer must be a convolution" },
  { "\"avgpool\"", "\"minpool\"", "\"minpool\"" },
  { "\"op\":\"avgpool\"", "\"opera\":\"avgpool\"", "layer 3: \"op\"" },
  { "\"size\":2", "\"size\":3", "layer 3: the pooling has the size 3" },
  { "\"size\":2", "\"size\":2.0", "\"size\"" },
  { "\"relu\":true", "\"relu\":1", "layer 1: \"relu\"" },
  { "\"relu\":true", "\"rely\":true", "layer 1: \"rely\" is not known" },
  { "\"project\"", "\"projekt\"", "layer 5: \"projekt\" is not known" },
  { "\"project\":\"p2\"", "\"project\":2", "\"project\"" },
  { "\"p2\"", "\"p3\"", "\"p3.weight\" is missing" },
  { "\"p2\"", "\"c2\"", "\"c2\" are used twice" },
  { "\"p2\"", "\"c1\"", "\"c1\" are used twice" },
  { "\"conv\",\"name\":\"c2\"", "\"conv\"", "layer 4: \"name\"" },
  { "\"name\":\"c2\"", "\"name\":\"c3\"", "\"c3.weight\" is missing" },
  { "\"name\":\"c2\"", "\"name\":\"c1\"", "\"c1\" are used twice" },
  { "\"name\":\"c2\"", "\"name\":\"p2\"", "\"p2.weight\" takes 2 channels" },
  { "\"tap\",\"name\":\"t2\"", "\"tap\",\"name\":\"t1\"",
    "two taps called \"t1\"" },

  { "\"style\":[\"t1\",\"t2\"],", "", "\"style\"" },
  { "\"style\":[\"t1\",\"t2\"]", "\"style\":[]", "\"style\" names no tap" },
  { "\"style\":[\"t1\",\"t2\"]", "\"style\":[\"c1\"]", "\"c1\"" },
  { "\"style\":[\"t1\",\"t2\"]", "\"style\":[1]", "\"style\"" },
  { "\"style\":[\"t1\",\"t2\"]", "\"style\":[[]]", "\"style\"" },
  { "\"content\":[\"t2\"]", "\"content\":[]", "\"content\" names no tap" },
  { "\"content\":[\"t2\"]", "\"content\":[\"t3\"]", "\"t3\"" },
  { "\"content\":[\"t2\"]", "\"content\":\"t2\"", "\"content\"" },
};

static const Spoilt spoilt_tensors[] = {
  { "\"c1.weight\"", "\"c0.weight\"", "\"c1.weight\" is missing" },
  { "\"c1.bias\"", "\"c0.bias\"", "\"c1.bias\" is missing" },
  { "[4,3,3,3]", "[4,27]", "\"c1.weight\" has 2 dimensions" },
  { "[4,3,3,3]", "[3,4,3,3]", "\"c1.weight\" takes 4 channels, but 3" },
  { "[4,3,3,3]", "[12,3,1,3]", "kernel of 1×3" },
  { "[4,3,3,3]", "[1,3,6,6]", "kernel of 6×6" },
  { "[2,4,1,1]", "[8,1,1,1]", "\"c2.weight\" takes 1 channels, but 4" },
  { "[2,4,1,1]", "[1,4,2,1]", "kernel of 2×1" },
  { "\"shape\":[4],", "\"shape\":[2,2],", "\"c1.bias\" has 2 dimensions" },
  { "\"shape\":[4],", "\"shape\":[5],", "\"c1.bias\": the shape needs 20" },
  { "\"shape\":[2],\"data_offsets\":[480,488]},"
    "\"p2.weight\":{\"dtype\":\"F32\",\"shape\":[3,2,1,1],"
    "\"data_offsets\":[488,512]}",
    "\"shape\":[3],\"data_offsets\":[480,492]},"
    "\"p2.weight\":{\"dtype\":\"F32\",\"shape\":[5],"
    "\"data_offsets\":[492,512]}",
    "\"c2.bias\" and \"c2.weight\" differ" },
  { "\"shape\":[2],", "\"shape\":[2,1],", "\"c2.bias\" has 2 dimensions" },
  { "\"F32\",\"shape\":[3]", "\"I32\",\"shape\":[3]",
    "\"p2.bias\" is stored in a type that cannot be used" },
  { "[512,524]", "[512,528]", "\"p2.bias\": the data are not in the file" },
  { "[512,524]", "[508,520]", "\"p2.bias\" overlaps" },
};

static void
assert_refused (GBytes *bytes, const char *what, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PstModel) model = pst_model_new_from_bytes (bytes, LABEL, &error);

  if (model || ! strstr (error->message, message))
    g_error ("%s: expected \"%s\", got: %s", what, message,
             model ? "success" : error->message);

  g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, LABEL));
}

static void
test_descriptions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spoilt_descriptions); i++)
    {
      const Spoilt    *spoilt = &spoilt_descriptions[i];
      g_autofree char *description =
        replace_once (tiny_description, spoilt->find, spoilt->replacement);
      g_autoptr (GBytes) bytes = tiny_file_new (description, tiny_tensors);

      assert_refused (bytes, spoilt->replacement, spoilt->message);
    }
}

static void
test_tensors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spoilt_tensors); i++)
    {
      const Spoilt    *spoilt = &spoilt_tensors[i];
      g_autofree char *tensors =
        replace_once (tiny_tensors, spoilt->find, spoilt->replacement);
      g_autoptr (GBytes) bytes = tiny_file_new (tiny_description, tensors);

      assert_refused (bytes, spoilt->replacement, spoilt->message);
    }
}

static void
test_no_description (void)
{
  g_autofree char *header = g_strdup_printf ("{%s}", tiny_tensors);
  guint8           data[TINY_DATA_SIZE] = { 0 };
  g_autoptr (GBytes) bytes = model_file_new (header, data, sizeof data);

  assert_refused (bytes, "no description", "\"pastiche\", which describes");
}

/* The tiny network followed by @n copies of @layer, in which %d is the number
 * of the copy. */
static char *
description_with (const char *layer, int n)
{
  g_autoptr (GString) more = g_string_new ("\"project\":\"p2\"}");
  g_auto (GStrv) parts = g_strsplit (layer, "%d", -1);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", i);
      g_autofree char *copy = g_strjoinv (number, parts);

      g_string_append_printf (more, ",%s", copy);
    }

  return replace_once (tiny_description, "\"project\":\"p2\"}", more->str);
}

/* Each of these layers follows the tiny network's last; its convolutions
 * have 4 and 2 channels, the first at full size. */
static void
test_residual (void)
{
  const struct
  {
    const char *layers, *message;
  } cases[] = {
    { "{\"op\":\"add\"}", "before the last one" },
    { "{\"op\":\"add\",\"with\":\"c2\"}", "before the last one" },
    { "{\"op\":\"add\",\"with\":\"c1\"}", "not of the same shape" },
    { "{\"op\":\"add\",\"with\":\"t1\"}", "does not come before" },
    { "{\"op\":\"add\",\"with\":\"later\"}", "does not come before" },
    { "{\"op\":\"add\",\"with\":1}", "\"with\"" },
    { "{\"op\":\"avgpool\"},{\"op\":\"add\",\"with\":\"c2\"}",
      "not of the same shape" },
    { "{\"op\":\"maxpool\",\"size\":4}", "size 4; possible: 2, 3" },
    { "{\"op\":\"mean\"},{\"op\":\"avgpool\"}", "only taps" },
    { "{\"op\":\"mean\",\"size\":2}", "\"size\" is not known" },
    { "{\"op\":\"conv\",\"name\":\"c3\",\"stride\":3}", "the stride is 3" },
    { "{\"op\":\"conv\",\"name\":\"c3\",\"input\":\"c4\"}",
      "does not come before" },
    { "{\"op\":\"conv\",\"name\":\"c3\",\"stride\":2}", "\"c3.weight\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = description_with (cases[i].layers, 1);
      g_autoptr (GBytes) bytes = tiny_file_new (text, tiny_tensors);

      assert_refused (bytes, cases[i].layers, cases[i].message);
    }
}

/* A mean has no positions: it is neither style nor content. */
static void
test_mean (void)
{
  const char      *layers = "{\"op\":\"mean\"},"
                            "{\"op\":\"tap\",\"name\":\"m\"}";
  g_autofree char *fine = description_with (layers, 1);
  g_autofree char *style =
    replace_once (fine, "[\"t1\",\"t2\"]", "[\"t1\",\"m\"]");
  g_autoptr (GBytes) good = tiny_file_new (fine, tiny_tensors);
  g_autoptr (GBytes) bad = tiny_file_new (style, tiny_tensors);
  g_autoptr (PstModel) model = pst_model_new_from_bytes (good, LABEL, NULL);

  g_assert_nonnull (model);
  assert_refused (bad, "mean", "which has no positions");
}

static void
test_strided_padding (void)
{
  g_autofree char *stride = replace_once (tiny_description, "\"name\":\"c2\"",
                                          "\"name\":\"c2\",\"stride\":2");
  g_autofree char *replicate =
    replace_once (stride, "\"zero\"", "\"replicate\"");
  g_autoptr (GBytes) good = tiny_file_new (stride, tiny_tensors);
  g_autoptr (GBytes) bad = tiny_file_new (replicate, tiny_tensors);
  g_autoptr (PstModel) model = pst_model_new_from_bytes (good, LABEL, NULL);

  g_assert_nonnull (model);
  assert_refused (bad, "stride", "needs the padding \"zero\"");
}

/* ---- counts out of bounds ----------------------------------------------- */

static void
test_counts (void)
{
  struct
  {
    const char *layer;
    int         most;
    const char *message; /* for one more */
  } cases[] = {
    { "{\"op\":\"tap\",\"name\":\"x%d\"}", 30, "more than 32 taps" },
    { "{\"op\":\"avgpool\"}", 7, "halved more than 8 times" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *most = description_with (cases[i].layer, cases[i].most);
      g_autofree char *more =
        description_with (cases[i].layer, cases[i].most + 1);
      g_autoptr (GBytes) fits = tiny_file_new (most, tiny_tensors);
      g_autoptr (GBytes) bursts = tiny_file_new (more, tiny_tensors);
      g_autoptr (GError) error = NULL;
      g_autoptr (PstModel) model =
        pst_model_new_from_bytes (fits, LABEL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (model);
      assert_refused (bursts, cases[i].layer, cases[i].message);
    }

  g_autofree char *layers = description_with ("{}", 252);
  g_autoptr (GBytes) bytes = tiny_file_new (layers, tiny_tensors);
  assert_refused (bytes, "layers", "the number of layers is 257");
}

/* A last convolution of @out channels, with zeros for weights. */
static GBytes *
wide_file_new (int out)
{
  g_autofree char *tensors =
    g_strdup_printf ("\"c1.weight\":{\"dtype\":\"F16\",\"shape\":[%d,3,1,1],"
                     "\"data_offsets\":[0,%d]},"
                     "\"c1.bias\":{\"dtype\":\"F16\",\"shape\":[%d],"
                     "\"data_offsets\":[%d,%d]}",
                     out, 6 * out, out, 6 * out, 8 * out);
  g_autofree char *header =
    model_header ("{\"version\":1,\"name\":\"wide\",\"input\":"
                  "{\"mean\":[0,0,0],\"scale\":[1,1,1],\"order\":\"rgb\"},"
                  "\"padding\":\"zero\",\"layers\":["
                  "{\"op\":\"conv\",\"name\":\"c1\"},"
                  "{\"op\":\"tap\",\"name\":\"t1\"}],"
                  "\"style\":[\"t1\"],\"content\":[\"t1\"]}",
                  tensors);
  g_autofree guint8 *data = g_malloc0 (8 * (gsize) out + 1);

  return model_file_new (header, data, 8 * (gsize) out);
}

static void
test_channels (void)
{
  g_autoptr (GBytes) none = wide_file_new (0);
  g_autoptr (GBytes) fits = wide_file_new (8192);
  g_autoptr (GBytes) bursts = wide_file_new (8193);
  g_autoptr (GError) error = NULL;
  g_autoptr (PstModel) model = pst_model_new_from_bytes (fits, LABEL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (model);
  assert_refused (none, "0 channels", "\"c1.weight\" gives 0 channels");
  assert_refused (bursts, "8193 channels", "\"c1.weight\" gives 8193 channels");
}

/* A projection must be 1x1, also where 3x3 would fit. */
static void
test_projection (void)
{
  g_autofree char *header =
    model_header ("{\"version\":1,\"name\":\"wide\",\"input\":"
                  "{\"mean\":[0,0,0],\"scale\":[1,1,1],\"order\":\"rgb\"},"
                  "\"padding\":\"zero\",\"layers\":["
                  "{\"op\":\"conv\",\"name\":\"c1\"},"
                  "{\"op\":\"tap\",\"name\":\"t1\",\"project\":\"p1\"}],"
                  "\"style\":[\"t1\"],\"content\":[\"t1\"]}",
                  "\"c1.weight\":{\"dtype\":\"F16\",\"shape\":[2,3,1,1],"
                  "\"data_offsets\":[0,12]},"
                  "\"c1.bias\":{\"dtype\":\"F16\",\"shape\":[2],"
                  "\"data_offsets\":[12,16]},"
                  "\"p1.weight\":{\"dtype\":\"F16\",\"shape\":[1,2,3,3],"
                  "\"data_offsets\":[16,52]},"
                  "\"p1.bias\":{\"dtype\":\"F16\",\"shape\":[1],"
                  "\"data_offsets\":[52,54]}");
  guint8 data[54] = { 0 };
  g_autoptr (GBytes) bytes = model_file_new (header, data, sizeof data);

  assert_refused (bytes, "projection", "\"p1.weight\" has a kernel of 3×3");
}

/* ---- bytes -------------------------------------------------------------- */

static void
test_not_finite (void)
{
  static const guint32 patterns[] = { 0x7f800000, 0xff800000, 0x7fc00000,
                                      0x7f800001 };
  g_autoptr (GBytes) good = tiny_file_new (tiny_description, tiny_tensors);
  gsize size = g_bytes_get_size (good);

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      guint8 *data = g_memdup2 (g_bytes_get_data (good, NULL), size);
      guint32 bits = GUINT32_TO_LE (patterns[i]);

      memcpy (data + size - sizeof bits, &bits, sizeof bits);

      g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
      assert_refused (bytes, "not finite", "\"p2.bias\" holds a value that is");
    }
}

static void
test_cut_off (void)
{
  g_autoptr (GBytes) good = tiny_file_new (tiny_description, tiny_tensors);

  for (gsize size = 0; size < g_bytes_get_size (good); size++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (good, 0, size);

      assert_refused (bytes, "truncated", "");
    }
}

/* Any input is accepted, or refused with a message. */
static gboolean
is_accepted (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PstModel) model = pst_model_new_from_bytes (bytes, LABEL, &error);

  if (! model)
    g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
  else
    g_assert_no_error (error);

  return model != NULL;
}

static void
test_flipped_bits (void)
{
  g_autoptr (GBytes) good = tiny_file_new (tiny_description, tiny_tensors);
  gsize size = g_bytes_get_size (good);

  for (gsize bit = 0; bit < 8 * size; bit++)
    {
      guint8 *data = g_memdup2 (g_bytes_get_data (good, NULL), size);

      data[bit / 8] ^= 1 << bit % 8;

      g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
      is_accepted (bytes);
    }
}

/* ---- files -------------------------------------------------------------- */

/* fuzz/corpus/model.tar: files called good-* are accepted, bad-* refused; the
 * others were found by fuzzing, and may be either. */
static void
test_corpus (void)
{
  g_autofree char *folder =
    g_test_build_filename (G_TEST_BUILT, "fuzz", "model", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  int         n_good = 0;
  int         n_bad = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char            *data;
      gsize            size;

      g_assert_true (g_file_get_contents (path, &data, &size, NULL));

      g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
      gboolean good = g_str_has_prefix (name, "good-");
      gboolean bad = g_str_has_prefix (name, "bad-");
      gboolean accepted = is_accepted (bytes);

      if (accepted ? bad : good)
        g_error ("%s was %s", path, accepted ? "accepted" : "refused");
      n_good += good;
      n_bad += bad;
    }

  g_test_message ("%d good, %d bad", n_good, n_bad);
  g_assert_cmpint (n_good, >, 0);
  g_assert_cmpint (n_bad, >, 0);
}

static void
assert_path_refused (const char *path, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PstModel) model = pst_model_new_from_file (path, &error);

  g_assert_null (model);
  g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_paths (void)
{
  g_autofree char *folder = g_dir_make_tmp ("pastiche-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.safetensors", NULL);

  assert_path_refused (path, "cannot be opened");
  assert_path_refused (folder, "is not a file");

  g_assert_true (g_file_set_contents (path, "GIF89a", -1, NULL));
  assert_path_refused (path, "picture");
  g_remove (path);
  g_rmdir (folder);

#ifdef G_OS_UNIX
  assert_path_refused ("/dev/zero", "is not a file");
#endif
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/malformed/descriptions", test_descriptions);
  g_test_add_func ("/model/malformed/tensors", test_tensors);
  g_test_add_func ("/model/malformed/no-description", test_no_description);
  g_test_add_func ("/model/malformed/residual", test_residual);
  g_test_add_func ("/model/malformed/mean", test_mean);
  g_test_add_func ("/model/malformed/strided-padding", test_strided_padding);
  g_test_add_func ("/model/malformed/counts", test_counts);
  g_test_add_func ("/model/malformed/channels", test_channels);
  g_test_add_func ("/model/malformed/projection", test_projection);
  g_test_add_func ("/model/malformed/not-finite", test_not_finite);
  g_test_add_func ("/model/malformed/cut-off", test_cut_off);
  g_test_add_func ("/model/malformed/flipped-bits", test_flipped_bits);
  g_test_add_func ("/model/malformed/corpus", test_corpus);
  g_test_add_func ("/model/malformed/paths", test_paths);

  return g_test_run ();
}
