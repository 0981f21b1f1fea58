"""Which files Heatlens has written itself: all of its outputs carry a mark, in the place their kind has for one.

PNG and TIFF say so in their field Software, PDF and SVG as their creator, HTML as its generator, an .npz by a member,
NIfTI by its description, DICOM by the program that its first group names, Parquet by a fact in its schema and JSON by
its first key. A CSV has no room for a mark; it is known by the heading that this very table has.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import BinaryIO

PROGRAM = "heatlens"
# The member of an .npz that says so; the first one.
MEMBER = "heatlens"

_PNG = b"\x89PNG\r\n\x1a\n"
# Signature and header, which is always the first chunk.
_PNG_HEADER = 33
_SOFTWARE = b"tEXtSoftware\0" + PROGRAM.encode()
_TIFF_SOFTWARE = 305
# Of the program that wrote a DICOM file, in capitals as usual there.
DICOM_MARK = "HEATLENS"
_DICOM = bytes(128) + b"DICM"
_DICOM_WRITER = re.compile(rb"\x02\0\x13\0SH.\0" + DICOM_MARK.encode(), re.DOTALL)
_NPZ = b"PK\x03\x04"
_NIFTI_1, _NIFTI_2 = 148, 240
_ENDS = 65536
# A fact's name as Parquet writes it: what follows is a text of so many letters.
_PARQUET = b"\x18\x08" + PROGRAM.encode()
_SVG = re.compile(rb"<dc:creator>\s*<cc:Agent>\s*<dc:title>heatlens</dc:title>")
_HTML = b'<meta name="generator" content="heatlens">'
_JSON = re.compile(rb'(?:\[\s*)?\{\s*("heatlens"\s*:|"program"\s*:\s*"heatlens")')


@cache
def version() -> str:
    """The version that is running, also when it is run from its folder without having been installed."""
    # Imported late: it reads mails, and the window would appear later by a thirtieth of a second.
    from importlib import metadata

    try:
        return metadata.version(PROGRAM)
    except metadata.PackageNotFoundError:
        import tomllib

        project = Path(__file__).parents[1] / "pyproject.toml"
        found: str = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
        return found


def marked_png(png: bytes) -> bytes:
    """The same picture with the mark as its first field."""
    checksum = zlib.crc32(_SOFTWARE).to_bytes(4)
    chunk = (len(_SOFTWARE) - 4).to_bytes(4) + _SOFTWARE + checksum
    return png[:_PNG_HEADER] + chunk + png[_PNG_HEADER:]


def is_own(path: Path, heading: bytes = b"") -> bool:
    """Whether Heatlens wrote the file; ``heading`` is the first line of the table that is to take its place."""
    try:
        with path.open("rb") as stream:
            head = stream.read(max(_ENDS, len(heading) + 2))
            for begins, recognised in _KINDS:
                if head.startswith(begins):
                    return recognised(stream, head)
    except (OSError, struct.error):
        return False
    first, line_end, _ = head[: len(heading) + 2].replace(b"\r\n", b"\n").partition(b"\n")
    return bool(heading and line_end) and first == heading


def _png(_: BinaryIO, head: bytes) -> bool:
    return head[_PNG_HEADER + 4 :].startswith(_SOFTWARE)


def _tiff(stream: BinaryIO, head: bytes) -> bool:
    (place,) = struct.unpack("<I", head[4:8])
    stream.seek(place)
    (count,) = struct.unpack("<H", stream.read(2))
    for _number in range(count):
        tag, _kind, length, where = struct.unpack("<HHII", stream.read(12))
        if tag == _TIFF_SOFTWARE:
            stream.seek(where)
            return length == len(PROGRAM) + 1 and stream.read(length) == PROGRAM.encode() + b"\0"
    return False


def _pdf(stream: BinaryIO, _: bytes) -> bool:
    # The facts about a file stand at its end.
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _ENDS))
    return b"/Creator (heatlens)" in stream.read()


def _svg(_: BinaryIO, head: bytes) -> bool:
    return _SVG.search(head) is not None


def _html(_: BinaryIO, head: bytes) -> bool:
    return _HTML in head


def _npz(_: BinaryIO, head: bytes) -> bool:
    # After the 30 bytes that stand before a member's name.
    return head[30:].startswith(f"{MEMBER}.npy".encode())


def _nifti(_: BinaryIO, head: bytes) -> bool:
    # The description in the header of a volume packed with gzip.
    try:
        header = zlib.decompressobj(31).decompress(head, 540)
    except zlib.error:
        return False
    return any(header[at:].startswith(PROGRAM.encode()) for at in (_NIFTI_1, _NIFTI_2))


def _parquet(stream: BinaryIO, _: bytes) -> bool:
    # The facts about a file stand at its end.
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _ENDS))
    return _PARQUET in stream.read()


def _dicom(_: BinaryIO, head: bytes) -> bool:
    return _DICOM_WRITER.search(head[:1024]) is not None


def _json(_: BinaryIO, head: bytes) -> bool:
    return _JSON.match(head) is not None


_KINDS: tuple[tuple[bytes, Callable[[BinaryIO, bytes], bool]], ...] = (
    (_PNG, _png),
    (b"II*\0", _tiff),
    (b"%PDF", _pdf),
    (b"<?xml", _svg),
    (b"<!doctype html>", _html),
    (_NPZ, _npz),
    (b"\x1f\x8b", _nifti),
    (b"PAR1", _parquet),
    (_DICOM, _dicom),
    (b"{", _json),
    (b"[", _json),
)
