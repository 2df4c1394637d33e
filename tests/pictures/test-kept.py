#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a result keeps of its content's file: texts, resolution."""
import io
import struct

from checks import check, differ, main, run
from icc_profile import ADOBE
from jpeg_file import IPTC, with_previews
from png_file import chunk
from samples import photo

from PIL import Image


def lying_photo():
    """A JPEG with everything that is said of a picture."""
    preview = io.BytesIO()
    Image.new("RGB", (16, 12), "red").save(preview, "JPEG")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010f] = "Maker"
    exif[0x013b] = "A. Uthor"
    exif[0x8298] = "(c) Somebody"
    exif[0x0132] = "2024:05:06 07:08:09"
    exif.get_ifd(0x8769)[0x829a] = 0.004
    image = io.BytesIO()
    photo().save(image, "JPEG", exif=exif.tobytes(), dpi=(300, 300))
    content = image.getvalue()
    with open("said.jpg", "wb") as file:
        file.write(content[:2] + with_previews(preview.getvalue())
                   + content[2:])


def test_metadata():
    lying_photo()
    for extension in ("jpg", "png", "tif", "webp", "avif", "heic"):
        name = "kept." + extension
        result = run("copy", "said.jpg", name)
        check("metadata: " + extension, result.ok, result.said)
        with open(name, "rb") as file:
            content = file.read()
        check(f"metadata: {extension}: copyright", b"(c) Somebody" in content)
        check(f"metadata: {extension}: author", b"A. Uthor" in content)
        check(f"metadata: {extension}: camera", b"Maker" in content)
        if extension == "png":   # compressed
            image = Image.open(name)
            image.load()
            content += image.text.get("XML:com.adobe.xmp", "").encode()
        check(f"metadata: {extension}: XMP", b"of the test" in content)
        check(f"metadata: {extension}: XMP is upright",
              b'tiff:Orientation="1"' in content)
        check(f"metadata: {extension}: what follows the preview in XMP",
              b"Maker of XMP" in content and b"Thumbnails" not in content)
        check(f"metadata: {extension}: no preview",
              content.count(b"\xff\xd8\xff") == (extension == "jpg"))
        if extension in ("avif", "heic"):
            continue
        image = Image.open(name)
        exif = image.getexif()
        check(f"metadata: {extension}: upright", image.size == (120, 160)
              and exif.get(0x0112, 1) == 1, f"{image.size} {dict(exif)}")
        dpi = image.info.get("dpi", (exif.get(282), exif.get(283)))
        check(f"metadata: {extension}: resolution", None not in dpi
              and differ(dpi, (300, 300)) < 0.1, str(dpi))
    run("copy", "kept.tif", "again.jpg")
    for name, last in (("kept.jpg", b"the last"), ("again.jpg", b"")):
        kept = Image.open(name).info["photoshop"]
        check(f"metadata: {name}: IPTC", kept[1028].rstrip(b"\0") == IPTC
              and kept.get(1010, b"") == last, kept)
    kept = bytes(Image.open("kept.tif").tag_v2[33723])
    check("metadata: IPTC in TIFF", kept.rstrip(b"\0") == IPTC, kept)
    exif = Image.open("again.jpg").getexif()
    check("metadata: from TIFF", exif.get(0x8298) == "(c) Somebody"
          and exif.get(0x013b) == "A. Uthor", str(dict(exif)))


def resolution(path):
    """What a file says, in pixels per inch; None if it says nothing."""
    image = Image.open(path)
    exif = image.getexif()
    if path.endswith("tif"):
        exif = image.tag_v2
    known = {2: 1, 3: 2.54}.get(exif.get(296))
    if known:
        return round(float(exif[282]) * known)
    # Pillow takes Exif without a unit for inches.
    return round(image.info["dpi"][0]) if "dpi" in image.info \
        and 296 not in exif else None


def test_no_resolution():
    """A result claims none if the content has none, whatever else it has."""
    photo().save("plain.png")
    photo().save("profile.png", icc_profile=ADOBE)
    photo().save("plain.jpg")
    photo().save("plain.webp", lossless=True)
    photo().save("plain.tif")
    exif = Image.Exif()
    exif[0x013b] = "A. Uthor"
    photo().save("exif.webp", lossless=True, exif=exif.tobytes())
    with open("plain.png", "rb") as file:
        plain = file.read()
    with open("shape.png", "wb") as file:
        # Pixels of 72 by 72, of no unit.
        file.write(plain[:33] + chunk(b"pHYs", struct.pack(">IIB", 72, 72, 0))
                   + plain[33:])
    for content in ("plain.png", "profile.png", "plain.jpg", "plain.webp",
                    "plain.tif", "exif.webp", "shape.png"):
        for extension in ("png", "jpg", "webp", "tif"):
            name = f"no resolution: {content} to {extension}"
            result = run("copy", content, "out." + extension)
            check(name, result.ok and resolution("out." + extension) is None,
                  result.said or resolution("out." + extension))
            # libvips 8.14.1 writes some to WebP always, to JPEG and PNG with
            # other data.
            check(name + ": no Exif where there was none", "exif" in content
                  or extension in ("tif", "webp") or "profile" in content
                  or "exif" not in Image.open("out." + extension).info)
            if "profile" in content:
                check(name + ": the profile", Image.open("out." + extension)
                      .info.get("icc_profile") == ADOBE)


def test_resolution():
    exif = Image.Exif()
    exif[0x013b] = "A. Uthor"
    for dpi in (72, 240, 300):
        photo().save("in.jpg", dpi=(dpi, dpi))
        photo().save("in.png", dpi=(dpi, dpi))
        photo().save("in.tif", dpi=(dpi, dpi))
        for content in ("in.jpg", "in.png", "in.tif"):
            for extension in ("png", "jpg", "webp", "tif"):
                result = run("copy", content, "out." + extension)
                check(f"{dpi} dpi: {content} to {extension}",
                      result.ok and resolution("out." + extension) == dpi,
                      result.said or resolution("out." + extension))


if __name__ == "__main__":
    main(globals())
