/* SPDX-License-Identifier: GPL-3.0-or-later */
/* training.c: the making of a head
 *
 * Pictures become features when they are added.  The first step chooses those
 * that are held out, the same share of each label; every step then learns all
 * others once, in batches, and looks at those held out.  What did best there is
 * the result, and when nothing has got better for a while it is enough.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "arena.h"
#include "blas.h"
#include "error.h"
#include "head-features.h"
#include "head.h"
#include "head-gradient.h"
#include "samples.h"
#include "settings.h"

#define HIDDEN     500     /* units between the two linear layers */
#define BATCH      32      /* pictures, at most */
#define RATE       3e-4    /* of learning */
#define DECAY      1e-2    /* of weights */
#define PATIENCE   20      /* epochs without gain before the end */

struct _PstTraining
{
  PstModel            *model;
  PstTrainingSettings  settings;       /* without its strings */
  int                  tap;
  GRand               *random;
  PstSamples           samples;        /* none held out before the first step */
  PstHead             *head;           /* as it learns */
  PstHead             *best;           /* NULL before the first step */
  double               best_loss;      /* of the samples held out */
  PstTrainingProgress  progress;
  PstAdam              adam;
  PstArena             arena;          /* all that follow */
  float               *features;       /* [BATCH][features] */
  float               *gradient;       /* of the head's layers */
  float               *scratch;
  double              *moments;        /* of the hidden units */
};

/* ---- life -------------------------------------------------------------- */

/* The number of the tap called @name, NULL: of the last one; -1 if there is no
 * such. */
static int
find_tap (const PstModel  *model,
          const char      *name,
          GError         **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  int                 tap = name ? pst_model_find_tap (model, name)
                                 : model->n_taps - 1;

  if (tap >= 0)
    return tap;

  for (int t = 0; t < model->n_taps; t++)
    g_string_append_printf (names, "%s%s", t == 0 ? "" : ", ",
                            model->layers[model->taps[t]].name);
  pst_fail (error, PST_ERROR_SETTINGS,
            "The network “%s” has no layer “%s”; it has %s.", model->name, name,
            names->str);
  return -1;
}

/* A head that knows nothing yet. */
static PstHead *
new_head (const PstTraining         *training,
          const char * const        *labels,
          const PstTrainingSettings *settings,
          GError                   **error)
{
  const PstModel      *model = training->model;
  g_autoptr (PstHead)  head = NULL;

  if (! pst_head_check_labels (labels, PST_ERROR_SETTINGS, error))
    {
      g_prefix_error (error, "A head cannot be trained: ");
      return NULL;
    }

  head = g_new0 (PstHead, 1);
  head->network = g_strdup (settings->network ? settings->network
                                              : model->name);
  head->checksum = g_strdup (model->checksum);
  head->layer = g_strdup (model->layers[model->taps[training->tap]].name);
  head->size = settings->size;
  head->labels = g_strdupv ((char **) labels);
  if (! pst_head_layers_init (&head->layers,
                              training->samples.n_features, HIDDEN,
                              g_strv_length (head->labels), error))
    return NULL;
  pst_head_layers_randomise (&head->layers, training->random);
  return g_steal_pointer (&head);
}

static void
take_buffers (PstTraining *training,
              PstArena    *arena)
{
  const PstHeadLayers *layers = &training->head->layers;

  training->features = pst_arena_floats (arena, (gsize) BATCH
                                                * layers->n_features);
  training->gradient = pst_arena_floats (arena, layers->n_learnt);
  training->adam.first = pst_arena_floats (arena, layers->n_learnt);
  training->adam.second = pst_arena_floats (arena, layers->n_learnt);
  training->scratch = pst_arena_floats
                        (arena, pst_head_gradient_scratch (layers, BATCH));
  training->moments = pst_arena_doubles (arena, 2 * layers->n_hidden);
}

PstTraining *
pst_training_new (PstModel                   *model,
                  const char * const         *labels,
                  const PstTrainingSettings  *settings,
                  GError                    **error)
{
  g_autoptr (PstTraining) training = NULL;
  int                     tap;
  gsize                   size;

  g_return_val_if_fail (model && labels && settings, NULL);

  tap = find_tap (model, settings->layer, error);
  if (tap < 0 || ! pst_training_settings_check (settings, error))
    return NULL;

  training = g_new0 (PstTraining, 1);
  training->model = pst_model_ref (model);
  training->settings = *settings;
  training->settings.network = training->settings.layer = NULL;
  training->tap = tap;
  training->random = g_rand_new_with_seed (settings->seed);
  pst_samples_init (&training->samples, pst_features_count (model, tap));
  training->adam = (PstAdam) { .rate = RATE, .decay = DECAY };
  pst_arena_init (&training->arena);
  training->head = new_head (training, labels, settings, error);
  if (! training->head)
    return NULL;

  take_buffers (training, &training->arena);
  if (! pst_arena_commit (&training->arena, error))
    return NULL;
  take_buffers (training, &training->arena);
  size = sizeof (float) * training->head->layers.n_learnt;
  memset (training->adam.first, 0, size);
  memset (training->adam.second, 0, size);
  pst_blas_init ();
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
pst_training_add (PstTraining     *training,
                  int              label,
                  const PstImage  *image,
                  GError         **error)
{
  float *features;

  g_return_val_if_fail (training && image && ! training->best, FALSE);
  g_return_val_if_fail (label >= 0 && label < training->head->layers.n_labels,
                        FALSE);

  features = pst_features_new (training->model, training->tap,
                               training->settings.size,
                               training->settings.threads, image, error);
  if (! features)
    return FALSE;
  pst_samples_add (&training->samples, label, features);
  return TRUE;
}

/* ---- one epoch --------------------------------------------------------- */

/* Chooses what is held out. */
static gboolean
begin (PstTraining  *training,
       GError      **error)
{
  int             n_labels = training->head->layers.n_labels;
  g_autofree int *counts = g_new (int, n_labels);

  pst_samples_count (&training->samples, n_labels, counts);
  for (int c = 0; c < n_labels; c++)
    if (counts[c] < 2)
      return pst_fail (error, PST_ERROR_SETTINGS,
                       "The number of pictures of “%s” is %d; two at least are "
                       "needed, better twenty.",
                       training->head->labels[c], counts[c]);

  training->best = pst_head_copy (training->head, error);
  if (! training->best)
    return FALSE;
  training->best_loss = DBL_MAX;
  pst_samples_hold_out (&training->samples, n_labels,
                        training->settings.held_out, training->random);
  return TRUE;
}

/* Returns the mean loss. */
static double
learn (PstTraining *training)
{
  PstSamples    *samples = &training->samples;
  PstHeadLayers *layers = &training->head->layers;
  int            n = samples->learnt->len;
  int            n_batches = (n + BATCH - 1) / BATCH;
  int            labels[BATCH];
  double         sum = 0;

  pst_samples_shuffle (samples, training->random);
  for (int b = 0; b < n_batches; b++)
    {
      /* All of about the same size, so that none is of a single picture. */
      int first = (gint64) n * b / n_batches;
      int count = (int) ((gint64) n * (b + 1) / n_batches) - first;

      pst_samples_gather (samples, samples->learnt, first, count,
                          training->features, labels);
      sum += count * pst_head_gradient (layers, count, training->features,
                                        labels, training->gradient,
                                        training->scratch);
      pst_adam_step (&training->adam, layers, training->gradient);
    }
  return sum / n;
}

/* Sets the head's mean and variance to those of all samples that are learnt.
 * Running averages would need hundreds of batches to settle; there may be three in
 * an epoch. */
static void
measure (PstTraining *training)
{
  const PstSamples *samples = &training->samples;
  PstHeadLayers    *layers = &training->head->layers;
  int               n = samples->learnt->len;
  int               labels[BATCH];

  memset (training->moments, 0, sizeof (double) * 2 * layers->n_hidden);
  for (int first = 0; first < n; first += BATCH)
    {
      int count = MIN (BATCH, n - first);

      pst_samples_gather (samples, samples->learnt, first, count,
                          training->features, labels);
      pst_head_add_moments (layers, count, training->features,
                            training->moments, training->scratch);
    }
  pst_head_set_moments (layers, n, training->moments);
}

static int
most_likely (int           n_labels,
             const double *probabilities)
{
  int best = 0;

  for (int c = 1; c < n_labels; c++)
    if (probabilities[c] > probabilities[best])
      best = c;
  return best;
}

/* What @head makes of the pictures held out.  Returns the mean loss.
 * @counts: [labels][labels], as pst_training_count() */
static double
look (const PstTraining *training,
      const PstHead     *head,
      int               *counts)
{
  const PstSamples   *samples = &training->samples;
  int                 n = samples->held_out->len;
  int                 n_labels = head->layers.n_labels;
  g_autofree double  *probabilities = g_new (double, (gsize) BATCH * n_labels);
  int                 labels[BATCH];
  double              loss = 0;

  memset (counts, 0, sizeof (int) * n_labels * n_labels);
  for (int first = 0; first < n; first += BATCH)
    {
      int count = MIN (BATCH, n - first);

      pst_samples_gather (samples, samples->held_out, first, count,
                          training->features, labels);
      pst_head_layers_predict (&head->layers, count, training->features,
                               probabilities);
      for (int i = 0; i < count; i++)
        {
          const double *row = probabilities + (gsize) i * n_labels;

          loss -= log (MAX (row[labels[i]], DBL_MIN));
          counts[labels[i] * n_labels + most_likely (n_labels, row)]++;
        }
    }
  return loss / n;
}

/* Fills in what is known after an epoch, and keeps the head if it is the best so
 * far. */
static void
conclude (PstTraining *training,
          double       loss)
{
  PstTrainingProgress *progress = &training->progress;
  int                  n_labels = training->head->layers.n_labels;
  g_autofree int      *counts = g_new (int, (gsize) n_labels * n_labels);
  int                  n_right = 0;

  progress->epoch++;
  progress->loss = loss;
  progress->held_out_loss = look (training, training->head, counts);
  for (int c = 0; c < n_labels; c++)
    n_right += counts[c * n_labels + c];
  progress->held_out_right = (double) n_right / training->samples.held_out->len;
  if (progress->held_out_loss < training->best_loss)
    {
      training->best_loss = progress->held_out_loss;
      progress->best_epoch = progress->epoch;
      memcpy (training->best->layers.values, training->head->layers.values,
              sizeof (float) * training->head->layers.n_values);
    }
  progress->done = progress->epoch == training->settings.max_epochs
                   || progress->epoch - progress->best_epoch >= PATIENCE;
}

gboolean
pst_training_step (PstTraining          *training,
                   PstTrainingProgress  *ret_progress,
                   GError              **error)
{
  g_return_val_if_fail (training && ret_progress, FALSE);

  if (! training->best && ! begin (training, error))
    return FALSE;
  if (! training->progress.done)
    {
      double loss = learn (training);

      measure (training);
      conclude (training, loss);
    }
  *ret_progress = training->progress;
  return TRUE;
}

/* ---- the result -------------------------------------------------------- */

PstHead *
pst_training_dup_head (const PstTraining  *training,
                       GError            **error)
{
  g_return_val_if_fail (training && training->best, NULL);

  return pst_head_copy (training->best, error);
}

void
pst_training_count (const PstTraining *training,
                    int               *ret_counts)
{
  g_return_if_fail (training && training->best && ret_counts);

  look (training, training->best, ret_counts);
}
