/* SPDX-License-Identifier: GPL-3.0-or-later */
/* summary.c: what a run with the choices in the dialog would make and need */
#include "summary.h"

#include <glib/gi18n-lib.h>

#include "plugin/gimp/image/scaled-size.h"
#include "plugin/gimp/run/format.h"

/* Whether the content may have alpha when it is read, see
 * pst_content_read(). */
static gboolean
has_alpha (const PstContent *content)
{
  const PstDrawableRef mask =
    GIMP_DRAWABLE (gimp_layer_get_mask (content->layer));

  return gimp_drawable_has_alpha (GIMP_DRAWABLE (content->layer))
         || (mask != PST_NO_ITEM && ! content->mask_is_region
             && gimp_layer_get_apply_mask (content->layer));
}

static gboolean
estimate (const PstRequest *request,
          PstModel         *model,
          PstEstimate      *ret_estimate,
          GError          **error)
{
  const PstContent *content = &request->content;
  const PstStyles  *styles = &request->styles;
  int side = pst_run_side (request->params.settings.size, content->area.width,
                           content->area.height);
  PstInputSizes sizes = { .content = { content->area.width,
                                       content->area.height },
                          .has_alpha = has_alpha (content),
                          .n_styles = styles->n_styles,
                          .n_masks = pst_styles_count_masks (styles) };

  if (side > 0)
    pst_scaled_size (side, &sizes.content.width, &sizes.content.height);
  /* The size of a file may be unknown; then it is taken for the content's. */
  for (int i = 0; i < styles->n_styles; i++)
    {
      PstSize *size = &sizes.styles[i];

      if (! pst_style_get_size (&styles->list[i], &size->width, &size->height))
        *size = sizes.content;
      pst_scaled_size (PST_IMAGE_MAX_SIDE, &size->width, &size->height);
    }
  return pst_transfer_estimate (model, &sizes, &request->params.settings,
                                ret_estimate, error);
}

/* Share of the iterations that are taken, as measured with five pairs of
 * pictures at 256 to 1024 pixels. */
typedef struct
{
  double coarsest;
  double others;
} Shares;

static const Shares shares[] = {
  [PST_QUALITY_DRAFT] = { 1, 1 },
  [PST_QUALITY_NORMAL] = { 0.55, 0.85 },
  [PST_QUALITY_BEST] = { 0.3, 0.4 },
};

/* Seconds.  An operation takes as long at 1024 pixels as at 256, to a tenth;
 * what differs from picture to picture is how many of its iterations a scale
 * takes.
 */
static double
expect_duration (const PstEstimate      *estimate,
                 PstQuality              quality,
                 const PstPreviewStatus *status)
{
  const Shares *share = &shares[quality];
  double        coarsest = status->share;
  double        others = estimate->operations - estimate->coarsest;

  if (coarsest <= 0)
    coarsest = share->coarsest;
  return (coarsest * estimate->coarsest + share->others * others)
         / status->speed;
}

/* What of it is not seen in the image; NULL: all is. */
static const char *
describe_unseen (const PstContent *content)
{
  GeglRectangle area = content->area;
  GeglRectangle canvas = { 0, 0, gimp_image_get_width (content->image),
                           gimp_image_get_height (content->image) };
  int           x, y;

  gimp_drawable_get_offsets (GIMP_DRAWABLE (content->layer), &x, &y);
  area.x += x;
  area.y += y;
  if (gegl_rectangle_contains (&canvas, &area))
    return NULL;
  if (gegl_rectangle_intersect (NULL, &canvas, &area))
    return _ ("The parts of the layer outside the canvas are painted, too.");
  return _ ("All of it is outside the canvas and will not be seen.");
}

static void
add_size (GString *text, const PstContent *content, const PstEstimate *need)
{
  const GeglRectangle *area = &content->area;
  g_autofree char     *painted = pst_format_size (need->width, need->height);
  g_autofree char     *whole = pst_format_size (area->width, area->height);
  const char          *unseen = describe_unseen (content);

  /* Translators: %s are sizes, as "1200 × 900". */
  if (need->width < area->width || need->height < area->height)
    g_string_append_printf (text,
                            _ ("Paints %s pixels and enlarges them to %s."),
                            painted, whole);
  else
    g_string_append_printf (text, _ ("Paints %s pixels."), painted);
  if (unseen)
    g_string_append_printf (text, " %s", unseen);
}

/* @seconds: 0: not known */
static void
add_need (GString *text, const PstEstimate *need, double seconds)
{
  g_autofree char *memory = pst_format_memory (need->bytes);

  g_string_append_c (text, ' ');
  if (seconds > 0)
    {
      g_autofree char *duration = pst_format_duration (seconds);

      /* Translators: a time, as "3 minutes", and a size, as "1.2 GB". */
      g_string_append_printf (text, _ ("Takes about %s and %s of memory."),
                              duration, memory);
    }
  else
    {
      g_string_append_printf (text, _ ("Needs about %s of memory."), memory);
    }

  if (need->memory_level > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append (text, _ ("Memory is short: the picture is processed in "
                                "bands, which takes longer."));
    }
}

char *
pst_summary_describe (const PstRequest       *request,
                      const PstPreviewStatus *status,
                      gboolean               *ret_possible,
                      double                 *ret_seconds)
{
  g_autoptr (GError) error = NULL;
  GString    *text;
  PstEstimate need;

  *ret_possible = FALSE;
  *ret_seconds = 0;
  if (request->styles.n_styles == 0)
    return g_strdup (_ ("Choose a style."));
  if (! pst_request_check (request, &error)
      || ! pst_request_check_size (request, &error))
    return g_strdup (error->message);
  if (status->problem)
    return g_strdup (status->problem);

  if (status->model && ! estimate (request, status->model, &need, &error))
    return g_strdup (error->message);

  *ret_possible = TRUE;
  if (! status->model)
    return g_strdup (_ ("Preparing…"));

  text = g_string_new (NULL);
  add_size (text, &request->content, &need);
  if (status->speed > 0)
    *ret_seconds =
      expect_duration (&need, request->params.settings.quality, status);
  add_need (text, &need, *ret_seconds);
  return g_string_free (text, FALSE);
}
