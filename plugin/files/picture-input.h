/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture-input.h: what kind of picture a file is */
#pragma once

#include "tiff-file.h"

typedef struct
{
  const char     *path;   /* borrowed */
  char           *name;   /* of the file, for messages; owned */
  const char     *loader; /* the class name of libvips's loader */
  PstTiffPicture *tiff;   /* NULL: the file is no TIFF; owned */
} PstPictureInput;

/* pst_picture_input_identify:
 * Finds out how to read the file at @path, by its first bytes; libvips has been
 * started.
 * @ret_input: to be cleared in any case
 * Errors: PST_ERROR_IMAGE: there is no regular file, it cannot be opened, it is
 * of a kind that is not read or damaged so far; PST_ERROR_MEMORY. */
gboolean pst_picture_input_identify (PstPictureInput *ret_input,
                                     const char      *path,
                                     GError         **error);

/* Whether the loader is that of the @format "Jpeg", "Png", "Tiff", "Nsgif",
 * "Jxl". */
gboolean pst_picture_input_is (const PstPictureInput *input,
                               const char            *format);

/* pst_picture_input_fail:
 * Sets the error that what libvips has just said is: the picture is damaged, or
 * memory lacks. */
void pst_picture_input_fail (const PstPictureInput *input, GError **error);

/* Sets the error that memory lacks. */
void pst_picture_input_fail_memory (const PstPictureInput *input,
                                    GError               **error);

void pst_picture_input_clear (PstPictureInput *input);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstPictureInput, pst_picture_input_clear)
