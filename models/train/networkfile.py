# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads safetensors files, and writes models as ../README.md describes."""

import json
import os
import struct

import numpy
import torch

DTYPES = {"F32": numpy.float32, "F16": numpy.float16}


def read_tensors(path):
    """Name -> tensor, in float, of a file in single or half precision."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header, data = json.loads(file.read(length)), file.read()
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        array = numpy.frombuffer(data[begin:end], DTYPES[entry["dtype"]])
        tensors[name] = torch.from_numpy(
            array.astype(numpy.float32).reshape(entry["shape"]))
    return tensors


def write_network(path, description, tensors):
    """Writes in half precision.  PATH is replaced once it is complete."""
    header, data = {"__metadata__": {"pastiche": json.dumps(description)}}, b""
    for name, tensor in tensors.items():
        raw = tensor.detach().contiguous().numpy().astype("<f2").tobytes()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(f"{path}.new", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
    os.replace(f"{path}.new", path)
