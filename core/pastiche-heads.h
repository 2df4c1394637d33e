/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pastiche-heads.h: the public interface of libpastiche: heads
 *
 * A head classifies pictures by the features of a frozen network (transfer
 * learning).  Threads and errors are as in pastiche.h: a PstHead is immutable
 * and may be shared, a PstTraining belongs to one thread at a time.
 */
#pragma once

#include "pastiche.h"

G_BEGIN_DECLS

/* A classifier on top of a network: Linear (features -> 500), batch
 * normalization, ReLU, Linear (500 -> labels), softmax.  The features are
 * the mean of one layer's activation over the picture.  Immutable. */
typedef struct _PstHead PstHead;

/* pst_head_new_from_file:
 * Reads a safetensors file whose metadata entry "pastiche-head" describes the
 * head (models/README.md).  Validated in full before use.  The caller owns the
 * head.
 * Errors: PST_ERROR_MODEL, PST_ERROR_MEMORY. */
PstHead *pst_head_new_from_file (const char *path, GError **error);

/* pst_head_new_from_bytes:
 * The same from memory; @label replaces the path in messages. */
PstHead *
pst_head_new_from_bytes (GBytes *bytes, const char *label, GError **error);

/* pst_head_write:
 * Returns the bytes of a file with @head; the caller owns them.
 * Errors: PST_ERROR_MEMORY. */
GBytes *pst_head_write (const PstHead *head, GError **error);

/* NULL is allowed. */
void pst_head_free (PstHead *head);

/* Name of the model that it uses; owned by the head. */
const char *pst_head_get_model (const PstHead *head);

/* NULL-ended, owned by the head. */
const char *const *pst_head_get_labels (const PstHead *head);

/* pst_head_classify:
 * Gives the probability of each label for @image.
 * @model: the model that the head uses
 * @threads: as in PstSettings
 * @ret_probabilities: one for each label, set on success; their sum is 1
 * Errors: PST_ERROR_MODEL, @model is another model; PST_ERROR_IMAGE, @image
 *         is fully transparent; PST_ERROR_MEMORY. */
gboolean pst_head_classify (const PstHead  *head,
                            const PstModel *model,
                            const PstImage *image,
                            int             threads,
                            double         *ret_probabilities,
                            GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstHead, pst_head_free)

typedef struct
{
  const char *model; /* name to find the model by, kept in the head;
                      * NULL (default): pst_model_get_name() */
  const char *layer; /* name of a tap of the network; NULL (default): the
                      * last one, which sees the most */
  int         size;  /* 16..2048, default 224: longer side at which all
                      * pictures are looked at */
  double      validation_share; /* 0.05..0.5, default 0.2: share of the
                                 * pictures that is held out, to say when to
                                 * stop */
  int         max_epochs;       /* 1..10000, default 200 */
  guint32     seed;    /* default 0: of the choice of these, the weights to
                        * begin with, and the order of learning */
  int         threads; /* as in PstSettings */
} PstTrainingSettings;

/* Fills in the defaults. */
void pst_training_settings_init (PstTrainingSettings *settings);

typedef struct
{
  gboolean done;            /* nothing is gained any more, or all epochs done */
  int      epoch;           /* done so far; each uses all pictures once */
  int      best_epoch;      /* that with the least validation loss */
  double   loss;            /* of the last epoch: mean cross entropy */
  double   validation_loss; /* after it: mean cross entropy of the held-out
                             * pictures */
  double   validation_accuracy; /* share of these that is recognized, 0..1 */
} PstTrainingProgress;

/* Training of a head.  The network is frozen.
 *
 *   training = pst_training_new (model, labels, &settings, &error);
 *   for each picture
 *     pst_training_add (training, label, image, &error);
 *   while (! progress.done && pst_training_step (training, &progress, &error))
 *     ;
 *   head = pst_training_dup_head (training, &error);
 */
typedef struct _PstTraining PstTraining;

/* pst_training_new:
 * @labels: NULL-ended, copied; each a line of text in UTF-8
 * References the model.  The caller owns the result.
 * Errors: PST_ERROR_SETTINGS, PST_ERROR_MEMORY. */
PstTraining *pst_training_new (PstModel                  *model,
                               const char *const         *labels,
                               const PstTrainingSettings *settings,
                               GError                   **error);

/* pst_training_add:
 * Adds the features of @image, whose label is number @label.  They are computed
 * here, once; the picture itself is not kept.  Not after the first step.
 * Errors: PST_ERROR_IMAGE, PST_ERROR_MEMORY. */
gboolean pst_training_add (PstTraining    *training,
                           int             label,
                           const PstImage *image,
                           GError        **error);

/* pst_training_step:
 * One epoch.  @ret_progress: set on success.
 * After done, further calls do nothing and succeed.
 * Errors: PST_ERROR_SETTINGS, a label has less than two pictures;
 *         PST_ERROR_MEMORY. */
gboolean pst_training_step (PstTraining         *training,
                            PstTrainingProgress *ret_progress,
                            GError             **error);

/* pst_training_dup_head:
 * The head after the best epoch; the caller owns it.  After at least one step.
 * Errors: PST_ERROR_MEMORY. */
PstHead *pst_training_dup_head (const PstTraining *training, GError **error);

/* pst_training_get_confusion:
 * That head's confusion matrix on the held-out pictures.
 * @ret_counts: [labels][labels]; row: the true label, column: the predicted
 *   one */
void pst_training_get_confusion (const PstTraining *training, int *ret_counts);

/* NULL is allowed. */
void pst_training_free (PstTraining *training);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstTraining, pst_training_free)

G_END_DECLS
