/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.c: defaults and ranges of PstSettings and PstTrainingSettings */
#include "settings.h"

#include "error.h"
#include "head.h"

#define MAX_THREADS    64
#define MAX_ITERATIONS 10000
#define MAX_MEMORY     1000000     /* MB */

void
pst_settings_init (PstSettings *settings)
{
  g_return_if_fail (settings);

  *settings = (PstSettings) {
    .strength = 50,
    .style_scale = 1,
    .colors = PST_COLORS_STYLE,
    .structure = PST_STRUCTURE_CLOSE,
    .quality = PST_QUALITY_NORMAL,
    .freedom = 50,
    .smoothness = 20
  };
}

/* NaN is outside of every range. */
static gboolean
check (const char  *name,
       double       value,
       double       min,
       double       max,
       GError     **error)
{
  if (value >= min && value <= max)
    return TRUE;
  return pst_fail (error, PST_ERROR_SETTINGS,
                   "The %s is %g; it must be between %g and %g.",
                   name, value, min, max);
}

gboolean
pst_settings_check (const PstSettings *settings,
                    GError           **error)
{
  return check ("strength", settings->strength, 0, 100, error)
         && check ("style scale", settings->style_scale, 0.25, 4, error)
         && check ("colour mode", settings->colors, 0, PST_COLORS_MATCH, error)
         && check ("structure", settings->structure, 0, PST_STRUCTURE_NONE,
                   error)
         && check ("quality", settings->quality, 0, PST_QUALITY_BEST, error)
         && check ("precision", settings->precision, 0, PST_PRECISION_FAST,
                   error)
         && check ("size", settings->size, 0, PST_IMAGE_MAX_SIDE, error)
         && check ("freedom", settings->freedom, 0, 100, error)
         && check ("smoothness", settings->smoothness, 0, 100, error)
         && check ("number of iterations", settings->iterations, 0,
                   MAX_ITERATIONS, error)
         && check ("detail", settings->detail, -1, 1, error)
         && check ("loss", settings->loss, 0, PST_LOSS_GATYS, error)
         && check ("number of threads", settings->threads, 0, MAX_THREADS,
                   error)
         && check ("memory limit", settings->memory_limit, 0, MAX_MEMORY, error);
}

void
pst_training_settings_init (PstTrainingSettings *settings)
{
  g_return_if_fail (settings);

  *settings = (PstTrainingSettings) {
    .size = 224,
    .held_out = 0.2,
    .max_epochs = 200
  };
}

gboolean
pst_training_settings_check (const PstTrainingSettings  *settings,
                             GError                    **error)
{
  return check ("size", settings->size, PST_HEAD_MIN_SIZE, PST_HEAD_MAX_SIZE,
                error)
         && check ("share held out", settings->held_out, 0.05, 0.5, error)
         && check ("number of epochs", settings->max_epochs, 1, 10000, error)
         && check ("number of threads", settings->threads, 0, MAX_THREADS,
                   error);
}
