#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast the engine is beside PyTorch, on the same machine in turns.

usage: peer.py [OPTION...] BUILD iteration [NETWORK...]
       peer.py [OPTION...] BUILD memory [NETWORK...]
       peer.py [OPTION...] BUILD reach [NETWORK...]

BUILD is the folder of a build; NETWORK is vgg19 or compact (both).  Both sides
read the same network file and the same pictures, minimize the same loss, and
their values of it are compared before a line is printed:

  ratio NETWORK MODE PRECISION VALUE
                                  median seconds of an iteration, theirs / ours
  memory NETWORK SIDE LEVEL THEIRS OURS SECONDS
                                  peak memory in MiB of a process that iterates,
                                  with what we do to need less
                                  (core/transfer/plan.c);
                                  seconds of our iteration
  reach NETWORK THEIRS OURS RATIO
                                  seconds to the total loss that the published
                                  method ends with

MODE is of PyTorch: default (as one writes it down), best (an allocator that
keeps memory, and the faster one of the two layouts, contiguous and
channels_last), bf16 (that, with autocast to bfloat16).  PRECISION is ours:
exact and, on machines with half precision, auto; beside bf16 auto alone. Lines
that begin with # are for the reader.

--python is the command of an interpreter that has PyTorch, run in the root of
the source tree: --python "tests/debian-root.sh 13 python3" for a newer one.

The published method is that of jcjohnson/neural-style: one scale, from the
content, L-BFGS with 100 pairs of history for 500 iterations, content relu4_2,
style relu1_1 to relu5_1, with total variation.  Its weights (content 5, style
100, smoothness 1e-3) belong to the magnitude of VGG-19's features for pixels of
0 to 255, which a network of ours does not have.  So each term has the share
that it has in the published program's first iteration (its INSTALL page prints
them), see PUBLISHED_*.
"""

import argparse
import array
import json
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MIB = 1024 * 1024
MODES = ("default", "best", "bf16")
MEMORY_LEVELS = range(7)

# Iterations of PyTorch before those that count: the first ones get their memory
# from the system.
WARM_UPS = 4

# Share of the two losses that both sides must agree to.  bfloat16 has eight
# bits, and PyTorch rounds sums to eight too.
TOLERANCES = {"default": 1e-3, "best": 1e-3, "bf16": 0.02}

CONTENT_TAPS = {"vgg19": "relu4_2", "compact": "relu3_1"}

# The terms of the published program's first iteration: style by layer, content.
PUBLISHED_STYLE = (3.0e4, 7.0e5, 1.53e5, 1.24e7, 6.6e2)
PUBLISHED_CONTENT = 2.09e6
# Its total variation is 1e-3 / 2 times the sum of squared differences of values
# of 0 to 255; ours (core/loss/losses.h) is a mean, of values of 0 to 1.
PUBLISHED_SMOOTHNESS = 1e-3 / 2 * 255 ** 2


def fail(message):
    sys.exit(f"peer.py: {message}")


class Peer:
    """A process of peer-torch.py."""

    def __init__(self, python, mode):
        self.mode = mode
        command = shlex.split(python) + ["tests/bench/peer-torch.py"]
        if mode != "default":
            command.append("--tuned")
        self.process = subprocess.Popen(command, cwd=ROOT,
                                        stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def ask(self, request, *blobs):
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        for blob in blobs:
            self.process.stdin.write(blob)
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            fail("PyTorch's side ended early")
        return json.loads(line)

    def load(self, inputs, channels_last, **settings):
        blobs = inputs.network, inputs.content, inputs.style
        request = {"do": "load", "channels_last": channels_last,
                   "bf16": self.mode == "bf16", "width": inputs.width,
                   "height": inputs.height, "smoothness_weight": 0,
                   "style_weights": [0.2] * 5, "content_weight": 0.006,
                   "history": 20, **settings}
        request.update(zip(("network", "content", "style"), map(len, blobs)))
        return self.ask(request, *blobs)

    def step(self, count):
        return self.ask({"do": "step", "count": count})["seconds"]

    def version(self):
        return self.ask({"do": "hello"})["torch"]

    def start(self, inputs, **settings):
        """Loads it in the layout that is faster, for the modes that choose."""
        seconds = {False: 0}
        if self.mode != "default":
            for channels_last in (False, True):
                self.load(inputs, channels_last, **settings)
                self.step(WARM_UPS)
                seconds[channels_last] = statistics.median(self.step(3))
        channels_last = min(seconds, key=seconds.get)
        about = self.load(inputs, channels_last, **settings)
        print(f"# {self.mode}: PyTorch {about['torch']}, "
              f"{about['threads']} threads, "
              f"{'channels_last' if channels_last else 'contiguous'}")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Ours:
    """The programs of a build."""

    def __init__(self, build, folder):
        self.programs = pathlib.Path(build).resolve() / "tests" / "bench"
        self.folder = pathlib.Path(folder)
        self.picture = self.folder / "picture"

    def run(self, program, *words):
        command = [self.programs / f"bench-{program}", *map(str, words)]
        result = subprocess.run(command, check=False, text=True,
                                stdout=subprocess.PIPE)
        if result.returncode:
            fail(f"{program} failed")
        return [line.split() for line in result.stdout.splitlines()]

    def network(self, network):
        """Path of its file, which is written if need be."""
        if network == "compact":
            return ROOT / "models" / "compact.safetensors"
        path = self.folder / network
        if not path.exists():
            self.run("input", network, path)
        return path

    def picture_bytes(self, kind, width, height):
        path = self.folder / kind
        self.run("input", kind, width, height, path)
        return path.read_bytes()

    def write(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def has_half(self):
        """Whether the engine has half precision here."""
        lines = self.run("net", "--script", "--only-iteration", "--runs=5", 32)
        return lines[0][1].endswith(("-bf16", "-amx"))

    def iterate(self, network, side, count, precision, level=0):
        """Seconds, losses and memory of a fresh process."""
        lines = self.run("net", "--script", "--only-iteration",
                         f"--network={self.network(network)}",
                         f"--runs={count}", f"--precision={precision}",
                         f"--memory-level={level}", f"--picture={self.picture}",
                         side)
        found = {words[0]: words[3:] for words in lines}
        style, content = map(float, found["loss"])
        return {"seconds": float(found["time"][1]), "style": style,
                "content": content, "memory": int(found["memory"][0])}


class Inputs:
    """What both sides work on."""

    def __init__(self, ours, network, width, height, content=None, style=None):
        self.width, self.height = width, height
        self.network = ours.network(network).read_bytes()
        self.content = content or ours.picture_bytes("content", width, height)
        self.style = style or ours.picture_bytes("style", width, height)


def check_losses(peer, ours, result, keys, tolerance):
    """Both sides must give the picture that ours has made the same losses."""
    picture = ours.picture.read_bytes()
    theirs = peer.ask({"do": "evaluate", "picture": len(picture)}, picture)
    for key in keys:
        print(f"# {key} at the same picture: theirs {theirs[key]:.6g}, "
              f"ours {result[key]:.6g}")
        if not abs(theirs[key] - result[key]) <= tolerance * theirs[key]:
            fail("the losses differ: this is not the same work")


def compare_iteration(options, ours, network, mode):
    inputs = Inputs(ours, network, options.side, options.side)
    precisions = ["auto"] if mode == "bf16" else ["exact"]
    if mode != "bf16" and ours.has_half():
        precisions.append("auto")
    peer = Peer(options.python, mode)
    if mode == "bf16" and int(peer.version().split(".", maxsplit=1)[0]) < 2:
        print(f"# {network} bf16: left out, PyTorch is too old")
        peer.close()
        return
    peer.start(inputs, tap=CONTENT_TAPS[network])
    theirs, our_seconds = [], {precision: [] for precision in precisions}
    peer.step(WARM_UPS)
    for turn in range(options.rounds):
        theirs += peer.step(options.steps)
        for precision in precisions:
            result = ours.iterate(network, options.side, options.steps,
                                  precision)
            our_seconds[precision].append(result["seconds"])
            if turn == 0:
                check_losses(peer, ours, result, ("style", "content"),
                             TOLERANCES[mode if precision == "exact"
                                        else "bf16"])
    peer.close()
    theirs = statistics.median(theirs)
    for precision in precisions:
        seconds = statistics.median(our_seconds[precision])
        print(f"# {network} {options.side} px, seconds: theirs {theirs:.4f}, "
              f"ours {seconds:.4f}, {precision}")
        print(f"ratio {network} {mode} {precision} {theirs / seconds:.2f}",
              flush=True)


def compare_memory(options, ours, network):
    mode = options.mode[0]
    inputs = Inputs(ours, network, options.side, options.side)
    peer = Peer(options.python, mode)
    peer.start(inputs, tap=CONTENT_TAPS[network])
    peer.step(options.steps)
    theirs = peer.ask({"do": "report"})["memory"]
    peer.close()
    for level in MEMORY_LEVELS:
        result = ours.iterate(network, options.side, options.steps, "exact",
                              level)
        print(f"memory {network} {options.side} {level} {theirs / MIB:.0f} "
              f"{result['memory'] / MIB:.0f} {result['seconds']:.2f}",
              flush=True)


# ---- the published method ---------------------------------------------------

def read_image(path, size):
    """The raw floats of a picture file at that size; None without a path."""
    if not path:
        return None
    # Only here, because made-up pictures need no Pillow.
    from PIL import Image
    pixels = Image.open(path).convert("RGB").resize(size, Image.LANCZOS)
    return array.array("f", (v / 255 for v in pixels.tobytes())).tobytes()


def published_weights(width, height):
    """Weights of core/loss/objective.h, those of the style with the sum 1."""
    unit = sum(PUBLISHED_STYLE)
    return {"style_weights": [term / unit for term in PUBLISHED_STYLE],
            "content_weight": PUBLISHED_CONTENT / unit,
            "smoothness_weight":
                PUBLISHED_SMOOTHNESS * 3 * width * height / unit}


def run_published(options, peer):
    """Seconds and the total loss at the end."""
    seconds = 0
    for done in range(0, options.iterations, 10):
        seconds += sum(peer.step(min(10, options.iterations - done)))
        total = peer.ask({"do": "report"})["total"]
        if done % 50 == 40:
            print(f"# theirs: {seconds:.2f} s, total loss {total:.6g}",
                  flush=True)
    print(f"# theirs: {options.iterations} iterations, {seconds:.2f} s, "
          f"total loss {total:.6g}", flush=True)
    return seconds, total


def run_ours(options, ours, network, inputs, weights, until):
    lines = ours.run(
        "reach", f"--network={ours.network(network)}",
        f"--content={ours.write('content', inputs.content)}",
        f"--style={ours.write('style', inputs.style)}",
        f"--width={options.width}", f"--height={options.height}",
        "--style-weights=" + ",".join(map(str, weights["style_weights"])),
        f"--content-weight={weights['content_weight']}",
        f"--smoothness-weight={weights['smoothness_weight']}",
        f"--coarse={options.coarse}", f"--fine={options.fine}",
        f"--until={until}", f"--picture={ours.picture}")
    for words in lines[:1] + lines[9::10] + lines[-1:]:
        print(f"# ours: {words[1]} s, total loss {words[2]}")
    return float(lines[-1][1]), float(lines[-1][2])


def compare_reach(options, ours, network):
    weights = published_weights(options.width, options.height)
    size = options.width, options.height
    inputs = Inputs(ours, network, *size, read_image(options.content, size),
                    read_image(options.style, size))
    mode = options.mode[0]
    peer = Peer(options.python, mode)
    peer.start(inputs, tap="relu4_2", history=100, **weights)
    seconds, total = run_published(options, peer)
    our_seconds, our_total = run_ours(options, ours, network, inputs,
                                    weights, total)
    check_losses(peer, ours, {"total": our_total}, ("total",),
                 TOLERANCES[mode])
    peer.close()
    if our_total > total:
        print(f"# {network}: ours has not reached it")
        return
    print(f"reach {network} {seconds:.2f} {our_seconds:.2f} "
          f"{seconds / our_seconds:.2f}", flush=True)


def read_options():
    parser = argparse.ArgumentParser(
        description="How fast the engine is beside PyTorch.")
    parser.add_argument("build", metavar="BUILD")
    parser.add_argument("what", choices=("iteration", "memory", "reach"))
    parser.add_argument("networks", metavar="NETWORK", nargs="*")
    parser.add_argument("--python", default="/usr/bin/python3",
                        help="command of an interpreter with PyTorch")
    parser.add_argument("--mode", action="append", choices=MODES,
                        help="may be given several times")
    parser.add_argument("--side", type=int, help="512; memory: 1024")
    parser.add_argument("--rounds", type=int, default=3,
                        help="turns of each side, 3")
    parser.add_argument("--steps", type=int, default=5,
                        help="iterations in a turn, 5")
    parser.add_argument("--width", type=int, default=512)
    parser.add_argument("--height", type=int, default=384)
    parser.add_argument("--content", help="reach: a picture file")
    parser.add_argument("--style", help="reach: a picture file")
    parser.add_argument("--iterations", type=int, default=500,
                        help="of the published method")
    parser.add_argument("--coarse", type=int, default=100,
                        help="iterations of ours at each coarser scale")
    parser.add_argument("--fine", type=int, default=300,
                        help="at most, at the finest scale")
    options = parser.parse_args()
    if not set(options.networks) <= CONTENT_TAPS.keys():
        parser.error("networks are " + " and ".join(CONTENT_TAPS))
    options.networks = options.networks or list(CONTENT_TAPS)
    options.side = options.side or (1024 if options.what == "memory" else 512)
    return options


def main():
    options = read_options()
    print(f"# load of the machine before: {os.getloadavg()[0]:.2f}")
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(options.build, folder)
        if options.what == "reach":
            options.mode = options.mode or ["best"]
            for network in options.networks:
                compare_reach(options, ours, network)
            return
        if options.what == "memory":
            options.mode = options.mode or ["default"]
            for network in options.networks:
                compare_memory(options, ours, network)
            return
        for network in options.networks:
            for mode in options.mode or MODES:
                compare_iteration(options, ours, network, mode)


if __name__ == "__main__":
    main()
