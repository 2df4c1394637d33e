#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which way up pictures are."""
from checks import check, looks_like, main, run
from png_file import chunk
from samples import letter, stored_as

from PIL import Image


def test_orientation():
    upright = letter()
    for number in range(1, 9):
        laid = stored_as(upright, number)
        exif = Image.Exif()
        exif[0x0112] = number
        files = {}
        for mode in ("1", "L", "P", "RGB", "I;16"):
            image = laid.convert("I").point(lambda v: v * 257) \
                .convert("I;16") if mode == "I;16" else laid.convert(mode)
            files["TIFF " + mode] = image, {"format": "TIFF",
                                            "tiffinfo": {274: number}}
        files["TIFF YCbCr"] = laid.convert("RGB"), {
            "format": "TIFF", "compression": "jpeg", "quality": 100,
            "tiffinfo": {274: number}}
        for kind in ("JPEG", "PNG", "WEBP"):
            options = {"format": kind, "exif": exif.tobytes()}
            if kind != "PNG":
                options["quality"] = 100
            files[kind] = laid.convert("RGB"), options
        for name, (image, options) in files.items():
            image.save("laid", **options)
            check(f"{name}, orientation {number}",
                  *looks_like("laid", upright, 40))


def test_late_exif():
    """Behind the pixels, as ImageMagick writes it."""
    upright = letter()
    for number in range(1, 9):
        laid = stored_as(upright, number)
        exif = Image.Exif()
        exif[0x0112] = number
        exif[0x013b] = "A. Uthor"
        laid.save("t.png")
        with open("t.png", "rb") as file:
            plain = file.read()
        with open("t.png", "wb") as file:
            file.write(plain[:-12] + chunk(b"eXIf", exif.tobytes()[6:])
                       + plain[-12:])
        right, why = looks_like("t.png", upright)
        check(f"orientation {number} behind the pixels of a PNG", right, why)
        run("copy", "t.png", "out.png")
        kept = Image.open("out.png").getexif()
        check(f"orientation {number} behind the pixels: of the result",
              kept.get(0x0112, 1) == 1 and kept.get(0x013b) == "A. Uthor",
              dict(kept))


if __name__ == "__main__":
    main(globals())
