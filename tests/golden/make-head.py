#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes head.bin: what PyTorch computes while it trains a head.

usage: make-head.py        (writes next to itself; needs torch and numpy)

In double precision, on features that are made up.  The first linear layer has
no bias: batch normalization takes it away again, and with one the losses differ
by less than 1e-7.  To be run again only when a formula changes.
"""

import pathlib

import torch
from torch import nn

from golden_file import Golden

HERE = pathlib.Path(__file__).resolve().parent
SEED = 5
FEATURES, HIDDEN, LABELS = 10, 500, 3
SAMPLES, BATCH, STEPS = 60, 16, 20
RATE, DECAY = 1e-3, 1.0     # so much that it shows in twenty steps

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def exact(tensor):
    """Representable as float32."""
    return tensor.float().double()


def make_samples():
    """Not negative, with some that are always 0, as after ReLU."""
    labels = torch.arange(SAMPLES) % LABELS
    centers = 2 * torch.rand(LABELS, FEATURES)
    features = torch.relu(centers[labels] + torch.randn(SAMPLES, FEATURES))
    features[:, 3] = 0
    return exact(features), labels


def make_layers():
    layers = nn.Sequential(nn.Linear(FEATURES, HIDDEN, bias=False),
                           nn.BatchNorm1d(HIDDEN), nn.ReLU(),
                           nn.Linear(HIDDEN, LABELS))
    with torch.no_grad():
        for parameter in layers.parameters():
            parameter.copy_(exact(parameter))
    return layers


def make_optimizer(layers):
    weights = [layers[0].weight, layers[3].weight]
    others = [parameter for parameter in layers.parameters()
              if all(parameter is not weight for weight in weights)]
    return torch.optim.AdamW([{"params": weights, "weight_decay": DECAY},
                              {"params": others, "weight_decay": 0.0}], lr=RATE)


def main():
    torch.manual_seed(SEED)
    golden = Golden()
    features, labels = make_samples()
    layers = make_layers()
    optimizer = make_optimizer(layers)
    golden.add("sizes", [FEATURES, HIDDEN, LABELS, SAMPLES, BATCH, STEPS])
    golden.add("rates", [RATE, DECAY])
    golden.add("features", features)
    golden.add("labels", labels)
    golden.add("hidden", layers[0].weight.detach().clone())
    golden.add("output", layers[3].weight.detach().clone())
    golden.add("bias", layers[3].bias.detach().clone())

    order, losses = [], []
    for step in range(STEPS):
        batch = torch.randperm(SAMPLES)[:BATCH]
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(layers(features[batch]),
                                           labels[batch])
        loss.backward()
        optimizer.step()
        order.append(batch)
        losses.append(loss.item())
    golden.add("order", torch.stack(order))
    golden.add("losses", losses)

    with torch.no_grad():
        hidden = layers[0](features)
        layers[1].running_mean.copy_(hidden.mean(0))
        layers[1].running_var.copy_(hidden.var(0, unbiased=False))
    layers.eval()
    golden.add("probabilities",
               torch.softmax(layers(features).detach(), dim=1))
    golden.write(HERE / "head.bin")


if __name__ == "__main__":
    main()
