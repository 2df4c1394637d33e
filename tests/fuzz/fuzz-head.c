/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-head.c: any bytes must be accepted or properly refused as a head, and a
 * head that was accepted can be written and read again
 *
 * For libFuzzer, or with replay.c.  Input is as model_file_from_bytes() has it.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/head/head.h"
#include "model-file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_values (const float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_assert_true (isfinite (values[i]));
}

/* What the engine relies on. */
static void
check_head (const PstHead *head)
{
  const PstHeadLayers *layers = &head->layers;
  const gsize          hidden = layers->n_hidden;
  const gsize          labels = layers->n_labels;

  g_assert_cmpint (head->size, >=, PST_HEAD_MIN_SIZE);
  g_assert_cmpint (head->size, <=, PST_HEAD_MAX_SIZE);
  g_assert_cmpuint (g_strv_length (head->labels), ==, labels);
  for (char **label = head->labels; *label; label++)
    g_assert_true (g_utf8_validate (*label, -1, NULL));
  check_values (layers->hidden, hidden * layers->n_features);
  check_values (layers->scale, hidden);
  check_values (layers->shift, hidden);
  check_values (layers->mean, hidden);
  check_values (layers->variance, hidden);
  check_values (layers->output, labels * hidden);
  check_values (layers->bias, labels);
}

static void
check_written (const PstHead *head)
{
  g_autoptr (GBytes) bytes = pst_head_write (head, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PstHead) again = pst_head_new_from_bytes (bytes, "again", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (again->model, ==, head->model);
  g_assert_cmpstr (again->checksum, ==, head->checksum);
  g_assert_cmpstr (again->layer, ==, head->layer);
  g_assert_true (g_strv_equal ((const char *const *) again->labels,
                               (const char *const *) head->labels));
  g_assert_cmpmem (again->layers.output,
                   sizeof (float) * again->layers.n_labels
                     * again->layers.n_hidden,
                   head->layers.output,
                   sizeof (float) * head->layers.n_labels
                     * head->layers.n_hidden);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = model_file_from_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PstHead) head = pst_head_new_from_bytes (bytes, "input", &error);

  if (head)
    {
      g_assert_no_error (error);
      check_head (head);
      check_written (head);
    }
  else
    {
      g_assert_error (error, PST_ERROR, PST_ERROR_MODEL);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }

  return 0;
}
