#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the golden vectors: what PyTorch computes, in double precision.

usage: make-golden.py        (writes next to itself; needs torch and numpy)

Shares nothing with the core but the format of model files.  The tests read the
files and need no Python.  To be run again only when a formula changes;
README.md says with which versions it was run.

The format of the vectors: golden_file.py.
"""

import json
import pathlib
import struct

import numpy
import torch
import torch.nn.functional as F

from golden_file import Golden

HERE = pathlib.Path(__file__).resolve().parent
SEED = 3
CONTENT_WEIGHT = 0.02
RANGE_WEIGHT = 10.0
SMOOTHNESS_WEIGHT = 0.05
DESCENT_STEPS = 10
DESCENT_LENGTH = 0.3

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


# ---- files ------------------------------------------------------------------

def read_safetensors(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    graph = json.loads(header.pop("__metadata__")["pastiche"])
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        kind = {"F16": "<f2", "F32": "<f4"}[entry["dtype"]]
        values = numpy.frombuffer(
            data[8 + length + begin:8 + length + end], kind)
        tensors[name] = torch.tensor(values.astype(numpy.float64)).reshape(
            entry["shape"])
    return graph, tensors


def write_safetensors(path, graph, tensors):
    header = {"__metadata__": {"pastiche": json.dumps(graph)}}
    data = b""
    for name, tensor in tensors.items():
        raw = tensor.numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


# ---- the network ------------------------------------------------------------

def convolve(graph, tensors, name, x):
    weight, bias = tensors[name + ".weight"], tensors[name + ".bias"]
    margin = weight.shape[2] // 2
    mode = "replicate" if graph["padding"] == "replicate" else "constant"
    if margin:
        x = F.pad(x, (margin,) * 4, mode=mode)
    return F.conv2d(x, weight, bias)


def pool(x):
    return F.avg_pool2d(x, 2, ceil_mode=True, count_include_pad=False)


def run(graph, tensors, rgb):
    """rgb: [height][width][3]; returns {tap: [channels][height][width]}."""
    x = rgb.permute(2, 0, 1)
    if graph["input"]["order"] == "bgr":
        x = x.flip(0)
    mean = torch.tensor(graph["input"]["mean"]).reshape(3, 1, 1)
    scale = torch.tensor(graph["input"]["scale"]).reshape(3, 1, 1)
    x = ((x - mean) * scale)[None]
    taps = {}
    for layer in graph["layers"]:
        if layer["op"] == "conv":
            x = convolve(graph, tensors, layer["name"], x)
            x = F.relu(x) if layer.get("relu") else x
        elif layer["op"] == "avgpool":
            x = pool(x)
        elif layer.get("project"):
            taps[layer["name"]] = convolve(
                graph, tensors, layer["project"], x)[0]
        else:
            taps[layer["name"]] = x[0]
    return taps


# ---- losses -----------------------------------------------------------------

def weights_at(alpha, tap):
    """Weights of a tap's positions, summing up to 1."""
    alpha = alpha[None, None]
    while alpha.shape[2:] != tap.shape[1:]:
        alpha = pool(alpha)
    return alpha.reshape(-1) / alpha.sum()


def gram(tap, alpha):
    f = tap.reshape(tap.shape[0], -1)
    return (f * weights_at(alpha, tap)) @ f.T


def content_loss(tap, target, alpha):
    weights = weights_at(alpha, tap)
    f = tap.reshape(tap.shape[0], -1)
    t = target.reshape(tap.shape[0], -1)
    mean = (t * weights).sum(1, keepdim=True)
    variance = ((t - mean) ** 2 * weights).sum(1).mean()
    return ((f - t) ** 2 * weights).sum(1).mean() / variance


def range_loss(x):
    return (F.relu(-x) ** 2 + F.relu(x - 1) ** 2).mean()


def smoothness_loss(x):
    return (((x[:, 1:] - x[:, :-1]) ** 2).sum()
            + ((x[1:] - x[:-1]) ** 2).sum()) / x.numel()


class Total:
    def __init__(self, graph, tensors, content, style, alpha, style_alpha):
        self.graph, self.tensors, self.alpha = graph, tensors, alpha
        with torch.no_grad():
            taps = run(graph, tensors, style)
            self.grams = {name: gram(taps[name], style_alpha)
                          for name in graph["style"]}
            self.content = run(graph, tensors, content)[graph["content"][0]]

    def losses(self, x):
        taps = run(self.graph, self.tensors, x)
        styles = [((gram(taps[name], self.alpha) - target) ** 2).sum()
                  / (target ** 2).sum() for name, target in self.grams.items()]
        losses = {
            "style": sum(styles) / len(styles),
            "content": content_loss(taps[self.graph["content"][0]],
                                    self.content, self.alpha),
            "range": range_loss(x),
            "smoothness": smoothness_loss(x),
        }
        losses["total"] = (losses["style"] + CONTENT_WEIGHT * losses["content"]
                           + RANGE_WEIGHT * losses["range"]
                           + SMOOTHNESS_WEIGHT * losses["smoothness"])
        return losses

    def gradient(self, x):
        x = x.clone().requires_grad_()
        self.losses(x)["total"].backward()
        return x.grad


# ---- cases ------------------------------------------------------------------

def picture(height, width, low, high):
    """Smooth shapes and noise, exactly representable as float32."""
    coarse = torch.rand(1, 3, height // 4 + 2, width // 4 + 2)
    x = F.interpolate(coarse, size=(height, width), mode="bilinear",
                      align_corners=False)[0].permute(1, 2, 0)
    x = 0.7 * x + 0.3 * torch.rand(height, width, 3)
    return (low + (high - low) * x).float().double()


def opacity(height, width, wanted):
    if not wanted:
        return torch.ones(height, width)
    alpha = torch.rand(height, width).float().double()
    alpha[: height // 3, : width // 3] = 0
    return alpha


def descent(total, x):
    """The losses of a fully specified optimizer: steps of fixed length."""
    values = []
    for _ in range(DESCENT_STEPS):
        gradient = total.gradient(x)
        values.append(total.losses(x)["total"].item())
        x = x - DESCENT_LENGTH * gradient / gradient.norm()
    return values


def make(path, graph, tensors, sizes, with_alpha, with_descent=False):
    height, width, style_height, style_width = sizes
    content = picture(height, width, 0.0, 1.0)
    style = picture(style_height, style_width, 0.0, 1.0)
    start = picture(height, width, -0.15, 1.15)
    alpha = opacity(height, width, with_alpha)
    style_alpha = opacity(style_height, style_width, with_alpha)
    total = Total(graph, tensors, content, style, alpha, style_alpha)
    golden = Golden()
    golden.add("sizes", sizes)
    for name, values in (("content", content), ("style", style),
                         ("start", start)):
        golden.add(name, values)
    if with_alpha:
        golden.add("alpha", alpha)
        golden.add("style_alpha", style_alpha)
    for number, (name, tap) in enumerate(run(graph, tensors, start).items()):
        golden.add(f"tap{number}.shape", [tap.shape[1], tap.shape[2],
                                          tap.shape[0]])
        golden.add_long(f"tap{number}", tap.permute(1, 2, 0))
        if name in graph["style"]:
            golden.add_long(f"gram{number}", total.grams[name])
        if name == graph["content"][0]:
            golden.add("content_tap", number)
    golden.add("weights", [CONTENT_WEIGHT, SMOOTHNESS_WEIGHT, RANGE_WEIGHT])
    for name, value in total.losses(start).items():
        golden.add("loss." + name, value.detach())
    golden.add("gradient", total.gradient(start))
    if with_descent:
        golden.add("descent.length", DESCENT_LENGTH)
        golden.add("descent", descent(total, start))
    golden.write(path)


def zero_padded_network():
    """Zero padding, blue first, a projection, a convolution without ReLU."""
    def layer(name, out, inside, kernel):
        scale = (2.0 / (inside * kernel * kernel)) ** 0.5
        tensors[name + ".weight"] = (
            torch.randn(out, inside, kernel, kernel) * scale).float().double()
        tensors[name + ".bias"] = (torch.randn(out) * 0.1).float().double()

    tensors = {}
    layer("a", 6, 3, 3)
    layer("b", 8, 6, 3)
    layer("p", 5, 8, 1)
    layer("c", 10, 8, 3)
    layer("d", 7, 10, 1)
    graph = {
        "version": 1, "name": "golden", "credits": "random numbers",
        "input": {"order": "bgr", "mean": [0.4, 0.45, 0.5],
                  "scale": [3.0, 4.0, 5.0]},
        "padding": "zero",
        "layers": [{"op": "conv", "name": "a", "relu": True},
                   {"op": "tap", "name": "one"},
                   {"op": "avgpool", "size": 2},
                   {"op": "conv", "name": "b", "relu": True},
                   {"op": "tap", "name": "two", "project": "p"},
                   {"op": "conv", "name": "c", "relu": False},
                   {"op": "avgpool", "size": 2},
                   {"op": "conv", "name": "d", "relu": True},
                   {"op": "tap", "name": "three"}],
        "style": ["one", "two", "three"], "content": ["two"]}
    return graph, tensors


def root(matrix, power):
    values, vectors = numpy.linalg.eigh(matrix)
    return vectors @ numpy.diag(values ** power) @ vectors.T


def make_colors(path):
    """The linear Monge-Kantorovich map between two sets of colors."""
    mixing = torch.rand(2, 3, 3).numpy()
    colors = [(0.2 + 0.3 * torch.rand(n, 3).numpy() @ mixing[i])
              .astype("f4").astype("f8") for i, n in enumerate((60, 50))]
    mean = [c.mean(0) for c in colors]
    cov = [(c - m).T @ (c - m) / len(c) for c, m in zip(colors, mean)]
    inverse = root(cov[0], -0.5)
    there = root(cov[0], 0.5)
    matrix = inverse @ root(there @ cov[1] @ there, 0.5) @ inverse
    golden = Golden()
    golden.add("from", colors[0])
    golden.add("to", colors[1])
    golden.add("from.mean", mean[0])
    golden.add("from.covariance", cov[0])
    golden.add("matched", (colors[0] - mean[0]) @ matrix.T + mean[1])
    golden.write(path)


def main():
    torch.manual_seed(SEED)
    compact = read_safetensors(HERE.parent.parent / "models"
                               / "compact.safetensors")
    make(HERE / "compact-24x40.bin", *compact, (24, 40, 19, 29), False)
    make(HERE / "compact-17x23.bin", *compact, (17, 23, 21, 14), True)
    zero = zero_padded_network()
    write_safetensors(HERE / "zero.safetensors", *zero)
    make(HERE / "zero.bin", *zero, (13, 22, 9, 11), True, with_descent=True)
    make_colors(HERE / "colors.bin")


if __name__ == "__main__":
    main()
