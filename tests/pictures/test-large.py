#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures with more pixels than a run takes."""
from checks import Picture, check, check_refused, differ, main
from png_file import without_pixels

from PIL import Image


def test_png_size():
    for width, height in ((0, 5), (5, 0), (0, 0)):
        without_pixels("t.png", width, height)
        # A reason of libvips, or ours where it has none.
        check_refused(f"PNG of {width} x {height}", "t.png", "valid")


def test_large():
    wide = Image.new("L", (20000, 50), 90)
    wide.paste(200, (10000, 0, 20000, 50))
    for kind, how in (("png", {}), ("jpg", {"quality": 95}), ("tif", {})):
        wide.save("wide." + kind, **how)
        check_refused(f"large {kind}: refused", "wide." + kind, "--size")
        picture = Picture("wide." + kind, 1000)
        # 50 of 20000 are 2.5 of 1000, which the engine rounds to 3.
        check(f"large {kind}: read reduced",
              picture.ok and picture.size == [1000, 3]
              and abs(picture.at(100, 1)[0] - 90) < 3
              and abs(picture.at(900, 1)[0] - 200) < 3,
              picture.error)
    exif = Image.Exif()
    exif[0x0112] = 6
    wide.save("laid.jpg", exif=exif.tobytes())
    picture = Picture("laid.jpg", 1000)
    check("large, stored lying", picture.ok and picture.size == [3, 1000],
          picture.error)
    Image.new("LA", (20000, 40), (120, 128)).save("wide.png")
    picture = Picture("wide.png", 500)
    check("large, with alpha", picture.ok and picture.size == [500, 1]
          and differ(picture.at(250, 0), [120, 120, 120, 128]) < 1.5,
          picture.error)
    without_pixels("bomb.png", 1 << 18, 1 << 18)
    check_refused("more pixels than may be", "bomb.png", "too large", 1000)


if __name__ == "__main__":
    main(globals())
