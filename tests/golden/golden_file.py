# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of golden vectors.

A file is "PSTGOLD1" and records: name (32 bytes, padded with zeros), number of
values (uint64), values (float64); everything little-endian.

Where a tensor is long, 200 of its values are kept: i * 7919 mod n for i = 0, 1,
... (7919 is prime), its mean and its mean square.
"""

import struct

import numpy
import torch

SAMPLES = 200
STRIDE = 7919


class Golden:
    def __init__(self):
        self.records = []

    def add(self, name, values):
        array = numpy.asarray(values, dtype="<f8").reshape(-1)
        self.records.append((name, array))

    def add_long(self, name, tensor):
        flat = tensor.detach().reshape(-1)
        index = torch.arange(SAMPLES) * STRIDE % flat.numel()
        self.add(name + ".mean", flat.mean())
        self.add(name + ".square", (flat ** 2).mean())
        self.add(name + ".samples", flat[index])

    def write(self, path):
        with open(path, "wb") as file:
            file.write(b"PSTGOLD1")
            for name, array in self.records:
                file.write(struct.pack("<32sQ", name.encode(), array.size))
                file.write(array.tobytes())
