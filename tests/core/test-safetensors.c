/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-safetensors.c: the container, its numbers, and malformed containers */
#include <math.h>
#include <string.h>

#include "core/model/json.h"
#include "core/model/safetensors.h"
#include "core/pastiche.h"
#include "model-file.h"

/* ---- numbers ------------------------------------------------------------ */

/* The one tensor "x", of @n two-byte values. */
static PstSafetensors *
two_byte_file (const char *dtype, const guint16 *patterns, guint n)
{
  g_autofree guint16 *little = g_new (guint16, n);
  g_autofree char    *header =
    g_strdup_printf ("{\"x\":{\"dtype\":\"%s\",\"shape\":[%u],"
                     "\"data_offsets\":[0,%u]}}",
                     dtype, n, 2 * n);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    little[i] = GUINT16_TO_LE (patterns[i]);

  g_autoptr (GBytes) bytes = model_file_new (header, little, 2 * (gsize) n);
  PstSafetensors *file = pst_safetensors_new (bytes, &error);

  g_assert_no_error (error);
  return file;
}

/* The value of a number of @fraction_bits below a sign and an exponent that is
 * biased by @bias, by the definition in IEEE 754. */
static double
value_of_pattern (guint pattern, int fraction_bits, int bias)
{
  guint  fraction = pattern & ((1u << fraction_bits) - 1);
  int    exponent = (pattern & 0x7fff) >> fraction_bits;
  double value = exponent == 0 ? ldexp (fraction, 1 - bias - fraction_bits)
                               : ldexp ((1u << fraction_bits) + fraction,
                                        exponent - bias - fraction_bits);

  return pattern & 0x8000 ? -value : value;
}

/* Every pattern of two bytes: the finite ones in one tensor, each of the others
 * in a file of its own. */
static void
check_two_byte_type (const char *dtype, int fraction_bits, int bias)
{
  g_autofree guint16 *finite = g_new (guint16, 65536);
  guint               n = 0;
  guint               max_exponent = 0x7fff >> fraction_bits;

  for (guint pattern = 0; pattern < 65536; pattern++)
    {
      if ((pattern & 0x7fff) >> fraction_bits < max_exponent)
        {
          finite[n++] = (guint16) pattern;
          continue;
        }

      guint16 one = (guint16) pattern;
      g_autoptr (PstSafetensors) file = two_byte_file (dtype, &one, 1);
      g_autoptr (GError) error = NULL;
      g_autofree float *values =
        pst_safetensors_dup_values (file, pst_safetensors_find (file, "x"),
                                    &error);

      g_assert_null (values);
      g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
    }

  g_assert_cmpuint (n, ==, 65536 - (2u << fraction_bits));

  g_autoptr (PstSafetensors) file = two_byte_file (dtype, finite, n);
  g_autofree float *values =
    pst_safetensors_dup_values (file, pst_safetensors_find (file, "x"), NULL);

  for (guint i = 0; i < n; i++)
    {
      double expected = value_of_pattern (finite[i], fraction_bits, bias);

      if (values[i] != expected
          || ! signbit (values[i]) != ! signbit (expected))
        g_error ("%s 0x%04x is %.9g, not %.9g", dtype, finite[i], values[i],
                 expected);
    }
}

static void
test_half (void)
{
  check_two_byte_type ("F16", 10, 15);
}

static void
test_bfloat (void)
{
  check_two_byte_type ("BF16", 7, 127);
}

/* Each of them, the midpoint to the next, and a little more or less. */
static void
test_to_half (void)
{
  for (guint pattern = 0; pattern < 0x7c00; pattern++)
    {
      float value = value_of_pattern (pattern, 10, 15);
      float next =
        pattern == 0x7bff ? 65536 : value_of_pattern (pattern + 1, 10, 15);
      float half = (value + next) / 2;

      g_assert_cmpuint (pst_half_from_float (value), ==, pattern);
      g_assert_cmpuint (pst_half_from_float (-value), ==, pattern | 0x8000);
      g_assert_cmpuint (pst_half_from_float (half), ==,
                        pattern + (pattern & 1));
      g_assert_cmpuint (pst_half_from_float (nextafterf (half, 0)), ==,
                        pattern);
      g_assert_cmpuint (pst_half_from_float (nextafterf (half, INFINITY)), ==,
                        pattern + 1);
    }
}

static void
test_float (void)
{
  g_autoptr (GBytes) bytes = tiny_file_new (tiny_description, tiny_tensors);
  g_autoptr (PstSafetensors) file = pst_safetensors_new (bytes, NULL);
  const PstTensor *bias = pst_safetensors_find (file, "c2.bias");

  g_assert_nonnull (bias);
  g_assert_cmpint (bias->dtype, ==, PST_DTYPE_F32);
  g_assert_cmpint (bias->n_dimensions, ==, 1);
  g_assert_cmpint (bias->shape[0], ==, 2);
  g_assert_cmpuint (bias->n_values, ==, 2);

  g_autofree float *values = pst_safetensors_dup_values (file, bias, NULL);
  g_assert_cmpfloat (values[0], ==, (120 - 65) / 64.0f);
  g_assert_cmpfloat (values[1], ==, (121 - 65) / 64.0f);

  g_assert_null (pst_safetensors_find (file, "c3.bias"));
  g_assert_null (pst_safetensors_get_metadata (file, "nothing"));
  g_assert_cmpstr (pst_safetensors_get_metadata (file, "pastiche"), ==,
                   tiny_description);
}

/* ---- containers that are right ------------------------------------------ */

static const char *const valid_headers[] = {
  "{}   ", "{\"__metadata__\":{}}",
  ("{\"\\u00e9\\ud83d\\ude00\\n\\\"/\":"
   "{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[0,0]}}"),
  /* other types are allowed as long as nobody asks for their values */
  "{\"x\":{\"dtype\":\"F4\",\"shape\":[7],\"data_offsets\":[0,0]}}"
};

static void
test_valid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid_headers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = model_file_new (valid_headers[i], "", 0);
      g_autoptr (PstSafetensors) file = pst_safetensors_new (bytes, &error);

      g_assert_no_error (error);
      g_assert_nonnull (file);
    }
}

/* Double precision is for import alone. */
static void
test_other_type (void)
{
  const char *const types[] = { "I64", "F64" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *header = g_strdup_printf (
        "{\"x\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        types[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = model_file_new (header, "12345678", 8);
      g_autoptr (PstSafetensors) file = pst_safetensors_new (bytes, NULL);
      const PstTensor *tensor = pst_safetensors_find (file, "x");

      g_assert_null (pst_safetensors_dup_values (file, tensor, &error));
      g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
      g_assert_nonnull (strstr (error->message, "\"x\""));
    }
}

/* ---- containers that are wrong ------------------------------------------ */

typedef struct
{
  const char *header;  /* the data are the eight bytes "01234567" */
  const char *message; /* part of it */
} BadHeader;

#define X_BEGIN "{\"x\":{\"dtype\":\"F32\",\"shape\":"
#define OFFSETS "\"data_offsets\":[0,8]}}"

static const BadHeader bad_headers[] = {
  /* JSON */
  { "[]", "not a safetensors file" },
  { " {}", "not a safetensors file" },
  { "{", "not valid JSON" },
  { "{}{}", "not valid JSON" },
  { "{]", "not valid JSON" },
  { "{\"x\"}", "not valid JSON" },
  { "{\"x\":1,}", "not valid JSON" },
  { "{\"x\":nul}", "not valid JSON" },
  { "{\"x\":/* no */ 1}", "not valid JSON" },
  { "{\"x\":'a'}", "not valid JSON" },
  { "{\"x\":\"a}", "not valid JSON" },
  { "{\"x\":\"a\nb\"}", "not valid JSON" },
  { "{\"x\":\"\\q\"}", "not valid JSON" },
  { "{\"x\":\"\\u00\"}", "not valid JSON" },
  { "{\"x\":\"\\u0000\"}", "not valid JSON" },
  { "{\"x\":\"\\ud800\"}", "not valid JSON" },
  { "{\"x\":\"\\ud800\\u0041\"}", "not valid JSON" },
  { "{\"x\":\"\\ud800\\n\"}", "not valid JSON" },
  { "{\"x\":\"\\udc00\\ud800\"}", "not valid JSON" },
  { "{\"x\":\"\xff\"}", "UTF-8" },
  { "{\"\xc3\":1}", "UTF-8" },
  { "{\"x\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}", "nested" },
  { "{\"x\":1,\"x\":1}", "\"x\" occurs twice" },
  { "{\"\\u0078\":1,\"x\":1}", "\"x\" occurs twice" },
  { "{\"x\":{\"shape\":[1],\"dtype\":\"F32\",\"shape\":[2]," OFFSETS,
    "\"shape\" occurs twice" },
  { "{\"__metadata__\":{\"a\":\"1\",\"b\":\"2\",\"a\":\"3\"}}",
    "\"a\" occurs twice" },

  /* metadata and tensors */
  { "{\"__metadata__\":[]}", "\"__metadata__\"" },
  { "{\"__metadata__\":{\"a\":1}}", "\"a\"" },
  { "{\"x\":1}", "\"x\"" },
  { "{\"x\":{}}", "\"dtype\"" },
  { "{\"x\":{\"dtype\":1,\"shape\":[2]," OFFSETS, "\"dtype\"" },
  { "{\"x\":{\"dtype\":\"F32\"," OFFSETS, "\"shape\"" },
  { X_BEGIN "2," OFFSETS, "\"shape\"" },
  { X_BEGIN "[2.0]," OFFSETS, "\"shape\"" },
  { X_BEGIN "[-2]," OFFSETS, "\"shape\"" },
  { X_BEGIN "[\"2\"]," OFFSETS, "\"shape\"" },
  { X_BEGIN "[1,1,1,1,1,1,1,1,2]," OFFSETS, "\"shape\"" },
  { X_BEGIN "[3]," OFFSETS, "12 bytes" },
  { X_BEGIN "[4294967296,4294967296]," OFFSETS, "too large" },
  { X_BEGIN "[4611686018427387905]," OFFSETS, "too large" },
  { X_BEGIN "[99999999999999999999]," OFFSETS, "shape" },
  { X_BEGIN "[2]}}", "\"data_offsets\"" },
  { X_BEGIN "[2],\"data_offsets\":[8]}}", "truncated" },
  { X_BEGIN "[2],\"data_offsets\":[8,0]}}", "truncated" },
  { X_BEGIN "[2],\"data_offsets\":[0,8,16]}}", "\"data_offsets\"" },
  { X_BEGIN "[2],\"data_offsets\":[-8,0]}}", "\"data_offsets\"" },
  { X_BEGIN "[2],\"data_offsets\":[8,16]}}", "truncated" },
  { X_BEGIN "[2],\"data_offsets\":[9223372036854775800,"
            "9223372036854775807]}}",
    "truncated" },

  /* layout */
  { "{}", "8 bytes at the end" },
  { X_BEGIN "[1],\"data_offsets\":[0,4]}}", "4 bytes at the end" },
  { X_BEGIN "[1],\"data_offsets\":[4,8]}}", "\"x\" follows a gap" },
  { X_BEGIN "[2],\"data_offsets\":[0,8]},"
            "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
    "\"y\" overlaps" },
  { X_BEGIN "[2],\"data_offsets\":[0,8]},"
            "\"y\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
    "overlaps" },
};

static void
assert_refused (GBytes *bytes, const char *what, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PstSafetensors) file = pst_safetensors_new (bytes, &error);

  if (file || ! strstr (error->message, message))
    g_error ("%s: expected \"%s\", got: %s", what, message,
             file ? "success" : error->message);
  g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
}

static void
test_bad_headers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_headers); i++)
    {
      g_autoptr (GBytes) bytes =
        model_file_new (bad_headers[i].header, "01234567", 8);

      assert_refused (bytes, bad_headers[i].header, bad_headers[i].message);
    }
}

/* Texts that would exhaust the stack or the memory. */
static void
test_bombs (void)
{
  gsize            n = PST_SAFETENSORS_MAX_HEADER - 100;
  g_autofree char *deep = g_strnfill (n, '[');
  g_autofree char *wide = g_strnfill (n, ',');
  struct
  {
    const char *begin;
    const char *rest;
    const char *message;
  } bombs[] = {
    { "{\"x\":", deep, "nested" },
    { "{\"x\":/*\"*/", deep, "not valid JSON" },
    { "{\"x\":1}", deep, "not valid JSON" },
    { "{\"x\":[1", wide, "values" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      g_autofree char *header =
        g_strconcat (bombs[i].begin, bombs[i].rest, NULL);
      g_autoptr (GBytes) bytes = model_file_new (header, "", 0);

      assert_refused (bytes, bombs[i].begin, bombs[i].message);
    }
}

static void
test_length (void)
{
  static const guint8 huge[] = "\xff\xff\xff\xff\xff\xff\xff\xff{}";
  static const guint8 zero[] = "\0\0\0\0\0\0\0\0{}";
  static const guint8 three[] = "\3\0\0\0\0\0\0\0{}";
  struct
  {
    const guint8 *data;
    gsize         size;
    const char   *message;
  } cases[] = {
    { huge, 0, "empty" },
    { huge, 2, "not a safetensors file" },
    { huge, 7, "not a safetensors file" },
    { huge, 9, "not a safetensors file" },
    { huge, 10, "header is truncated" },
    { three, 10, "header is truncated" },
    { zero, 10, "not valid JSON" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].data, cases[i].size);

      assert_refused (bytes, "length", cases[i].message);
    }

  gsize            n = PST_SAFETENSORS_MAX_HEADER - 1;
  g_autofree char *spaces = g_strnfill (n, ' ');
  g_autofree char *header = g_strconcat ("{}", spaces, NULL);
  g_autoptr (GBytes) bytes = model_file_new (header, "", 0);
  assert_refused (bytes, "long header", "header is truncated, or longer");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/safetensors/half", test_half);
  g_test_add_func ("/safetensors/to-half", test_to_half);
  g_test_add_func ("/safetensors/bfloat", test_bfloat);
  g_test_add_func ("/safetensors/float", test_float);
  g_test_add_func ("/safetensors/valid", test_valid);
  g_test_add_func ("/safetensors/other-type", test_other_type);
  g_test_add_func ("/safetensors/bad-headers", test_bad_headers);
  g_test_add_func ("/safetensors/bombs", test_bombs);
  g_test_add_func ("/safetensors/length", test_length);

  return g_test_run ();
}
