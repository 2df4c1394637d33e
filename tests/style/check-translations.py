#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the translations, and that each key does one thing.

usage: check-translations.py SOURCE-ROOT

Writes TAP: one point for the list of files, two for each language.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

# The windows, by patterns of the sources of their labels, and whether it is the
# dialog with GIMP's own buttons.
WINDOWS = {
    "dialog": ("params.c gimp/gallery/*.c "
               "gimp/dialog/[!r]*.c gimp/dialog/r[!e]*.c", True),
    "run's window": ("gimp/run/run-window.c", False),
    "second dialog": ("gimp/dialog/content-header.c "
                      "gimp/dialog/restyle-dialog.c", False),
}
# The keys of Cancel, OK, Reset, Load and Save Settings in GIMP 3, and of Cancel
# and OK in GIMP 2.10: from gimp30-libgimp.mo and gtk20.mo.
GIMP_KEYS = {"en": "corls", "de": "caozgs", "fr": "nvrcs", "es": "carg",
             "ko": "corls"}

MARKED = re.compile(r'\bN?_ ?\(\s*"')
LABEL = re.compile(r'\bN?_ ?\("([^"]*_\w[^"]*)"\)')
ENTRY = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)


def listed_files(root):
    lines = (root / "plugin/po/POTFILES").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def check_list(root):
    """The sources with marked text are those that POTFILES lists."""
    marked = {str(path.relative_to(root))
              for folder in ("core", "plugin")
              for path in (root / folder).rglob("*.[ch]")
              if MARKED.search(path.read_text("utf-8"))}
    for name in sorted(marked ^ set(listed_files(root))):
        yield f"{name}: {'not listed' if name in marked else 'no text in it'}"


def run(*command):
    """What the program complains of, line by line; nothing if it succeeds."""
    result = subprocess.run(command, capture_output=True, text=True,
                            check=False)
    return result.stderr.splitlines() if result.returncode else []


def check_complete(root, language, template):
    """every text is translated, none is fuzzy, the formats agree"""
    file = root / f"plugin/po/{language}.po"
    yield from run("msgcmp", file, template)
    yield from run("msgfmt", "--check-format", "-o", "/dev/null", file)


def key_of(label):
    return re.search(r"_(\w)", label)[1].lower()


def find_sources(root, patterns):
    for pattern in patterns.split():
        for path in sorted((root / "plugin").glob(pattern)):
            yield path


def check_keys(root, language, template):
    """no key does two things in a window"""
    translations = {}
    if language != "en":
        text = (root / f"plugin/po/{language}.po").read_text("utf-8")
        translations = dict(ENTRY.findall(text))
    for window, (sources, has_buttons) in WINDOWS.items():
        taken = {key: "a button of GIMP's"
                 for key in (GIMP_KEYS[language] if has_buttons else "")}
        for source in find_sources(root, sources):
            for label in LABEL.findall(source.read_text("utf-8")):
                shown = translations.get(label, label)
                key = key_of(shown)
                if key in taken:
                    yield (f"{window}: {key} is the key of \"{shown}\" and "
                           f"of {taken[key]}")
                taken[key] = f'"{shown}"'


def report(number, title, violations):
    """Writes a point; returns whether it is ok."""
    for violation in violations:
        print("#", violation)
    print("not ok" if violations else "ok", number, title)
    return not violations


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = pathlib.Path(sys.argv[1]).resolve()
    languages = (root / "plugin/po/LINGUAS").read_text("utf-8").split()
    points = [("en", check_keys)] + [(language, check) for language in languages
                                     for check in (check_complete, check_keys)]

    print(f"1..{len(points) + 1}")
    good = report(1, check_list.__doc__, list(check_list(root)))
    with tempfile.TemporaryDirectory() as folder:
        template = f"{folder}/pastiche.pot"
        subprocess.run(["xgettext", "--from-code=UTF-8", "--language=C",
                        "--keyword=_", "--keyword=N_",
                        "--keyword=g_dngettext:2,3", "--directory", root,
                        "--output", template, *listed_files(root)], check=True)
        for number, (language, check) in enumerate(points, 2):
            good &= report(number, f"{language}: {check.__doc__}",
                           list(check(root, language, template)))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
