# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts of PNG files."""
import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data \
        + struct.pack(">I", zlib.crc32(kind + data))
