/* SPDX-License-Identifier: GPL-3.0-or-later */
/* listing.h: the pictures in a folder */
#pragma once

#include <glib.h>

/* What is in a folder: paths in it, char *, sorted by bytes; owned. */
typedef struct
{
  GPtrArray *pictures;
  GPtrArray *folders;       /* that were not read */
  GPtrArray *others;        /* all else but hidden files */
  gboolean   is_incomplete; /* a folder in it, or a file named as a picture,
                             * could not be read, which was reported on the
                             * standard error */
} PstListing;

/* pst_listing_read:
 * Pictures are files with a known extension.  Hidden files are left out.
 * @recursive: the folders in it are read, too, but for links
 * @ret_listing: to be cleared in any case
 * Errors: G_FILE_ERROR, @path cannot be read, or there is no picture. */
gboolean pst_listing_read (PstListing *ret_listing,
                           const char *path,
                           gboolean    recursive,
                           GError    **error);

void pst_listing_clear (PstListing *listing);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PstListing, pst_listing_clear)
