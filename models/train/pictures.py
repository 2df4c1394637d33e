# SPDX-License-Identifier: GPL-3.0-or-later
"""The training data: crops of pictures, in pairs.

A batch is [x 1 .. x n, x 1 + d 1 .. x n + d n], where d is a disturbance: the
optimization of a picture follows differences, so the student is trained on
those, too.  A batch depends on nothing but the pictures and a random generator.
"""

import math
import pathlib

import numpy
import torch
from PIL import Image

CROP = 128
PAIRS = 4
HARD_SHARE = 0.3      # of the crops, from pictures that the student made
SUFFIXES = (".jpg", ".jpeg", ".png")


def list_pictures(folder):
    return sorted(path for path in pathlib.Path(folder).glob("*")
                  if path.suffix.lower() in SUFFIXES)


def grating(generator):
    """Some waves, each within a soft spot: [CROP, CROP, 3]"""
    y, x = numpy.mgrid[:CROP, :CROP]
    total = numpy.zeros((CROP, CROP, 3))
    for _ in range(generator.integers(1, 4)):
        angle, phase = generator.uniform(0, (math.pi, 2 * math.pi))
        left, top = generator.uniform(0, CROP, 2)
        radius = generator.uniform(10, CROP)
        spot = numpy.exp(((x - left) ** 2 + (y - top) ** 2)
                         / (-2 * radius ** 2))
        along = x * math.cos(angle) + y * math.sin(angle)
        wave = numpy.sin(math.tau * generator.uniform(.05, .5) * along + phase)
        total += (wave * spot)[:, :, None] * generator.uniform(-1, 1, 3)
    return total


def disturbance(generator):
    """Noise in color or gray, fine or coarse, or waves: [CROP, CROP, 3]"""
    size, kind = generator.uniform(.03, .15), generator.random()
    if kind < .4:
        return generator.normal(0, size, (CROP, CROP, 3))
    if kind < .6:
        gray = generator.normal(0, size, (CROP, CROP, 1))
        return numpy.repeat(gray, 3, axis=2)
    if kind < .8:
        return grating(generator) * size * 1.5
    coarse = generator.normal(0, size, (CROP // 2, CROP // 2, 3))
    return coarse.repeat(2, axis=0).repeat(2, axis=1)


def crop(path, generator):
    """A square part of a picture, scaled and turned: [CROP, CROP, 3], 0..1"""
    with Image.open(path) as file:
        width, height = file.size
        side = int(min(CROP * generator.choice((1, 1, 1.5, 2, 3)),
                       width, height))
        left = generator.integers(0, width - side + 1)
        top = generator.integers(0, height - side + 1)
        part = file.convert("RGB").crop((left, top, left + side, top + side))
    part = part.resize((CROP, CROP), Image.LANCZOS)
    if generator.random() < .5:
        part = part.transpose(Image.FLIP_LEFT_RIGHT)
    if generator.random() < .2:
        part = part.transpose(Image.ROTATE_90)
    return numpy.asarray(part) / 255


def distort(picture, generator):
    """Other colors, noise, waves, at times: what optimization passes."""
    if generator.random() < .5:
        picture = (picture * generator.uniform(.6, 1.4, 3)
                   + generator.uniform(-.15, .15, 3))
    if generator.random() < .2:
        picture = picture + generator.normal(
            0, generator.uniform(0, .15), picture.shape)
    if generator.random() < .2:
        picture = picture + grating(generator) * generator.uniform(0, .15)
    return picture.clip(-.15, 1.15)


def make_batch(ordinary, hard, generator):
    """[2 PAIRS, 3, CROP, CROP] from two lists of paths; HARD may be empty.

    Hard pictures are taken as they are: they are what optimization makes.
    """
    plain, disturbed = [], []
    for _ in range(PAIRS):
        if hard and generator.random() < HARD_SHARE:
            picture = crop(generator.choice(hard), generator)
        else:
            picture = distort(crop(generator.choice(ordinary), generator),
                              generator)
        plain.append(picture)
        disturbed.append((picture + disturbance(generator)).clip(-.3, 1.3))
    batch = numpy.stack(plain + disturbed).astype(numpy.float32)
    return torch.from_numpy(batch).permute(0, 3, 1, 2)  # channels last
