#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The method in PyTorch: what peer.py compares the engine with.

usage: peer-torch.py [--tuned]

Reads requests from stdin, one JSON object a line, raw data behind it where it
announces some; writes one JSON object a line to stdout for each:

  {"do": "hello"}                 {"torch": VERSION, "threads": N}
  {"do": "load", ...}             the same
  {"do": "step", "count": N}      {"seconds": [...]}
  {"do": "evaluate", "picture": BYTES}
                                  {"total": ..., "style": ..., "content": ...}
  {"do": "report"}                {"total", "style", "content": at the picture
                                   as it is, "memory": peak, in bytes}

"load" has the lengths of the network file and of two pictures, which follow in
this order, as "network", "content", "style"; the pictures' "width" and
"height"; "channels_last" and "bf16", false or true; "history", of L-BFGS;
"tap", the content tap; "style_weights", "content_weight", "smoothness_weight",
as in core/loss/objective.h.  Pictures are [height][width][3] floats.

--tuned makes the C library keep freed memory instead of giving it back to the
system, which PyTorch on a CPU gains much from.
"""

import json
import os
import struct
import sys
import time

import numpy
import torch
import torch.nn.functional as F

TUNED = {
    "MALLOC_TRIM_THRESHOLD_": "100000000000",
    "MALLOC_MMAP_THRESHOLD_": "100000000000",
    "MALLOC_TOP_PAD_": "1000000000",
}

DTYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def read_network(data):
    """The description and the tensors of a network file, in float."""
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + length])
    description = json.loads(header.pop("__metadata__")["pastiche"])
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        raw = torch.frombuffer(bytearray(data[begin:end]),
                               dtype=DTYPES[entry["dtype"]])
        tensors[name] = raw.reshape(entry["shape"]).float()
    return description, tensors


class Network:
    """A network file as a function from a picture to its taps."""

    def __init__(self, data, channels_last):
        self.description, tensors = read_network(data)
        self.channels_last = channels_last
        self.replicate = self.description["padding"] == "replicate"
        self.tensors = {name: self.arranged(tensor)
                        for name, tensor in tensors.items()}
        source = self.description["input"]
        self.mean = torch.tensor(source["mean"]).view(1, 3, 1, 1)
        self.scale = torch.tensor(source["scale"]).view(1, 3, 1, 1)
        self.layers = self.layers_that_count()

    def layers_that_count(self):
        """Without those behind the last tap that is listed."""
        layers = self.description["layers"]
        wanted = self.description["style"] + self.description["content"]
        last = max(i for i, layer in enumerate(layers)
                   if layer["op"] == "tap" and layer["name"] in wanted)
        return layers[:last + 1]

    def arranged(self, tensor):
        if self.channels_last and tensor.dim() == 4:
            return tensor.contiguous(memory_format=torch.channels_last)
        return tensor

    def convolve(self, x, name):
        weight = self.tensors[name + ".weight"]
        margin = weight.shape[-1] // 2
        if margin and self.replicate:
            x = F.pad(x, (margin,) * 4, mode="replicate")
            margin = 0
        return F.conv2d(x, weight, self.tensors[name + ".bias"],
                        padding=margin)

    def taps(self, x, wanted):
        """x: [1][3][height][width].  Returns name -> features."""
        taps = {}
        x = self.arranged(x)
        if self.description["input"]["order"] == "bgr":
            x = x.flip(1)
        x = (x - self.mean) * self.scale
        for layer in self.layers:
            if layer["op"] == "conv":
                x = self.convolve(x, layer["name"])
                if layer.get("relu"):
                    x = F.relu_(x)
            elif layer["op"] == "avgpool":
                x = F.avg_pool2d(x, 2, ceil_mode=True,
                                 count_include_pad=False)
            elif layer["name"] in wanted:
                project = layer.get("project")
                taps[layer["name"]] = (self.convolve(x, project) if project
                                       else x)
        return taps


def gram(features):
    """[c][c]: products of channels, averaged over positions."""
    _, c, height, width = features.shape
    if features.is_contiguous():
        flat = features.reshape(c, height * width)
    else:
        flat = features.permute(0, 2, 3, 1).reshape(height * width, c).t()
    return (flat @ flat.t()).float() / (height * width)


def smoothness(x):
    """As in core/loss/losses.h."""
    across = (x[..., 1:] - x[..., :-1]).square().sum()
    down = (x[..., 1:, :] - x[..., :-1, :]).square().sum()
    return (across + down) / x.numel()


class Transfer:
    """A picture on its way from the content to the style."""

    def __init__(self, request, data, content, style):
        self.network = Network(data, request["channels_last"])
        self.bf16 = request["bf16"]
        self.styles = self.network.description["style"]
        self.content_tap = request["tap"]
        self.weights = dict(zip(self.styles, request["style_weights"]))
        self.content_weight = request["content_weight"]
        self.smoothness_weight = request["smoothness_weight"]
        with torch.no_grad():
            taps = self.taps(style)
            self.grams = {t: self.gram(taps[t]) for t in self.styles}
            self.norms = {t: g.square().sum() for t, g in self.grams.items()}
            self.target = self.taps(content)[self.content_tap].float()
            self.variance = self.target.var(dim=(2, 3), unbiased=False).mean()
        self.x = content.clone().contiguous().requires_grad_(True)
        self.optimizer = torch.optim.LBFGS(
            [self.x], lr=1, max_iter=1, history_size=request["history"],
            tolerance_grad=-1, tolerance_change=-1)

    def autocast(self):
        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bf16)

    def taps(self, x):
        with self.autocast():
            return self.network.taps(x, self.styles + [self.content_tap])

    def gram(self, features):
        with self.autocast():
            return gram(features)

    def losses(self, x):
        """total, style, content: core/loss/objective.h, without the range."""
        taps = self.taps(x)
        style = sum(self.weights[t] / self.norms[t]
                    * (self.gram(taps[t]) - self.grams[t]).square().sum()
                    for t in self.styles)
        content = F.mse_loss(taps[self.content_tap].float(),
                             self.target) / self.variance
        total = style + self.content_weight * content
        if self.smoothness_weight > 0:
            total = total + self.smoothness_weight * smoothness(x)
        return total, style, content

    def step(self):
        """One iteration, which evaluates the loss once.  Its seconds."""
        def closure():
            self.optimizer.zero_grad()
            total = self.losses(self.x)[0]
            total.backward()
            return total
        begin = time.perf_counter()
        self.optimizer.step(closure)
        return time.perf_counter() - begin

    def evaluate(self, x):
        with torch.no_grad():
            values = self.losses(x)
        return dict(zip(("total", "style", "content"), map(float, values)))


def peak_memory():
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def read_picture(request, size):
    pixels = numpy.frombuffer(sys.stdin.buffer.read(size), "<f4")
    picture = pixels.reshape(request["height"], request["width"], 3)
    return torch.from_numpy(picture.transpose(2, 0, 1)[None].copy())


def load(request):
    data = sys.stdin.buffer.read(request["network"])
    content = read_picture(request, request["content"])
    style = read_picture(request, request["style"])
    return Transfer(request, data, content, style)


def about():
    return {"torch": torch.__version__, "threads": torch.get_num_threads()}


def main():
    if "--tuned" in sys.argv and not TUNED.keys() <= os.environ.keys():
        os.execve(sys.executable, [sys.executable] + sys.argv,
                  {**os.environ, **TUNED})
    torch.set_flush_denormal(True)
    # Whatever OMP_NUM_THREADS says: the engine takes all processors too.
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    transfer, size = None, None
    for line in iter(sys.stdin.buffer.readline, b""):
        request = json.loads(line)
        if request["do"] == "load":
            transfer, size = load(request), request
            answer = about()
        elif request["do"] == "hello":
            answer = about()
        elif request["do"] == "step":
            answer = {"seconds": [transfer.step()
                                  for _ in range(request["count"])]}
        elif request["do"] == "evaluate":
            answer = transfer.evaluate(read_picture(size, request["picture"]))
        else:
            answer = transfer.evaluate(transfer.x)
            answer["memory"] = peak_memory()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
