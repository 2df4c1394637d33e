#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each kind of file that is written."""
import math

from checks import (LOSSY, Picture, ROUNDING, check, check_pixel, check_refused,
                    differ, main, run)
from samples import COLORS, patches, photo

from PIL import Image


def test_kinds():
    for mode, color, wanted in (
            ("LA", (51, 102), [51, 51, 51, 102]),
            ("RGBA", (10, 20, 30, 40), [10, 20, 30, 40]),
            ("1", 1, [255, 255, 255, 255])):
        Image.new(mode, (8, 8), color).save("t.png")
        check_pixel("PNG " + mode, "t.png", wanted)
    image = Image.new("P", (8, 8), 1)
    image.putpalette([0, 0, 0, 10, 20, 30])
    for bits in (1, 2, 4, 8):
        image.save("t.png", bits=bits)
        check_pixel(f"PNG palette of {bits} bits", "t.png", [10, 20, 30, 255])
    image.save("t.png", transparency=1)
    check("PNG palette with transparency", Picture("t.png").at(0, 0)[3] == 0)
    image.save("t.gif")
    check_pixel("GIF", "t.gif", [10, 20, 30, 255])
    photo().save("a.gif", save_all=True, append_images=[photo()])
    check("GIF with motion: the first picture",
          Picture("a.gif").ok and Picture("a.gif").size == [160, 120])
    for kind in ("avif", "heic", "jxl"):
        patches(COLORS).save("in.png")
        result = run("copy", "in.png", "t." + kind)
        check("written: " + kind, result.ok, result.said)
        picture = Picture("t." + kind)
        check("read: " + kind, picture.ok and max(
            differ(picture.at(16 * i + 8, 8), [*color, 255])
            for i, color in enumerate(COLORS)) <= LOSSY, picture.error)
        with open("t." + kind, "rb") as file:
            whole = file.read()
        with open("cut." + kind, "wb") as file:
            file.write(whole[:len(whole) * 9 // 10])
        check_refused("cut: " + kind, "cut." + kind, "is damaged")


def noise(path, to):
    """Decibels of the signal over what a copy changes."""
    run("copy", path, to)
    pairs = zip(Picture(path).pixels, Picture(to).pixels)
    errors = [(a - min(255, max(0, b))) ** 2 for before, after in pairs
              for a, b in zip(before[:3], after[:3])]
    return 10 * math.log10(255 ** 2 * len(errors) / (sum(errors) or 1))


def test_quality():
    """Fine detail in the colors is kept as well as in a JPEG."""
    import random
    chance = random.Random(1)
    hues = Image.new("HSV", (64, 48))
    hues.putdata([(chance.randrange(256), 180, 100 + chance.randrange(60))
                  for i in range(64 * 48)])
    hues.convert("RGB").save("hues.png")
    photo().save("photo.png")
    for name in ("hues", "photo"):
        least = noise(name + ".png", "out.jpg")
        check(f"quality: {name}, JPEG", least > 34, least)
        for extension in ("webp", "avif", "heic"):
            got = noise(name + ".png", "out." + extension)
            check(f"quality: {name}, {extension}", got >= least,
                  f"{got}, JPEG {least}")


def test_depth():
    image = Image.new("I;16", (16, 16), 0x1234)
    image.save("deep.png")
    for extension in ("png", "tif"):
        run("copy", "deep.png", "out." + extension)
        picture = Picture("out." + extension)
        check("16 bits: " + extension, picture.ok and picture.deep
              and differ(picture.at(3, 3)[:3], [0x1234 / 257] * 3) < ROUNDING)


if __name__ == "__main__":
    main(globals())
