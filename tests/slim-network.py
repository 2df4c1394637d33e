#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a network of an eighth of the channels, which an emulator can run.

usage: slim-network.py NETWORK.safetensors OUTPUT.safetensors

It is for tests of programs: results are pictures, and no good ones.
"""

import json
import pathlib
import struct
import sys

PART = 8
COLORS = 3


def slim_tensor(data, shape):
    """The first channels of @data, of which both dimensions are channels."""
    kept = [n // PART if i < 2 and n != COLORS else n
            for i, n in enumerate(shape)]
    row = len(data) // shape[0]
    if len(shape) == 1:
        return kept, data[:kept[0] * row]
    width = row * kept[1] // shape[1]
    return kept, b"".join(data[i * row:i * row + width]
                          for i in range(kept[0]))


def main():
    data = pathlib.Path(sys.argv[1]).read_bytes()
    begin = 8 + struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:begin])
    slim = {"__metadata__": header.pop("__metadata__")}
    tensors = b""
    for name, entry in header.items():
        first, end = entry["data_offsets"]
        shape, kept = slim_tensor(data[begin + first:begin + end],
                                  entry["shape"])
        slim[name] = {"dtype": entry["dtype"], "shape": shape,
                      "data_offsets": [len(tensors), len(tensors) + len(kept)]}
        tensors += kept
    text = json.dumps(slim).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(sys.argv[2]).write_bytes(
        struct.pack("<Q", len(text)) + text + tensors)


if __name__ == "__main__":
    main()
