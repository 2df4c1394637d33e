/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sample-pictures.c: synthetic pictures to test with, and the built-in
 * network */
#include "sample-pictures.h"

#include <math.h>

#include "check.h"

static PstImage *
new_image (int width, int height)
{
  g_autoptr (GError) error = NULL;
  PstImage *image = pst_image_new (width, height, &error);

  g_assert_no_error (error);
  return image;
}

static gsize
n_values (const PstImage *image)
{
  return 4 * (gsize) image->width * image->height;
}

PstImage *
sample_content (int width, int height, int number)
{
  PstImage *image = new_image (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        float *pixel = &image->pixels[4 * ((gsize) y * width + x)];

        for (int c = 0; c < 3; c++)
          pixel[c] = 0.5 + 0.25 * sin (0.21 * (c + 1) * x + number)
                     + 0.2 * cos (0.17 * y * (number + 1) - c + 0.05 * x);
        pixel[3] = 1.0f;
      }
  return image;
}

PstImage *
sample_style (int width, int height, int number)
{
  static const float colors[3][3] = {
    { 0.9f, 0.7f, 0.1f },
    { 0.1f, 0.2f, 0.6f },
    { 0.7f, 0.15f, 0.2f },
  };
  PstImage   *image = new_image (width, height);
  CheckRandom random;

  check_random_init (&random, number);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        float *pixel = &image->pixels[4 * ((gsize) y * width + x)];
        int    stripe = (x + 2 * y + number) / 3 % 3;

        for (int c = 0; c < 3; c++)
          pixel[c] =
            colors[stripe][c] + check_random_uniform (&random, -0.1, 0.1);
        pixel[3] = 1.0f;
      }
  return image;
}

PstImage *
sample_flat (int width, int height, float red, float green, float blue)
{
  PstImage *image = new_image (width, height);

  for (gsize i = 0; i < n_values (image); i += 4)
    {
      image->pixels[i] = red;
      image->pixels[i + 1] = green;
      image->pixels[i + 2] = blue;
      image->pixels[i + 3] = 1.0f;
    }
  return image;
}

void
sample_fade (PstImage *image)
{
  for (gsize i = 0; i < n_values (image); i += 4)
    {
      int x = i / 4 % image->width;

      image->pixels[i + 3] = x < image->width / 2 ? 0.0f : 0.5f;
    }
}

void
sample_same (const char *case_name, const PstImage *a, const PstImage *b)
{
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  check_same (case_name, n_values (a), a->pixels, b->pixels);
}

void
sample_valid (const char *case_name, const PstImage *image)
{
  for (gsize i = 0; i < n_values (image); i++)
    if (! (image->pixels[i] >= 0.0f && image->pixels[i] <= 1.0f))
      {
        g_test_fail_printf ("%s: value %" G_GSIZE_FORMAT " of %dx%d is %g",
                            case_name, i, image->width, image->height,
                            image->pixels[i]);
        return;
      }
}

double
sample_apart (const PstImage *a, const PstImage *b)
{
  double sum = 0.0;

  g_assert_cmpuint (n_values (a), ==, n_values (b));
  for (gsize i = 0; i < n_values (a); i++)
    if (i % 4 != 3)
      sum += fabs (a->pixels[i] - b->pixels[i]);
  return sum / (0.75 * n_values (a));
}

char *
sample_model_path (void)
{
  return g_test_build_filename (G_TEST_DIST, "..", "models",
                                "compact.safetensors", NULL);
}

PstModel *
sample_model (void)
{
  g_autofree char *path = sample_model_path ();
  g_autoptr (GError) error = NULL;
  PstModel *model = pst_model_new_from_file (path, &error);

  g_assert_no_error (error);
  return model;
}

gboolean
sample_estimate (const PstModel    *model,
                 PstSize            content,
                 PstSize            style,
                 const PstSettings *settings,
                 PstEstimate       *ret_estimate,
                 GError           **error)
{
  PstInputSizes sizes = { .content = content,
                          .styles = { style },
                          .n_styles = 1 };

  return pst_transfer_estimate (model, &sizes, settings, ret_estimate, error);
}

PstTransfer *
sample_transfer (PstModel          *model,
                 const PstImage    *content,
                 const PstImage    *style,
                 const PstSettings *settings,
                 GError           **error)
{
  PstStylePicture  picture = { .image = style, .weight = 1 };
  PstInputPictures pictures = { content, &picture, 1 };

  return pst_transfer_new (model, &pictures, settings, NULL, error);
}
