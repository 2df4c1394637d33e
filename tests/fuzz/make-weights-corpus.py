#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes files of weights, and what must be refused, into a folder.

usage: make-weights-corpus.py FOLDER     (needs torch)

Run it after a change, and pack the folder with corpus.py into
corpus/weights.tar.

The good-* files hold VGG-16 or VGG-19 with 2 to 4 channels in each layer, those
called good-vgg19-* all the same, good-caffe-* with Caffe's input.
Value number i of the convolution that torchvision calls features.K is ((7919 i
+ 31 K) mod 257 - 128) / 256, that of its bias one with 17 in the place of 31:
exact in half precision.  The others are made of these.
"""
import argparse
import collections
import datetime
import gzip
import io
import json
import os
import pathlib
import pickle
import struct
import sys
import tarfile
import zipfile

import numpy
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


def saved(state, new, protocol=2):
    file = io.BytesIO()
    torch.save(state, file, _use_new_zipfile_serialization=new,
               pickle_protocol=protocol)
    return file.getvalue()


def safetensors(state, dtype="F32", metadata=None):
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name, tensor in state.items():
        if dtype == "BF16":
            raw = tensor.bfloat16().view(torch.int16).numpy().tobytes()
        else:
            raw = tensor.numpy().astype("<f" + str(int(dtype[1:]) // 8))
            raw = raw.tobytes()
        header[name] = {"dtype": dtype, "shape": list(tensor.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


# ---- what is around the weights ---------------------------------------------

def renamed(state, name):
    """@name: makes a name of the old one"""
    return collections.OrderedDict((name(old), tensor)
                                   for old, tensor in state.items())


def block_names(state):
    """Those of Gatys' file."""
    names = {}
    for block, count in enumerate([2, 2, 4, 4, 4]):
        for i in range(count):
            module = MODULES[19][len(names)]
            names[f"features.{module}"] = f"conv{block + 1}_{i + 1}"
    return collections.OrderedDict(
        (names[old.rpartition(".")[0]] + "." + old.rpartition(".")[2], tensor)
        for old, tensor in state.items() if old.startswith("features"))


def spaced(state, begin, norms):
    """VGG-19 as one with three modules for each convolution."""
    result, number, last = collections.OrderedDict(), begin - 3, 0
    for module in MODULES[19]:
        number += 3 + (module - last > 2)
        last = module
        out = width(module)
        for part in "weight", "bias":
            result[f"{number}.{part}"] = state[f"features.{module}.{part}"]
        if norms:
            for part in "weight", "bias", "running_mean", "running_var":
                result[f"{number + 1}.{part}"] = torch.full((out,), 0.5)
    return result


class Settings:
    """Of a class that nobody else has."""

    def __init__(self):
        self.rate, self.names = 0.1, {"a", "b"}


def checkpoint(key, state):
    """What training programs save."""
    parameter = torch.nn.Parameter(torch.zeros(3))
    optimizer = torch.optim.Adam([parameter])
    parameter.grad = torch.ones(3)
    optimizer.step()
    return {"epoch": 7, "best": 0.25, "arch": "vgg19", "done": False,
            "args": argparse.Namespace(rate=0.1, gpu=None), "own": Settings(),
            "optimizer": optimizer.state_dict(), "rng": torch.get_rng_state(),
            "history": collections.defaultdict(list, loss=[0.5, 1e300]),
            "path": pathlib.PurePosixPath("a/b"), "big": 2 ** 70,
            "range": range(3), "bytes": b"\0\xff", key: state,
            "date": datetime.date(2020, 1, 1), "device": torch.device("cpu"),
            "type": torch.float32, "size": torch.Size([1, 2]),
            "numpy": numpy.float64(0.5), "array": numpy.arange(3),
            "itself": [state]}


def module(state):
    """The network itself: modules that contain modules."""
    layers, inside = [], 3
    for number in range(MODULES[19][-1] + 1):
        if number in MODULES[19]:
            layers.append(torch.nn.Conv2d(inside, width(number), 3))
            inside = width(number)
        else:
            layers.append(torch.nn.ReLU())
    network = torch.nn.Sequential(collections.OrderedDict(
        features=torch.nn.Sequential(*layers)))
    network.load_state_dict(
        {name: state[name] for name in network.state_dict()})
    return network


def scripted(network, change=lambda script: script):
    file = io.BytesIO()
    torch.jit.save(change(torch.jit.script(network)), file)
    return file.getvalue()


def views(state):
    """The same values, in other orders and among others."""
    everything = torch.cat([torch.full((3,), 9.0)]
                           + [tensor.flatten() for tensor in state.values()])
    views, at = collections.OrderedDict(), 3
    for i, (name, tensor) in enumerate(state.items()):
        view = everything[at:at + tensor.numel()].view(tensor.shape)
        at += tensor.numel()
        if tensor.dim() == 4:
            copies = (view, view.contiguous(memory_format=torch.channels_last),
                      view.permute(3, 2, 1, 0).contiguous().permute(3, 2, 1, 0),
                      torch.stack([view, view], 2)[:, :, 1])
            view = copies[i // 2 % 4]
        elif i // 2 % 2:
            view = torch.stack([view, view + 1], 1)[:, 0]
        views[name] = view
    return views


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


def disguised(state):
    """Networks as people have them; all are the same."""
    for key in "state_dict", "model", "net", "params":
        yield f"good-vgg19-within-{key}", saved(checkpoint(key, state), True)
    yield "good-vgg19-within-stream", saved(
        {"a": [1, {"b": checkpoint("state", state)}]}, False)
    for prefix in "module.", "vgg.", "a.b.c.":
        yield f"good-vgg19-prefix-{prefix[:-1]}", saved(
            renamed(state, lambda name: prefix + name), True)
    yield "good-vgg19-prefix-inside", saved(
        renamed(state, lambda name: name.replace(".", ".module.", 1)), True)
    yield "good-vgg19-prefix-safetensors", safetensors(
        renamed(state, lambda name: "module." + name))
    yield "good-vgg19-numbers", saved(
        {name[9:]: tensor for name, tensor in state.items()
         if name.startswith("features.")}, True)
    yield "good-vgg19-double", saved(
        {name: tensor.double() for name, tensor in state.items()}, True)
    yield "good-vgg19-double-stream", saved(
        {name: tensor.double() for name, tensor in state.items()}, False)
    yield "good-vgg19-double-safetensors", safetensors(state, "F64")
    yield "good-vgg19-bfloat16", saved(
        {name: tensor.bfloat16() for name, tensor in state.items()}, True)
    yield "good-vgg19-bfloat16-safetensors", safetensors(state, "BF16")
    yield "good-vgg19-half-safetensors", safetensors(state, "F16")
    yield "good-vgg19-views", saved(views(state), True)
    yield "good-vgg19-views-stream", saved(views(state), False)
    yield "good-vgg19-parameters", saved(
        {name: torch.nn.Parameter(tensor) for name, tensor in state.items()},
        True)
    for protocol in 3, 4, 5:
        yield f"good-vgg19-protocol-{protocol}", saved(
            checkpoint("model", state), protocol == 4, protocol)
    yield "good-vgg19-module", saved(module(state), True)
    yield "good-vgg19-module-stream", saved(module(state), False)
    yield "good-vgg19-script", scripted(module(state))

    yield "good-caffe-vgg19-blocks", saved(block_names(state), False)
    yield "good-caffe-vgg19-blocks-within", saved(
        {"vgg": renamed(block_names(state), lambda name: "net." + name)}, True)
    yield "good-norms", saved(spaced(state, 0, True), True)
    yield "good-pads", saved({"0.weight": torch.ones(3, 3, 1, 1),
                              "0.bias": torch.zeros(3),
                              **spaced(state, 2, False)}, True)
    yield "good-two-vgg19", saved(
        {"model": state, "model_ema": dict(state)}, True)


def varint(value):
    result = b""
    while value > 127:
        result += bytes([value & 127 | 128])
        value >>= 7
    return result + bytes([value])


def field(number, value):
    """Of a message of Protocol Buffers: a number or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def zipped(name, data):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()


def tarred(name, data, time=0):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w",
                      format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        info.mtime = time
        archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def foreign():
    """The beginnings of files of other programs."""
    node = field(1, b"conv1_1") + field(4, b"Conv")
    yield "lfs", (b"version https://git-lfs.github.com/spec/v1\noid sha256:"
                  + b"0" * 64 + b"\nsize 574673361\n")
    yield "h5", b"\x89HDF\r\n\x1a\n" + bytes(64)
    yield "mat", b"MATLAB 5.0 MAT-file, Platform: GLNXA64" + bytes(90)
    yield "gguf", b"GGUF\3\0\0\0" + bytes(16)
    yield "t7", struct.pack("<iii", 4, 1, 3) + b"V 1" + bytes(32)
    yield "t7-table", struct.pack("<iii", 3, 1, 2) + bytes(32)
    yield "t7-ascii", b"4\n1\n3\nV 1\n13\nnn.Sequential\n"
    yield "darknet", struct.pack("<iiii", 0, 2, 5, 32013312) + bytes(32)
    yield "ggml", b"lmgg" + bytes(32)
    yield "tflite", b"\x1c\0\0\0TFL3" + bytes(32)
    yield "mxnet", struct.pack("<QQQ", 0x112, 0, 3)
    yield "npy", b"\x93NUMPY\1\0v\0{'descr': '<f4'}"
    yield "npz", zipped("a.npy", b"\x93NUMPY\1\0")
    yield "keras", zipped("model.weights.h5", b"\x89HDF")
    yield "zip", zipped("vgg19.pth", b"x" * 99)
    yield "gzip", gzip.compress(b"x" * 99, mtime=0)
    yield "tar", tarred("vgg19.pth", b"x" * 99)
    info = pickle.dumps({"protocol_version": 1000, "little_endian": True}, 2)
    yield "torch-tar", tarred("sys_info", info)
    yield "torch-tar-time", tarred("sys_info", info, time=1480000000.25)
    yield "onnx", (field(1, 7) + field(2, b"pytorch") + field(3, b"1.13")
                   + field(7, field(1, node)) + field(8, field(2, 11)))
    yield "caffemodel", (field(1, b"VGG_ILSVRC_19_layers")
                         + field(2, field(4, b"conv1_1")) * 3)
    yield "caffemodel-new", (field(1, b"vgg") + field(100, node))
    yield "caffemodel-cut", (field(1, b"VGG_ILSVRC_19_layers")
                             + field(2, node) + field(2, bytes(999))[:99])
    yield "graph", (field(1, field(1, b"input") + field(2, b"Placeholder"))
                    + field(1, field(1, b"w") + field(2, b"Const"))
                    + field(4, field(1, 21)))
    yield "saved-model", field(1, 1) + field(2, field(1, node))
    yield "checkpoint", bytes(99) + struct.pack("<Q", 0xdb4775248b80fb57)
    description = field(1, field(1, b"image")) + field(100, field(1, b"VGG"))
    for number in (200, 401, 500, 502):
        yield f"mlmodel-{number}", (field(1, 4) + field(2, description)
                                    + field(number, field(1, node)))
    yield "openvino", b'<?xml version="1.0"?>\n<net name="vgg" version="10">'
    yield "index", json.dumps(
        {"metadata": {"total_size": 9}, "weight_map":
         {"features.0.weight": "model-00001-of-00002.safetensors"}},
        indent=2).encode()
    yield "json", b'{"error": "Repository not found"}'
    yield "text", b"Entry not found"
    yield "page", b"\xef\xbb\xbf <html><body>Sign in</body></html>"
    yield "png", b"\x89PNG\r\n\x1a\n" + bytes(32)
    yield "pickle", pickle.dumps({"a": [1.0, 2.0]}, 4)
    ordered = collections.OrderedDict(a=[1.0, 2.0])
    for protocol in (0, 1):
        yield f"pickle-{protocol}", pickle.dumps({"a": [1.0, 2.0]}, protocol)
        yield f"pickle-list-{protocol}", pickle.dumps([1.0], protocol)
        yield f"pickle-class-{protocol}", pickle.dumps(ordered, protocol)
    yield "model", safetensors({}, metadata={"pastiche": "{}"})


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

    yield from disguised(state)

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
    yield "bad-integers", saved({name: tensor.long()
                                 for name, tensor in state.items()}, False)
    yield "bad-expanded", saved({name: tensor[:1].expand(tensor.shape)
                                 for name, tensor in state.items()}, False)
    yield "bad-many-names", saved({f"layer{i}.w\n" + "x" * 99:
                                   torch.zeros(1) for i in range(9)}, True)
    yield "bad-script-frozen", scripted(module(state).eval(), torch.jit.freeze)
    yield "bad-nested-nothing", saved(checkpoint("a", 1), True)
    for name, data in foreign():
        yield "bad-foreign-" + name, data
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
    yield "bad-call-within", saved({"state_dict": state, "a": Call(
        os.system, "touch executed")}, True)
    yield "bad-call-stack", stream(pickle.dumps(
        {"a": Call(os.system, "touch executed")}, 4))
    yield "bad-instruction", stream(b"\x80\x02\xff.")

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
    yield "bad-type", tensor_stream(kind="Quantized")
    yield "bad-view", tensor_stream(view=text("1"))
    yield "bad-key", tensor_stream(key="1")


def main():
    os.makedirs(FOLDER, exist_ok=True)
    for name, data in files():
        with open(os.path.join(FOLDER, name), "wb") as file:
            file.write(data)


if __name__ == "__main__":
    main()
