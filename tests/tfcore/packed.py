"""The bytes of files, and what is packed in them."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from pathlib import Path

from PIL import Image
from pyarrow import parquet

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def layers_of(content: bytes) -> list[bytes]:
    """A file's bytes, and those that are packed in it."""
    found = [content]
    if content.startswith(b"\x1f\x8b"):
        found.append(gzip.decompress(content))
    for stream in _STREAM.findall(content):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    if content.startswith(b"\x89PNG"):
        # The record that a figure carries is packed.
        with Image.open(io.BytesIO(content)) as image:
            found += [str(said).encode() for said in image.info.values()]
    if content.startswith(b"PAR1"):
        found.append(str(parquet.read_table(io.BytesIO(content)).to_pydict()).encode())
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += [archive.read(name) for name in archive.namelist()]
    return found


def tells(content: bytes, text: str) -> bool:
    """Whether the text stands in it, however it is spelt or packed."""
    spelt = [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")]
    return any(one in layer for layer in layers_of(content) for one in spelt)


def telling(folder: Path, text: str) -> list[Path]:
    """The files below a folder that say it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if tells(path.read_bytes(), text)]
