/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-spot.c: a spot of a result, against the result
 */
#include <string.h>

#include "check.h"
#include "core/pastiche-spot.h"
#include "count-memory.h"
#include "run-transfer.h"
#include "sample-pictures.h"
#include "small-model.h"

#define COMPOSITION 256

/* A spot whose pictures are all known as a whole. */
typedef struct
{
  PstModel     *model;
  PstImage     *content;
  PstImage     *style;
  PstImage     *composition;
  PstSettings   settings;
  PstSpotInputs inputs;
} Case;

static PstSampledPicture
sampled_whole (const PstImage *image)
{
  return (PstSampledPicture){ .size = { image->width, image->height },
                              .whole = image };
}

/* @settings: their size is not used */
static PstImage *
compose (const Case *c)
{
  PstSettings settings = c->settings;

  settings.size = COMPOSITION;
  return run_all (c->model, c->content, c->style, &settings);
}

static void
case_init (Case *c, PstImage *content)
{
  *c = (Case){ .model = small_model_new (PST_PADDING_REPLICATE),
               .content = content,
               .style = sample_style (90, 80, 1),
               .settings = run_draft_settings () };
  c->settings.iterations = 5;
  c->composition = compose (c);
  c->inputs = (PstSpotInputs){ .content = sampled_whole (c->content),
                               .composition = c->composition,
                               .n_styles = 1,
                               .x = 0.5,
                               .y = 0.5 };
  c->inputs.styles[0] = (PstSampledStyle){ sampled_whole (c->style), 1 };
}

static void
case_clear (Case *c)
{
  pst_model_unref (c->model);
  pst_image_free (c->content);
  pst_image_free (c->style);
  pst_image_free (c->composition);
}

static PstSpot *
open_spot (const Case *c)
{
  g_autoptr (GError) error = NULL;
  PstSpot *spot =
    pst_spot_new (c->model, &c->inputs, &c->settings, NULL, &error);

  g_assert_no_error (error);
  return spot;
}

static PstImage *
paint (const Case *c)
{
  g_autoptr (PstSpot) spot = open_spot (c);
  g_autoptr (GError) error = NULL;
  PstProgress progress = { 0 }, before;
  PstImage   *picture;

  while (! progress.done)
    {
      before = progress;
      g_assert_true (pst_spot_step (spot, &progress, &error));
      run_check_progress (&before, &progress);
    }
  g_assert_cmpfloat (progress.fraction, ==, 1);
  picture = pst_spot_dup_picture (spot, &error);
  g_assert_no_error (error);
  sample_valid ("spot", picture);
  return picture;
}

/* What the spot shows of a result. */
static PstImage *
crop (const Case *c, const PstImage *result)
{
  PstArea   area;
  PstImage *part;

  area = pst_spot_get_area (c->inputs.content.size, &c->settings, c->inputs.x,
                            c->inputs.y);
  part = pst_image_new (area.width, area.height, NULL);
  for (int y = 0; y < area.height; y++)
    memcpy (part->pixels + 4 * (gsize) y * area.width,
            result->pixels
              + 4 * ((gsize) (area.y + y) * result->width + area.x),
            sizeof (float) * 4 * area.width);
  return part;
}

/* Where the window is all of the picture, a spot is painted as the run
 * does. */
static void
test_is_the_result (void)
{
  const double places[] = { 0, 0.5, 1 };
  Case         c;
  g_autoptr (PstImage) result = NULL;

  case_init (&c, sample_content (PST_SPOT_SIDE + 2, 30, 1));
  result = run_all (c.model, c.content, c.style, &c.settings);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (PstImage) spot = NULL;
      g_autoptr (PstImage) part = NULL;

      c.inputs.x = places[i];
      spot = paint (&c);
      part = crop (&c, result);
      g_assert_cmpint (spot->width, ==, PST_SPOT_SIDE);
      g_assert_cmpint (spot->height, ==, 30);
      g_test_message ("%g apart", sample_apart (spot, part));
      g_assert_cmpfloat (sample_apart (spot, part), <, 2e-3);
    }
  case_clear (&c);
}

/* In a larger picture it is near the result: nearer than its start. */
static void
test_is_near_the_result (void)
{
  Case c;
  g_autoptr (PstImage) result = NULL;
  g_autoptr (PstImage) large = NULL;
  g_autoptr (PstImage) spot = NULL;
  g_autoptr (PstImage) part = NULL;
  g_autoptr (PstImage) start = NULL;

  case_init (&c, sample_content (1100, 40, 1));
  c.inputs.x = 0.3;
  result = run_all (c.model, c.content, c.style, &c.settings);
  large = pst_image_resize (c.composition, 1100, 40, NULL);
  spot = paint (&c);
  part = crop (&c, result);
  start = crop (&c, large);
  g_test_message ("%g apart, at the start %g", sample_apart (spot, part),
                  sample_apart (start, part));
  g_assert_cmpfloat (sample_apart (spot, part), <,
                     0.7 * sample_apart (start, part));
  case_clear (&c);
}

/* It is enough to know some areas of a picture. */
static void
test_areas (void)
{
  const double places[] = { 0, 0.4, 1 };
  Case         c;
  int          sides[PST_SPOT_MAX_AREAS];
  g_autoptr (PstImage) small = NULL;

  case_init (&c, sample_content (2600, 60, 1));
  small = pst_image_resize (c.content, PST_SPOT_WHOLE_SIDE, 24, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      PstSampledPicture *content = &c.inputs.content;
      g_autoptr (PstImage) from_whole = NULL;
      g_autoptr (PstImage) from_areas = NULL;

      c.inputs.x = places[i];
      *content = sampled_whole (c.content);
      from_whole = paint (&c);
      content->whole = small;
      content->n_areas =
        pst_spot_list_content_areas (content->size, &c.settings, places[i], 0.5,
                                     content->areas, sides);
      g_assert_cmpint (content->n_areas, >, 0);
      for (int a = 0; a < content->n_areas; a++)
        {
          PstArea  *area = &content->areas[a];
          PstImage *part = pst_image_new (area->width, area->height, NULL);

          g_assert_cmpint (area->x, >=, 0);
          g_assert_cmpint (area->y, >=, 0);
          g_assert_cmpint (area->x + area->width, <=, 2600);
          g_assert_cmpint (area->y + area->height, <=, 60);
          for (int y = 0; y < area->height; y++)
            memcpy (part->pixels + 4 * (gsize) y * area->width,
                    c.content->pixels
                      + 4 * ((gsize) (area->y + y) * 2600 + area->x),
                    sizeof (float) * 4 * area->width);
          content->parts[a] = part;
        }
      from_areas = paint (&c);
      for (int a = 0; a < content->n_areas; a++)
        pst_image_free ((PstImage *) content->parts[a]);
      g_test_message ("%g apart", sample_apart (from_areas, from_whole));
      g_assert_cmpfloat (sample_apart (from_areas, from_whole), <, 0.03);
    }
  case_clear (&c);
}

/* What is known as a whole at its own size needs no areas. */
static void
test_few_areas (void)
{
  PstSettings settings = run_draft_settings ();
  PstArea     areas[PST_SPOT_MAX_AREAS];
  int         sides[PST_SPOT_MAX_AREAS];
  PstSize     large = { 6000, 4000 };

  g_assert_cmpint (pst_spot_list_content_areas ((PstSize){ 1024, 700 },
                                                &settings, 0.5, 0.5, areas,
                                                sides),
                   ==, 0);
  g_assert_cmpint (pst_spot_list_style_areas (large, &settings,
                                              (PstSize){ 1024, 700 }, areas,
                                              sides),
                   ==, 0);
  g_assert_cmpint (pst_spot_list_style_areas (large, &settings,
                                              (PstSize){ 3000, 2000 }, areas,
                                              sides),
                   >, 0);
  settings.size = 1000;
  g_assert_cmpint (pst_spot_list_content_areas (large, &settings, 0.5, 0.5,
                                                areas, sides),
                   ==, 0);
  g_assert_cmpint (pst_spot_get_size (large, &settings).height, ==, 667);
}

/* Where no style goes, the content stays as it is. */
static void
test_region (void)
{
  Case      c;
  const int width = 700, height = 30;
  float    *region = g_new0 (float, width *height);
  g_autoptr (PstImage) spot = NULL;
  g_autoptr (PstImage) part = NULL;

  case_init (&c, sample_content (width, height, 1));
  for (int i = 0; i < width * height; i++)
    region[i] = i % width < 100;
  c.inputs.styles[0].region = region;
  c.inputs.x = 1;
  spot = paint (&c);
  part = crop (&c, c.content);
  sample_same ("outside", spot, part);

  c.inputs.x = 0;
  pst_image_free (spot);
  pst_image_free (part);
  spot = paint (&c);
  part = crop (&c, c.content);
  g_assert_cmpfloat (sample_apart (spot, part), >, 0.01);
  g_free (region);
  case_clear (&c);
}

/* A small result is the composition. */
static void
test_small (void)
{
  Case c;
  g_autoptr (PstImage) spot = NULL;

  case_init (&c, sample_content (200, 30, 1));
  spot = paint (&c);
  g_assert_cmpfloat (sample_apart (spot, c.composition), <, 1e-6);
  case_clear (&c);
}

/* With a limit it takes less memory, and paints the same but for rounding. */
static void
test_memory_limit (void)
{
  Case  c;
  gsize peak;
  g_autoptr (PstImage) free = NULL;
  g_autoptr (PstImage) limited = NULL;

  case_init (&c, sample_content (600, 300, 1));
  count_memory_peak ();
  free = paint (&c);
  peak = count_memory_peak ();
  c.settings.memory_limit = 1;
  limited = paint (&c);
  g_assert_cmpfloat (sample_apart (free, limited), <, 0.02);
  if (count_memory_works ())
    g_assert_cmpint (count_memory_peak (), <, 0.8 * peak);
  case_clear (&c);
}

static void
test_cancel (void)
{
  Case c;
  g_autoptr (PstSpot) spot = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PstImage) picture = NULL;
  PstProgress progress;

  case_init (&c, sample_content (600, 30, 1));
  spot = open_spot (&c);
  g_assert_true (pst_spot_step (spot, &progress, NULL));
  pst_spot_cancel (spot);
  g_assert_false (pst_spot_step (spot, &progress, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_CANCELLED);
  picture = pst_spot_dup_picture (spot, NULL);
  g_assert_nonnull (picture);
  case_clear (&c);
}

static void
test_nothing_visible (void)
{
  Case c;
  g_autoptr (PstImage) nothing = pst_image_new (20, 10, NULL);
  g_autoptr (GError) error = NULL;

  case_init (&c, sample_content (300, 30, 1));
  c.inputs.styles[0].picture.whole = nothing;
  g_assert_null (pst_spot_new (c.model, &c.inputs, &c.settings, NULL, &error));
  g_assert_error (error, PST_ERROR, PST_ERROR_IMAGE);
  case_clear (&c);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/spot/is-the-result", test_is_the_result);
  g_test_add_func ("/spot/is-near-the-result", test_is_near_the_result);
  g_test_add_func ("/spot/areas", test_areas);
  g_test_add_func ("/spot/few-areas", test_few_areas);
  g_test_add_func ("/spot/region", test_region);
  g_test_add_func ("/spot/small", test_small);
  g_test_add_func ("/spot/memory-limit", test_memory_limit);
  g_test_add_func ("/spot/cancel", test_cancel);
  g_test_add_func ("/spot/nothing-visible", test_nothing_visible);
  return g_test_run ();
}
