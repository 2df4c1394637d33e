# SPDX-License-Identifier: GPL-3.0-or-later
"""ICC profiles by hand."""
import io
import struct

from PIL import Image, ImageCms


def text_tag(kind, value):
    value = value.encode() + b"\0"
    if kind == b"desc":
        return b"desc\0\0\0\0" + struct.pack(">I", len(value)) + value \
            + b"\0" * 78
    return b"text\0\0\0\0" + value


def assemble(kind, space, pcs, tags):
    """The bytes of an ICC profile."""
    tags = {b"desc": text_tag(b"desc", "test"),
            b"cprt": text_tag(b"text", "none"), **tags}
    head = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        value = value.ljust((len(value) + 3) // 4 * 4, b"\0")
        table += name + struct.pack(">II", head + len(data), len(value))
        data += value
    start = struct.pack(">I4sI4s4s4s", head + len(data), b"none", 0x02100000,
                        kind, space, pcs).ljust(36, b"\0") + b"acsp"
    start = start.ljust(68, b"\0") + bytes.fromhex("0000f6d600010000000"
                                                   "0d32d")
    return start.ljust(128, b"\0") + table + data


def table_tag(n, lightness):
    """From n colors to Lab, 8 bits, without a or b: the lightness of no color
    at all, of the last alone, ..., of all together."""
    curve = bytes(range(256))
    return b"mft1\0\0\0\0" + bytes([n, 3, 2, 0]) \
        + struct.pack(">9i", *[65536, 0, 0, 0] * 2, 65536) + curve * n \
        + b"".join(bytes([value, 128, 128]) for value in lightness) + curve * 3


def profile(primaries, gamma):
    """A matrix profile with D50 as its white; xy of red, green and blue."""
    white = (0.3457, 0.3585)
    xyz = [(x / y, 1, (1 - x - y) / y) for x, y in primaries + (white,)]
    # Shares of the primaries in white, by Cramer's rule.
    def determinant(a, b, c):
        return (a[0] * (b[1] * c[2] - b[2] * c[1])
                - b[0] * (a[1] * c[2] - a[2] * c[1])
                + c[0] * (a[1] * b[2] - a[2] * b[1]))
    r, g, b, w = xyz
    whole = determinant(r, g, b)
    shares = (determinant(w, g, b) / whole, determinant(r, w, b) / whole,
              determinant(r, g, w) / whole)

    def fixed(value):
        return struct.pack(">i", round(value * 65536))

    curve = b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(gamma * 256), 0)
    tags = {b"wtpt": b"XYZ \0\0\0\0" + b"".join(map(fixed, w))}
    for name, primary, share in zip("rgb", (r, g, b), shares):
        tags[name.encode() + b"XYZ"] = b"XYZ \0\0\0\0" + b"".join(
            fixed(value * share) for value in primary)
        tags[name.encode() + b"TRC"] = curve
    return assemble(b"mntr", b"RGB ", b"XYZ ", tags)


ADOBE = profile(((0.6484, 0.3309), (0.2302, 0.7016), (0.1559, 0.0661)),
                563 / 256)
PROPHOTO = profile(((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001)), 1.8)
LINEAR = profile(((0.6484, 0.3309), (0.3212, 0.5979), (0.1559, 0.0661)), 1.0)


def in_srgb(color, icc):
    """Pillow's, by Little CMS in 8 bits."""
    pixel = Image.new("RGB", (1, 1), color)
    return ImageCms.profileToProfile(
        pixel, ImageCms.ImageCmsProfile(io.BytesIO(icc)),
        ImageCms.createProfile("sRGB"), renderingIntent=1).getpixel((0, 0))
