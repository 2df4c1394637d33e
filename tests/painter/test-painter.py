#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the program that paints the style pictures, and the pictures.

usage: test-painter.py sums PAINT-STYLE
       test-painter.py pictures PAINT-STYLE STYLES

sums: two small pictures have the same bits on each machine.
pictures: the JPEG files in STYLES are what the program paints, but for what
JPEG loses; skipped where there is no Pillow.

Writes TAP.
"""
import hashlib
import io
import pathlib
import subprocess
import sys
import tempfile

try:
    from PIL import Image, ImageChops, ImageStat
except ImportError:
    Image = None

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))
from tap import check, finish

# Techniques that together use all that the others use: brush, water, paper;
# lines, print; cells.
SUMS = {
    "impasto": "0ddea32b7e5041e4",
    "watercolor": "310e806cc554d451",
    "woodcut": "586d17006bbef4c2",
    "mosaic": "9ac5ad65e8df15fa",
}
SMALL = 200
# How the pictures were saved: see paint.sh.
QUALITY = 82
MOST_BYTES = 3 << 20


def paint(program, name, long_side, folder):
    """The bytes of the PPM file."""
    path = pathlib.Path(folder) / "painted.ppm"
    subprocess.run([program, name, str(long_side), path], check=True)
    return path.read_bytes()


def check_sums(program):
    with tempfile.TemporaryDirectory() as folder:
        for name, expected in SUMS.items():
            found = hashlib.sha256(
                paint(program, name, SMALL, folder)).hexdigest()[:16]
            check(f"{name}: the same bits as ever", found == expected,
                  f"{found}, not {expected}")
        wrong = subprocess.run([program, "nothing", "160", "x.ppm"],
                               cwd=folder, capture_output=True, check=False)
        check("another name is refused", wrong.returncode == 2)


def distance(picture, other):
    """Mean difference of the values of two pictures."""
    return sum(ImageStat.Stat(ImageChops.difference(picture, other)).mean) / 3


def save_and_read(picture):
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    return Image.open(file).convert("RGB")


def check_pictures(program, styles):
    files = sorted(styles.glob("*.jpg"))
    check("at least twelve pictures", len(files) >= 12, len(files))
    total = sum(file.stat().st_size for file in files)
    check("not too large together", total <= MOST_BYTES, total)
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            committed = Image.open(file).convert("RGB")
            painted = Image.open(io.BytesIO(
                paint(program, file.stem, max(committed.size), folder)))
            if painted.size != committed.size:
                check(file.name, False, f"{painted.size}, {committed.size}")
                continue
            loss = distance(painted, save_and_read(painted))
            away = distance(painted, committed)
            check(f"{file.name} is what the program paints",
                  away < 1.15 * loss + 0.2,
                  f"{away:.2f} away, and JPEG loses {loss:.2f}")


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "sums":
        check_sums(pathlib.Path(sys.argv[2]).resolve())
    elif len(sys.argv) == 4 and sys.argv[1] == "pictures":
        if not Image:
            print("1..0 # SKIP Pillow is not installed")
            return
        check_pictures(pathlib.Path(sys.argv[2]).resolve(),
                       pathlib.Path(sys.argv[3]))
    else:
        sys.exit(__doc__)
    finish()


if __name__ == "__main__":
    main()
