# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of pictures in files share.

usage: test-NAME.py PICTURE-HELPER [PATTERN]

PICTURE-HELPER is what picture-helper.c becomes.  Each test writes TAP; PATTERN
chooses among its functions.  Imported before Pillow, this skips the test where
there is none.
"""
import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    from PIL import Image
except ImportError:
    print("1..0 # SKIP Pillow is not installed")
    sys.exit(0)

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))
from tap import check, finish

ROUNDING = 0.01
LOSSY = 12

Answer = collections.namedtuple("Answer", "lines said ok")


class Helper:
    """picture-helper, for all pictures, as libvips takes its time to start; a
    new one after a crash."""

    def __init__(self, program):
        self.program = program
        self.process = None

    def start(self):
        with open("said", "wb") as file:
            self.process = subprocess.Popen(
                [self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=file, text=True)
        self.said = open("said", encoding="utf-8")

    def end(self):
        """Returns the exit status."""
        self.process.stdin.close()
        self.process.stdout.close()
        status = self.process.wait()
        self.process = None
        return status

    def run(self, *arguments):
        """What it printed, all that it said, and whether it could."""
        if not self.process:
            self.start()
        print(*arguments, sep="\t", file=self.process.stdin, flush=True)
        lines = []
        for line in self.process.stdout:
            if line in ("done\n", "failed\n"):
                return Answer(lines, self.said.read().strip(), line == "done\n")
            lines.append(line)
        return Answer(lines, f"{self.said.read()} exit status {self.end()}",
                      False)


helper = Helper(sys.argv[1])
run = helper.run


class Picture:
    """What the helper reads from a file; 0 to 255, sRGB."""

    def __init__(self, path, *side):
        result = run("pixels", path, *side)
        self.error = result.said
        self.ok = result.ok and not self.error
        if self.ok:
            head = [int(word) for word in result.lines[0].split()]
            self.size, self.alpha, self.deep = head[:2], head[2], head[3]
            self.pixels = [[float(word) for word in line.split()]
                           for line in result.lines[1:]]

    def at(self, x, y):
        return self.pixels[y * self.size[0] + x]


def differ(got, wanted):
    return max(abs(a - b) for a, b in zip(got, wanted))


def check_pixel(name, path, wanted, tolerance=ROUNDING, at=(0, 0)):
    picture = Picture(path)
    if not picture.ok:
        check(name, False, picture.error)
        return
    got = picture.at(*at)
    check(name, differ(got, wanted) <= tolerance, f"{got}, not {wanted}")


def check_refused(name, path, text, *side):
    picture = Picture(path, *side)
    said = picture.error.splitlines()
    check(name, not picture.ok and len(said) == 1 and text in said[0]
          and path in said[0], picture.error or "read")


def looks_like(path, wanted, tolerance=LOSSY):
    picture = Picture(path)
    if not picture.ok:
        return False, picture.error
    if tuple(picture.size) != wanted.size:
        return False, f"{picture.size}, not {wanted.size}"
    worst = max(differ(pixel[:3], [value] * 3) for pixel, value
                in zip(picture.pixels, wanted.getdata()))
    return worst <= tolerance, f"off by {worst}"


def main(names):
    """Calls all functions among names that begin with test_, in a folder of
    their own."""
    Image.MAX_IMAGE_PIXELS = None
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name, test in list(names.items()):
            if name.startswith("test_") and (len(sys.argv) < 3
                                             or re.search(sys.argv[2], name)):
                test()
        check("the helper ends", not helper.process or helper.end() == 0)
        os.chdir("/")
    finish()
