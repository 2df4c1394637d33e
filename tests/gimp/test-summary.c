/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-summary.c: the dialog's line about memory is that of the run
 *
 * What GIMP would answer is given here; it is not needed.
 */
#include "check.h"
#include "small-model.h"
#include "plugin/gimp/dialog/summary.h"
#include "plugin/gimp/run/format.h"

#define WIDTH  900
#define HEIGHT 700

/* ---- GIMP --------------------------------------------------------------- */

static struct
{
  gboolean has_alpha;
  gboolean has_mask;
  gboolean apply_mask;
} layer;

gboolean
gimp_drawable_has_alpha (gint32 drawable)
{
  return layer.has_alpha;
}

gint32
gimp_layer_get_mask (gint32 number)
{
  return layer.has_mask ? 5 : -1;
}

gboolean
gimp_layer_get_apply_mask (gint32 number)
{
  return layer.apply_mask;
}

/* ---- what the plug-in reads from it ------------------------------------- */

gboolean
pst_style_get_size (const PstStyle *style, int *ret_width, int *ret_height)
{
  *ret_width = 300;
  *ret_height = 200;
  return TRUE;
}

gboolean
pst_request_check (const PstRequest *request, GError **error)
{
  return TRUE;
}

int
pst_styles_count_masks (const PstStyles *styles)
{
  return styles->list[0].region ? 1 : 0;
}

/* ---- tests -------------------------------------------------------------- */

/* The line for a run, which @expected says the sizes of. */
static void
check_line (const PstContent    *content,
            char                *region,
            const PstInputSizes *expected)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  PstStyle   style = { 3, .weight = 1, .region = region };
  PstRequest request = { .content = *content, .styles = { { style }, 1 } };
  PstPreviewStatus status = { .model = model };
  PstEstimate      need;
  g_autofree char *line = NULL;
  g_autofree char *memory = NULL;
  gboolean         possible;

  pst_params_init (&request.params);
  request.params.settings.memory_limit = 1000000;
  g_assert_true (pst_transfer_estimate (model, expected,
                                        &request.params.settings, &need, NULL));
  memory = pst_format_memory (need.bytes);
  line = pst_summary_describe (&request, &status, &possible);
  g_test_message ("%s (%s)", line, memory);
  g_assert_true (possible);
  g_assert_nonnull (strstr (line, memory));
}

static void
test_memory (void)
{
  PstContent    content = { .layer = 2, .area = { 0, 0, WIDTH, HEIGHT } };
  PstInputSizes sizes = { .content = { WIDTH, HEIGHT },
                          .styles = { { 300, 200 } },
                          .n_styles = 1 };
  char          region[] = "selection";

  check_line (&content, NULL, &sizes);

  layer.has_mask = TRUE; /* but not applied */
  check_line (&content, NULL, &sizes);

  sizes.has_alpha = TRUE;
  layer.apply_mask = TRUE;
  check_line (&content, NULL, &sizes);

  sizes.has_alpha = FALSE;
  sizes.n_masks = 1;
  content.mask_is_region = TRUE;
  check_line (&content, region, &sizes);

  sizes.has_alpha = TRUE;
  layer.has_alpha = TRUE;
  check_line (&content, region, &sizes);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/summary/memory", test_memory);
  return g_test_run ();
}
