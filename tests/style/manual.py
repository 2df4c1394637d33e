#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages, made of what --help prints.

usage: manual.py PROGRAM PAGE.1           makes the page
       manual.py --check PROGRAM PAGE.1   whether it is what would be made
"""
import os
import pathlib
import re
import subprocess
import sys

NAMES = {
    "pastiche": "repaints pictures in the style of other pictures",
    "pastiche-model": "manages the networks of pastiche, classifies pictures",
}
OPTION = re.compile(r"  (-.*?)(?: {2,}(.*))?$")


def read_help(program):
    """What it prints in English."""
    environment = {**os.environ, "LC_ALL": "C", "LANGUAGE": "C"}
    return subprocess.run([program, "--help"], capture_output=True, text=True,
                          check=True, env=environment).stdout


def escape(text):
    """As roff wants it: hyphens of options can be copied."""
    text = text.replace("\\", "\\e")
    text = re.sub(r"(?<![\w-])-[\w-]+",
                  lambda option: option[0].replace("-", "\\-"), text)
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def literal(lines):
    return [".nf", *(escape(line) for line in lines), ".fi"]


def option_list(lines):
    result = []
    for line in lines:
        option = OPTION.match(line)
        if option:
            result += [".TP", f".B {escape(option[1])}"]
        text = option[2] if option else line.strip()
        if text:
            result.append(escape(text))
    return result


def block(lines):
    """The roff of what stands between two empty lines."""
    if lines[0].startswith("Usage: "):
        size = len("Usage: ")
        return [".SH SYNOPSIS", *literal(line[size:] for line in lines),
                ".SH DESCRIPTION"]
    if re.fullmatch(r"[A-Z][a-z ]+:", lines[0]):
        return [f".SS {lines[0][:-1]}", *block(lines[1:])]
    if OPTION.match(lines[0]):
        return option_list(lines)
    if lines[0].startswith(" "):
        return literal(lines)
    return [".PP", *map(escape, lines)]


def page(program, name):
    others = [other for other in NAMES if other != name]
    lines = ['.\\" SPDX-License-Identifier: GPL-3.0-or-later',
             '.\\" Made by tests/style/manual.py of what --help prints.',
             f".TH {name.upper()} 1",
             ".SH NAME", f"{name} \\- {NAMES[name]}"]
    for part in read_help(program).rstrip("\n").split("\n\n"):
        lines += block(part.split("\n"))
    lines += [".SH SEE ALSO", *(f".BR {other} (1)" for other in others)]
    return "\n".join(lines) + "\n"


def main():
    check = sys.argv[1:2] == ["--check"]
    if len(sys.argv) != 3 + check:
        sys.exit(__doc__)
    program = sys.argv[-2]
    path = pathlib.Path(sys.argv[-1])
    made = page(program, path.stem)
    if not check:
        path.write_text(made, encoding="utf-8")
    elif path.read_text(encoding="utf-8") != made:
        sys.exit(f"{path} is not what --help says; make it again: "
                 f"tests/style/manual.py {program} {path}")


if __name__ == "__main__":
    main()
