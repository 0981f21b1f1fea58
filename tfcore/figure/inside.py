"""The recipe inside of figures, tables, pages and arrays, where their kind has a place for it."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.errors import HeatlensError
from tfcore.files import write_whole
from tfcore.lazy import nibabel
from tfcore.marks import DICOM_MARK, is_own
from tfcore.plain import json_text

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

# What a PNG and an .npz call it.
RECIPE = "recipe"
# Endings of figures, volumes and arrays that carry the record of a figure.
CARRIERS = (".png", ".tif", ".tiff", ".svg", ".pdf", ".npz", ".gz", ".dcm")
# No record of ours is larger.
_MOST_BYTES = 64 * 2**20
_TIFF_DESCRIPTION = 270
# Of a member of an archive; numpy's own have this day.
_DAY = (1980, 1, 1, 0, 0, 0)
_HEAD, _END = b"</head>", b"IEND"
_META = re.compile(rb'<meta name="recipe" content="([^"]*)">')
_DESCRIPTION = re.compile(rb"<dc:description>(.*?)</dc:description>\s*", re.DOTALL)
_CREATOR = b"<dc:creator>"
# Of a PNG: a text by that name, packed.
_ITXT = RECIPE.encode() + b"\0\1\0\0\0"
# Of a NIfTI header, what is said in words.
_COMMENT = 6
# Of our own elements in a DICOM file, and which of them it is.
_GROUP, _ELEMENT = 0x0071, 0x01


def put_into(path: Path, recipe: str) -> None:
    """Let a file of ours say itself by which recipe it was made, in place of what it said before; others stay."""
    put = _PUT.get(path.suffix.lower())
    if put is None or not is_own(path):
        return
    content = path.read_bytes()
    if (told := put(content, recipe)) != content:
        write_whole(path, told, overwrite=True)


def taken_from(path: Path) -> str:
    """The recipe that a file holds; empty where it holds none."""
    with suppress(OSError, ValueError, KeyError, zlib.error, zipfile.BadZipFile, HeatlensError):
        if path.suffix.lower() in (*CARRIERS, ".parquet", ".html"):
            return str(carried(path))
    return ""


def carried(path: Path) -> bytes | str:
    """The text of a record, as it lies in its file."""
    take = _TAKE.get(path.suffix.lower())
    if take is not None:
        return take(path)
    with path.open("rb") as stream:
        return stream.read(_MOST_BYTES)


def _in_svg(path: Path) -> str:
    found = _DESCRIPTION.search(path.read_bytes())
    return html.unescape(found[1].decode()) if found else ""


def _in_html(path: Path) -> str:
    found = _META.search(path.read_bytes())
    return html.unescape(found[1].decode()) if found else ""


def _in_pdf(path: Path) -> str:
    """The subject of a PDF as matplotlib writes it: a text in brackets, in 16 bits where it is not plain."""
    found = re.search(rb"/Subject \(((?:[^\\)]|\\.)*)\)", path.read_bytes(), re.DOTALL)
    if found is None:
        return ""
    text = re.sub(rb"\\(.)", lambda sign: {b"n": b"\n", b"r": b"\r"}.get(sign[1], sign[1]), found[1], flags=re.DOTALL)
    return text.decode("utf-16") if text.startswith(b"\xfe\xff") else text.decode("latin-1")


def _in_npz(path: Path) -> str:
    import numpy as np

    with np.load(path, allow_pickle=False) as kept:
        return str(kept[RECIPE]) if RECIPE in kept.files else ""


def _in_parquet(path: Path) -> str:
    from pyarrow import parquet

    return str((parquet.read_schema(path).metadata or {}).get(RECIPE.encode(), b"").decode())


def _in_png(path: Path) -> str:
    """Pillow would read no further than the pixels, behind which commands put it."""
    for name, data in _chunks(path.read_bytes()):
        if name == b"iTXt" and data.startswith(_ITXT):
            return zlib.decompress(data.removeprefix(_ITXT)).decode()
    return ""


def _in_tiff(path: Path) -> str:
    from PIL import Image

    with Image.open(path) as image:
        return str(image.getexif().get(_TIFF_DESCRIPTION) or "")


def _in_nifti(path: Path) -> str:
    from nibabel.filebasedimages import ImageFileError

    try:
        parts = getattr(nibabel.load(path).header, "extensions", ())
    except ImageFileError:
        return ""
    said = [_text(each.get_content()) for each in parts if each.get_code() == _COMMENT]
    return next((text for text in said if text.startswith("{")), "")


def _in_dicom(path: Path) -> str:
    import pydicom

    try:
        data = pydicom.dcmread(path, stop_before_pixels=True)
        return _text(data.private_block(_GROUP, DICOM_MARK)[_ELEMENT].value)
    except (pydicom.errors.InvalidDicomError, KeyError):
        return ""


def _parquet(content: bytes, recipe: str) -> bytes:
    from pyarrow import BufferReader, parquet

    table = parquet.read_table(BufferReader(content))
    facts = dict(table.schema.metadata or {})
    facts.pop(RECIPE.encode(), None)
    stream = io.BytesIO()
    # Before the mark, which has to stand near the end.
    parquet.write_table(table.replace_schema_metadata({RECIPE: recipe, **facts}), stream)
    return stream.getvalue()


def _html(content: bytes, recipe: str) -> bytes:
    meta = f'<meta name="recipe" content="{html.escape(recipe)}">'.encode()
    return _META.sub(b"", content).replace(_HEAD, meta + _HEAD, 1)


def _svg(content: bytes, recipe: str) -> bytes:
    said = f"<dc:description>{html.escape(recipe, quote=False)}</dc:description>\n".encode()
    return _DESCRIPTION.sub(b"", content).replace(_CREATOR, said + _CREATOR, 1)


def _png(content: bytes, recipe: str) -> bytes:
    parts = [content[:8]]
    for name, data in _chunks(content):
        parts += [_chunk(b"iTXt", _ITXT + zlib.compress(recipe.encode()))] if name == _END else []
        parts += [] if name == b"iTXt" and data.startswith(_ITXT) else [_chunk(name, data)]
    return b"".join(parts)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 12 <= len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += size + 12


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))


def _npz(content: bytes, recipe: str) -> bytes:
    import numpy as np

    stream, member = io.BytesIO(), io.BytesIO()
    np.save(member, np.array(recipe), allow_pickle=False)
    name = f"{RECIPE}.npy"
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for one in before.infolist():
            if one.filename != name:
                after.writestr(one, before.read(one), one.compress_type)
        after.writestr(zipfile.ZipInfo(name, _DAY), member.getvalue(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _nifti(content: bytes, recipe: str) -> bytes:
    """As a comment behind the header."""
    raw = gzip.decompress(content)
    # The size of its header tells which of the two it is.
    size = int.from_bytes(raw[:4], sys.byteorder)
    kind = nibabel.Nifti1Image if size == nibabel.Nifti1Header.sizeof_hdr else nibabel.Nifti2Image
    image = kind.from_bytes(raw)
    # Volumes of ours have no other words.
    image.header.extensions[:] = [nibabel.nifti1.Nifti1Extension(_COMMENT, recipe.encode())]
    image.header.set_data_offset(0)
    return gzip.compress(image.to_bytes(), 6, mtime=0)


def _text(said: Any) -> str:
    return (said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)).strip("\0 ")


def _dicom(content: bytes, recipe: str) -> bytes:
    """As an element of our own."""
    import pydicom

    data, stream = pydicom.dcmread(io.BytesIO(content)), io.BytesIO()
    put_into_dicom(data, recipe)
    pydicom.dcmwrite(stream, data, enforce_file_format=True)
    return stream.getvalue()


def put_into_dicom(data: Dataset, recipe: str) -> None:
    """The same before it is written."""
    block = data.private_block(_GROUP, DICOM_MARK, create=True)
    if _ELEMENT in block:
        del block[_ELEMENT]
    block.add_new(_ELEMENT, "UT", nameless(recipe))


def nameless(recipe: str) -> str:
    """The recipe without the names of pictures, which may be those of patients; their hashes stand for them."""
    told = json.loads(recipe)
    for name in ("file", "files", "asked"):
        told.get("figure", told).pop(name, None)
    for item in told.get("items", ()):
        _, mark, place = item["picture"]["path"].partition("#")
        item["picture"]["path"] = f"{item['picture']['sha256']}{mark}{place}"
    models = {after for flag, after in pairwise(told.get("command", ())) if flag == "--model"}
    for name, hash in [*told.get("read", {}).items()]:
        meant = [each for each in told["command"] if f"/{name}" in each and each not in models]
        told["command"] = [each.replace(f"/{name}", f"/{hash}") if each in meant else each for each in told["command"]]
        if meant:
            told["read"][hash] = told["read"].pop(name)
    return json_text(told)


_TAKE: dict[str, Callable[[Path], str]] = {
    ".parquet": _in_parquet,
    ".html": _in_html,
    ".svg": _in_svg,
    ".pdf": _in_pdf,
    ".npz": _in_npz,
    ".gz": _in_nifti,
    ".dcm": _in_dicom,
    ".png": _in_png,
    **dict.fromkeys((".tif", ".tiff"), _in_tiff),
}
_PUT: dict[str, Callable[[bytes, str], bytes]] = {
    ".parquet": _parquet,
    ".html": _html,
    ".svg": _svg,
    ".png": _png,
    ".npz": _npz,
    ".gz": _nifti,
    ".dcm": _dicom,
}
