# SPDX-License-Identifier: GPL-3.0-or-later
"""PNG files by hand."""
import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data \
        + struct.pack(">I", zlib.crc32(kind + data))


def without_pixels(path, width, height):
    """A file that claims that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
                   + chunk(b"IDAT", b"x" * 99) + chunk(b"IEND", b""))
