#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks what a compiler does not: the rules of CONTRIBUTING.

usage: check-style.py SOURCE-ROOT LIBPASTICHE.A FOLDER

Writes TAP, one point for each rule, and names file and line of each violation.
In FOLDER Ninja remembers which files have passed.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys

SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"

# A file in one of these folders includes headers of its own folder, and of
# those before it.  The public headers are above all in core/.
PUBLIC = ("core/pastiche.h", "core/pastiche-heads.h", "core/pastiche-spot.h")
FOLDERS = {
    "core": "base kernels picture layers model net head loss transfer".split(),
    "plugin/gimp":
        "compat image run gallery dialog series-2.10 series-3".split(),
}

# A string, a character, a block comment, or the // that must not be.
TOKENS = re.compile(
    r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/|(//)', re.DOTALL)
# What plugin/model/, which reads and writes network files, includes besides
# the public headers.
FILE_HEADERS = {f"core/{name}.h" for name in
                "base/error model/file model/model model/safetensors "
                "model/safetensors-writer model/values".split()}
# What guards the settings that pictures bring along, too.
JSON_DOOR = ("plugin/params-json.c", "core/model/json.h")
# What only some systems have, and the page that lists who includes it.
SYSTEM = re.compile(
    r"sys/(?!stat\.h)|(sched|dlfcn|poll|pwd|termios|ucontext)\.h|linux/")
PORTING = "plugin/packages/porting.md"
EDITOR = re.compile("gegl|babl|gimp|libgimp|gtk|gdk")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def find_files(root, *suffixes):
    """The sources of ours with one of these suffixes."""
    for folder in ("core", "plugin", "models", "tests", ".ci"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in suffixes and path.is_file():
                yield path


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def check_licence(root, library, folder):
    """Each source names its license in its first lines."""
    for path in find_files(root, ".c", ".h", ".py", ".sh", ".scm"):
        start = path.read_text(encoding="utf-8").splitlines()[:2]
        if not any(SPDX in line for line in start):
            yield f"{path}: no line {SPDX}"


def check_text(root, library, folder):
    """No line of over 80, no tabs, no space or missing newline at the end."""
    for path in find_files(root, ".c", ".h", ".inc", ".py", ".sh", ".scm",
                           ".build"):
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.split("\n"), 1):
            if "\t" in line or line != line.rstrip():
                yield f"{path}:{number}: tab, or space at the end"
            if len(line) > 80:
                yield f"{path}:{number}: longer than 80"
        if text and not text.endswith("\n"):
            yield f"{path}: no newline at the end"


def run_ninja(folder, rule, jobs):
    """Yields what commands say that fail; those that passed are not repeated
    until a file changes.
    rule: lines of Ninja's; jobs: (result's name, inputs, flags)"""
    def escaped(path):
        return re.sub(r"[$: ]", r"$\g<0>", str(path))

    lines = ["rule check", *rule]
    for name, inputs, flags in jobs:
        lines += [f"build {escaped(name)}: check "
                  + " | ".join(map(escaped, inputs)),
                  f"  flags = {flags}"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "build.ninja").write_text("\n".join(lines) + "\n",
                                        encoding="utf-8")
    result = subprocess.run(["ninja", "-C", folder, "-k", "0", "--quiet"],
                            capture_output=True, text=True, check=False)
    if result.returncode:
        yield result.stdout + result.stderr


def check_format(root, library, folder):
    """Sources in C are as clang-format 14 makes them."""
    version = re.search(r"version (\d+)", subprocess.run(
        ["clang-format", "--version"], capture_output=True, text=True,
        check=True).stdout)[1]
    # Another version breaks lines otherwise.
    if version == "14":
        yield from run_ninja(
            folder / "format",
            ["  command = clang-format --dry-run --Werror $in && touch $out"],
            [(path.relative_to(root), [path, root / ".clang-format"], "")
             for path in find_files(root, ".c", ".h", ".inc")])


def check_comments(root, library, folder):
    """Comments are written /* so */."""
    for path in find_files(root, ".c", ".h"):
        text = path.read_text(encoding="utf-8")
        for match in TOKENS.finditer(text):
            if match.group(1):
                yield f"{path}:{line_of(text, match.start())}: // comment"


def includes_of(path):
    """Yields (line, is_local, name) of each #include."""
    text = path.read_text(encoding="utf-8")
    for match in INCLUDE.finditer(text):
        yield line_of(text, match.start()), match[1] == '"', match[2]


def check_folders(root, library, folder):
    """Files of core/ and plugin/gimp/ include nothing of a folder above."""
    for top, folders in FOLDERS.items():
        for path in sorted((root / top).rglob("*.[ch]")):
            if str(path.relative_to(root)) in PUBLIC:
                continue
            if path.parent.name not in folders:
                yield f"{path}: its folder is not in check-style.py's order"
                continue
            above = folders[folders.index(path.parent.name) + 1:]
            for line, is_local, name in includes_of(path):
                folder = pathlib.PurePath(name).parent
                if is_local and str(folder) in [f"{top}/{n}" for n in above]:
                    yield f"{path}:{line}: {name} is of a folder above"


def check_first_words(root, library, folder):
    """A folder with sources has a meson.build that says what it is."""
    folders = {path.parent for top in ("core", "plugin")
               for path in (root / top).rglob("*.c")}
    for place in sorted(folders):
        build = place / "meson.build"
        if not build.exists() or not build.read_text("utf-8").startswith("# "):
            yield f"{build}: does not begin with a comment"


def check_doors(root, library, folder):
    """Core knows no editor, plugin/ its public headers, blas.c BLAS."""
    for path in find_files(root, ".c", ".h"):
        top = path.relative_to(root).parts[0]
        for line, _, name in includes_of(path):
            place = f"{path}:{line}: {name}"
            if top == "core" and EDITOR.match(name):
                yield f"{place}: core/ does without"
            if (top == "plugin" and "core/" in name
                    and name not in PUBLIC
                    and not ("model" in path.parts and name in FILE_HEADERS)
                    and (str(path.relative_to(root)), name) != JSON_DOOR):
                yield f"{place}: plugin/ includes the public headers only"
            if top == "core" and "cblas" in name and path.name != "blas.c":
                yield f"{place}: only blas.c includes it"


def check_systems(root, library, folder):
    """Headers that other systems lack are in the files that a page lists."""
    listed = set(re.findall(r"^\| `(\S+)` \|",
                            (root / PORTING).read_text(encoding="utf-8"),
                            re.MULTILINE))
    for path in find_files(root, ".c", ".h"):
        name = str(path.relative_to(root))
        if name.startswith("tests/"):
            continue
        for line, is_local, header in includes_of(path):
            if not is_local and SYSTEM.match(header) and name not in listed:
                yield f"{path}:{line}: {header}: not in {PORTING}"
    for name in sorted(listed):
        if not (root / name).exists():
            yield f"{PORTING}: {name} does not exist"


def check_table(root, library, folder):
    """tests/README.md names a test of each source of core/."""
    table = (root / "tests" / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z0-9-]+/[a-z0-9-]+\.c)` \| (.*) \|$",
                           table, re.MULTILINE))
    sources = {str(path.relative_to(root / "core"))
               for path in (root / "core").rglob("*.c")}
    for source in sorted(sources ^ rows.keys()):
        yield f"tests/README.md: {source}: not in the table, or not in core/"
    for source, tests in rows.items():
        for name in re.findall("`([^`]+)`", tests):
            if not any((root / "tests" / folder / f"test-{name}.c").exists()
                       for folder in ("core", "plugin")):
                yield f"tests/README.md: {source}: there is no test {name}"


def compiler_flags(packages):
    """What pkg-config says, or None where a package is missing."""
    result = subprocess.run(["pkg-config", "--cflags", *packages],
                            capture_output=True, text=True, check=False)
    return result.stdout.split() if result.returncode == 0 else None


def headers_to_compile(root):
    """Yields (name, header, flags), each header once for each GIMP that is
    here."""
    engine = compiler_flags(["glib-2.0", "json-glib-1.0"])
    front_end = compiler_flags(["gegl-0.4", "json-glib-1.0"])
    gimps = {series: compiler_flags([f"gimpui-{api}", "gegl-0.4"])
             for series, api in (("gimp210", "2.0"), ("gimp3", "3.0"))}
    for header in find_files(root, ".h"):
        name = header.relative_to(root)
        if name.parts[1] != "gimp":
            yield name, header, (front_end if name.parts[0] == "plugin"
                                 else engine)
        else:
            for series, flags in gimps.items():
                other = "gimp3" if series == "gimp210" else "gimp210"
                if flags and not header.name.startswith(other):
                    yield series / name, header, flags


def check_headers(root, library, folder):
    """Each header compiles alone, and twice."""
    headers = list(headers_to_compile(root))
    if any(flags is None for _, _, flags in headers):
        yield "pkg-config does not find the packages"
        return
    compiler = [os.environ.get("CC", "cc"), "-std=gnu11", "-fsyntax-only",
                "-Werror", "-Wall", "-Wno-deprecated-declarations",
                "-DGETTEXT_PACKAGE='\"pastiche\"'",
                "-I" + shlex.quote(str(root)), "$flags",
                "-MD", "-MF", "$out.d", "-MT", "$out", "-x", "c", "-"]
    yield from run_ninja(
        folder / "headers",
        ["  depfile = $out.d", "  deps = gcc",
         "  command = printf '#include \"%s\"\\n' $in $in | "
         + " ".join(compiler) + " && touch $out"],
        [(name, [header], " ".join(flags)) for name, header, flags in headers])


def check_symbols(root, library, folder):
    """The library exports no name without our prefix."""
    result = subprocess.run(["nm", "-g", "--defined-only", library],
                            capture_output=True, text=True, check=True)
    names = re.findall(r"^[0-9a-f]+ [A-Z] (\S+)$", result.stdout, re.MULTILINE)
    if not names:
        yield f"{library}: nm finds no symbol"
    for name in names:
        if not name.startswith("pst_"):
            yield f"{library}: {name} does not begin with pst_"


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    root, library, folder = (pathlib.Path(name).resolve()
                             for name in sys.argv[1:])
    checks = [check_licence, check_text, check_format, check_comments,
              check_folders, check_first_words, check_doors, check_systems,
              check_headers, check_symbols, check_table]
    failed = False
    print(f"1..{len(checks)}")
    for number, check in enumerate(checks, 1):
        violations = list(check(root, library, folder))
        for violation in violations:
            print("#", violation.replace("\n", "\n# "))
        failed = failed or bool(violations)
        print("not ok" if violations else "ok", number, check.__doc__)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
