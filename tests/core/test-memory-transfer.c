/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-memory-transfer.c: every allocation of a transfer may fail
 *
 * A user of an editor must not lose what is open.  Whatever fails, the picture
 * can still be returned as it was.
 */
#include "check.h"
#include "core/pastiche.h"
#include "count-memory.h"
#include "failing-malloc.h"
#include "sample-pictures.h"
#include "small-model.h"

/* So long and thin that there are three scales, and little to compute. */
#define WIDTH    368
#define HEIGHT   6
#define N_SCALES 3

/* A row of which is large. */
#define WIDE 2800

#define MAX_STYLES 3

/* A variant of a run that allocates memory of its own. */
typedef struct
{
  const char  *name;
  int          n_styles;  /* 0: one */
  int          n_regions; /* 0: one, everywhere */
  gboolean     wide;      /* a row of the picture is large */
  gboolean     fade;      /* of the content, to transparent */
  gboolean     remember;  /* in PstStyleCache */
  gboolean     tileable;
  PstColors    colors;
  double       freedom;
  PstPrecision precision;
} Way;

static PstModel *model;
static PstImage *opaque, *faded, *wide; /* contents */
static PstImage *styles[MAX_STYLES];
static float     regions[MAX_STYLES][WIDTH * HEIGHT];
static PstImage *expected; /* the result of this variant; NULL: none yet */

static PstTransfer *
begin (const Way *way, PstStyleCache *cache, GError **error)
{
  PstStylePicture pictures[MAX_STYLES];
  int             n_styles = MAX (way->n_styles, 1);
  PstSettings     settings;

  pst_settings_init (&settings);
  settings.threads = 2;
  settings.iterations = 1;
  settings.style_scale = 0.25;
  settings.tileable = way->tileable;
  settings.colors = way->colors;
  settings.freedom = way->freedom;
  settings.precision = way->precision;
  for (int i = 0; i < n_styles; i++)
    pictures[i] =
      (PstStylePicture){ styles[i], 1 + i,
                         way->n_regions ? regions[i % way->n_regions] : NULL };
  return pst_transfer_new (model,
                           &(PstInputPictures){ way->wide   ? wide
                                                : way->fade ? faded
                                                            : opaque,
                                                pictures, n_styles },
                           &settings, cache, error);
}

/* Goes through all scales, looking at the picture on the way, as a front-end
 * does. */
static PstImage *
paint (PstTransfer *transfer, GError **error)
{
  PstProgress progress = { 0 };

  while (! progress.done)
    {
      g_autoptr (PstImage) preview = NULL;

      if (! pst_transfer_step (transfer, &progress, error))
        {
          g_autoptr (PstImage) kept = pst_transfer_dup_result (transfer, NULL);

          g_assert_nonnull (kept);
          sample_valid ("after an error", kept);
          return NULL;
        }
      preview = pst_transfer_dup_result (transfer, error);
      if (! preview)
        return NULL;
    }
  return pst_transfer_dup_result (transfer, error);
}

static gboolean
go (gconstpointer data, GError **error)
{
  const Way *way = data;
  g_autoptr (PstStyleCache) cache =
    way->remember ? pst_style_cache_new () : NULL;
  g_autoptr (PstTransfer) transfer = begin (way, cache, error);
  g_autoptr (PstImage) result = transfer ? paint (transfer, error) : NULL;

  if (! result)
    return FALSE;
  if (expected)
    sample_same (way->name, result, expected);
  else
    expected = g_steal_pointer (&result);
  return TRUE;
}

static void
test_way (gconstpointer data)
{
  const Way *way = data;
  /* what is not remembered is computed again */
  int        unharmed = way->remember && count_memory_works ()
                          ? N_SCALES * MAX (way->n_styles, 1)
                          : 0;

  if (way->precision == PST_PRECISION_FAST && ! pst_cpu_has_bf16 ())
    {
      g_test_skip ("half precision is not for this processor");
      return;
    }
  if (! way->wide)
    g_assert_cmpint (refuse_each (REFUSE_ALL_OWN, go, way), ==, unharmed);
  g_assert_cmpint (refuse_each (REFUSE_ALL_LARGE, go, way), ==, 0);
  g_clear_pointer (&expected, pst_image_free);
}

static const Way ways[] = {
  { "plain" },
  { "wide", .wide = TRUE },
  { "faded", .fade = TRUE, .freedom = 50 },
  { "styles", .n_styles = 3, .remember = TRUE },
  { "regions", .n_styles = 3, .n_regions = 2, .fade = TRUE,
    .colors = PST_COLORS_MATCH },
  { "tileable", .tileable = TRUE, .freedom = 100 },
  { "tileable-regions", .n_styles = 2, .n_regions = 2, .tileable = TRUE,
    .colors = PST_COLORS_CONTENT },
  { "half", .precision = PST_PRECISION_FAST },
};

static void
make_pictures (void)
{
  opaque = sample_content (WIDTH, HEIGHT, 1);
  faded = sample_content (WIDTH, HEIGHT, 1);
  sample_fade (faded);
  wide = sample_content (WIDE, 1, 1);
  for (int i = 0; i < MAX_STYLES; i++)
    {
      styles[i] = sample_style (40, 8 + i, i);
      for (int p = 0; p < WIDTH * HEIGHT; p++)
        regions[i][p] = (p % WIDTH) / 100 % MAX_STYLES == i;
    }
  sample_fade (styles[1]);
}

static void
free_pictures (void)
{
  pst_image_free (opaque);
  pst_image_free (faded);
  pst_image_free (wide);
  for (int i = 0; i < MAX_STYLES; i++)
    pst_image_free (styles[i]);
}

int
main (int argc, char **argv)
{
  int status;

  check_init (&argc, &argv);
  model = small_model_new (PST_PADDING_ZERO);
  make_pictures ();
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path =
        g_strconcat ("/memory-transfer/", ways[i].name, NULL);

      g_test_add_data_func (path, &ways[i], test_way);
    }
  status = g_test_run ();
  free_pictures ();
  pst_model_unref (model);
  return status;
}
