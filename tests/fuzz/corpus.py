#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs a folder of inputs into an archive, or unpacks it.

usage: corpus.py pack FOLDER ARCHIVE.tar
       corpus.py unpack ARCHIVE.tar FOLDER

The same inputs make the same archive: sorted by name, without times and
owners.  Unpacking replaces FOLDER.
"""

import pathlib
import shutil
import sys
import tarfile


def pack(folder, archive):
    with tarfile.open(archive, "w", format=tarfile.USTAR_FORMAT) as tar:
        for path in sorted(pathlib.Path(folder).iterdir()):
            info = tarfile.TarInfo(path.name)
            info.size = path.stat().st_size
            with path.open("rb") as file:
                tar.addfile(info, file)


def unpack(archive, folder):
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tarfile.open(archive) as tar:
        for info in tar:
            if not info.isfile() or "/" in info.name:
                sys.exit(f"{archive}: {info.name} is no plain file")
            (folder / info.name).write_bytes(tar.extractfile(info).read())


def main():
    actions = {"pack": pack, "unpack": unpack}
    if len(sys.argv) != 4 or sys.argv[1] not in actions:
        sys.exit(__doc__)
    actions[sys.argv[1]](sys.argv[2], sys.argv[3])


if __name__ == "__main__":
    main()
