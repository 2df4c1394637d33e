#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the first inputs of fuzz-picture.c, with Pillow.

usage: make-picture-corpus.py FOLDER

The files of tests/pictures, small: what libvips leaves to us in PNG and TIFF,
profiles, Exif and XMP.
"""
import os
import pathlib
import struct
import sys

from PIL import Image

tests = pathlib.Path(__file__).resolve().parent.parent
sys.path.append(str(tests / "pictures"))
from icc_profile import ADOBE, LINEAR
from jpeg_file import with_previews
from png_file import chunk
from samples import photo
from tiff_file import page, tiff


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    small = photo(12, 8)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8298] = "(c) Somebody"
    said = {"exif": exif.tobytes()}
    small.save("said.jpg", **said)
    preview = pathlib.Path("said.jpg").read_bytes()
    pathlib.Path("previews.jpg").write_bytes(
        preview[:2] + with_previews(preview) + preview[2:])
    small.save("said.webp", **said)
    small.save("said.png", **said)
    small.save("plain.gif")
    small.convert("CMYK").save("cmyk.jpg")
    for name, icc in (("adobe", ADOBE), ("linear", LINEAR)):
        small.save(name + ".png", icc_profile=icc)
    small.save("broken-profile.png", icc_profile=b"no profile")
    small.save("texts.tif", tiffinfo={274: 5, 315: "author",
                                      33432: "(c) Somebody"})
    small.convert("1").save("bits.tif", tiffinfo={274: 2})
    tiff("pages.tif", [page(4, 4, 8, 1, b"\x33" * 16),
                       page(9, 9, 8, 0, b"\xcc" * 81)])
    tiff("raw.tif", [page(4, 4, 8, 1, b"\x33" * 16),
                      page(9, 9, 16, 32803, b"\0" * 162)])
    plain = pathlib.Path("said.png").read_bytes()
    points = struct.pack(">8I", 31270, 32900, 64000, 33000, 21000, 71000,
                         15000, 6000)
    pathlib.Path("gamma.png").write_bytes(
        plain[:33] + chunk(b"gAMA", struct.pack(">I", 55555))
        + chunk(b"cHRM", points) + plain[33:])
    small.save("late.png")
    plain = pathlib.Path("late.png").read_bytes()
    pathlib.Path("late.png").write_bytes(
        plain[:-12] + chunk(b"eXIf", exif.tobytes()[6:]) + plain[-12:])


if __name__ == "__main__":
    main()
