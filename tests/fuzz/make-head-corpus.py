#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the small files good-* and bad-* of corpus/head.tar into a folder.

usage: make-head-corpus.py FOLDER

good-*: accepted by the loader.  bad-*: refused by it.
Run it after a change, and pack the folder with corpus.py.
"""
import json
import os
import struct
import sys

FOLDER = sys.argv[1]

DESCRIPTION = {"version": 1, "model": "tiny", "checksum": "abc",
               "layer": "t1", "size": 64, "labels": ["cat", "dög"]}


def head(description=DESCRIPTION, hidden=2, features=3, labels=2, spoilt=None,
         shapes=None, framed=False):
    """A header, NUL and data, which is how fuzz-head.c wants it; or, framed, a
    file.  spoilt: number and value of a parameter; shapes: replaced ones."""
    tensors = {"hidden.weight": [hidden, features], "norm.weight": [hidden],
               "norm.bias": [hidden], "norm.running_mean": [hidden],
               "norm.running_var": [hidden], "output.weight": [labels, hidden],
               "output.bias": [labels]}
    tensors.update(shapes or {})
    header = {"__metadata__": {"pastiche-head": json.dumps(description)}}
    n_values = 0
    for name, shape in tensors.items():
        count = 1
        for side in shape:
            count *= side
        header[name] = {"dtype": "F32", "shape": shape,
                        "data_offsets": [4 * n_values, 4 * (n_values + count)]}
        n_values += count
    values = [i + 1.0 for i in range(n_values)]
    if spoilt:
        values[spoilt[0]] = spoilt[1]
    text = json.dumps(header).encode()
    start = struct.pack("<Q", len(text)) + text if framed else text + b"\0"
    return start + struct.pack("<%df" % n_values, *values)


def changed(**members):
    return {**DESCRIPTION, **members}


FILES = {
    "good-file": head(framed=True),
    "good-header": head(),
    "good-three-labels": head(changed(labels=["a", "b", "c"]), labels=3),
    "bad-cut": head(framed=True)[:-1],
    "bad-version": head(changed(version=2)),
    "bad-size": head(changed(size=1 << 40)),
    "bad-label-twice": head(changed(labels=["cat", "cat"])),
    "bad-label-lines": head(changed(labels=["cat", "d\no\ng"])),
    "bad-labels-other": head(changed(labels=3)),
    "bad-description": head([1, 2]),
    "bad-output-shape": head(shapes={"output.weight": [1]}),
    "bad-not-finite": head(spoilt=(3, float("nan"))),
    "bad-variance": head(spoilt=(13, -1.0)),
}

os.makedirs(FOLDER, exist_ok=True)
for name, data in FILES.items():
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(data)
