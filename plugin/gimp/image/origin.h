/* SPDX-License-Identifier: GPL-3.0-or-later */
/* origin.h: the layer that a result was painted from
 *
 * A result keeps it as a parasite, which XCF files keep.  The content has an
 * identifier of its own, another parasite, and in its image a tattoo, a number
 * that GIMP keeps in XCF files and never gives to a second layer of the image.
 * Both together are the content: layers of other images may have the same
 * tattoo, and copies of layers have the same parasites.
 *
 * In a copy of the image, or an image that result and content were copied to,
 * tattoos are others.  There the content is the copy of the content.
 */
#pragma once

#include "content.h"

typedef struct
{
  PstLayerRef   content;      /* PST_NO_ITEM: it is not in the image */
  char         *content_name; /* owned; that it had; NULL: not known */
  char         *result_name;  /* owned; that the result was given; NULL: not
                               * known */
  GeglRectangle area;         /* of the content, that was painted */
  int           width;        /* of the content then */
  int           height;
} PstOrigin;

/* pst_origin_read:
 * @result: a layer of which pst_gimp_is_result() holds, from any XCF file: its
 *   text is checked.  One that says nothing has no content.
 * @ret_origin: to be cleared */
void pst_origin_read (PstLayerRef result, PstOrigin *ret_origin);
void pst_origin_clear (PstOrigin *origin);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstOrigin, pst_origin_clear)

/* Whether @result was painted from @content, a layer of the same image that is
 * no copy. */
gboolean pst_origin_is (PstLayerRef result, PstLayerRef content);

/* The identifier of a layer, or a new one if it has none; owned by the
 * caller. */
char *pst_origin_dup_id (PstLayerRef content);

/* pst_origin_attach:
 * @result: not yet in an image, or this would be a step of undo
 * @tattoo: that it has, or will be given
 * @name: of the result
 * @id: of the content */
void pst_origin_attach (PstLayerRef       result,
                        guint             tattoo,
                        const char       *name,
                        const PstContent *content,
                        const char       *id);

/* Gives @content the identifier, as a step of undo, unless it has one. */
void pst_origin_mark (PstLayerRef content, const char *id);
