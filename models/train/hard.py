#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes hard examples: pictures optimized with the current network.

Optimization exploits the student's errors.  So WORK/network.safetensors
repaints pictures of PICTURES in the style of others, and the results go to
WORK/hard/.  train.py then trains on the teacher's features of them.
"""

import argparse
import pathlib
import subprocess

import numpy

from pictures import list_pictures


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pictures", help="folder of photos and paintings")
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--pastiche", required=True, metavar="PROGRAM",
                        help="the command line program")
    parser.add_argument("--count", type=int, default=24, metavar="N",
                        help="how many more to make; default 24")
    parser.add_argument("--size", type=int, default=512, metavar="N",
                        help="longer side in pixels; default 512")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    pictures = list_pictures(arguments.pictures)
    folder = arguments.work / "hard"
    folder.mkdir(exist_ok=True)
    first = len(list_pictures(folder))
    for number in range(first, first + arguments.count):
        generator = numpy.random.default_rng(number)
        content, style = generator.choice(pictures, 2, replace=False)
        subprocess.run(
            [arguments.pastiche, "--content", content, "--style", style,
             "--output", folder / f"{number:05}.png",
             "--model", arguments.work / "network.safetensors",
             "--size", str(arguments.size),
             "--strength", str(generator.integers(20, 90))], check=True)


if __name__ == "__main__":
    main()
