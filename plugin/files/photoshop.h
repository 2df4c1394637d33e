/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photoshop.h: Photoshop's image resources, in which a JPEG file has IPTC */
#pragma once

#include <glib.h>

/* pst_photoshop_clean:
 * Returns the resources in @length bytes of @data, as a JPEG file has them,
 * without previews and without what follows a resource that is damaged.  If
 * @data are something else, they are IPTC as a TIFF file has it, and become a
 * resource.  The caller owns the result. */
GBytes *pst_photoshop_clean (const void *data, gsize length);

/* pst_photoshop_find_iptc:
 * Returns IPTC as a TIFF file has it, a part of @data, which are the result of
 * pst_photoshop_clean(); NULL if there is none. */
const void *
pst_photoshop_find_iptc (const void *data, gsize length, gsize *ret_length);
