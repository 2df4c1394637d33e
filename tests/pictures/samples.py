# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures that tests draw."""
from PIL import Image

F = ["#####", "#....", "###..", "#....", "#...."]   # differs when turned
# What makes of an upright picture one that is stored as 2 to 8 says.
LAID = {2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM], 5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90], 7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270]}


def stored_as(upright, number):
    """upright, turned as files of that orientation store it"""
    for operation in LAID.get(number, []):
        upright = upright.transpose(operation)
    return upright


def letter(scale=8):
    image = Image.new("L", (5, 5), 255)
    for y, row in enumerate(F):
        for x, mark in enumerate(row):
            image.putpixel((x, y), 0 if mark == "#" else 255)
    return image.resize((5 * scale, 5 * scale), Image.Resampling.NEAREST) \
        .crop((0, 0, 5 * scale - 3, 5 * scale))


def photo(width=160, height=120):
    image = Image.new("RGB", (width, height))
    image.putdata([(x * 7 % 256, y * 5 % 256, (x * y) % 256)
                   for y in range(height) for x in range(width)])
    return image


COLORS = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (200, 30, 40), (90, 160, 60),
          (128, 128, 128), (255, 255, 255), (12, 9, 20)]


def patches(colors, size=16):
    image = Image.new("RGB", (size * len(colors), size))
    for i, color in enumerate(colors):
        image.paste(color, (i * size, 0, (i + 1) * size, size))
    return image
