# SPDX-License-Identifier: GPL-3.0-or-later
"""VGG-19 and VGG-16 in PyTorch, for test-torch.py and test-gatys.py."""
import torch
import torch.nn.functional as F

VGG = {"vgg19": [2, 2, 4, 4, 4], "vgg16": [2, 2, 3, 3, 3]}
TAPS = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu4_2", "relu5_1"]


def vgg_convs(blocks):
    """Yields (name, number of torchvision's module, in, out, last of block)."""
    module, inside = 0, 3
    for block, count in enumerate(blocks):
        out = min(64 << block, 512)
        for i in range(count):
            yield f"{block + 1}_{i + 1}", module, inside, out, i == count - 1
            module, inside = module + 2, out
        module += 1


def vgg_weights(blocks):
    weights = {}
    for _, module, inside, out, _ in vgg_convs(blocks):
        scale = (2 / (9 * inside)) ** 0.5
        weights[f"features.{module}.weight"] = torch.randn(out, inside, 3,
                                                           3) * scale
        weights[f"features.{module}.bias"] = torch.randn(out) * 0.1
    # In the file, but never to be looked at.
    weights["classifier.0.weight"] = torch.full((16, 25088), float("nan"))
    return weights


def vgg_taps(weights, x, blocks, pool):
    taps = {}
    for name, module, _, _, last in vgg_convs(blocks):
        x = F.relu(F.conv2d(x, weights[f"features.{module}.weight"],
                            weights[f"features.{module}.bias"], padding=1))
        if "relu" + name in TAPS:
            taps["relu" + name] = x
        if name == "5_1":
            return taps
        x = pool(x) if last else x


def torch_input(x, caffe):
    """x: [height][width][3] of 0..1."""
    x = x.permute(2, 0, 1)[None]
    if caffe:
        mean = torch.tensor([103.939, 116.779, 123.68]).double()
        return x.flip(1) * 255 - mean.view(1, 3, 1, 1)
    mean = torch.tensor([0.485, 0.456, 0.406]).double().view(1, 3, 1, 1)
    deviation = torch.tensor([0.229, 0.224, 0.225]).double().view(1, 3, 1, 1)
    return (x - mean) / deviation
