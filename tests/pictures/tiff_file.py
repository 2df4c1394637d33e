# SPDX-License-Identifier: GPL-3.0-or-later
"""TIFF files by hand."""
import struct


def tiff(path, pages):
    """pages: dictionaries of tags, and "data"; a value is a number, a list of
    numbers or bytes."""
    content = bytearray(b"II*\0\0\0\0\0")
    link = 4
    for page in pages:
        data = len(content)
        content += page["data"]
        tags = dict(page)
        del tags["data"]
        tags.setdefault(259, 1)
        tags.setdefault(284, 1)
        tags[273] = data
        tags[278] = tags[257]
        tags[279] = len(page["data"])
        entries = b""
        for tag in sorted(tags):
            value = tags[tag]
            if isinstance(value, bytes):
                kind, count, packed = 2, len(value), value
            else:
                values = value if isinstance(value, list) else [value]
                kind = 4 if tag in (273, 279, 254) else 3
                count = len(values)
                packed = struct.pack("<%d%s" % (count, "HI"[kind == 4]),
                                     *values)
            if len(packed) > 4:
                content += b"\0" * (len(content) % 2)
                packed, where = struct.pack("<I", len(content)), packed
                content += where
            entries += struct.pack("<HHI", tag, kind, count)
            entries += packed.ljust(4, b"\0")
        content += b"\0" * (len(content) % 2)
        struct.pack_into("<I", content, link, len(content))
        content += struct.pack("<H", len(tags)) + entries
        link = len(content)
        content += b"\0\0\0\0"
    with open(path, "wb") as file:
        file.write(content)


def page(width, height, bits, photometric, data, **more):
    samples = more.get("samples", 1)
    tags = {256: width, 257: height, 258: [bits] * samples, 262: photometric,
            277: samples, "data": data}
    tags.update(more.get("tags", {}))
    return tags
