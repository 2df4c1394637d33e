/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model-file.h: model files in memory, to be damaged by tests
 *
 * The tiny network: c1 (3x3, 3 -> 4 channels, ReLU), tap t1, pooling, c2 (1x1,
 * 4 -> 2), tap t2 with the projection p2 (2 -> 3); 131 parameters, F32.
 */
#pragma once

#include <glib.h>

#define TINY_N_PARAMETERS 131
#define TINY_DATA_SIZE    (TINY_N_PARAMETERS * 4)

/* The entry "pastiche", and the entries of the tensors without outer braces. */
extern const char tiny_description[];
extern const char tiny_tensors[];

/* The tiny network's parameters, [TINY_N_PARAMETERS], in the order of the file:
 * the i-th is (i - 65) / 64. */
void tiny_values (float *ret_values);

/* @header: JSON, put after its length    @data: [@size] bytes */
GBytes *model_file_new (const char *header, const void *data, gsize size);

/* For fuzzers, which would hardly guess a length: bytes that begin with '{' are
 * a header, up to a NUL, and the data; others are a file. */
GBytes *model_file_from_bytes (const guint8 *bytes, gsize size);

/* A header; the caller owns it. */
char *model_header (const char *description, const char *tensors);

/* The tiny network with another description or other tensors. */
GBytes *tiny_file_new (const char *description, const char *tensors);

/* @text with its one @find replaced; fails the test if there is no such or a
 * second one.  The caller owns the result. */
char *
replace_once (const char *text, const char *find, const char *replacement);
