"""The header of a MetaImage (.mha, .mhd), as ITK writes it: https://itk.org/Wiki/ITK/MetaIO/Documentation."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tfcore.pictures.grid import Header
from tfcore.pictures.text_header import LPS, affine_of, beside, numbers

_TYPES = {"CHAR": "i1", "UCHAR": "u1", "SHORT": "i2", "USHORT": "u2", "INT": "i4", "UINT": "u4", "LONG": "i4"}
_TYPES |= {"ULONG": "u4", "LONG_LONG": "i8", "ULONG_LONG": "u8", "FLOAT": "f4", "DOUBLE": "f8"}
# Bytes of a header.
_MOST = 1 << 20


def header(data: bytes, path: Path) -> Header:
    """What its lines say; ``ValueError`` where they make no sense."""
    said, at = _lines(data)
    count, channels = int(said["NDims"]), int(said.get("ElementNumberOfChannels", "1"))
    sizes = tuple(int(each) for each in said["DimSize"].split())
    if len(sizes) != count:
        raise ValueError
    kind = np.dtype(_TYPES.get(said["ElementType"].upper().removeprefix("MET_").removesuffix("_ARRAY"), "V1"))
    if _is(said, "BinaryDataByteOrderMSB") or _is(said, "ElementByteOrderMSB"):
        kind = kind.newbyteorder(">")
    if channels == 3 and kind == np.uint8:
        kind = np.dtype("V3")
    steps = numbers(said.get("ElementSpacing", said.get("ElementSize", "1 " * count)), count)
    turned = next((said[name] for name in ("TransformMatrix", "Rotation", "Orientation") if name in said), "")
    ways = numbers(turned, count * count).reshape(count, count) if turned else np.eye(count)
    corner = next((said[name] for name in ("Offset", "Position", "Origin") if name in said), "0 " * count)
    # The way of each axis is a row; that of time has none in space.
    columns, middle = np.eye(3), np.zeros(3)
    columns[: min(count, 3), : min(count, 3)] = (ways * steps[:, None]).T[:3, :3]
    middle[: min(count, 3)] = numbers(corner, count)[:3]
    file = said["ElementDataFile"]
    local = file.upper() == "LOCAL"
    return Header(
        kind,
        (*sizes, channels) if channels > 1 else sizes,
        np.diag(LPS) @ affine_of(columns, middle),
        bool(turned),
        at=at if local else 0,
        packed=_is(said, "CompressedData"),
        start=int(said.get("HeaderSize", "0")),
        beside="" if local else beside(file, path),
        interleaved=channels > 1,
    )


def _lines(data: bytes) -> tuple[dict[str, str], int]:
    """What each line says by its name, up to the one that names the voxels, and where what follows begins."""
    said: dict[str, str] = {}
    at = 0
    while at < min(len(data), _MOST) and "ElementDataFile" not in said:
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        name, _, value = data[at:end].decode("utf-8", "replace").partition("=")
        said[name.strip()], at = value.strip(), end + 1
    if "ElementDataFile" not in said:
        raise ValueError
    return said, at


def _is(said: dict[str, str], name: str) -> bool:
    return said.get(name, "").lower() in ("true", "1")
