#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Damaged files, and what is none."""
import os

from checks import Picture, check, check_refused, main
from gif_file import gif, lzw
from samples import photo


def test_damage():
    options = {"baseline.jpg": {"format": "JPEG"},
               "progressive.jpg": {"format": "JPEG", "progressive": True},
               "t.png": {"format": "PNG"}, "t.gif": {"format": "GIF"},
               "t.webp": {"format": "WEBP"},
               "lossless.webp": {"format": "WEBP", "lossless": True},
               "t.tif": {"format": "TIFF"},
               "lzw.tif": {"format": "TIFF", "compression": "tiff_lzw"}}
    for name, how in options.items():
        photo().save(name, **how)
        with open(name, "rb") as file:
            whole = file.read()
        check("whole: " + name, Picture(name).ok, Picture(name).error)
        with open("more-" + name, "wb") as file:
            file.write(whole + b"\0\1motion photo" * 1000)
        check("more after the end: " + name, Picture("more-" + name).ok,
              Picture("more-" + name).error)
        for part in (2, 50, 90):
            with open("cut-" + name, "wb") as file:
                file.write(whole[:len(whole) * part // 100])
            check_refused(f"{part} % of {name}", "cut-" + name, "is damaged")
    with open("t.gif", "rb") as file:
        whole = file.read()
    for part in (6, 8):
        length = len(whole) * part // 10
        with open("zeros.gif", "wb") as file:
            file.write(whole[:length] + bytes(len(whole) - length))
        check_refused(f"GIF with zeros from {part} tenths on", "zeros.gif",
                      "is damaged")
    with open("baseline.jpg", "rb") as file:
        whole = bytearray(file.read())
    with open("filled.jpg", "wb") as file:
        file.write(whole[:-2] + b"\0" * 20 + whole[-2:])
    check("JPEG with bytes before its end", Picture("filled.jpg").ok)
    middle = len(whole) * 2 // 3
    with open("holes.jpg", "wb") as file:
        file.write(whole[:middle] + b"\0" * 200 + b"\xff\xd9")
    check_refused("JPEG that ends early, with an end", "holes.jpg",
                  "is damaged")
    start = whole.index(b"\xff\xc0")
    for name, place, value in (("12 bits", start + 4, 12),
                               ("lossless", start + 1, 0xc3)):
        changed = bytearray(whole)
        changed[place] = value
        with open("t.jpg", "wb") as file:
            file.write(changed)
        check_refused("JPEG of " + name, "t.jpg", "is damaged, or")
    for name, content in (("text", b"no picture\n" * 50),
                          ("svg", b"<svg xmlns='http://www.w3.org/2000/svg' "
                           b"width='9' height='9'/>"),
                          ("pdf", b"%PDF-1.4\n"), ("ppm", b"P6 2 2 255 " +
                                                   b"x" * 12)):
        with open("t", "wb") as file:
            file.write(content)
        check_refused("no picture: " + name, "t", "supported formats")


def test_no_files():
    """Refused at once: helpers that wait are ended by the time limit."""
    import socket
    with open("nothing.png", "wb"):
        pass
    check_refused("an empty file", "nothing.png", "it is empty")
    os.mkfifo("pipe.png")
    bound = socket.socket(socket.AF_UNIX)
    bound.bind("socket.png")
    os.symlink("/dev/zero", "zero.png")
    for path in ("pipe.png", "socket.png", "zero.png", "/dev/null"):
        check_refused("no regular file: " + path, path,
                      "it is not a regular file")
    photo().save("photo.png")
    os.symlink("photo.png", "link.png")
    check("a link to a picture", Picture("link.png").ok)
    bound.close()


def test_gif_data():
    side = 160
    values = [(x * x + y * 3 * x + y // 7) % 16 for y in range(side)
              for x in range(side)]
    for clears in (True, False):
        name = "GIF, its table " + ("emptied" if clears else "kept")
        gif("t.gif", side, side, lzw(values, 4, clears))
        picture = Picture("t.gif")
        check(name, picture.ok and [round(pixel[0] / 17) for pixel
                                    in picture.pixels] == values,
              picture.error)
        gif("more.gif", side, side, lzw(values + [3] * 50, 4, clears))
        check(name + ": more than its pixels", Picture("more.gif").ok)
        for n in (1, 100, side * side // 2, side * side - 1):
            gif("less.gif", side, side, lzw(values[:n], 4, clears))
            check_refused(f"{name}: {n} pixels of {side * side}", "less.gif",
                          "the data end early")
    gif("t.gif", 2, 1, bytes([4, 2, 0x10 | 31 << 5 & 0xff, 3, 0]))
    check_refused("GIF with a code that is none", "t.gif", "is damaged")


def test_names():
    photo().save("photo[1].png")
    check("a name that ends like options", Picture("photo[1].png").ok)
    photo().save("a[page=2]", format="JPEG")
    check("another", Picture("a[page=2]").ok)


if __name__ == "__main__":
    main(globals())
