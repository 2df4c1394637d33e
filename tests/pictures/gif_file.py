# SPDX-License-Identifier: GPL-3.0-or-later
"""GIF files by hand."""
import struct


def lzw(values, bits, clears):
    """Codes of LZW in blocks.
    clears: whether the table is emptied when it is full"""
    codes, table, text = [(1 << bits, bits + 1)], {}, ()

    def size():
        return min(12, max(bits + 1, ((1 << bits) + 1
                                      + len(table)).bit_length()))

    def put():
        codes.append((text[0] if len(text) == 1 else table[text], size()))
    for value in values:
        longer = text + (value,)
        if len(longer) == 1 or longer in table:
            text = longer
            continue
        put()
        if (1 << bits) + 2 + len(table) < 4096:
            table[longer] = (1 << bits) + 2 + len(table)
        elif clears:
            codes.append((1 << bits, 12))
            table = {}
        text = (value,)
    put()
    codes.append(((1 << bits) + 1, size()))
    number, place = 0, 0
    for code, length in codes:
        number |= code << place
        place += length
    data = number.to_bytes((place + 7) // 8, "little")
    return bytes([bits]) + b"".join(
        bytes([len(data[i:i + 255])]) + data[i:i + 255]
        for i in range(0, len(data), 255)) + b"\0"


def gif(path, width, height, data):
    grays = b"".join(bytes([i * 17] * 3) for i in range(16))
    with open(path, "wb") as file:
        file.write(b"GIF89a" + struct.pack("<HH", width, height)
                   + b"\xb3\0\0" + grays + b"\x21\xfe\4test\0"
                   + b"," + struct.pack("<HHHH", 0, 0, width, height) + b"\0"
                   + data + b";")
