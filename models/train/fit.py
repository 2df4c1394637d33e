# SPDX-License-Identifier: GPL-3.0-or-later
"""The layers that are fitted by least squares instead of gradient descent."""

import torch
import torch.nn.functional as F

from student import MEAN, PROJECTED, SCALE, WIDTHS
from teacher import pad

RIDGE = 1e-6        # relative to the mean square of what is regressed on
SPARSE = 5          # the first layer is fitted at every so many pixels


def regress(inputs, outputs, weights=None):
    """[n, i], [n, o], [n, o] -> matrix [o, i] and offset [o].

    Least squares in double precision; WEIGHTS, if given, say how much each
    output counts at each of the n places.
    """
    a = F.pad(inputs.double(), (0, 1), value=1.0)
    b = outputs.double()
    if weights is None:
        square, product = a.t() @ a, a.t() @ b
    else:
        square = torch.stack([(a * w[:, None]).t() @ a
                              for w in weights.double().t()])
        product = (a.t() @ (b * weights)).t()[:, :, None]
    damping = RIDGE * square.diagonal(dim1=-2, dim2=-1).mean(-1)
    square += damping[..., None, None] * torch.eye(a.shape[1]).double()
    found = torch.linalg.solve(square, product)
    found = found.t() if weights is None else found[:, :, 0]
    return found[:, :-1].float(), found[:, -1].float()


def rows(y):
    """[n, c, h, w] -> [n h w, c]"""
    return y.float().permute(0, 2, 3, 1).flatten(0, 2)


@torch.no_grad()
def fit_first_layer(student, targets, x):
    """conv1_1 from the places where its target is not cut off by ReLU.

    There the target is linear in nine pixels, so the layer comes out exact, and
    no unit can be dead.  conv1_2 is changed to go on seeing what it saw.
    """
    first, second = student.conv1_1, student.conv1_2
    pixels = (x - MEAN) * SCALE
    before = rows(F.relu(first(pad(pixels))))[::SPARSE]
    patches = F.unfold(pad(pixels), 3).transpose(1, 2).flatten(0, 1)[::SPARSE]
    target = rows(targets(x)["1_1"])[::SPARSE]
    weight, bias = regress(patches, target, (target > 0).float())
    first.weight.copy_(weight.reshape(first.weight.shape))
    first.bias.copy_(bias)
    mixed, offset = regress(rows(F.relu(first(pad(pixels))))[::SPARSE], before)
    second.bias += torch.einsum("oiyx,i->o", second.weight, offset)
    second.weight.copy_(torch.einsum("oiyx,ij->ojyx", second.weight, mixed))


@torch.no_grad()
def fit_taps(student, targets, batches):
    """The projections of all taps, from the student's features as they are."""
    seen = {name: ([], []) for name in PROJECTED}
    for x in batches:
        want = targets(x)
        for name, y in student.activations(x):
            if name in PROJECTED:
                seen[name][0].append(rows(y))
                seen[name][1].append(rows(want[name]))
    for name, (inputs, outputs) in seen.items():
        tap = student.get_submodule(f"tap{name}")
        weight, bias = regress(torch.cat(inputs), torch.cat(outputs))
        tap.weight.copy_(weight[:, :, None, None])
        tap.bias.copy_(bias)


@torch.no_grad()
def initialize(student, x):
    """Random weights, each layer scaled to a response of variance 1."""
    for name in WIDTHS:
        layer = student.get_submodule(f"conv{name}")
        torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        torch.nn.init.zeros_(layer.bias)
        response = dict(student.activations(x))[name].float()
        layer.weight /= (2 * (response ** 2).mean()) ** 0.5
