/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workers.c: a pool of threads with one parallel for
 *
 * Indices are handed out by an atomic counter.  Between runs the threads sleep
 * on a condition variable.  While tasks run, denormals are flushed to zero on
 * every participating thread: gradients that fade out would otherwise be
 * computed a hundred times slower.
 */
#include "workers.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#include "processors.h"

typedef struct
{
  PstWorkers *workers;
  int         number;
  pthread_t   thread;
} Worker;

struct _PstWorkers
{
  int             count;                   /* the caller included */
  gboolean        idle;                    /* there is only the caller */
  Worker          worker[PST_MAX_THREADS]; /* [count], 0 is the caller */
  pthread_mutex_t lock;                    /* of all up to next */
  pthread_cond_t  begin;
  pthread_cond_t  end;
  guint           round; /* grows with each run */
  int             busy;  /* threads still in this round */
  gboolean        quit;
  PstTask         task;
  void           *data;
  int             n;
  atomic_int      next;
  const int      *cancel; /* atomic, or NULL */
};

/* ---- denormals ---------------------------------------------------------- */

#if defined(__SSE__)

#define FLUSH_TO_ZERO 0x8040u /* FTZ and DAZ in MXCSR */

static guint64
flush_denormals (void)
{
  guint32 before = __builtin_ia32_stmxcsr ();

  __builtin_ia32_ldmxcsr (before | FLUSH_TO_ZERO);
  return before;
}

static void
restore_denormals (guint64 before)
{
  __builtin_ia32_ldmxcsr ((guint32) before);
}

#elif defined(__aarch64__)

#define FLUSH_TO_ZERO (G_GUINT64_CONSTANT (1) << 24) /* FZ in FPCR */

static guint64
flush_denormals (void)
{
  guint64 before;

  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  __asm__ volatile("msr fpcr, %0" : : "r"(before | FLUSH_TO_ZERO));
  return before;
}

static void
restore_denormals (guint64 before)
{
  __asm__ volatile("msr fpcr, %0" : : "r"(before));
}

#else

static guint64
flush_denormals (void)
{
  return 0;
}

static void
restore_denormals (guint64 before)
{
}

#endif

/* ---- running ------------------------------------------------------------ */

static void
run_share (PstWorkers *workers, int number)
{
  guint64 before = flush_denormals ();
  int     index;

  while ((index = atomic_fetch_add (&workers->next, 1)) < workers->n)
    workers->task (workers->data, index, number);
  restore_denormals (before);
}

static void *
worker_main (void *data)
{
  Worker     *self = data;
  PstWorkers *workers = self->workers;
  guint       seen = 0;

  pthread_mutex_lock (&workers->lock);
  for (;;)
    {
      while (workers->round == seen && ! workers->quit)
        pthread_cond_wait (&workers->begin, &workers->lock);
      if (workers->quit)
        break;
      seen = workers->round;
      pthread_mutex_unlock (&workers->lock);

      run_share (workers, self->number);

      pthread_mutex_lock (&workers->lock);
      if (--workers->busy == 0)
        pthread_cond_signal (&workers->end);
    }
  pthread_mutex_unlock (&workers->lock);
  return NULL;
}

static void
run_inline (int n, PstTask task, void *data)
{
  guint64 before = flush_denormals ();

  for (int index = 0; index < n; index++)
    task (data, index, 0);
  restore_denormals (before);
}

void
pst_workers_run (PstWorkers *workers, int n, PstTask task, void *data)
{
  assert (! workers || ! workers->idle);
  if (! workers || workers->count == 1 || n <= 1)
    {
      run_inline (n, task, data);
      return;
    }

  pthread_mutex_lock (&workers->lock);
  workers->task = task;
  workers->data = data;
  workers->n = n;
  atomic_store (&workers->next, 0);
  workers->busy = workers->count - 1;
  workers->round++;
  pthread_cond_broadcast (&workers->begin);
  pthread_mutex_unlock (&workers->lock);

  run_share (workers, 0);

  pthread_mutex_lock (&workers->lock);
  while (workers->busy > 0)
    pthread_cond_wait (&workers->end, &workers->lock);
  pthread_mutex_unlock (&workers->lock);
}

/* ---- lifecycle ---------------------------------------------------------- */

int
pst_workers_wanted (int threads)
{
  return MIN (threads > 0 ? threads : pst_processors_available (),
              PST_MAX_THREADS);
}

static PstWorkers *
new_workers (int count)
{
  PstWorkers *workers = g_new0 (PstWorkers, 1);

  pthread_mutex_init (&workers->lock, NULL);
  pthread_cond_init (&workers->begin, NULL);
  pthread_cond_init (&workers->end, NULL);
  workers->count = count;
  return workers;
}

PstWorkers *
pst_workers_new_idle (int threads)
{
  PstWorkers *workers = new_workers (pst_workers_wanted (threads));

  workers->idle = TRUE;
  return workers;
}

PstWorkers *
pst_workers_new (int threads)
{
  PstWorkers *workers = new_workers (1);
  int         wanted = pst_workers_wanted (threads);

  while (workers->count < wanted)
    {
      Worker *worker = &workers->worker[workers->count];

      worker->workers = workers;
      worker->number = workers->count;
      if (pthread_create (&worker->thread, NULL, worker_main, worker) != 0)
        break;
      workers->count++;
    }
  return workers;
}

void
pst_workers_free (PstWorkers *workers)
{
  if (! workers)
    return;

  pthread_mutex_lock (&workers->lock);
  workers->quit = TRUE;
  pthread_cond_broadcast (&workers->begin);
  pthread_mutex_unlock (&workers->lock);
  for (int i = 1; i < workers->count && ! workers->idle; i++)
    pthread_join (workers->worker[i].thread, NULL);

  pthread_cond_destroy (&workers->end);
  pthread_cond_destroy (&workers->begin);
  pthread_mutex_destroy (&workers->lock);
  g_free (workers);
}

int
pst_workers_count (const PstWorkers *workers)
{
  return workers ? workers->count : 1;
}

/* ---- cancelling --------------------------------------------------------- */

void
pst_workers_set_cancel (PstWorkers *workers, const int *cancel)
{
  workers->cancel = cancel;
}

gboolean
pst_workers_are_cancelled (const PstWorkers *workers)
{
  return workers && workers->cancel && g_atomic_int_get (workers->cancel);
}
