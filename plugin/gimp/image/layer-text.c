/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer-text.c: texts that are kept with a layer, as parasites */
#include "layer-text.h"

#include <string.h>

char *
pst_layer_text_dup (PstLayerRef layer, const char *name)
{
  GimpParasite *parasite = gimp_item_get_parasite (GIMP_ITEM (layer), name);
  char         *text;

  if (! parasite)
    return NULL;
  text = g_strndup (parasite->data, parasite->size);
  gimp_parasite_free (parasite);
  return text;
}

void
pst_layer_text_set (PstLayerRef layer,
                    const char *name,
                    int         flags,
                    const char *text)
{
  GimpParasite *parasite =
    gimp_parasite_new (name, flags, strlen (text) + 1, text);

  gimp_item_attach_parasite (GIMP_ITEM (layer), parasite);
  gimp_parasite_free (parasite);
}
