# SPDX-License-Identifier: GPL-3.0-or-later
"""The student: its architecture, and its file."""

import torch
import torch.nn.functional as F
from torch import nn

from networkfile import read_tensors, write_network
from teacher import POOL_BEFORE, TAPS, pad, precision

WIDTHS = {"1_1": 64, "1_2": 48, "2_1": 128, "2_2": 128, "3_1": 256, "3_2": 128,
          "4_1": 256, "4_2": 256, "5_1": 256}
PROJECTED = {"3_1": 160, "4_1": 128, "4_2": 96, "5_1": 128}
CHANNELS = {"1_1": WIDTHS["1_1"], "2_1": WIDTHS["2_1"], **PROJECTED}

MEAN, SCALE = 0.45, 4.0
CREDITS = ("Taught by VGG-19 features (Simonyan and Zisserman, CC BY 4.0; "
           "deeper layers by way of Collaborative-Distillation, MIT)")


class Student(nn.Module):
    """From pixels to taps.  Parameters have the names they have in files."""

    def __init__(self):
        super().__init__()
        width = 3
        for name, wider in WIDTHS.items():
            self.add_module(f"conv{name}", nn.Conv2d(width, wider, 3))
            if name in PROJECTED:
                self.add_module(f"tap{name}",
                                nn.Conv2d(wider, PROJECTED[name], 1))
            width = wider

    def activations(self, x):
        """Convolution -> activation, in order."""
        y = (x - MEAN) * SCALE
        for name in WIDTHS:
            if name in POOL_BEFORE:
                y = F.avg_pool2d(y, 2)
            with precision(name):
                y = F.relu(self.get_submodule(f"conv{name}")(pad(y)))
            yield name, y

    def forward(self, x):
        taps = {}
        for name, y in self.activations(x):
            if name in PROJECTED:
                with precision(name):
                    y = self.get_submodule(f"tap{name}")(y)
            if name in TAPS:
                taps[name] = y.float()
        return taps


def describe_layers():
    for name in WIDTHS:
        if name in POOL_BEFORE:
            yield {"op": "avgpool", "size": 2}
        yield {"op": "conv", "name": f"conv{name}", "relu": True}
        if name in PROJECTED:
            yield {"op": "tap", "name": f"relu{name}", "project": f"tap{name}"}
        elif name in TAPS:
            yield {"op": "tap", "name": f"relu{name}"}


@torch.no_grad()
def load(student, path):
    """Takes the weights of a network file of this shape, or of a narrower one.

    What is new sees with random weights and is not yet looked at, so that the
    features are those of the file.
    """
    narrow, wide = read_tensors(path), student.state_dict()
    for name, tensor in wide.items():
        there = tuple(slice(size) for size in narrow[name].shape)
        if tensor.dim() > 1:
            tensor[:, narrow[name].shape[1]:] = 0
        tensor[there] = narrow[name]
    student.load_state_dict(wide)


def save(path, weights, revision):
    """Writes a student's weights, its state_dict, as a network file."""
    description = {
        "version": 1, "name": "compact", "revision": revision,
        "credits": CREDITS,
        "input": {"order": "rgb", "mean": [MEAN] * 3, "scale": [SCALE] * 3},
        "padding": "replicate", "layers": list(describe_layers()),
        "style": ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"],
        "content": ["relu3_1"]}
    write_network(path, description, weights)
