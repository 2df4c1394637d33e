#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Teaches the built-in network the features of its teachers.

Works until it is stopped (Ctrl-C, SIGTERM) or has done --steps, and goes on
from there when it is called again.  WORK is a folder that holds
    checkpoint.pt        all that going on needs
    network.safetensors  the network, averaged over the last steps
    hard/                pictures that the student made, by hard.py; optional
"""

import argparse
import concurrent.futures
import os
import pathlib
import signal
import sys
import time

import numpy
import torch

import fit
import student as students
from pictures import PAIRS, list_pictures, make_batch
from teacher import TAPS, Targets, Teacher

SEED = 1
HELD_OUT = 97           # each so-manieth picture is kept for measuring
MEASURED = 8            # batches that scales, directions and taps are made from
CHECKED = 4             # batches of held-out crops
DIFFERENCE = 0.5        # weight of the error of differences within pairs
WEIGHTS = {"2_1": 2, "3_1": 2}      # the shallow taps keep a picture clean
WARM_UP = 100           # steps to the full rate ...
SLOWED = 1000           # ... which falls as 1 / sqrt (1 + step / SLOWED)
AVERAGED = 0.2          # share of the steps that the average goes over
REPORTED = 25           # steps between lines of the log
SAVED = 100             # steps between checkpoints

# Streams of random numbers.
STEPS, MEASURES, CHECKS = range(3)


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pictures", help="folder of photos and paintings")
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--teacher", nargs="+", required=True, metavar="FILE",
                        help="safetensors; the first that has a layer counts")
    parser.add_argument("--start", metavar="FILE",
                        help="network to start from; otherwise from nothing")
    parser.add_argument("--rate", type=float, default=2e-3,
                        help="of Adam; default 2e-3, after --start rather 3e-4")
    parser.add_argument("--steps", type=int, default=sys.maxsize, metavar="N",
                        help="in all, those of earlier calls included")
    return parser.parse_args()


def error_of_taps(want, got):
    """Tap -> share of the target's variance that is missed; and the loss."""
    errors, loss = {}, 0
    for name in TAPS:
        residual = got[name] - want[name]
        errors[name] = (residual ** 2).mean()
        change = want[name][PAIRS:] - want[name][:PAIRS]
        missed = residual[PAIRS:] - residual[:PAIRS]
        difference = (missed ** 2).sum() / (change ** 2).sum()
        loss = loss + WEIGHTS.get(name, 1) * (errors[name]
                                              + DIFFERENCE * difference)
    return errors, loss


def to_text(errors):
    return " ".join(f"{name} {value:.4f}" for name, value in errors.items())


class Course:
    """Student, targets, and where the teaching is."""

    def __init__(self, arguments):
        paths = list_pictures(arguments.pictures)
        self.held_out = paths[::HELD_OUT]
        self.ordinary = [path for path in paths if path not in self.held_out]
        self.hard = list_pictures(arguments.work / "hard")
        if not self.ordinary:
            sys.exit(f"{arguments.pictures}: fewer than two pictures")
        self.targets = Targets(Teacher(arguments.teacher),
                               students.CHANNELS, students.PROJECTED)
        self.student = students.Student().to(memory_format=torch.channels_last)
        self.adam = torch.optim.Adam(self.student.parameters())
        self.work, self.rate, self.step = arguments.work, arguments.rate, 0
        if self.checkpoint.exists():
            self.go_on()
        else:
            self.begin(arguments.start)

    @property
    def checkpoint(self):
        return self.work / "checkpoint.pt"

    def batch(self, stream, number):
        """The same for the same pictures and numbers."""
        generator = numpy.random.default_rng([SEED, stream, number])
        if stream == CHECKS:
            return make_batch(self.held_out, [], generator)
        return make_batch(self.ordinary, self.hard, generator)

    def batches(self, stream, count):
        return (self.batch(stream, number) for number in range(count))

    def begin(self, start):
        self.targets.measure(self.batches(MEASURES, MEASURED))
        if start:
            students.load(self.student, start)
        else:
            torch.manual_seed(SEED)
            fit.initialize(self.student, self.batch(MEASURES, 0))
        fit.fit_first_layer(self.student, self.targets,
                            self.batch(MEASURES, 0))
        fit.fit_taps(self.student, self.targets,
                     self.batches(MEASURES, MEASURED))
        self.average = {name: value.clone()
                        for name, value in self.student.state_dict().items()}

    def go_on(self):
        saved = torch.load(self.checkpoint)
        self.step, self.average = saved["step"], saved["average"]
        self.targets.state = saved["targets"]
        self.student.load_state_dict(saved["student"])
        self.adam.load_state_dict(saved["adam"])

    def save(self):
        torch.save({"step": self.step, "average": self.average,
                    "targets": self.targets.state,
                    "student": self.student.state_dict(),
                    "adam": self.adam.state_dict()},
                   f"{self.checkpoint}.new")
        os.replace(f"{self.checkpoint}.new", self.checkpoint)
        students.save(self.work / "network.safetensors", self.average,
                      f"step {self.step}")

    def learn(self, x):
        """One step; returns the errors before it."""
        for group in self.adam.param_groups:
            group["lr"] = (self.rate * min(1, (self.step + 1) / WARM_UP)
                           / (1 + self.step / SLOWED) ** 0.5)
        errors, loss = error_of_taps(self.targets(x), self.student(x))
        self.adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.student.parameters(), 5.0)
        self.adam.step()
        self.step += 1
        share = 1 / (1 + AVERAGED * self.step)
        for name, value in self.student.state_dict().items():
            self.average[name].lerp_(value, share)
        return {name: float(error) for name, error in errors.items()}

    @torch.no_grad()
    def check(self):
        """The averaged network's errors on pictures not learnt from."""
        network = students.Student()
        network.load_state_dict(self.average)
        total = dict.fromkeys(TAPS, 0)
        for x in self.batches(CHECKS, CHECKED):
            errors, _ = error_of_taps(self.targets(x), network(x))
            for name in TAPS:
                total[name] += float(errors[name]) / CHECKED
        return total


def teach(course, steps, stopped):
    """Until STEPS are done, or something is in the list STOPPED."""
    begin = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(1) as reader:
        coming = reader.submit(course.batch, STEPS, course.step)
        while course.step < steps and not stopped:
            x = coming.result()
            coming = reader.submit(course.batch, STEPS, course.step + 1)
            errors = course.learn(x)
            if course.step % REPORTED == 0:
                print(f"step {course.step}, {time.monotonic() - begin:.0f} s: "
                      f"{to_text(errors)}", flush=True)
            if course.step % SAVED == 0:
                course.save()
    course.save()


def report_check(course):
    print(f"step {course.step} held out: {to_text(course.check())}", flush=True)


def main():
    arguments = parse_arguments()
    arguments.work.mkdir(parents=True, exist_ok=True)
    course = Course(arguments)
    stopped = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.append(True))
    print(f"{len(course.ordinary)} pictures, {len(course.hard)} hard ones, "
          f"{len(course.held_out)} held out", flush=True)
    report_check(course)
    before = course.step
    teach(course, arguments.steps, stopped)
    if course.step > before:
        report_check(course)


if __name__ == "__main__":
    main()
