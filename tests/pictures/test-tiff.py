#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""TIFF files whose every byte is known."""
import struct

from checks import (Picture, ROUNDING, check, check_pixel, check_refused,
                    differ, main)
from tiff_file import page, tiff


def test_tiff_gray():
    for bits, black, white in ((1, b"\0", b"\xff"), (2, b"\0", b"\xff"),
                               (4, b"\0", b"\xff"),
                               (8, b"\0" * 8, b"\xff" * 8),
                               (16, b"\0" * 16, b"\xff" * 16)):
        for photometric in (0, 1):
            data = (white if photometric == 0 else black) * 4
            data += (black if photometric == 0 else white) * 4
            data = data.ljust(8 * 8 * max(bits, 8) // 8, b"\0")
            per_row = 8 * bits // 8
            rows = [white if (y < 4) == (photometric == 0) else black
                    for y in range(8)]
            data = b"".join((row * 16)[:per_row] for row in rows)
            tiff("t.tif", [page(8, 8, bits, photometric, data)])
            name = f"gray TIFF, {bits} bits, " + \
                ("white is 0" if photometric == 0 else "black is 0")
            check_pixel(name, "t.tif", [0, 0, 0, 255])
            check_pixel(name + ": below", "t.tif", [255, 255, 255, 255],
                        at=(0, 7))
    for bits in (8, 16):
        middle = struct.pack("<B" if bits == 8 else "<H",
                             51 if bits == 8 else 13107)
        tiff("t.tif", [page(8, 8, bits, 0, middle * 64)])
        check_pixel(f"gray TIFF, {bits} bits, white is 0: a fifth", "t.tif",
                    [204, 204, 204, 255])


def test_tiff_alpha():
    for kind, name, wanted in ((1, "associated", 128), (2, "straight", 64)):
        tiff("t.tif", [page(8, 8, 8, 2, bytes([64, 64, 64, 128]) * 64,
                            samples=4, tags={338: kind})])
        check_pixel(f"TIFF, {name} alpha", "t.tif",
                    [wanted, wanted, wanted, 128], 1)
    tiff("t.tif", [page(8, 8, 16, 1, struct.pack("<HH", 13107, 26214) * 64,
                        samples=2, tags={338: 2})])
    check_pixel("gray TIFF with alpha, 16 bits", "t.tif", [51, 51, 51, 102])


def test_tiff_float():
    for samples in (1, 3):
        data = struct.pack("<f", 0.2) * 64 * samples
        tiff("t.tif", [page(8, 8, 32, 1 if samples == 1 else 2, data,
                            samples=samples, tags={339: [3] * samples})])
        check_pixel(f"floating TIFF of {samples}", "t.tif", [51, 51, 51, 255])


def test_tiff_white_is_0():
    for extra, name in (([], ""), ([0.4], " and alpha")):
        data = struct.pack("<%df" % (1 + len(extra)), 0.2, *extra) * 64
        n = 1 + len(extra)
        tags = {339: [3] * n}
        if extra:
            tags[338] = 2
        tiff("t.tif", [page(8, 8, 32, 0, data, samples=n, tags=tags)])
        check_pixel(f"floating TIFF{name}, white is 0", "t.tif",
                    [204, 204, 204, 102 if extra else 255])
    tiff("t.tif", [page(8, 8, 32, 0, struct.pack("<I", 858993459) * 64)])
    check_pixel("gray TIFF, 32 bits, white is 0", "t.tif",
                [204, 204, 204, 255])


def test_tiff_extra():
    """Samples that are not alpha are not seen."""
    for kinds, n, alpha in (([0], 3, None), ([0, 0], 3, None), ([2, 0], 3, 0),
                            ([0, 2], 3, 1), ([0, 0, 2], 1, 2), ([0], 1, None),
                            ([0], 4, None), ([0, 2], 4, 1)):
        for bits in (8, 16):
            colors = [200, 100, 50, 0][:n]
            values = [value * (1 if bits == 8 else 257)
                      for value in colors + [40 + 10 * i for i
                                             in range(len(kinds))]]
            data = struct.pack("<%d%s" % (len(values), "BH"[bits == 16]),
                               *values) * 64
            tags = {338: kinds}
            tiff("t.tif", [page(8, 8, bits, {1: 1, 3: 2, 4: 5}[n], data,
                                samples=len(values), tags=tags)])
            tiff("plain.tif", [page(8, 8, bits, {1: 1, 3: 2, 4: 5}[n],
                                    struct.pack("<%d%s" % (n, "BH"[bits == 16]),
                                                *values[:n]) * 64, samples=n)])
            wanted = Picture("plain.tif").at(0, 0)
            if n < 4:
                check(f"TIFF of {n} colors",
                      differ(wanted[:3], (colors * 3)[:3]) < ROUNDING, wanted)
            wanted[3] = 255 if alpha is None else 40 + 10 * alpha
            name = f"TIFF of {n} colors, {bits} bits, samples {kinds}"
            check_pixel(name, "t.tif", wanted)
            check(name + ": alpha",
                  Picture("t.tif").alpha == (alpha is not None))


def test_tiff_signed():
    for bits, letter in ((8, "b"), (16, "h"), (32, "i")):
        for n in (1, 3):
            data = struct.pack("<" + letter, 50) * 64 * n
            tiff("t.tif", [page(8, 8, bits, 1 if n == 1 else 2, data,
                                samples=n, tags={339: [2] * n})])
            check_refused(f"TIFF of {n}, {bits} bits, signed", "t.tif",
                          "has signed")
    for n in (1, 3):
        data = struct.pack("<I", 858993459) * 64 * n
        tiff("t.tif", [page(8, 8, 32, 1 if n == 1 else 2, data, samples=n)])
        check_pixel(f"TIFF of {n}, 32 bits", "t.tif", [51, 51, 51, 255])


def test_tiff_numbers():
    """Of other sizes than libvips 8.14 reads."""
    for bits, n, kind, text in (
            (10, 1, 1, "samples of 10 bits"), (12, 1, 1, "samples of 12 bits"),
            (12, 3, 1, "samples of 12 bits"), (14, 1, 1, "samples of 14 bits"),
            (4, 3, 1, "samples of 4 bits"), (1, 4, 1, "samples of 1 bits"),
            (24, 3, 1, "samples of 24 bits"),
            (16, 1, 3, "floating-point samples of 16 bits"),
            (16, 3, 3, "floating-point samples of 16 bits"),
            (24, 3, 3, "floating-point samples of 24 bits")):
        tiff("t.tif", [page(8, 8, bits, {1: 1, 3: 2, 4: 5}[n],
                            bytes(8 * n * bits), samples=n,
                            tags={339: [kind] * n})])
        if (bits, kind) == (16, 3) and Picture("t.tif").ok:
            # libvips 8.16 reads them.
            check_pixel(f"TIFF of {n}, {bits} bits, kind {kind}", "t.tif",
                        [0, 0, 0, 255])
            continue
        check_refused(f"TIFF of {n}, {bits} bits, kind {kind}", "t.tif", text)
        check_refused(f"TIFF of {n}, {bits} bits, kind {kind}: what to do",
                      "t.tif", "Save it with ")


def test_tiff_lab():
    tiff("t.tif", [page(8, 8, 8, 8, bytes([255, 0, 0]) * 64, samples=3)])
    check_pixel("white in Lab", "t.tif", [255, 255, 255, 255], 1.5)
    # L* of 53.585 is 128 of 255 in sRGB.
    tiff("t.tif", [page(8, 8, 8, 8, bytes([137, 0, 0]) * 64, samples=3)])
    check_pixel("gray in Lab", "t.tif", [128, 128, 128, 255], 2)


def test_tiff_pages():
    small = page(16, 16, 8, 1, b"\x33" * 256)
    marked = page(40, 40, 8, 1, b"\x33" * 1600, tags={254: 1})
    large = page(40, 40, 8, 1, b"\xcc" * 1600)
    other = page(40, 40, 8, 1, b"\x66" * 1600)
    wanted = [204, 204, 204, 255]
    tiff("t.tif", [small, large])
    check_pixel("TIFF: a small picture first", "t.tif", wanted)
    tiff("t.tif", [marked, large])
    check_pixel("TIFF: a preview first, marked", "t.tif", wanted)
    tiff("t.tif", [large, small])
    check_pixel("TIFF: a small picture last", "t.tif", wanted)
    tiff("t.tif", [large, other])
    check_pixel("TIFF: the first of several pages", "t.tif", wanted)


def test_raw():
    sensor = page(40, 40, 16, 32803, b"\0" * 3200)
    tiff("t.nef", [page(16, 16, 8, 1, b"\x33" * 256), sensor])
    check_refused("raw: values of a sensor", "t.nef", "raw file")
    tiff("t.dng", [page(16, 16, 8, 1, b"\x33" * 256,
                        tags={50706: b"\1\4\0\0"})])
    check_refused("raw: DNG", "t.dng", "raw file")
    for name, start in (("raf", b"FUJIFILMCCD-RAW 0201"),
                        ("cr3", b"\0\0\0\x18ftypcrx \0\0\0\1"),
                        ("orf", b"IIRO\x08\0\0\0"), ("rw2", b"IIU\0\x18\0\0")):
        with open("t." + name, "wb") as file:
            file.write(start.ljust(400, b"\0"))
        check_refused("raw: " + name, "t." + name, "raw file")


def test_like_raw():
    """What only looks like a raw file: pixels of 67, 82, "CR"."""
    tiff("t.tif", [page(8, 8, 8, 1, b"CR" * 32)])
    check_pixel("a TIFF whose pixels begin like CR2", "t.tif",
                [67, 67, 67, 255])
    with open("t.cr2", "wb") as file:
        file.write(b"II*\0\x10\0\0\0CR\2\0" + b"\0" * 400)
    check_refused("raw: CR2", "t.cr2", "raw file")


if __name__ == "__main__":
    main(globals())
