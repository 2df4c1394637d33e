# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts of JPEG files."""
import struct

XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"
tiff:Artist="of the test"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
IPTC = b"\x1c\2\x50\0\x0eAuthor of IPTC"


def resource(number, data):
    """One of Photoshop's."""
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) \
        + data + b"\0" * (len(data) % 2)


def segment(number, data):
    """Of a JPEG."""
    return struct.pack(">BBH", 0xff, number, len(data) + 2) + data


def with_previews(preview):
    """Segments that have it in XMP and in Photoshop's resources."""
    import base64
    text = base64.b64encode(preview)
    xmp = XMP.replace(b"of the test\"/>", b"""of the test">
<xmp:Thumbnails xmlns:xmp="adobe:xap/"><rdf:Alt><rdf:li>""" + text + b"""
</rdf:li></rdf:Alt></xmp:Thumbnails><tiff:Make>Maker of XMP</tiff:Make>
</rdf:Description>""")
    head = struct.pack(">6IHH", 1, 16, 12, 48, 576, len(preview), 24, 1)
    return segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0" + xmp) \
        + segment(0xed, b"Photoshop 3.0\0" + resource(1033, head + preview)
                  + resource(1028, IPTC) + resource(1036, head + preview)
                  + resource(1010, b"the last"))
