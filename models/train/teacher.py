# SPDX-License-Identifier: GPL-3.0-or-later
"""The teacher: features of networks with the architecture of VGG-19.

A teacher file is safetensors with conv<block>_<n>.weight and .bias from
conv1_1 on; input.weight and .bias, a 1x1 convolution before them; and
aux<block>_<n>, 1x1 convolutions with ReLU that widen a narrow network's
features to VGG's.  Padding is the student's, so that a student can be exact at
borders too; average pooling.
"""

import torch
import torch.nn.functional as F

from networkfile import read_tensors

TAPS = ("1_1", "2_1", "3_1", "4_1", "4_2", "5_1")
CONVOLUTIONS = ("1_1", "1_2", "2_1", "2_2", "3_1", "3_2", "3_3", "3_4",
                "4_1", "4_2", "4_3", "4_4", "5_1")
POOL_BEFORE = ("2_1", "3_1", "4_1", "5_1")


def precision(layer):
    """Half where the processor is quicker so; pixels are too fine for it."""
    return torch.autocast("cpu", torch.bfloat16, enabled=layer != "1_1")


def pad(y):
    return F.pad(y, (1, 1, 1, 1), mode="replicate")


def run(tensors, x, wanted):
    """Tap -> activation, of the taps in WANTED, which are in order."""
    taps = {}
    y = F.conv2d(x, tensors["input.weight"], tensors["input.bias"])
    for name in CONVOLUTIONS[:CONVOLUTIONS.index(wanted[-1]) + 1]:
        if name in POOL_BEFORE:
            y = F.avg_pool2d(y, 2)
        with precision(name):
            y = F.relu(F.conv2d(pad(y), tensors[f"conv{name}.weight"],
                                tensors[f"conv{name}.bias"]))
            if name in wanted:
                taps[name] = y.float()
            if name in wanted and f"aux{name}.weight" in tensors:
                taps[name] = F.relu(F.conv2d(
                    y, tensors[f"aux{name}.weight"],
                    tensors[f"aux{name}.bias"])).float()
    return taps


class Teacher:
    """Each tap comes from the first of the files that reaches it."""

    def __init__(self, paths):
        self.networks, missing = [], TAPS
        for path in paths:
            tensors = read_tensors(path)
            given = [name for name in missing
                     if f"conv{name}.weight" in tensors]
            missing = [name for name in missing if name not in given]
            if given:
                self.networks.append((tensors, given))
        if missing:
            raise ValueError(f"no teacher file has conv{missing[0]}")

    @torch.no_grad()
    def __call__(self, x):
        taps = {}
        for tensors, given in self.networks:
            taps.update(run(tensors, x, given))
        return taps


class Targets:
    """The teacher's features as the student has to give them.

    Scaled to a variance of 1 a channel.  Those of PROJECTED are given by their
    leading principal directions: a Gram matrix and its Frobenius distance do
    not depend on the basis.
    """

    def __init__(self, teacher, channels, projected):
        self.teacher = teacher
        self.channels = channels
        self.projected = projected
        self.state = {}

    def measure(self, batches):
        """Finds scales and directions in the features of some pictures."""
        second, mean, count = {}, {}, 0
        for x in batches:
            count += 1
            for name, y in self.teacher(x).items():
                y = y.transpose(0, 1).flatten(1)
                moments = (y @ y.t() / y.shape[1]).double()
                second[name] = second.get(name, 0) + moments
                mean[name] = mean.get(name, 0) + y.mean(1).double()
        for name in TAPS:
            variance = (second[name].trace() / count
                        - ((mean[name] / count) ** 2).sum())
            scale = (self.channels[name] / variance) ** 0.5
            self.state[name] = scale.float()
            if name in self.projected:
                _, vectors = torch.linalg.eigh(second[name])
                basis = vectors.flip(1)[:, :self.channels[name]].t()
                self.state[name] = (scale * basis).float()[:, :, None, None]

    def __call__(self, x):
        return {name: F.conv2d(y, self.state[name])
                if name in self.projected else y * self.state[name]
                for name, y in self.teacher(x).items()}
