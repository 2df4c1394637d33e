/* SPDX-License-Identifier: GPL-3.0-or-later */
/* painter.h: the style pictures, each by its own technique
 *
 * @long_side: of the picture, pixels.  The caller owns the sheet.
 */
#pragma once

#include "sheet.h"

Sheet *paint_batik (int long_side);
Sheet *paint_charcoal (int long_side);
Sheet *paint_colored_pencil (int long_side);
Sheet *paint_comic (int long_side);
Sheet *paint_embroidery (int long_side);
Sheet *paint_fresco (int long_side);
Sheet *paint_impasto (int long_side);
Sheet *paint_ink_wash (int long_side);
Sheet *paint_linocut (int long_side);
Sheet *paint_mosaic (int long_side);
Sheet *paint_palette_knife (int long_side);
Sheet *paint_pastel (int long_side);
Sheet *paint_pointillism (int long_side);
Sheet *paint_stained_glass (int long_side);
Sheet *paint_watercolor (int long_side);
Sheet *paint_woodcut (int long_side);
