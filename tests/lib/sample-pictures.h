/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sample-pictures.h: synthetic pictures to test with, and the built-in
 * network */
#pragma once

#include "core/pastiche.h"

/* Soft shapes in many colors; @number tells them apart. */
PstImage *sample_content (int width, int height, int number);

/* Stripes in a few colors, with noise. */
PstImage *sample_style (int width, int height, int number);

/* One color. */
PstImage *
sample_flat (int width, int height, float red, float green, float blue);

/* Sets alpha to 0 in the left half and to 0.5 in the right one. */
void sample_fade (PstImage *image);

/* Fails the test unless sizes are equal and all values have the same bits. */
void sample_same (const char *case_name, const PstImage *a, const PstImage *b);

/* Fails the test if a value is outside 0..1 or a NaN. */
void sample_valid (const char *case_name, const PstImage *image);

/* The mean absolute difference of the colors. */
double sample_apart (const PstImage *a, const PstImage *b);

/* Path of the built-in network; the caller owns it. */
char *sample_model_path (void);

/* A new reference.  Fails the program if it cannot be read. */
PstModel *sample_model (void);

/* pst_transfer_estimate() with one opaque style and an opaque content. */
gboolean sample_estimate (const PstModel    *model,
                          PstSize            content,
                          PstSize            style,
                          const PstSettings *settings,
                          PstEstimate       *ret_estimate,
                          GError           **error);

/* pst_transfer_new() with one style and no cache. */
PstTransfer *sample_transfer (PstModel          *model,
                              const PstImage    *content,
                              const PstImage    *style,
                              const PstSettings *settings,
                              GError           **error);
