# SPDX-License-Identifier: GPL-3.0-or-later
"""Points of the Test Anything Protocol, for tests in Python; tap.sh is for
those in shell."""
import sys

points = 0
failed = False


def check(name, passed, why=""):
    """One point; why it failed."""
    global points, failed
    points += 1
    print("ok" if passed else "not ok", points, name, flush=True)
    if not passed:
        failed = True
        print("#", why)


def finish():
    """The last line; the program ends with the exit status."""
    print(f"1..{points}")
    sys.exit(1 if failed else 0)
