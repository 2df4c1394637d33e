#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up Meson's test logs: the end of run.sh's output.

usage: summary.py [--suite NAME STATUS TESTLOG.JSON] ...
                  [--failed WHAT] ... [--skipped WHAT] ...

Each Meson test counts as one; so does a whole suite that was not built, or of
which something else went wrong: STATUS is the exit status of suite.sh.  Names
what failed, with what it said of that, and what was skipped; the last line is
"N passed, N failed, N skipped".  Exit status: 1 if anything failed or nothing
passed.
"""

import argparse
import json
import pathlib
import sys

PASSED = {"OK", "EXPECTEDFAIL"}
SKIPPED = {"SKIP", "IGNORED"}
TOLD = 4                # lines of each output of a failed test, at most


def reason_of(test):
    """What a failed test said, by Meson's log: TAP's failures, or its end."""
    lines = (test.get("stdout") or "").splitlines()
    failures = [line for line in lines
                if line.startswith(("not ok", "Bail out!"))]
    errors = (test.get("stderr") or "").splitlines()
    told = (failures or lines[-TOLD:])[:TOLD] + errors[-TOLD:]
    return "".join(f"\n    {line}" for line in told)


class Counts:
    def __init__(self, failed, skipped):
        self.passed = 0
        self.failed = list(failed)
        self.skipped = list(skipped)

    def add_test(self, suite, test):
        name, result = test["name"], test["result"]
        if result in PASSED:
            self.passed += 1
        elif result in SKIPPED:
            self.skipped.append(f"{name} ({suite})")
        else:
            self.failed.append(f"{name} ({suite}): {result}{reason_of(test)}")

    def add_suite(self, suite, status, log):
        """Adds the tests in @log, one JSON object a line."""
        n_failed = len(self.failed)
        try:
            lines = pathlib.Path(log).read_text(encoding="utf-8").splitlines()
            for line in lines:
                self.add_test(suite, json.loads(line))
        except (OSError, ValueError, KeyError):
            lines = []
        if not lines:
            self.failed.append(f"{suite}: not built, or no test ran")
        elif status != "0" and len(self.failed) == n_failed:
            self.failed.append(f"{suite}: the tests ended with status {status}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--suite", action="append", nargs=3, default=[])
    parser.add_argument("--failed", action="append", default=[])
    parser.add_argument("--skipped", action="append", default=[])
    arguments = parser.parse_args()

    counts = Counts(arguments.failed, arguments.skipped)
    for suite, status, log in arguments.suite:
        counts.add_suite(suite, status, log)
    for name in counts.skipped:
        print("skipped:", name)
    for name in counts.failed:
        print("FAILED:", name)
    print(f"{counts.passed} passed, {len(counts.failed)} failed, "
          f"{len(counts.skipped)} skipped")
    return 0 if counts.passed and not counts.failed else 1


if __name__ == "__main__":
    sys.exit(main())
