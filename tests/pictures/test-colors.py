#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Colors: profiles, CMYK, gamma."""
import struct

from checks import Picture, check, check_pixel, differ, main, run
from icc_profile import ADOBE, LINEAR, PROPHOTO, assemble, in_srgb, table_tag
from png_file import chunk
from samples import COLORS, patches

from PIL import Image


def test_profiles():
    for name, icc in (("Adobe RGB", ADOBE), ("ProPhoto", PROPHOTO),
                      ("linear", LINEAR)):
        image = patches(COLORS)
        for kind, how in (("PNG", {}), ("TIFF", {}), ("WEBP",
                                                      {"lossless": True}),
                          ("JPEG", {"quality": 100, "subsampling": 0})):
            if name == "linear" and kind == "JPEG":
                continue   # too coarse in the dark
            image.save("in", format=kind, icc_profile=icc, **how)
            picture = Picture("in")
            right = picture.ok
            for i, color in enumerate(COLORS):
                wanted = in_srgb(color, icc)
                got = [min(255, max(0, value))
                       for value in picture.at(16 * i + 8, 8)[:3]]
                right = right and differ(got, wanted) <= 3
            check(f"{name} in {kind}: colors", right)
        for extension in ("png", "tif", "jpg", "webp"):
            image.save("in", format="PNG", icc_profile=icc)
            result = run("copy", "in", "out." + extension)
            check(f"{name} to {extension}", result.ok, result.said)
            out = Image.open("out." + extension)
            check(f"{name} to {extension}: profile",
                  out.info.get("icc_profile") == icc)
            worst = max(differ(out.convert("RGB").getpixel((16 * i + 8, 8)),
                               color) for i, color in enumerate(COLORS))
            check(f"{name} to {extension}: the colors that went in",
                  worst <= (6 if extension in ("jpg", "webp") else 1),
                  f"off by {worst}")
    patches(COLORS).save("in", format="PNG", icc_profile=b"no profile at all")
    check_pixel("a broken profile", "in", [255, 0, 0, 255], at=(8, 8))


def test_table_profiles():
    """Red is a gray that is 128 in sRGB (L* of 53.585), to tell by it whether
    the profile was used."""
    forth = table_tag(3, [0, 0, 0, 0, 137, 0, 0, 255])
    for name, tags in (("perceptual", {b"A2B0": forth}),
                       ("both", {b"A2B0": forth, b"A2B1": forth})):
        image = patches([(255, 0, 0), (255, 255, 255), (0, 0, 0)])
        icc = assemble(b"scnr", b"RGB ", b"Lab ", tags)
        image.save("t.png", icc_profile=icc)
        name = "a profile of tables, " + name
        wanted = [128] * 3 + [255]
        check_pixel(name, "t.png", wanted, 2, (8, 8))
        check_pixel(name + ": white", "t.png", [255] * 4, 2, (24, 8))
        run("copy", "t.png", "out.png")
        out = Image.open("out.png")
        check(name + ": not of the result, which cannot be converted to it",
              "icc_profile" not in out.info
              and differ(out.convert("RGB").getpixel((8, 8)),
                         wanted[:3]) <= 2, out.info)
    # There and back: the result has the profile, and the colors.
    back = table_tag(3, [0] * 8)
    icc = assemble(b"prtr", b"RGB ", b"Lab ", {b"A2B0": forth, b"B2A0": back})
    patches([(255, 0, 0)]).save("t.png", icc_profile=icc)
    run("copy", "t.png", "out.png")
    check("a profile of tables, there and back: kept",
          Image.open("out.png").info.get("icc_profile") == icc)
    broken = bytearray(icc)
    place = broken.index(b"mft1")
    broken[place:place + 4] = b"XXXX"
    patches([(255, 0, 0)]).save("t.png", icc_profile=bytes(broken))
    check_pixel("a profile of tables, broken: sRGB", "t.png", [255, 0, 0, 255])


def test_cmyk_profiles():
    def read(kind, icc):
        how = {"icc_profile": icc} if icc else {}
        if kind == "JPEG":
            how["quality"] = 100
        Image.new("CMYK", (16, 16), (255, 0, 0, 0)).save("t", kind, **how)
        picture = Picture("t")
        return picture.at(8, 8) if picture.ok else [999] * 4
    tables = table_tag(4, [255] + [0] * 7 + [137] + [0] * 7)
    for kind in ("JPEG", "TIFF"):
        usual = read(kind, None)
        for tag in (b"A2B0", b"A2B1"):
            icc = assemble(b"prtr", b"CMYK", b"Lab ",
                           {b"A2B0": tables, tag: tables})
            got = read(kind, icc)
            check(f"CMYK {kind}, a profile with {tag.decode()}",
                  differ(got, [128, 128, 128, 255]) <= 3, got)
            for name, place, value in (("kind", 0, b"XXXX"),
                                       ("size", 8, b"\xff" * 4)):
                broken = bytearray(icc)
                for i in range(len(icc) - 4):
                    if icc[i:i + 4] == b"mft1":
                        broken[i + place:i + place + 4] = value
                got = read(kind, bytes(broken))
                check(f"CMYK {kind}, {tag.decode()} of no known {name}: as "
                      "without a profile", differ(got, usual) < 1, got)


def test_png_gamma():
    Image.new("RGB", (16, 16), (128, 128, 128)).save("t.png")
    with open("t.png", "rb") as file:
        plain = file.read()
    srgb = struct.pack(">8I", 31270, 32900, 64000, 33000, 30000, 60000, 15000,
                       6000)

    def put(*chunks):
        with open("t.png", "wb") as file:
            file.write(plain[:33] + b"".join(chunks) + plain[33:])
    put(chunk(b"gAMA", struct.pack(">I", 100000)))
    # 128 of 255, linear, is 188 in sRGB.
    check_pixel("PNG with gAMA of 1", "t.png", [187.9, 187.9, 187.9, 255], 0.5)
    put(chunk(b"gAMA", struct.pack(">I", 100000)), chunk(b"cHRM", srgb))
    check_pixel("PNG with gAMA and cHRM", "t.png", [187.9, 187.9, 187.9, 255],
                0.5)
    put(chunk(b"gAMA", struct.pack(">I", 45455)), chunk(b"cHRM", srgb))
    check_pixel("PNG with those of sRGB", "t.png", [128, 128, 128, 255])
    put(chunk(b"sRGB", b"\0"), chunk(b"gAMA", struct.pack(">I", 100000)))
    check_pixel("PNG: sRGB takes precedence", "t.png", [128, 128, 128, 255])
    put(chunk(b"gAMA", struct.pack(">I", 0)))
    check_pixel("PNG with gAMA of 0", "t.png", [128, 128, 128, 255])


def test_cmyk():
    for kind in ("JPEG", "TIFF"):
        for color, wanted in (((0, 0, 0, 0), (255, 255, 255)),
                              ((0, 0, 0, 255), (30, 30, 30)),
                              ((0, 255, 255, 0), (230, 30, 40)),
                              ((255, 0, 0, 0), (20, 165, 225))):
            Image.new("CMYK", (16, 16), color).save("t", format=kind)
            got = [min(255, max(0, value)) for value in Picture("t").at(8, 8)]
            check(f"CMYK {kind} {color}", differ(got, (*wanted, 255)) <= 45,
                  f"{got}, not {wanted}")


if __name__ == "__main__":
    main(globals())
