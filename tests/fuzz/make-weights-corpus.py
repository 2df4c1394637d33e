#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes files of weights, and what must be refused, into a folder.

usage: make-weights-corpus.py FOLDER     (needs torch)

Run it after a change, and pack the folder with corpus.py into
corpus/weights.tar.

The good-* files hold VGG-16 or VGG-19 with 2 to 4 channels in each layer.
Value number i of the convolution that torchvision calls features.K is ((7919 i
+ 31 K) mod 257 - 128) / 256, that of its bias one with 17 in the place of 31:
exact in half precision.  The others are made of these.
"""
import collections
import io
import json
import os
import pickle
import struct
import sys

import torch

FOLDER = sys.argv[1]

MODULES = {16: [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28],
           19: [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34]}


def values(count, number):
    return [((7919 * i + number) % 257 - 128) / 256 for i in range(count)]


def width(module):
    return 2 + module % 3


def weights(depth):
    """The state dict of a small VGG."""
    state, inside = collections.OrderedDict(), 3
    for module in MODULES[depth]:
        out = width(module)
        weight = torch.tensor(values(out * inside * 9, 31 * module))
        state[f"features.{module}.weight"] = weight.reshape(out, inside, 3, 3)
        state[f"features.{module}.bias"] = torch.tensor(
            values(out, 17 * module))
        inside = out
    state["classifier.0.weight"] = torch.full((2, 2), float("nan"))
    return state


def saved(state, new):
    file = io.BytesIO()
    torch.save(state, file, _use_new_zipfile_serialization=new)
    return file.getvalue()


def safetensors(state):
    header, data = {}, b""
    for name, tensor in state.items():
        raw = tensor.numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


# ---- files as torch wrote them in 2017 --------------------------------------

def text(string):
    """SHORT_BINSTRING, as Python 2 has it."""
    return b"U" + bytes([len(string)]) + string.encode()


def number(value):
    if -2 ** 31 <= value < 2 ** 31:
        return b"J" + struct.pack("<i", value)
    return b"\x8a\x08" + struct.pack("<q", value)


def old_tensor(key, tensor, parameter):
    shape = b"(" + b"".join(map(number, tensor.shape)) + b"t"
    strides = b"(" + b"".join(map(number, tensor.stride())) + b"t"
    storage = (b"(" + text("storage") + b"ctorch\nFloatStorage\n" + text(key)
               + text("cpu") + number(tensor.numel()) + b"Nt" + b"Q")
    plain = (b"ctorch._utils\n_rebuild_tensor\n(" + storage + number(0) + shape
             + strides + b"tR")
    if not parameter:
        return plain
    # A parameter that gets its tensor afterwards.
    return (b"ctorch.nn.parameter\nParameter\n)\x81(" + plain
            + b"ccollections\nOrderedDict\n(]tR" + b"N\x88\x89tb")


def old_stream(state, parameter=True):
    """A stream with Python 2's texts, and its OrderedDict of a list."""
    pairs = b"".join(b"]" + b"(" + text(name)
                     + old_tensor(str(i), tensor, parameter) + b"e"
                     for i, (name, tensor) in enumerate(state.items()))
    keys = b"(" + b"".join(text(str(i)) for i in range(len(state))) + b"e"
    facts = pickle.dumps({"little_endian": True}, 2)
    data = b"".join(struct.pack("<Q", tensor.numel())
                    + tensor.numpy().astype("<f4").tobytes()
                    for tensor in state.values())
    magic = saved(state, False)[:15]
    return (magic + pickle.dumps(1001, 2) + facts
            + b"\x80\x02ccollections\nOrderedDict\n](" + pairs + b"e\x85R."
            + b"\x80\x02]" + keys + b"." + data)


# ---- what must be refused ---------------------------------------------------

class Call:
    """Pickled as a call of @function."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def stream(object_pickle, keys=b"\x80\x02].", data=b""):
    magic = saved({}, False)[:15]
    facts = pickle.dumps({"little_endian": True}, 2)
    return magic + pickle.dumps(1001, 2) + facts + object_pickle + keys + data


def one_tensor(count=4, offset=0, shape=(4,), strides=(1,), kind="Float",
               key="0", view=b"N"):
    """The pickle of {"features.0.weight": tensor}."""
    return (b"\x80\x02}" + text("features.0.weight")
            + b"ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage")
            + b"ctorch\n" + kind.encode() + b"Storage\n" + text(key)
            + text("cpu") + number(count) + view + b"tQ" + number(offset)
            + b"(" + b"".join(map(number, shape)) + b"t"
            + b"(" + b"".join(map(number, strides)) + b"t"
            + b"\x89NtRs.")


def tensor_stream(stored=4, **changes):
    keys = b"\x80\x02](" + text("0") + b"e."
    return stream(one_tensor(**changes), keys,
                  struct.pack("<Q", stored) + bytes(16))


def files():
    state = weights(19)
    new, old = saved(state, True), saved(state, False)

    yield "good-vgg19-archive", new
    yield "good-vgg19-stream", old
    yield "good-vgg19-old-stream", old_stream(state)
    yield "good-vgg19-oldest-tensors", old_stream(state, parameter=False)
    yield "good-vgg19-safetensors", safetensors(state)
    yield "good-vgg16-archive", saved(weights(16), True)
    yield "good-vgg16-stream", saved(weights(16), False)

    yield "bad-empty", b""
    yield "bad-page", b"\n<!DOCTYPE html><html><body>404</body></html>"
    yield "bad-archive-cut", new[:-100]
    yield "bad-archive-start", new[:3000]
    yield "bad-archive-value", new.replace(b"\0\0\xf8\x3e", b"\0\0\xf8\x3d", 1)
    yield "bad-stream-cut", old[:-8]
    yield "bad-stream-start", old[:200]
    yield "bad-tensor-missing", saved(collections.OrderedDict(
        item for item in state.items() if item[0] != "features.12.bias"), False)
    yield "bad-names", saved({"a": torch.zeros(3)}, False)
    yield "bad-no-dict", saved([torch.zeros(3)], False)
    yield "bad-double", saved({name: tensor.double()
                               for name, tensor in state.items()}, False)
    yield "bad-strides", saved({name: tensor.transpose(0, -1)
                                for name, tensor in state.items()}, False)
    yield "bad-not-finite", saved({name: tensor / 0
                                   for name, tensor in state.items()}, False)

    for name, evil in (("system", Call(os.system, "touch executed")),
                       ("eval", Call(eval, "print('executed')")),
                       ("open", Call(open, "executed", "w"))):
        yield f"bad-call-{name}", stream(pickle.dumps({"a": evil}, 2))
    yield "bad-call-old", stream(b"cos\nsystem\n(S'touch executed'\ntR.")
    yield "bad-call-instance", stream(b"(S'touch executed'\nios\nsystem\n.")
    yield "bad-call-getattr", stream(
        b"\x80\x02ctorch.serialization\nos.system\n" + text("x") + b"\x85R.")
    yield "bad-call-storage", stream(
        b"\x80\x02ctorch\nFloatStorage\n)R.")
    yield "bad-protocol-4", stream(pickle.dumps({"a": 1}, 4))

    yield "bad-stack-empty", stream(b"\x80\x02.")
    yield "bad-no-mark", stream(b"\x80\x02t.")
    yield "bad-memo", stream(b"\x80\x02h\x05.")
    yield "bad-build", stream(b"\x80\x02K\x01}b.")
    yield "bad-setitems-odd", stream(b"\x80\x02}(K\x01u.")
    yield "bad-append-to-dict", stream(b"\x80\x02}K\x01a.")
    yield "bad-text-length", stream(b"\x80\x02X\xff\xff\xff\x7fab.")
    yield "bad-long", stream(b"\x80\x02\x8a\xff" + bytes(255) + b".")
    yield "bad-itself", stream(b"\x80\x02]q\x00(h\x00h\x00e"
                               + b"ccollections\nOrderedDict\nh\x00\x85R.")
    bomb = b"](" + b"]K\x00aK\x00a" * 3000 + b"eq\x00"
    yield "bad-bomb", stream(b"\x80\x02" + bomb
                             + b"ccollections\nOrderedDict\nh\x00\x85R" * 800
                             + b".")

    yield "bad-count-negative", tensor_stream(count=-1)
    yield "bad-count-huge", tensor_stream(count=2 ** 31 - 1)
    yield "bad-count-other", tensor_stream(stored=5)
    yield "bad-offset", tensor_stream(offset=1)
    yield "bad-offset-negative", tensor_stream(offset=-1)
    yield "bad-shape", tensor_stream(shape=(5,))
    yield "bad-shape-negative", tensor_stream(shape=(-4,))
    yield "bad-shape-overflow", tensor_stream(
        shape=(2 ** 31,) * 3, strides=(2 ** 62, 2 ** 31, 1))
    yield "bad-shape-dimensions", tensor_stream(
        shape=(1,) * 9, strides=(1,) * 9)
    yield "bad-type", tensor_stream(kind="Quantised")
    yield "bad-view", tensor_stream(view=text("1"))
    yield "bad-key", tensor_stream(key="1")


def main():
    os.makedirs(FOLDER, exist_ok=True)
    for name, data in files():
        with open(os.path.join(FOLDER, name), "wb") as file:
            file.write(data)


if __name__ == "__main__":
    main()
