/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pastel.c: poppies before hills, in soft chalks on dark paper */
#include "painter.h"

#include "chalk.h"
#include "numbers.h"
#include "things.h"

static void
add_poppies (Scene *scene)
{
  static const Palette stems = { 3, { 0x8fb060, 0x4f7a44, 0x264a34 } };
  uint32_t             random = 12;

  for (int i = 0; i < 26; i++)
    {
      double near = (i + 1.0) / 26.0;
      double x = next_between (&random, 0.0, 1.34);
      double y = 0.60 + 0.30 * near + next_between (&random, -0.03, 0.03);
      double size = 0.022 + 0.085 * near * near;
      double turn = next_between (&random, 0.0, 3.0);
      double tilt = next_between (&random, 0.62, 0.9);
      Limb   stem = { 3,
                      { { x, y, 0.004 + 0.004 * near },
                        { x + 0.3 * size, y + 0.14, 0.004 + 0.004 * near },
                        { x - 0.2 * size, y + 0.40, 0.004 + 0.005 * near } },
                      stems };
      Flower poppy = { x,
                       y,
                       size,
                       4 + i % 2,
                       0.15,
                       turn,
                       tilt,
                       { 5,
                         { 0x4a1020, 0xb81c24, 0xe83a28, 0xf8703c, 0xfcb070 } },
                       { 3, { 0x14141c, 0x2a3a30, 0xa0b060 } },
                       0.22 };

      if (i % 6 == 1)
        poppy.colors =
          (Palette){ 5, { 0x402060, 0x6a40a0, 0x9a70cc, 0xc8a8e8, 0xf0dcf8 } };
      if (i % 6 == 4)
        poppy.colors =
          (Palette){ 5, { 0xb07818, 0xe8b020, 0xf8d850, 0xfcec98, 0xfffbe0 } };
      add_limb (scene, &stem);
      add_flower (scene, &poppy);
    }
}

static Scene *
make_scene (int long_side)
{
  static const Sky sky = {
    { 5, { 0x4a6ac0, 0x7a9cdc, 0xb8b8e8, 0xf0b8c0, 0xfcd8a0 } },
    0.45,
    0.58,
    { 4, { 0x8a80c0, 0xd8a8c8, 0xfad8d0, 0xfff4e0 } },
    63
  };
  static const Ridge ridges[] = {
    { 0.42,
      0.15,
      1.3,
      4,
      { 3, { 0x5a5ab0, 0x8080c8, 0xb0a0d0 } },
      0.18,
      0.6,
      0.5,
      64 },
    { 0.50,
      0.12,
      1.8,
      3,
      { 4, { 0x2a6a7a, 0x4a9a8a, 0x80c090, 0xc8d890 } },
      0.16,
      0.6,
      0.4,
      66 },
  };
  static const Field meadow = {
    0.50, 0.02,
    0.6,  0.2,
    26.0, { 6, { 0x1c4a48, 0x2f7a50, 0x68a848, 0xb8cc58, 0xe8d878, 0x3a6a80 } },
    3
  };
  static const Tree trees[] = {
    { 0.30,
      0.53,
      0.20,
      0.075,
      { 5, { 0x14343c, 0x24604c, 0x4a9058, 0x98bc60, 0xe0dc90 } },
      0x3a2a3a,
      2 },
    { 0.42,
      0.53,
      0.14,
      0.055,
      { 5, { 0x183c48, 0x2c6c58, 0x58a060, 0xa4c468, 0xe8e098 } },
      0x3a2a3a,
      4 },
    { 1.14,
      0.54,
      0.24,
      0.085,
      { 5, { 0x14303c, 0x22584c, 0x4a8850, 0x90b458, 0xdcd488 } },
      0x3a2a3a,
      5 },
  };
  Scene *scene = scene_new (long_side, 4, 3);

  add_sky (scene, &sky);
  for (gsize i = 0; i < G_N_ELEMENTS (ridges); i++)
    add_ridge (scene, &ridges[i]);
  add_field (scene, &meadow);
  for (gsize i = 0; i < G_N_ELEMENTS (trees); i++)
    add_tree (scene, &trees[i]);
  add_poppies (scene);
  return scene;
}

Sheet *
paint_pastel (int long_side)
{
  static const ChalkWork layers[] = {
    { 7.5, 60.0, 6.5, 0.85, 0.0, 0.3, 0.0, 9.0, 0.62, 0.10, 0.85, 0.0, FALSE,
      1 },
    { 6.0, 40.0, 4.0, 0.78, 0.2, 0.3, 0.0, 9.0, 0.62, 0.14, 0.85, 0.0, TRUE,
      2 },
    { 5.0, 28.0, 2.6, 0.80, 0.0, 0.3, 0.0, 9.0, 0.60, 0.16, 0.90, 0.0, TRUE,
      3 },
    { 4.0, 16.0, 1.6, 0.95, 0.0, 0.3, 0.0, 9.0, 0.55, 0.18, 0.95, 6.0, TRUE,
      4 },
    { 6.0, 12.0, 1.6, 1.10, 0.0, 0.3, 1.0, 0.55, 0.5, 0.10, 1.0, 0.0, TRUE, 5 },
  };
  Scene *scene = make_scene (long_side);
  Chalk  chalk = chalk_open (scene, rgb_from_hex (0x3a3048), 2.4);
  Sheet *sheet;

  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    chalk_cover (&chalk, &layers[i], NULL);
  sheet = chalk_close (&chalk);
  scene_free (scene);
  return sheet;
}
