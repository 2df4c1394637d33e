#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Teaches a network for a few steps, with teachers and pictures made here.

usage: test-train.py PASTICHE        (needs torch, numpy and PIL)

PASTICHE is the command line program.  Writes TAP.  Not among the Meson tests:
PyTorch is too large to install for this alone.  Takes a minute or two.
"""

import itertools
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import numpy
from PIL import Image

TRAIN = pathlib.Path(__file__).resolve().parents[2] / "models" / "train"
sys.path.insert(0, str(TRAIN))
from networkfile import write_network  # noqa: E402
import student as students             # noqa: E402
import torch                           # noqa: E402

# Narrow where the student does not ask for width.
SHALLOW = {"1_1": 64, "1_2": 8, "2_1": 128, "2_2": 8, "3_1": 160}
DEEP = {"1_1": 8, "1_2": 8, "2_1": 8, "2_2": 8, "3_1": 8, "3_2": 8, "3_3": 8,
        "3_4": 8, "4_1": 128, "4_2": 96, "4_3": 8, "4_4": 8, "5_1": 16}
AUX = {"5_1": 140}
STEPS = 4
RATE = "0.05"     # a quick one, since these steps are of the warm-up

numbers = itertools.count(1)
failed = []


def check(name, passed):
    failed.extend([] if passed else [name])
    print("ok" if passed else "not ok", next(numbers), name, flush=True)


def make_teacher(path, widths, wider, generator):
    """A random network in the form of a teacher file."""
    tensors = {"input.weight": 4 * torch.eye(3)[:, :, None, None],
               "input.bias": torch.full((3,), -2.0)}
    before = 3
    for name, width in widths.items():
        tensors[f"conv{name}.weight"] = torch.randn(
            width, before, 3, 3, generator=generator) * (2 / before / 9) ** .5
        tensors[f"conv{name}.bias"] = torch.randn(
            width, generator=generator) * .1
        before = width
    for name, width in wider.items():
        tensors[f"aux{name}.weight"] = torch.randn(
            width, widths[name], 1, 1, generator=generator)
        tensors[f"aux{name}.bias"] = torch.zeros(width)
    write_network(path, {}, tensors)


def make_picture(path, generator):
    """Coarse and fine colors."""
    coarse = Image.fromarray(generator.integers(0, 256, (9, 12, 3), "uint8"))
    picture = numpy.asarray(coarse.resize((192, 144), Image.BICUBIC)) / 1.0
    picture += generator.normal(0, 20, picture.shape)
    Image.fromarray(picture.clip(0, 255).astype("uint8")).save(path)


class Training:
    """Calls of train.py in one folder."""

    def __init__(self, folder):
        self.folder = folder

    def start(self, work, steps):
        return subprocess.Popen(
            [sys.executable, TRAIN / "train.py", self.folder / "pictures",
             work, "--teacher", self.folder / "shallow.safetensors",
             self.folder / "deep.safetensors", "--steps", str(steps),
             "--rate", RATE],
            stdout=subprocess.PIPE, text=True)

    def run(self, work, steps):
        with self.start(work, steps) as process:
            log = process.stdout.read()
        if process.returncode != 0:
            sys.exit(f"train.py ended with {process.returncode}")
        return log

    def interrupt(self, work):
        """Stops it as it begins; its exit code, the steps done in all."""
        log = ""
        with self.start(work, STEPS) as process:
            while "held out:" not in log:
                log += process.stdout.readline()
            process.send_signal(signal.SIGTERM)
            log += process.stdout.read()
        return process.returncode, steps_of(log)


def steps_of(log):
    return int(re.findall(r"^step (\d+) held out", log, re.M)[-1])


def errors_of(log):
    """The held-out errors of each tap, at the start and at the end."""
    return [dict((tap, float(value)) for tap, value
                 in re.findall(r"(\d_\d) ([\d.]+)", line))
            for line in re.findall("held out: (.*)", log)]


def test_wider(folder):
    """A network with fewer channels is where a wider one can start."""
    channels = dict(students.WIDTHS)
    students.WIDTHS.update({"2_2": 32, "3_1": 48, "4_2": 80})
    narrow = students.Student()
    x = torch.rand(1, 3, 32, 48, generator=torch.Generator().manual_seed(2))
    write_network(folder / "narrow.safetensors", {}, narrow.state_dict())
    students.load(narrow, folder / "narrow.safetensors")   # rounded, as below
    with torch.no_grad():
        expected = narrow(x)
        students.WIDTHS.update(channels)
        wide = students.Student()
        students.load(wide, folder / "narrow.safetensors")
        got = wide(x)
    # Layers may run in bfloat16, which has 8 bits.
    check("wider, it gives the same features",
          all((got[tap] - expected[tap]).abs().max()
              <= 0.02 * expected[tap].abs().max() for tap in expected))


def test_teaching(training, folder):
    log = training.run(folder / "start", 0)
    check("the first layer is found without descent, to 1e-4",
          errors_of(log)[-1]["1_1"] <= 1e-4)
    for name in ("whole", "parts"):
        shutil.copytree(folder / "start", folder / name)
    first, last = errors_of(training.run(folder / "whole", STEPS))
    print("# relu2_1, which nothing solves for:", first["2_1"], last["2_1"])
    check("what is not solved for is learnt by steps",
          last["2_1"] < first["2_1"])
    training.run(folder / "parts", STEPS // 2)
    code, steps = training.interrupt(folder / "parts")
    check("SIGTERM ends it well, between steps", code == 0 and steps < STEPS)
    training.run(folder / "parts", STEPS)
    networks = [(folder / name / "network.safetensors").read_bytes()
                for name in ("start", "whole", "parts")]
    check("the steps change the network", networks[0] != networks[1])
    check("interrupted and uninterrupted, the same bits",
          networks[1] == networks[2])


def test_hard(training, folder, program):
    work = folder / "whole"
    subprocess.run([sys.executable, TRAIN / "hard.py", folder / "pictures",
                    work, "--pastiche", program, "--count", "2",
                    "--size", "40"], check=True, stdout=subprocess.DEVNULL)
    check("the engine repaints pictures with the network",
          [Image.open(path).size for path in sorted((work / "hard").glob("*"))]
          == [(40, 30)] * 2)
    log = training.run(work, STEPS + 1)
    check("the repainted ones are learnt from",
          "2 hard ones" in log and steps_of(log) == STEPS + 1)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        random = torch.Generator().manual_seed(1)
        make_teacher(folder / "shallow.safetensors", SHALLOW, {}, random)
        make_teacher(folder / "deep.safetensors", DEEP, AUX, random)
        (folder / "pictures").mkdir()
        for number in range(6):
            make_picture(folder / "pictures" / f"{number}.png",
                         numpy.random.default_rng(number))
        test_wider(folder)
        training = Training(folder)
        test_teaching(training, folder)
        test_hard(training, folder, pathlib.Path(sys.argv[1]).resolve())
    print(f"1..{next(numbers) - 1}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
