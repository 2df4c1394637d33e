/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-summary.c: the dialog's line about a run is true
 *
 * What GIMP would answer is given here; it is not needed.
 */
#include "check.h"
#include "small-model.h"
#include "plugin/gimp/dialog/summary.h"
#include "plugin/gimp/run/format.h"

#define WIDTH  900
#define HEIGHT 700
/* Larger than the layer. */
#define CANVAS_WIDTH  1000
#define CANVAS_HEIGHT 800

/* ---- GIMP --------------------------------------------------------------- */

static struct
{
  gboolean has_alpha;
  gboolean has_mask;
  gboolean apply_mask;
  int      x, y;
} layer;

gboolean
gimp_drawable_offsets (gint32 drawable, gint *ret_x, gint *ret_y)
{
  *ret_x = layer.x;
  *ret_y = layer.y;
  return TRUE;
}

gint
gimp_image_width (gint32 image)
{
  return CANVAS_WIDTH;
}

gint
gimp_image_height (gint32 image)
{
  return CANVAS_HEIGHT;
}

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

gboolean
pst_request_check_size (const PstRequest *request, GError **error)
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
  double           seconds;

  pst_params_init (&request.params);
  request.params.settings.memory_limit = 1000000;
  g_assert_true (pst_transfer_estimate (model, expected,
                                        &request.params.settings, &need, NULL));
  memory = pst_format_memory (need.bytes);
  line = pst_summary_describe (&request, &status, &possible, &seconds);
  g_test_message ("%s (%s)", line, memory);
  g_assert_true (possible);
  g_assert_nonnull (strstr (line, memory));
  g_assert_cmpfloat (seconds, ==, 0);
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

/* Whether the line has @text in it when the layer is there. */
static gboolean
says (const char *text, int x, int y, const GeglRectangle *area)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  PstStyle         style = { 3, .weight = 1 };
  PstRequest       request = { .content = { .layer = 2, .area = *area },
                               .styles = { { style }, 1 } };
  PstPreviewStatus status = { .model = model };
  g_autofree char *line = NULL;
  gboolean         possible;
  double           seconds;

  layer.x = x;
  layer.y = y;
  pst_params_init (&request.params);
  line = pst_summary_describe (&request, &status, &possible, &seconds);
  return strstr (line, text) != NULL;
}

static gboolean
says_outside (int x, int y, const GeglRectangle *area)
{
  return says ("outside the canvas are painted, too", x, y, area);
}

static gboolean
says_unseen (int x, int y, const GeglRectangle *area)
{
  return says ("All of it is outside the canvas", x, y, area);
}

static void
test_canvas (void)
{
  const GeglRectangle whole = { 0, 0, WIDTH, HEIGHT };
  const GeglRectangle part = { 50, 60, 100, 100 };

  g_assert_false (says_outside (0, 0, &whole));
  g_assert_false (
    says_outside (CANVAS_WIDTH - WIDTH, CANVAS_HEIGHT - HEIGHT, &whole));
  g_assert_true (says_outside (CANVAS_WIDTH - WIDTH + 1, 0, &whole));
  g_assert_true (says_outside (0, CANVAS_HEIGHT - HEIGHT + 1, &whole));
  g_assert_true (says_outside (-1, 0, &whole));
  g_assert_true (says_outside (0, -1, &whole));

  g_assert_false (says_outside (-50, -60, &part));
  g_assert_true (says_outside (-51, -60, &part));
  g_assert_true (says_outside (-50, -61, &part));

  g_assert_true (says_outside (CANVAS_WIDTH - 1, 0, &whole));
  g_assert_true (says_unseen (CANVAS_WIDTH, 0, &whole));
  g_assert_true (says_outside (0, 1 - HEIGHT, &whole));
  g_assert_true (says_unseen (0, -HEIGHT, &whole));
  g_assert_true (says_unseen (-150, 0, &part));
}

/* The seconds are those of the text. */
static void
test_seconds (void)
{
  g_autoptr (PstModel) model = small_model_new (PST_PADDING_REPLICATE);
  PstStyle         style = { 3, .weight = 1 };
  PstRequest       request = { .content = { .layer = 2,
                                            .area = { 0, 0, WIDTH, HEIGHT } },
                               .styles = { { style }, 1 } };
  PstPreviewStatus status = { .model = model, .speed = 1e9 };
  g_autofree char *line = NULL;
  g_autofree char *duration = NULL;
  gboolean         possible;
  double           seconds;

  layer.x = layer.y = 0;
  pst_params_init (&request.params);
  line = pst_summary_describe (&request, &status, &possible, &seconds);
  g_assert_cmpfloat (seconds, >, 0);
  duration = pst_format_duration (seconds);
  g_assert_nonnull (strstr (line, duration));
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/summary/memory", test_memory);
  g_test_add_func ("/summary/canvas", test_canvas);
  g_test_add_func ("/summary/seconds", test_seconds);
  return g_test_run ();
}
