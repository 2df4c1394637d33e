#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the small network files of corpus/model.tar into a folder.

usage: make-model-corpus.py FOLDER

good-*: accepted by the loader.  bad-*: refused by it.
Run it after a change, and pack the folder with corpus.py.
"""
import json
import os
import struct
import sys

FOLDER = sys.argv[1]

DESCRIPTION = {
    "version": 1, "name": "tiny", "credits": "nobody",
    "input": {"mean": [0.5, 0.25, 0.125], "scale": [1, 2, 4], "order": "rgb"},
    "padding": "zero",
    "layers": [{"op": "conv", "name": "c1", "relu": True},
               {"op": "tap", "name": "t1"},
               {"op": "avgpool", "size": 2},
               {"op": "conv", "name": "c2"},
               {"op": "tap", "name": "t2", "project": "p2"}],
    "style": ["t1", "t2"], "content": ["t2"]}

SHAPES = {"c1.weight": [4, 3, 3, 3], "c1.bias": [4],
          "c2.weight": [2, 4, 1, 1], "c2.bias": [2],
          "p2.weight": [3, 2, 1, 1], "p2.bias": [3]}


def count(shape):
    n = 1
    for side in shape:
        n *= side
    return n


def pack(dtype, values):
    if dtype == "F32":
        return struct.pack("<%df" % len(values), *values)
    if dtype == "F16":
        return struct.pack("<%de" % len(values), *values)
    return b"".join(struct.pack("<f", value)[2:] for value in values)  # BF16


def tiny(dtype="F32", shapes=SHAPES):
    """Returns the entries of the tensors, and their data."""
    entries, data = {}, b""
    for name, shape in shapes.items():
        values = [(i % 17 - 8) / 16 for i in range(count(shape))]
        begin = len(data)
        data += pack(dtype, values)
        entries[name] = {"dtype": dtype, "shape": shape,
                         "data_offsets": [begin, len(data)]}
    return entries, data


def container(header, data=b"", length=None):
    if isinstance(header, dict):
        header = json.dumps(header, separators=(",", ":"))
    if isinstance(header, str):
        header = header.encode()
    return struct.pack("<Q", len(header) if length is None else length) \
        + header + data


def network(description=DESCRIPTION, dtype="F32", shapes=SHAPES, entries=None):
    tensors, data = tiny(dtype, shapes)
    tensors.update(entries or {})
    text = description if isinstance(description, str) \
        else json.dumps(description)
    return container({"__metadata__": {"pastiche": text}, **tensors}, data)


def changed(**members):
    return {**DESCRIPTION, **members}


def entry(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def files():
    layers = DESCRIPTION["layers"]
    good = network()
    order = {**DESCRIPTION["input"], "order": "bgr"}

    yield "good-f32", good
    yield "good-f16", network(dtype="F16")
    yield "good-bf16", network(dtype="BF16")
    yield "good-bgr", network(changed(input=order))
    yield "good-replicate", network(changed(padding="replicate"))

    yield "good-residual", network(changed(layers=layers[:2] + [
        {"op": "maxpool", "size": 3, "name": "p"},
        {"op": "conv", "name": "c2", "stride": 2},
        {"op": "tap", "name": "t2"},
        {"op": "conv", "name": "c3", "input": "p", "stride": 2},
        {"op": "add", "with": "c2"},
        {"op": "mean"}, {"op": "tap", "name": "m", "project": "p2"}]),
        shapes={**SHAPES, "c3.weight": [2, 4, 1, 1], "c3.bias": [2]})

    yield "bad-empty", b""
    yield "bad-length-only", good[:8]
    yield "bad-length-huge", container("{}", length=2 ** 64 - 1)
    yield "bad-length-beyond", container("{}", length=3)
    yield "bad-length-zero", container("{}", length=0)
    yield "bad-no-tensors", container("{}")
    yield "bad-cut-header", good[:100]
    yield "bad-cut-data", good[:-1]
    yield "bad-trailing-data", good + b"\0"
    yield "bad-not-finite", good[:-4] + struct.pack("<f", float("nan"))

    yield "bad-nested", container('{"x":' + "[" * 5000 + "]" * 5000 + "}")
    yield "bad-comment", container('{"x":/*"*/' + "[" * 5000)
    yield "bad-surrogate", container('{"\\ud800":1}')
    yield "bad-nul", container('{"a\\u0000b":1}')
    yield "bad-utf8", container(b'{"\xff":1}')
    yield "bad-two-roots", container("{}{}")
    yield "bad-name-twice", container('{"x":1,"x":2}')

    yield "bad-gap", network(entries={"p2.bias": entry("F32", [2], 516, 524)})
    yield "bad-overlap", network(
        entries={"p2.bias": entry("F32", [4], 508, 524)})
    yield "bad-offset-order", network(
        entries={"p2.bias": entry("F32", [3], 524, 512)})
    yield "bad-offset-huge", network(
        entries={"p2.bias": entry("F32", [3], 512, 2 ** 63 - 1)})
    yield "bad-shape-overflow", network(
        entries={"p2.bias": entry("F32", [2 ** 32, 2 ** 32], 512, 524)})
    yield "bad-shape-negative", network(
        entries={"p2.bias": entry("F32", [-3], 512, 524)})
    yield "bad-dtype", network(
        entries={"p2.bias": entry("I32", [3], 512, 524)})

    yield "bad-description-text", network("{")
    yield "bad-description-nested", network('{"x":' + "[" * 5000)
    yield "bad-version", network(changed(version=2))
    yield "bad-padding", network(changed(padding="reflect"))
    yield "bad-scale", network(changed(input={**DESCRIPTION["input"],
                                              "scale": [1, 0, 1]}))
    yield "bad-operation", network(changed(
        layers=layers[:2] + [{"op": "minpool"}] + layers[3:]))
    yield "bad-no-layers", network(changed(layers=[]))
    yield "bad-many-layers", network(changed(layers=layers * 60))
    yield "bad-first-layer", network(changed(layers=layers[1:]))
    yield "bad-tensor-missing", network(changed(
        layers=layers[:3] + [{"op": "conv", "name": "c3"}] + layers[4:]))
    yield "bad-tensor-shared", network(changed(
        layers=layers[:4] + [{"op": "tap", "name": "t2", "project": "c2"}]))
    yield "bad-kernel", network(shapes={**SHAPES, "c1.weight": [4, 3, 5, 5]})
    yield "bad-channels", network(shapes={**SHAPES, "c2.weight": [2, 5, 1, 1]})
    yield "bad-style", network(changed(style=[]))
    yield "bad-content", network(changed(content=["t3"]))

    # The two other forms of input of fuzz-model.c; no network files.
    yield "bad-fuzz-header", good[8:].replace(b"]}}", b"]}}\0", 1)
    yield "bad-fuzz-description", b"#" + json.dumps(DESCRIPTION).encode()


def main():
    os.makedirs(FOLDER, exist_ok=True)
    for name, data in files():
        with open(os.path.join(FOLDER, name), "wb") as file:
            file.write(data)


if __name__ == "__main__":
    main()
