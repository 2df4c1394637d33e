/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import.c: model files from published weights */
#include "import.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "known-file.h"
#include "resnet.h"
#include "vgg.h"

#define N_SHOWN     3  /* names in messages */
#define MAX_LETTERS 60 /* of each */

const char *const *
pst_import_names (void)
{
  static const char *const names[] = { "vgg19", "vgg16", "resnet50", NULL };

  return names;
}

/* ---- which networks ----------------------------------------------------- */

typedef struct
{
  char  *prefix; /* before the names of its tensors, owned */
  PstVgg vgg;    /* n_weights = 0: a ResNet-50 */
} Network;

static void
network_free (gpointer data)
{
  Network *network = data;

  g_free (network->prefix);
  g_free (network);
}

/* Adds the network whose first tensor is called @name, if there is one. */
static void
add_network (GPtrArray *networks, const PstWeightsFile *file, const char *name)
{
  static const char *const firsts[] = { "0.weight", "conv1_1.weight",
                                        "conv1.weight" };

  for (gsize i = 0; i < G_N_ELEMENTS (firsts); i++)
    {
      gsize length = strlen (name) - strlen (firsts[i]);

      if (! g_str_has_suffix (name, firsts[i])
          || (length > 0 && name[length - 1] != '.'))
        continue;

      Network *network = g_new0 (Network, 1);
      network->prefix = g_strndup (name, length);
      network->vgg = pst_vgg_detect (file, network->prefix);
      if (network->vgg.n_weights > 0
          || pst_resnet_detect (file, network->prefix))
        g_ptr_array_add (networks, network);
      else
        network_free (network);
    }
}

static GPtrArray *
find_networks (const PstWeightsFile *file)
{
  GPtrArray *networks = g_ptr_array_new_with_free_func (network_free);

  for (guint i = 0; i < pst_weights_file_count (file); i++)
    add_network (networks, file, pst_weights_file_get (file, i)->name);
  return networks;
}

/* A name from a file as it can be shown: short, and one line.  The caller owns
 * it. */
static char *
show_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *start =
    g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_LETTERS));
  char *at = start;

  for (; *at; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return g_strconcat (start, strlen (start) < strlen (valid) ? "…" : "", NULL);
}

static gboolean
fail_unknown (const PstWeightsFile *file, GError **error)
{
  guint n = pst_weights_file_count (file);
  g_autoptr (GString) names = g_string_new (NULL);

  if (n == 0)
    return pst_fail (error, PST_ERROR_MODEL,
                     _ ("there are no named tensors in it; save "
                        "model.state_dict() with torch.save()"));

  for (guint i = 0; i < MIN (n, N_SHOWN); i++)
    {
      g_autofree char *name = show_name (pst_weights_file_get (file, i)->name);

      g_string_append_printf (names, "%s\"%s\"", i > 0 ? ", " : "", name);
    }
  if (n > N_SHOWN)
    g_string_append (names, ", …");
  return pst_fail (
    error, PST_ERROR_MODEL,
    _ ("no known network was found among its tensors (%u: %s); "
       "known are VGG-16 and VGG-19, whose first tensor is "
       "called \"features.0.weight\", \"0.weight\" or "
       "\"conv1_1.weight\", and ResNet-50, \"conv1.weight\", each "
       "after any prefix"),
    n, names->str);
}

/* ---- which input -------------------------------------------------------- */

/* Whose it is. */
static const char *
input_name (PstInput input)
{
  return input == PST_INPUT_TORCH   ? "torchvision"
         : input == PST_INPUT_CAFFE ? "Caffe"
                                    : "Caffe (RGB)";
}

/* The input of @network.  Unless it is @wanted, @notes gets how it was
 * recognized. */
static PstInput
choose_input (GBytes        *weights,
              const Network *network,
              PstInput       wanted,
              GString       *notes)
{
  g_autofree char *hash =
    g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, weights);
  const PstKnownFile *known = pst_known_file_find (hash);

  if (known && (wanted == PST_INPUT_ANY || wanted == known->input))
    {
      g_string_append_printf (
        notes, _ ("This is the published file %s; its input is that of %s.\n"),
        known->name, input_name (known->input));
      return known->input;
    }
  if (known)
    g_string_append_printf (
      notes,
      _ ("This is the published file %s; its input is that of %s, not of "
         "%s.\n"),
      known->name, input_name (known->input), input_name (wanted));
  if (wanted != PST_INPUT_ANY)
    return wanted;

  PstInput told =
    network->vgg.n_weights > 0 ? pst_vgg_input (&network->vgg) : PST_INPUT_ANY;
  if (told == PST_INPUT_CAFFE)
    g_string_append (
      notes, _ ("The input is assumed to be that of Caffe, as the names are "
                "those of Gatys' file; --torchvision changes this.\n"));
  if (told != PST_INPUT_ANY)
    return told;
  g_string_append (notes, _ ("The input is assumed to be that of torchvision; "
                             "--caffe changes this, for weights that were "
                             "converted from Caffe.\n"));
  return PST_INPUT_TORCH;
}

/* ---- public ------------------------------------------------------------- */

static void
note_others (const GPtrArray *networks, GString *notes)
{
  const Network   *taken = networks->pdata[0];
  const Network   *other = networks->pdata[1];
  g_autofree char *taken_name = show_name (taken->prefix);
  g_autofree char *other_name = show_name (other->prefix);

  g_string_append_printf (
    notes,
    _ ("There are %u networks; the one whose names begin with \"%s\" was "
       "taken, not \"%s\".\n"),
    networks->len, taken_name, other_name);
}

static GBytes *
build (const PstWeightsFile   *file,
       const Network          *network,
       const PstImportOptions *options,
       GError                **error)
{
  return network->vgg.n_weights > 0
           ? pst_vgg_build (file, network->prefix, &network->vgg, options,
                            error)
           : pst_resnet_build (file, network->prefix, options, error);
}

GBytes *
pst_import (GBytes                 *weights,
            const PstImportOptions *options,
            char                  **ret_notes,
            GError                **error)
{
  PstImportOptions chosen = *options;
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autoptr (PstWeightsFile) file = pst_weights_file_new (weights, error);
  if (! file)
    return NULL;

  g_autoptr (GPtrArray) networks = find_networks (file);
  if (networks->len == 0)
    {
      fail_unknown (file, error);
      return NULL;
    }
  if (networks->len > 1)
    note_others (networks, notes);

  const Network *network = networks->pdata[0];
  chosen.input = choose_input (weights, network, options->input, notes);

  g_autoptr (GBytes) made = build (file, network, &chosen, error);
  if (! made)
    return NULL;

  g_autoptr (PstModel) model = pst_model_new_from_bytes (made, "new", error);
  if (! model)
    return NULL;

  if (ret_notes)
    *ret_notes = g_string_free (g_steal_pointer (&notes), FALSE);
  return g_steal_pointer (&made);
}
