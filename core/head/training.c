/* SPDX-License-Identifier: GPL-3.0-or-later */
/* training.c: training of a head
 *
 * Pictures become features when they are added.  The first step chooses the
 * validation samples, the same share of each label.  Every step is one epoch
 * over the others, in batches, and an evaluation.  The layers with the least
 * validation loss are the result; training ends when that has not fallen for a
 * while.
 */
#include <float.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/workers.h"
#include "core/kernels/blas.h"
#include "head-features.h"
#include "head-learn.h"
#include "head.h"

#define HIDDEN   500 /* units between the two linear layers */
#define PATIENCE 20  /* epochs without gain before the end */

struct _PstTraining
{
  PstModel           *model;
  PstTrainingSettings settings; /* without its strings */
  int                 tap;
  GRand              *random;
  PstSamples          samples;   /* no validation samples before the first
                                  * step */
  PstHead            *head;      /* during training */
  PstHead            *best;      /* NULL before the first step */
  double              best_loss; /* of the validation samples */
  PstTrainingProgress progress;
  PstArena            arena;
  PstLearner          learner; /* its buffers are the arena's */
  int                *counts;  /* [labels][labels]; the arena's, too */
};

/* ---- settings ----------------------------------------------------------- */

void
pst_training_settings_init (PstTrainingSettings *settings)
{
  g_return_if_fail (settings);

  *settings = (PstTrainingSettings){ .size = 224,
                                     .validation_share = 0.2,
                                     .max_epochs = 200 };
}

static gboolean
check_settings (const PstTrainingSettings *settings, GError **error)
{
  return pst_check_range ("size", settings->size, PST_HEAD_MIN_SIZE,
                          PST_HEAD_MAX_SIZE, error)
         && pst_check_range ("held-out", settings->validation_share, 0.05, 0.5,
                             error)
         && pst_check_range ("epochs", settings->max_epochs, 1, 10000, error)
         && pst_check_range ("threads", settings->threads, 0, PST_MAX_THREADS,
                             error);
}

/* ---- lifecycle ---------------------------------------------------------- */

/* The number of the tap called @name, NULL: of the last one; -1 if there is no
 * such. */
static int
find_tap (const PstModel *model, const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  int tap = name ? pst_model_find_tap (model, name) : model->n_taps - 1;

  if (tap >= 0)
    return tap;

  for (int t = 0; t < model->n_taps; t++)
    g_string_append_printf (names, "%s%s", t == 0 ? "" : ", ",
                            model->layers[model->taps[t]].name);
  pst_fail (error, PST_ERROR_SETTINGS,
            _ ("The model \"%s\" has no layer \"%s\"; it has %s."), model->name,
            name, names->str);
  return -1;
}

/* An untrained head. */
static PstHead *
new_head (const PstTraining         *training,
          const char *const         *labels,
          const PstTrainingSettings *settings,
          GError                   **error)
{
  const PstModel *model = training->model;
  g_autoptr (PstHead) head = NULL;

  if (! pst_head_check_labels (labels, PST_ERROR_SETTINGS, error))
    {
      g_prefix_error (error, _ ("A head cannot be trained: "));
      return NULL;
    }

  head = g_new0 (PstHead, 1);
  head->model = g_strdup (settings->model ? settings->model : model->name);
  head->checksum = g_strdup (model->checksum);
  head->layer = g_strdup (model->layers[model->taps[training->tap]].name);
  head->size = settings->size;
  head->labels = g_strdupv ((char **) labels);
  if (! pst_head_layers_init (&head->layers, training->samples.n_features,
                              HIDDEN, g_strv_length (head->labels), error))
    return NULL;
  pst_head_layers_randomize (&head->layers, training->random);
  return g_steal_pointer (&head);
}

static void
take_buffers (PstTraining *training)
{
  const PstHeadLayers *layers = &training->head->layers;

  pst_learner_init (&training->learner, layers, &training->arena);
  training->counts =
    pst_arena_bytes (&training->arena, sizeof (int) * (gsize) layers->n_labels
                                         * layers->n_labels);
}

PstTraining *
pst_training_new (PstModel                  *model,
                  const char *const         *labels,
                  const PstTrainingSettings *settings,
                  GError                   **error)
{
  g_autoptr (PstTraining) training = NULL;
  int tap;

  g_return_val_if_fail (model && labels && settings, NULL);

  tap = find_tap (model, settings->layer, error);
  if (tap < 0 || ! check_settings (settings, error))
    return NULL;

  training = g_new0 (PstTraining, 1);
  training->model = pst_model_ref (model);
  training->settings = *settings;
  training->settings.model = training->settings.layer = NULL;
  training->tap = tap;
  training->random = g_rand_new_with_seed (settings->seed);
  pst_samples_init (&training->samples, pst_features_count (model, tap));
  pst_arena_init (&training->arena);
  training->head = new_head (training, labels, settings, error);
  if (! training->head)
    return NULL;

  take_buffers (training);
  if (! pst_arena_commit (&training->arena, error))
    return NULL;
  take_buffers (training);
  if (! pst_blas_init (/* threads= */ 1, /* bytes= */ 0, error))
    return NULL;
  return g_steal_pointer (&training);
}

void
pst_training_free (PstTraining *training)
{
  if (! training)
    return;

  pst_head_free (training->head);
  pst_head_free (training->best);
  pst_samples_clear (&training->samples);
  g_rand_free (training->random);
  pst_arena_clear (&training->arena);
  pst_model_unref (training->model);
  g_free (training);
}

gboolean
pst_training_add (PstTraining    *training,
                  int             label,
                  const PstImage *image,
                  GError        **error)
{
  float *features;

  g_return_val_if_fail (training && image && ! training->best, FALSE);
  g_return_val_if_fail (label >= 0 && label < training->head->layers.n_labels,
                        FALSE);

  features =
    pst_features_new (training->model, training->tap, training->settings.size,
                      training->settings.threads, image, error);
  if (! features)
    return FALSE;
  return pst_samples_add (&training->samples, label, features, error);
}

/* ---- one epoch ---------------------------------------------------------- */

/* Chooses the validation samples. */
static gboolean
begin (PstTraining *training, GError **error)
{
  int             n_labels = training->head->layers.n_labels;
  g_autofree int *counts = g_new (int, n_labels);
  g_autoptr (PstHead) best = NULL;

  pst_samples_count (&training->samples, n_labels, counts);
  for (int c = 0; c < n_labels; c++)
    if (counts[c] < 2)
      return pst_fail (error, PST_ERROR_SETTINGS,
                       _ (
                         "The number of pictures of \"%s\" is %d; at least two "
                         "are needed, preferably twenty."),
                       training->head->labels[c], counts[c]);

  best = pst_head_copy (training->head, error);
  if (! best
      || ! pst_samples_hold_out (&training->samples, n_labels,
                                 training->settings.validation_share,
                                 training->random, error))
    return FALSE;
  training->best = g_steal_pointer (&best);
  training->best_loss = DBL_MAX;
  return TRUE;
}

/* Fills in the progress after an epoch, and keeps the head if it is the best
 * so far. */
static void
conclude (PstTraining *training, double loss)
{
  PstTrainingProgress *progress = &training->progress;
  int                  n_labels = training->head->layers.n_labels;
  int                  n_right = 0;

  progress->epoch++;
  progress->loss = loss;
  progress->validation_loss =
    pst_learner_evaluate (&training->learner, &training->head->layers,
                          &training->samples, training->counts);
  for (int c = 0; c < n_labels; c++)
    n_right += training->counts[c * n_labels + c];
  progress->validation_accuracy =
    (double) n_right / training->samples.n_validation;
  if (progress->validation_loss < training->best_loss)
    {
      training->best_loss = progress->validation_loss;
      progress->best_epoch = progress->epoch;
      memcpy (training->best->layers.values, training->head->layers.values,
              sizeof (float) * training->head->layers.n_values);
    }
  progress->done = progress->epoch == training->settings.max_epochs
                   || progress->epoch - progress->best_epoch >= PATIENCE;
}

gboolean
pst_training_step (PstTraining         *training,
                   PstTrainingProgress *ret_progress,
                   GError             **error)
{
  g_return_val_if_fail (training && ret_progress, FALSE);

  if (! training->best && ! begin (training, error))
    return FALSE;
  if (! training->progress.done)
    conclude (training,
              pst_learner_epoch (&training->learner, &training->head->layers,
                                 &training->samples, training->random));
  *ret_progress = training->progress;
  return TRUE;
}

/* ---- the result --------------------------------------------------------- */

PstHead *
pst_training_dup_head (const PstTraining *training, GError **error)
{
  g_return_val_if_fail (training && training->best, NULL);

  return pst_head_copy (training->best, error);
}

void
pst_training_get_confusion (const PstTraining *training, int *ret_counts)
{
  g_return_if_fail (training && training->best && ret_counts);

  pst_learner_evaluate (&training->learner, &training->best->layers,
                        &training->samples, ret_counts);
}
