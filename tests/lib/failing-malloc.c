/* SPDX-License-Identifier: GPL-3.0-or-later */
/* failing-malloc.c: work is repeated, each time with another allocation refused
 */
#include "failing-malloc.h"

#include "core/pastiche.h"
#include "count-memory.h"

#define MAX_REFUSED 5000

/* Runs after which libraries may keep something for the next. */
#define WARMING 3

static gsize kept_by_libraries;

void
refuse_allow (gsize bytes)
{
  kept_by_libraries = bytes;
}

/* Returns whether there was a @nth allocation.
 * @unharmed: one more if it was not missed */
static gboolean
refuse (RefuseKind    kind,
        int           nth,
        RefuseWork    work,
        gconstpointer data,
        int          *unharmed)
{
  g_autoptr (GError) error = NULL;
  gboolean ok, refused;

  count_memory_refuse (kind == REFUSE_ALL_LARGE ? REFUSE_LARGE : 1, nth);
  ok = work (data, &error);
  refused = count_memory_refused ();
  count_memory_refuse (0, 0);
  g_assert_true (ok == (error == NULL));
  if (error)
    g_assert_error (error, PST_ERROR, PST_ERROR_MEMORY);
  g_assert_true (refused || ok);
  *unharmed += refused && ok;
  return refused;
}

int
refuse_each (RefuseKind kind, RefuseWork work, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gsize before = 0;
  int   nth = 1;
  int   unharmed = 0;

  if (! count_memory_works ())
    {
      g_test_skip ("allocations cannot be refused here");
      return 0;
    }
  g_assert_true (work (data, &error));
  count_memory_spare (kind == REFUSE_ALL_OWN);
  while (nth < MAX_REFUSED && refuse (kind, nth, work, data, &unharmed))
    if (nth++ == WARMING)
      before = count_memory_now ();
  count_memory_spare (FALSE);
  g_test_message ("%d %s allocations, %d not missed", nth - 1,
                  kind == REFUSE_ALL_LARGE ? "large" : "own", unharmed);
  g_assert_cmpint (nth, <, MAX_REFUSED);
  /* no error path loses memory */
  if (nth > WARMING + 1)
    g_assert_cmpuint (count_memory_now (), <,
                      before + REFUSE_LARGE + kept_by_libraries);
  return unharmed;
}
