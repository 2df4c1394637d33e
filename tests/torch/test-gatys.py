#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pastiche --loss gatys against PyTorch.

usage: test-gatys.py PASTICHE PASTICHE-MODEL

The method of jcjohnson/neural-style is written down here once more: with the
same random weights in a VGG of full size, the losses of the first picture have
to be equal, and after some iterations of L-BFGS, each side with its own, nearly
so.  Writes TAP; skipped where there is no torch.
"""
import json
import os
import struct
import subprocess
import sys
import tempfile
import zlib

try:
    import torch
    import torch.nn.functional as F

    from torch_vgg import VGG, torch_input, vgg_taps, vgg_weights
except ImportError:
    print("1..0 # SKIP torch is not installed")
    sys.exit(0)

ITERATIONS = 50
# Ours counts the total variation of the last row and column too, the published
# program does not: at this size 0.6 % of the total.
FIRST_TOLERANCE = 0.01
# Two optimizers on their ways through the same landscape.
LAST_TOLERANCE = 0.05
CONTENT_WEIGHT, STYLE_WEIGHT, VARIATION_WEIGHT = 5, 100, 1e-3
CONTENT_TAP = "relu4_2"


# ---- pictures ---------------------------------------------------------------

def make_picture(height, width, scale):
    """Smooth blots and some grain: [height][width][3], whole numbers."""
    coarse = torch.rand(1, 3, height // scale + 2, width // scale + 2)
    x = F.interpolate(coarse, (height, width), mode="bicubic",
                      align_corners=False)
    x = 0.25 + 0.5 * x + 0.03 * torch.randn(1, 3, height, width)
    return (x[0].permute(1, 2, 0).clamp(0, 1) * 255).round()


def write_png(path, picture):
    height, width, _ = picture.shape
    rows = bytearray()
    for row in picture.byte():
        rows += b"\0" + bytes(row.flatten().tolist())
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        for kind, data in (
                (b"IHDR",
                 struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
                (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b"")):
            file.write(struct.pack(">I", len(data)) + kind + data
                       + struct.pack(">I", zlib.crc32(kind + data)))


# ---- the published method ---------------------------------------------------

def gram(features):
    channels = features.shape[1]
    flat = features.reshape(channels, -1)
    return flat @ flat.T / flat.numel()


class Published:
    """Its losses, of pictures as its network takes them."""

    def __init__(self, weights, content, style):
        self.run = lambda x: vgg_taps(weights, x, VGG["vgg19"],
                                      lambda x: F.max_pool2d(x, 2))
        with torch.no_grad():
            self.content = self.run(content)[CONTENT_TAP]
            self.grams = {name: gram(features)
                          for name, features in self.run(style).items()
                          if name != CONTENT_TAP}

    def losses(self, x):
        """content, before weighting; style; total."""
        taps = self.run(x)
        content = F.mse_loss(taps[CONTENT_TAP], self.content)
        style = STYLE_WEIGHT * sum(F.mse_loss(gram(taps[name]), target)
                                   for name, target in self.grams.items())
        here = x[..., :-1, :-1]
        variation = (((here - x[..., :-1, 1:]) ** 2).sum()
                     + ((here - x[..., 1:, :-1]) ** 2).sum()) / 2
        return (content, style, CONTENT_WEIGHT * content + style
                + VARIATION_WEIGHT * variation)

    def optimize(self, start):
        """The losses at the start and at the end."""
        x = start.clone().requires_grad_()
        optimizer = torch.optim.LBFGS([x], lr=1, max_iter=ITERATIONS,
                                      history_size=100, tolerance_grad=-1,
                                      tolerance_change=-1)
        first = self.losses(x)

        def closure():
            optimizer.zero_grad()
            total = self.losses(x)[2]
            total.backward()
            return total

        optimizer.step(closure)
        return [[float(loss) for loss in losses]
                for losses in (first, self.losses(x))]


# ---- comparison -------------------------------------------------------------

def run_ours(programs, weights, content, style):
    """The same of ours."""
    pastiche, model = programs
    with tempfile.TemporaryDirectory() as folder:
        def path(name):
            return os.path.join(folder, name)

        torch.save(weights, path("weights.pth"))
        subprocess.run([model, "import", path("weights.pth"), "-o",
                        path("vgg.safetensors"), "--float32", "--caffe",
                        "--max-pooling"], check=True)
        write_png(path("content.png"), content)
        write_png(path("style.png"), style)
        subprocess.run([pastiche, "--content", path("content.png"), "--style",
                        path("style.png"), "--output", path("output.png"),
                        "--model", path("vgg.safetensors"), "--loss", "gatys",
                        "--iterations", str(ITERATIONS),
                        "--report", path("report.json")], check=True)
        with open(path("report.json"), encoding="utf-8") as file:
            scales = json.load(file)["scales"]
    if len(scales) != 1 or scales[0]["iterations"] != ITERATIONS:
        sys.exit(f"not {ITERATIONS} iterations at one scale: {scales}")
    return [[scales[0][prefix + term + "_loss"]
             for term in ("content", "style", "total")]
            for prefix in ("first_", "")]


def check(number, name, theirs, ours, tolerance):
    good = all(abs(a - b) <= tolerance * abs(a) for a, b in zip(theirs, ours))
    for label, losses in (("theirs", theirs), ("ours", ours)):
        print(f"# {label}: content {losses[0]:.6g}, style {losses[1]:.6g}, "
              f"total {losses[2]:.6g}")
    print("ok" if good else "not ok", number, name, flush=True)
    return good


def main():
    torch.manual_seed(1)
    weights = vgg_weights(VGG["vgg19"])
    content = make_picture(48, 64, 12)
    style = make_picture(64, 48, 5)
    inputs = [torch_input(picture.double() / 255, True).float()
              for picture in (content, style)]
    theirs = Published(weights, *inputs).optimize(inputs[0])
    ours = run_ours(sys.argv[1:], weights, content, style)
    good = check(1, "first losses", theirs[0], ours[0], FIRST_TOLERANCE)
    good &= check(2, f"losses after {ITERATIONS} iterations", theirs[1],
                  ours[1], LAST_TOLERANCE)
    print("1..2")
    return not good


if __name__ == "__main__":
    sys.exit(main())
