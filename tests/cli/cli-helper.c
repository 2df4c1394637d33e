/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli-helper.c: what the scripts here cannot do by themselves
 *
 *   cli-helper draw FILE.png WIDTH HEIGHT FORMAT SPACE
 *     a picture of stripes and curves; alpha, where the format ("R'G'B'A u16")
 *     has any, falls from left to right; SPACE as babl calls it, "sRGB"
 *   cli-helper format FILE
 *     prints width, height and format: 64x48 R'G'B' u8
 *   cli-helper same-alpha FILE FILE
 *     whether transparency is the same, to 1/255
 *   cli-helper same-space FILE FILE
 *     whether colors are kept in the same space, which is not sRGB
 *   cli-helper distance FILE FILE
 *     prints how far colors are from each other, the mean over pixels and
 *     channels, 0 to 255, both taken to sRGB
 *   cli-helper members FILE.json
 *     prints a line for each value: scales.0.width 64
 *   cli-helper reserve
 *     takes part in the user's runs as one that will need all memory, prints
 *     "reserved", and stays until it is killed
 *   cli-helper on-terminal SIGNALS COMMAND...
 *     runs a command whose standard error is its terminal; sends it the SIGNALS
 *     ("INT", "INT,TERM", "none"; signals[] has all), at once one after the
 *     other, when it first shows $WAIT_FOR, or else the remaining time; prints
 *     what the terminal got and exits as the command does.  With "close" the
 *     terminal goes away.
 */
#define _GNU_SOURCE /* posix_openpt() and its like */

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gegl.h>
#include <json-glib/json-glib.h>

#include "core/base/reservation.h"

/* ---- pictures ----------------------------------------------------------- */

static GeglBuffer *
load (const char *path)
{
  GeglBuffer *buffer = NULL;
  GeglNode   *graph = gegl_node_new ();
  GeglNode   *source =
    gegl_node_new_child (graph, "operation", "gegl:load", "path", path, NULL);
  GeglNode *sink = gegl_node_new_child (graph, "operation", "gegl:buffer-sink",
                                        "buffer", &buffer, NULL);

  gegl_node_link (source, sink);
  gegl_node_process (sink);
  g_object_unref (graph);
  if (! buffer)
    g_error ("%s cannot be loaded", path);
  return buffer;
}

static void
draw_pixel (int x, int y, int width, float ret_pixel[4])
{
  ret_pixel[0] = 0.5 + 0.5 * sin (x * 0.3 + 2 * cos (y * 0.2));
  ret_pixel[1] = 0.5 + 0.4 * cos (y * 0.4);
  ret_pixel[2] = (x / 7 + y / 5) % 3 / 2.0;
  ret_pixel[3] = 1 - x / (float) width;
}

static int
draw (char **arguments)
{
  int         width = atoi (arguments[1]);
  int         height = atoi (arguments[2]);
  GeglBuffer *buffer =
    gegl_buffer_new (GEGL_RECTANGLE (0, 0, width, height),
                     babl_format_with_space (arguments[3],
                                             babl_space (arguments[4])));
  float    *row = g_new (float, width * 4);
  GeglNode *graph = gegl_node_new ();
  GeglNode *source, *sink;

  for (int y = 0; y < height; y++)
    {
      for (int x = 0; x < width; x++)
        draw_pixel (x, y, width, &row[x * 4]);
      gegl_buffer_set (buffer, GEGL_RECTANGLE (0, y, width, 1), 0,
                       babl_format ("R'G'B'A float"), row, GEGL_AUTO_ROWSTRIDE);
    }
  g_free (row);

  source = gegl_node_new_child (graph, "operation", "gegl:buffer-source",
                                "buffer", buffer, NULL);
  sink =
    gegl_node_new_child (graph, "operation", "gegl:png-save", "path",
                         arguments[0], "bitdepth",
                         g_str_has_suffix (arguments[3], "u8") ? 8 : 16, NULL);
  gegl_node_link (source, sink);
  gegl_node_process (sink);
  g_object_unref (graph);
  g_object_unref (buffer);
  return 0;
}

static int
print_format (char **arguments)
{
  GeglBuffer *buffer = load (arguments[0]);
  const Babl *format = gegl_buffer_get_format (buffer);

  g_print ("%dx%d %s\n", gegl_buffer_get_width (buffer),
           gegl_buffer_get_height (buffer), babl_format_get_encoding (format));
  g_object_unref (buffer);
  return 0;
}

/* [height][width][4]; the caller owns it. */
static float *
pixels_of (GeglBuffer *buffer)
{
  gsize n_pixels =
    (gsize) gegl_buffer_get_width (buffer) * gegl_buffer_get_height (buffer);
  float *pixels = g_new (float, n_pixels * 4);

  gegl_buffer_get (buffer, gegl_buffer_get_extent (buffer), 1.0,
                   babl_format ("R'G'B'A float"), pixels, GEGL_AUTO_ROWSTRIDE,
                   GEGL_ABYSS_NONE);
  return pixels;
}

static int
compare_alpha (char **arguments)
{
  GeglBuffer *a = load (arguments[0]);
  GeglBuffer *b = load (arguments[1]);
  gboolean    same = gegl_rectangle_equal (gegl_buffer_get_extent (a),
                                           gegl_buffer_get_extent (b));

  if (same)
    {
      int    n_pixels = gegl_buffer_get_width (a) * gegl_buffer_get_height (a);
      float *pixels_a = pixels_of (a);
      float *pixels_b = pixels_of (b);

      for (int i = 3; i < n_pixels * 4; i += 4)
        same = same && fabsf (pixels_a[i] - pixels_b[i]) <= 1.01f / 255;
      g_free (pixels_a);
      g_free (pixels_b);
    }

  g_object_unref (a);
  g_object_unref (b);
  return same ? 0 : 1;
}

static int
compare_space (char **arguments)
{
  const Babl *spaces[2];

  for (int i = 0; i < 2; i++)
    {
      GeglBuffer *buffer = load (arguments[i]);

      spaces[i] = babl_format_get_space (gegl_buffer_get_format (buffer));
      g_object_unref (buffer);
    }
  return spaces[0] == spaces[1] && spaces[0] != babl_space ("sRGB") ? 0 : 1;
}

static int
print_distance (char **arguments)
{
  GeglBuffer *a = load (arguments[0]);
  GeglBuffer *b = load (arguments[1]);
  int         n_pixels = gegl_buffer_get_width (a) * gegl_buffer_get_height (a);
  float      *pixels_a = pixels_of (a);
  float      *pixels_b = pixels_of (b);
  double      sum = 0;

  if (! gegl_rectangle_equal (gegl_buffer_get_extent (a),
                              gegl_buffer_get_extent (b)))
    g_error ("%s and %s are not of the same size", arguments[0], arguments[1]);

  for (int i = 0; i < n_pixels * 4; i++)
    if (i % 4 != 3)
      sum += fabsf (pixels_a[i] - pixels_b[i]);
  g_print ("%.4f\n", sum / (n_pixels * 3.0) * 255);

  g_free (pixels_a);
  g_free (pixels_b);
  g_object_unref (a);
  g_object_unref (b);
  return 0;
}

/* ---- JSON --------------------------------------------------------------- */

static void
print_member (const char *path, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char    *name;
      JsonNode      *child;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &child))
        {
          char *below = g_strconcat (path, *path ? "." : "", name, NULL);

          print_member (below, child);
          g_free (below);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          char *below = g_strdup_printf ("%s.%u", path, i);

          print_member (below, json_array_get_element (array, i));
          g_free (below);
        }
    }
  else
    {
      char *value = json_to_string (node, FALSE);

      g_print ("%s %s\n", path, value);
      g_free (value);
    }
}

static int
print_members (char **arguments)
{
  JsonParser *parser = json_parser_new ();
  GError     *error = NULL;

  if (! json_parser_load_from_file (parser, arguments[0], &error))
    g_error ("%s", error->message);

  print_member ("", json_parser_get_root (parser));
  g_object_unref (parser);
  return 0;
}

/* ---- a terminal --------------------------------------------------------- */

static const struct
{
  const char *name;
  int         number;
} signals[] = {
  { "INT", SIGINT },   { "TERM", SIGTERM }, { "HUP", SIGHUP },
  { "USR1", SIGUSR1 }, { "USR2", SIGUSR2 }, { "XCPU", SIGXCPU },
  { "ALRM", SIGALRM }, { "PIPE", SIGPIPE },
};

static void
send_signal (pid_t process, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    if (g_str_equal (name, signals[i].name))
      kill (process, signals[i].number);
}

/* The process is stopped meanwhile, so that it gets all of them at once. */
static void
send_signals (pid_t process, const char *text)
{
  char **names = g_strsplit (text, ",", -1);

  kill (process, SIGSTOP);
  waitpid (process, NULL, WUNTRACED);
  for (int i = 0; names[i]; i++)
    send_signal (process, names[i]);
  kill (process, SIGCONT);
  g_strfreev (names);
}

/* Runs the command with its standard error on the terminal's other side, and
 * with signals as they are by default. */
static pid_t
start (char **command, int terminal)
{
  int   other_side = open (ptsname (terminal), O_RDWR | O_NOCTTY);
  pid_t process = fork ();

  if (process == 0)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
        signal (signals[i].number, SIG_DFL);
      setsid ();
      ioctl (other_side, TIOCSCTTY, 0);
      dup2 (other_side, STDERR_FILENO);
      close (other_side);
      close (terminal);
      execvp (command[0], command);
      _exit (127);
    }

  close (other_side);
  return process;
}

static int
run_on_terminal (char **arguments)
{
  const char *awaited = g_getenv ("WAIT_FOR");
  int         terminal = posix_openpt (O_RDWR | O_NOCTTY);
  GString    *seen = g_string_new (NULL);
  gboolean    sent = FALSE;
  char        part[256];
  ssize_t     length;
  pid_t       process;
  int         status;

  if (terminal < 0 || grantpt (terminal) != 0 || unlockpt (terminal) != 0)
    g_error ("no terminal can be made");

  process = start (arguments + 1, terminal);
  /* Reading fails when the command has ended. */
  while ((length = read (terminal, part, sizeof part)) > 0)
    {
      g_string_append_len (seen, part, length);
      if (! sent && strstr (seen->str, awaited ? awaited : " left"))
        {
          sent = TRUE;
          if (g_str_equal (arguments[0], "close"))
            break;
          send_signals (process, arguments[0]);
        }
    }

  close (terminal);
  waitpid (process, &status, 0);
  g_print ("%s", seen->str);
  g_string_free (seen, TRUE);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

/* ---- another run -------------------------------------------------------- */

static int
reserve (char **arguments)
{
  PstReservation *reservation = pst_reservation_begin (NULL);

  if (! reservation)
    return 1;
  pst_reservation_set (reservation, (guint64) 1 << 50);
  printf ("reserved\n");
  fflush (stdout);
  pause ();
  return 0;
}

/* ---- which of these ----------------------------------------------------- */

typedef struct
{
  const char *name;
  int         n_arguments; /* at least */
  int (*run) (char **arguments);
  gboolean needs_gegl;
} Task;

static const Task tasks[] = {
  { "draw", 5, draw, TRUE },
  { "format", 1, print_format, TRUE },
  { "same-alpha", 2, compare_alpha, TRUE },
  { "same-space", 2, compare_space, TRUE },
  { "distance", 2, print_distance, TRUE },
  { "members", 1, print_members, FALSE },
  { "reserve", 0, reserve, FALSE },
  { "on-terminal", 2, run_on_terminal, FALSE },
};

int
main (int argc, char **argv)
{
  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (tasks); i++)
    if (g_str_equal (argv[1], tasks[i].name)
        && argc - 2 >= tasks[i].n_arguments)
      {
        if (tasks[i].needs_gegl)
          gegl_init (NULL, NULL);
        return tasks[i].run (argv + 2);
      }

  g_printerr ("usage: see the head of cli-helper.c\n");
  return 2;
}
