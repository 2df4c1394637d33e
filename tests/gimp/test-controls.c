/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-controls.c: the dialog's controls, in the toolkit of each GIMP
 *
 * Events are made by hand and given to GTK as the X server's would be.  Skipped
 * where there is no display.
 */
#include <math.h>

#include <gtk/gtk.h>

#include "plugin/find-model.h"
#include "plugin/gimp/compat/gtk-compat.h"
#include "plugin/gimp/dialog/controls.h"
#include "plugin/gimp/run/procedure.h"
#include "plugin/presets.h"
#include "widgets.h"

/* Longer one of the content. */
#define SIDE 2000

/* In place of GIMP's. */
char **
pst_procedure_list_models (const char *current)
{
  const char *const names[] = { PST_MODEL_BUILT_IN, "other",
                                g_strcmp0 (current, "third") == 0 ? "third"
                                                                  : NULL,
                                NULL };

  return g_strdupv ((char **) names);
}

/* ---- a window with the controls ----------------------------------------- */

typedef struct
{
  PstParams  params;
  int        n_changes;
  GtkWidget *window;
  GtkWidget *view;
  GtkWidget *controls;
} Fixture;

static void
on_changed (gpointer data)
{
  Fixture *fixture = data;

  fixture->n_changes++;
}

static void
open_window (Fixture *fixture)
{
  pst_params_init (&fixture->params);
  fixture->n_changes = 0;
  fixture->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  fixture->controls =
    pst_controls_new (&fixture->params, SIDE, on_changed, fixture);
  fixture->view = pst_view_new (fixture->controls, 600);
  gtk_container_add (GTK_CONTAINER (fixture->window), fixture->view);
  gtk_widget_show_all (fixture->window);
  settle (200);
}

static void
close_window (Fixture *fixture)
{
  gtk_widget_destroy (fixture->window);
  pst_params_clear (&fixture->params);
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  GtkWidget *found = find_widget (fixture->window, type, text);

  if (! found)
    g_error ("no %s called %s", g_type_name (type), text);
  return found;
}

static GtkSpinButton *
find_entry (Fixture *fixture, const char *label)
{
  return GTK_SPIN_BUTTON (find (fixture, GTK_TYPE_SPIN_BUTTON, label));
}

static const char *
entry_text (GtkSpinButton *entry)
{
  return gtk_entry_get_text (GTK_ENTRY (entry));
}

static void
type_text (GtkSpinButton *entry, const char *text)
{
  gtk_entry_set_text (GTK_ENTRY (entry), text);
  gtk_spin_button_update (entry);
}

/* ---- numbers ------------------------------------------------------------ */

static void
test_automatic (void)
{
  Fixture        fixture;
  GtkSpinButton *size;
  int           *value = &fixture.params.settings.size;

  open_window (&fixture);
  size = find_entry (&fixture, "Si_ze");
  g_assert_cmpstr (entry_text (size), ==, "automatic");

  type_text (size, "640");
  g_assert_cmpint (*value, ==, 640);
  g_assert_cmpstr (entry_text (size), ==, "640 px");
  type_text (size, "641px ");
  g_assert_cmpint (*value, ==, 641);
  type_text (size, "642 PX");
  g_assert_cmpint (*value, ==, 642);
  type_text (size, "Auto");
  g_assert_cmpint (*value, ==, 0);
  g_assert_cmpstr (entry_text (size), ==, "automatic");
  type_text (size, "512");
  type_text (size, " automatic ");
  g_assert_cmpint (*value, ==, 0);
  type_text (size, "512");
  type_text (size, "0");
  g_assert_cmpint (*value, ==, 0);
  g_assert_cmpstr (entry_text (size), ==, "automatic");
  type_text (size, "512");
  type_text (size, "");
  g_assert_cmpint (*value, ==, 0);

  /* What means nothing changes nothing. */
  type_text (size, "512");
  fixture.n_changes = 0;
  type_text (size, "autumn");
  type_text (size, "300 inches");
  type_text (size, "px");
  g_assert_cmpint (*value, ==, 512);
  g_assert_cmpstr (entry_text (size), ==, "512 px");
  g_assert_cmpint (fixture.n_changes, ==, 0);
  type_text (size, "2000");
  g_assert_cmpint (*value, ==, SIDE);
  type_text (size, "99999"); /* never enlarged */
  g_assert_cmpint (*value, ==, 0);

  g_assert_cmpstr (entry_text (find_entry (&fixture, "Max. iterations")), ==,
                   "automatic");
  g_assert_cmpstr (entry_text (find_entry (&fixture, "Memory limit")), ==,
                   "automatic");
  g_assert_cmpstr (entry_text (find_entry (&fixture, "See_d")), ==, "0");
  close_window (&fixture);
}

/* What the text is after a step up or down, of a button or a key. */
static const char *
step (GtkSpinButton *entry, gboolean up)
{
  gtk_spin_button_spin (entry,
                        up ? GTK_SPIN_STEP_FORWARD : GTK_SPIN_STEP_BACKWARD, 0);
  return entry_text (entry);
}

/* Automatic is next to the largest numbers, not below the smallest. */
static void
test_steps_from_automatic (void)
{
  Fixture        fixture;
  GtkSpinButton *size, *memory;

  open_window (&fixture);
  size = find_entry (&fixture, "Si_ze");
  g_assert_cmpstr (step (size, TRUE), ==, "1984 px");
  g_assert_cmpstr (step (size, FALSE), ==, "1920 px");
  g_assert_cmpstr (step (size, TRUE), ==, "1984 px");
  g_assert_cmpstr (step (size, TRUE), ==, "2000 px");
  g_assert_cmpstr (step (size, TRUE), ==, "automatic");
  g_assert_cmpstr (step (size, FALSE), ==, "1984 px");
  g_assert_cmpint (fixture.params.settings.size, ==, 1984);
  memory = find_entry (&fixture, "Memory limit");
  g_assert_cmpstr (step (memory, TRUE), ==, "2000 MB");
  g_assert_cmpstr (step (memory, FALSE), ==, "1900 MB");
  g_assert_cmpstr (step (find_entry (&fixture, "Max. iterations"), TRUE), ==,
                   "60");
  g_assert_cmpstr (step (find_entry (&fixture, "See_d"), TRUE), ==, "1");
  close_window (&fixture);
}

/* Settings may come from a larger content. */
static void
test_larger_size (void)
{
  Fixture        fixture;
  GtkSpinButton *size;

  open_window (&fixture);
  size = find_entry (&fixture, "Si_ze");
  fixture.params.settings.size = 5000;
  pst_controls_refresh (fixture.controls);
  g_assert_cmpstr (entry_text (size), ==, "2000 px");
  g_assert_cmpint (fixture.params.settings.size, ==, 5000);
  close_window (&fixture);
}

/* 1 in the middle, and as far from it in both directions. */
static void
test_logarithmic (void)
{
  Fixture        fixture;
  GtkRange      *slider;
  GtkAdjustment *place;
  GtkSpinButton *entry;
  double        *value = &fixture.params.settings.style_scale;

  open_window (&fixture);
  slider = GTK_RANGE (find (&fixture, GTK_TYPE_SCALE, "Style scale"));
  entry = find_entry (&fixture, "Style sc_ale");
  place = gtk_range_get_adjustment (slider);
  g_assert_cmpfloat (gtk_range_get_value (slider), ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_lower (place), ==, -2);
  g_assert_cmpfloat (gtk_adjustment_get_upper (place), ==, 2);

  gtk_range_set_value (slider, 1);
  g_assert_cmpfloat (*value, ==, 2);
  g_assert_cmpstr (entry_text (entry), ==, "2.00");
  gtk_range_set_value (slider, -2);
  g_assert_cmpfloat (*value, ==, 0.25);
  gtk_range_set_value (slider, 2);
  g_assert_cmpfloat (*value, ==, 4);

  /* Two digits, and one change for each. */
  fixture.n_changes = 0;
  gtk_range_set_value (slider, log2 (1.2345));
  g_assert_cmpfloat (fabs (*value - 1.23), <, 1e-9);
  type_text (entry, "1.37");
  g_assert_cmpfloat (fabs (*value - 1.37), <, 1e-9);
  g_assert_cmpfloat (fabs (gtk_range_get_value (slider) - log2 (1.37)), <,
                     1e-9);
  g_assert_cmpint (fixture.n_changes, ==, 2);
  close_window (&fixture);
}

static void
test_seed (void)
{
  Fixture    fixture;
  GtkWidget *button;

  open_window (&fixture);
  button = find (&fixture, GTK_TYPE_BUTTON, "_New Seed");
  for (int i = 1; i <= 3; i++)
    {
      int before = fixture.params.settings.seed;

      gtk_button_clicked (GTK_BUTTON (button));
      g_assert_cmpint (fixture.n_changes, ==, i);
      g_assert_cmpint ((int) fixture.params.settings.seed, !=, before);
    }
  close_window (&fixture);
}

/* ---- presets ------------------------------------------------------------ */

static gboolean
is_on (Fixture *fixture, const char *label)
{
  return gtk_toggle_button_get_active (
    GTK_TOGGLE_BUTTON (find (fixture, GTK_TYPE_TOGGLE_BUTTON, label)));
}

/* Checks which one is on; NULL: none. */
static void
check_preset (Fixture *fixture, const char *label)
{
  int              n_presets;
  const PstPreset *presets = pst_presets_table (&n_presets);

  for (int i = 0; i < n_presets; i++)
    g_assert_cmpint (is_on (fixture, presets[i].label), ==,
                     g_strcmp0 (presets[i].label, label) == 0);
}

static void
test_presets (void)
{
  Fixture    fixture;
  GtkWidget *bold;

  open_window (&fixture);
  bold = find (&fixture, GTK_TYPE_TOGGLE_BUTTON, "Bold");
  check_preset (&fixture, "Painting");

  gtk_button_clicked (GTK_BUTTON (bold));
  check_preset (&fixture, "Bold");
  g_assert_cmpfloat (fixture.params.settings.strength, ==, 65);
  g_assert_cmpstr (entry_text (find_entry (&fixture, "Strengt_h")), ==, "65");
  g_assert_cmpint (fixture.n_changes, ==, 1);

  gtk_button_clicked (GTK_BUTTON (bold));
  check_preset (&fixture, "Bold");

  gtk_spin_button_set_value (find_entry (&fixture, "Strengt_h"), 66);
  check_preset (&fixture, NULL);
  gtk_spin_button_set_value (find_entry (&fixture, "Strengt_h"), 65);
  check_preset (&fixture, "Bold");
  gtk_spin_button_set_value (find_entry (&fixture, "See_d"), 3);
  check_preset (&fixture, "Bold");
  close_window (&fixture);
}

/* As Reset or saved settings do: all is shown, and nobody is told. */
static void
test_refresh (void)
{
  Fixture      fixture;
  PstSettings *settings = &fixture.params.settings;
  GtkComboBox *model;

  open_window (&fixture);
  settings->strength = 20;
  settings->freedom = 10;
  settings->style_scale = 0.75;
  settings->colors = PST_COLORS_CONTENT;
  settings->size = 700;
  settings->tileable = TRUE;
  fixture.params.model = g_strdup ("third");
  pst_controls_refresh (fixture.controls);

  g_assert_cmpint (fixture.n_changes, ==, 0);
  check_preset (&fixture, "Subtle");
  g_assert_cmpstr (entry_text (find_entry (&fixture, "Si_ze")), ==, "700 px");
  g_assert_true (is_on (&fixture, "Seamless tilin_g"));
  g_assert_cmpint (gtk_combo_box_get_active (GTK_COMBO_BOX (
                     find (&fixture, GTK_TYPE_COMBO_BOX, "Color_ing"))),
                   ==, PST_COLORS_CONTENT);
  model = GTK_COMBO_BOX (find (&fixture, GTK_TYPE_COMBO_BOX, "Mod_el"));
  g_assert_cmpint (gtk_combo_box_get_active (model), ==, 2);
  g_assert_cmpstr (fixture.params.model, ==, "third");

  gtk_combo_box_set_active (model, 1);
  g_assert_cmpstr (fixture.params.model, ==, "other");
  g_assert_cmpint (fixture.n_changes, ==, 1);
  close_window (&fixture);
}

/* ---- the mouse wheel ---------------------------------------------------- */

static void
find_button (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON (widget))
    *(GtkWidget **) data = widget;
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_button, data);
}

/* The window below the pointer that is over the middle of @widget. */
static GdkWindow *
event_window (GtkWidget *widget)
{
  GdkWindow *window = NULL;

  if (GTK_IS_COMBO_BOX (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_button, &widget);
  for (GList *child = gdk_window_peek_children (gtk_widget_get_window (widget));
       child; child = child->next)
    {
      gpointer owner;

      gdk_window_get_user_data (child->data, &owner);
      if (owner == widget)
        window = child->data;
    }
  return window ? window : gtk_widget_get_window (widget);
}

static void
scroll (GtkWidget *widget)
{
  GdkEvent     *event = gdk_event_new (GDK_SCROLL);
  GtkAllocation allocation;

  gtk_widget_get_allocation (widget, &allocation);
  event->scroll.window = g_object_ref (event_window (widget));
  event->scroll.send_event = TRUE;
  event->scroll.x = allocation.width / 2;
  event->scroll.y = allocation.height / 2;
  event->scroll.direction = GDK_SCROLL_DOWN;
#if GTK_CHECK_VERSION(3, 0, 0)
  gdk_event_set_device (event,
                        gdk_seat_get_pointer (gdk_display_get_default_seat (
                          gdk_display_get_default ())));
#else
  event->scroll.device = gdk_device_get_core_pointer ();
#endif
  gtk_main_do_event (event);
  gdk_event_free (event);
}

static double
pane_place (Fixture *fixture)
{
  return gtk_adjustment_get_value (
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (fixture->view)));
}

static void
check_wheel (Fixture *fixture, GtkWidget *widget, GtkWidget *other)
{
  g_test_message ("%s", G_OBJECT_TYPE_NAME (widget));
  gtk_widget_grab_focus (other);
  fixture->n_changes = 0;
  scroll (widget);
  settle (20);
  g_assert_cmpint (fixture->n_changes, ==, 0);

  gtk_widget_grab_focus (widget);
  settle (20);
  scroll (widget);
  g_assert_cmpint (fixture->n_changes, ==, 1);
}

static void
test_wheel (void)
{
  Fixture    fixture;
  GtkWidget *other, *expander;
  double     place;

  open_window (&fixture);
  other = find (&fixture, GTK_TYPE_TOGGLE_BUTTON, "Bold");
  check_wheel (&fixture, find (&fixture, GTK_TYPE_SCALE, "Strength"), other);
  check_wheel (&fixture, GTK_WIDGET (find_entry (&fixture, "Strengt_h")),
               other);
  check_wheel (&fixture, find (&fixture, GTK_TYPE_COMBO_BOX, "Color_ing"),
               other);

  /* The pane is scrolled instead. */
  expander = find (&fixture, GTK_TYPE_EXPANDER, "Ad_vanced");
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  settle (300);
  gtk_window_resize (GTK_WINDOW (fixture.window), 400, 200);
  settle (300);
  gtk_widget_grab_focus (other);
  settle (20);
  place = pane_place (&fixture);
  scroll (find (&fixture, GTK_TYPE_SCALE, "Freedom"));
  settle (200);
  g_assert_cmpfloat (pane_place (&fixture), >, place);
  close_window (&fixture);
}

/* ---- Advanced ----------------------------------------------------------- */

static int
window_height (Fixture *fixture)
{
  int width, height;

  gtk_window_get_size (GTK_WINDOW (fixture->window), &width, &height);
  return height;
}

static void
test_advanced (void)
{
  Fixture      fixture;
  GtkExpander *expander;
  int          opened, closed;

  open_window (&fixture);
  expander = GTK_EXPANDER (find (&fixture, GTK_TYPE_EXPANDER, "Ad_vanced"));
  closed = window_height (&fixture);
  for (int i = 0; i < 3; i++)
    {
      gtk_expander_set_expanded (expander, TRUE);
      settle (400);
      opened = window_height (&fixture);
      g_assert_cmpint (opened, >, closed + 100);
      g_assert_cmpint (opened, <=, 600);
      gtk_expander_set_expanded (expander, FALSE);
      settle (400);
      g_assert_cmpint (window_height (&fixture), ==, closed);
    }

  /* A window that is high enough is left alone. */
  gtk_window_resize (GTK_WINDOW (fixture.window), 400, 640);
  settle (300);
  gtk_expander_set_expanded (expander, TRUE);
  settle (400);
  g_assert_cmpint (window_height (&fixture), ==, 640);
  gtk_expander_set_expanded (expander, FALSE);
  settle (400);
  g_assert_cmpint (window_height (&fixture), ==, 640);
  close_window (&fixture);
}

/* ---- screen readers ------------------------------------------------------ */

static void
test_names (void)
{
  Fixture fixture;

  open_window (&fixture);
  gtk_expander_set_expanded (GTK_EXPANDER (
                               find (&fixture, GTK_TYPE_EXPANDER, "Ad_vanced")),
                             TRUE);
  settle (400);
  g_assert_cmpint (check_names (fixture.window), >, 20);
  close_window (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  load_accessibility ();
  if (! gtk_init_check (&argc, &argv))
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }

  g_test_add_func ("/controls/automatic", test_automatic);
  g_test_add_func ("/controls/steps-from-automatic", test_steps_from_automatic);
  g_test_add_func ("/controls/larger-size", test_larger_size);
  g_test_add_func ("/controls/logarithmic", test_logarithmic);
  g_test_add_func ("/controls/seed", test_seed);
  g_test_add_func ("/controls/presets", test_presets);
  g_test_add_func ("/controls/refresh", test_refresh);
  g_test_add_func ("/controls/wheel", test_wheel);
  g_test_add_func ("/controls/advanced", test_advanced);
  g_test_add_func ("/controls/names", test_names);
  return g_test_run ();
}
