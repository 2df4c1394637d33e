/* SPDX-License-Identifier: GPL-3.0-or-later */
/* known-file.h: published files of weights, recognized by their hash
 *
 * Weights of Caffe, converted for PyTorch, have the same names and shapes as
 * torchvision's, and values of the same size, but take another input.
 */
#pragma once

#include "import-options.h"

typedef struct
{
  const char *name; /* its published name; "-XXXXXXXX.pth" at its end: the first
                     * digits of its SHA-256 */
  PstInput    input;
} PstKnownFile;

/* The file whose SHA-256, in hexadecimal digits, is @hash, or NULL. */
const PstKnownFile *pst_known_file_find (const char *hash);
