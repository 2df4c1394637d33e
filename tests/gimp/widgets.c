/* SPDX-License-Identifier: GPL-3.0-or-later */
/* widgets.c: windows in which a test does what a user does
 *
 * Events are made by hand and given to GTK as the X server's would be.
 */
#include "widgets.h"

void
load_accessibility (void)
{
#if ! GTK_CHECK_VERSION(3, 0, 0)
  g_setenv ("GTK_MODULES", "gail", TRUE);
#endif
}

void
settle (int ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end || gtk_events_pending ())
    if (! gtk_main_iteration_do (FALSE))
      g_usleep (1000);
}

/* ---- widgets ------------------------------------------------------------ */

typedef struct
{
  GType       type;
  const char *text;
  GtkWidget  *found;
} Search;

static const char *
text_of (GtkWidget *widget)
{
  GList      *labels = gtk_widget_list_mnemonic_labels (widget);
  const char *text =
    GTK_IS_BUTTON (widget) && ! GTK_IS_SPIN_BUTTON (widget)
      ? gtk_button_get_label (GTK_BUTTON (widget))
    : labels                   ? gtk_label_get_label (GTK_LABEL (labels->data))
    : GTK_IS_EXPANDER (widget) ? gtk_expander_get_label (GTK_EXPANDER (widget))
    : GTK_IS_LABEL (widget)    ? gtk_label_get_label (GTK_LABEL (widget))
                               : NULL;

  g_list_free (labels);
  return text ? text : atk_object_get_name (gtk_widget_get_accessible (widget));
}

static void
search (GtkWidget *widget, gpointer data)
{
  Search *what = data;

  if (g_type_is_a (G_OBJECT_TYPE (widget), what->type)
      && (! what->text || g_strcmp0 (text_of (widget), what->text) == 0))
    what->found = widget;
  if (! what->found && GTK_IS_CONTAINER (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), search, what);
}

GtkWidget *
find_widget (GtkWidget *top, GType type, const char *text)
{
  Search what = { type, text };

  search (top, &what);
  return what.found;
}

/* ---- keys --------------------------------------------------------------- */

/* @event: of the keyboard; taken over */
static void
send (GdkEvent *event)
{
#if GTK_CHECK_VERSION(3, 0, 0)
  gdk_event_set_device (event,
                        gdk_seat_get_keyboard (gdk_display_get_default_seat (
                          gdk_display_get_default ())));
#endif
  gtk_main_do_event (event);
  gdk_event_free (event);
}

void
focus_window (GtkWidget *window)
{
  GdkEvent *event = gdk_event_new (GDK_FOCUS_CHANGE);

  event->focus_change.window = g_object_ref (gtk_widget_get_window (window));
  event->focus_change.send_event = TRUE;
  event->focus_change.in = TRUE;
  send (event);
}

static guint16
find_keycode (guint keyval)
{
  GdkKeymap *keymap = gdk_keymap_get_for_display (gdk_display_get_default ());
  GdkKeymapKey *keys = NULL;
  int           n_keys = 0;
  guint16       keycode = 0;

  if (gdk_keymap_get_entries_for_keyval (keymap, keyval, &keys, &n_keys)
      && n_keys > 0)
    keycode = keys[0].keycode;
  g_free (keys);
  return keycode;
}

void
press_key (GtkWidget *window, guint keyval, GdkModifierType state)
{
  GdkEvent *event = gdk_event_new (GDK_KEY_PRESS);

  event->key.window = g_object_ref (gtk_widget_get_window (window));
  event->key.send_event = TRUE;
  event->key.state = state;
  event->key.keyval = keyval;
  event->key.hardware_keycode = find_keycode (keyval);
  send (event);
  settle (20);
}

/* ---- names -------------------------------------------------------------- */

/* Whether Tab leads to it: not to what only has what it leads to, or is a part
 * of it. */
static gboolean
is_stop (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return (gtk_widget_get_can_focus (widget) || GTK_IS_COMBO_BOX (widget))
         && gtk_widget_get_sensitive (widget) && parent
         && ! GTK_IS_SCROLLED_WINDOW (widget)
         && ! gtk_widget_get_ancestor (parent, GTK_TYPE_COMBO_BOX);
}

/* Its own, or that of its label; owned by the caller. */
static char *
dup_name (GtkWidget *widget)
{
  AtkObject      *object = gtk_widget_get_accessible (widget);
  AtkRelationSet *relations = atk_object_ref_relation_set (object);
  AtkRelation    *relation =
    atk_relation_set_get_relation_by_type (relations, ATK_RELATION_LABELLED_BY);
  const char *name = atk_object_get_name (object);
  char       *copy;

  if ((! name || ! *name) && relation)
    name = atk_object_get_name (
      g_ptr_array_index (atk_relation_get_target (relation), 0));
  copy = g_strdup (name);
  g_object_unref (relations);
  return copy;
}

static void
add_name (GtkWidget *widget, gpointer data)
{
  GHashTable *names = data;
  const char *type = G_OBJECT_TYPE_NAME (widget);

  if (! gtk_widget_get_mapped (widget))
    return;
  if (is_stop (widget))
    {
      g_autofree char *name = dup_name (widget);

      if (! name || ! *name)
        g_error ("a %s has no name", type);
      if (! g_hash_table_add (names, g_strconcat (type, ": ", name, NULL)))
        g_error ("two %s are called \"%s\"", type, name);
      g_test_message ("%s: %s", type, name);
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), add_name, names);
}

int
check_names (GtkWidget *window)
{
  g_autoptr (GHashTable) names =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_name (window, names);
  return g_hash_table_size (names);
}
