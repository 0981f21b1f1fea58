"""The recipe of tables, pages and arrays inside of them, where their kind has a place for it."""

from __future__ import annotations

import html
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.figure.record import RECIPE, carried
from tfcore.files import write_whole
from tfcore.marks import is_own

# Of a member of an archive; numpy's own have this day.
_DAY = (1980, 1, 1, 0, 0, 0)
_HEAD, _END = b"</head>", b"IEND"
_META = re.compile(rb'<meta name="recipe" content="([^"]*)">')
_DESCRIPTION = re.compile(rb"<dc:description>.*?</dc:description>\s*", re.DOTALL)
_CREATOR = b"<dc:creator>"


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
    with suppress(OSError, ValueError, KeyError, zipfile.BadZipFile, HeatlensError):
        if (kind := path.suffix.lower()) == ".parquet":
            from pyarrow import parquet

            return str((parquet.read_schema(path).metadata or {}).get(RECIPE.encode(), b"").decode())
        if kind == ".html":
            found = _META.search(path.read_bytes())
            return html.unescape(found[1].decode()) if found else ""
        if kind in _PUT:
            said = carried(path)
            return said if isinstance(said, str) else said.decode()
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
    parts, at = [content[:8]], 8
    said = _chunk(b"iTXt", RECIPE.encode() + b"\0\1\0\0\0" + zlib.compress(recipe.encode()))
    while at < len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        name, part = content[at + 4 : at + 8], content[at : at + size + 12]
        if not (name == b"iTXt" and part[8:].startswith(RECIPE.encode() + b"\0")):
            parts += [said, part] if name == _END else [part]
        at += size + 12
    return b"".join(parts)


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


_PUT: dict[str, Callable[[bytes, str], bytes]] = {
    ".parquet": _parquet,
    ".html": _html,
    ".svg": _svg,
    ".png": _png,
    ".npz": _npz,
}
