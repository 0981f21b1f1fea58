"""The header of an NRRD file (.nrrd, .nhdr), as 3D Slicer writes it: https://teem.sourceforge.net/nrrd/format.html."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures.grid import Header
from tfcore.pictures.text_header import LPS, affine_of, beside, numbers

# Signs, sizes and other spellings left out.
_TYPES = {
    "int8": "i1 signedchar int8_t",
    "uint8": "u1 uchar unsignedchar uint8_t",
    "int16": "i2 short shortint signedshort signedshortint int16_t",
    "uint16": "u2 ushort unsignedshort unsignedshortint uint16_t",
    "int32": "i4 int signedint int32_t",
    "uint32": "u4 uint unsignedint uint32_t",
    "int64": "i8 longlong longlongint signedlonglong signedlonglongint int64_t",
    "uint64": "u8 ulonglong unsignedlonglong unsignedlonglongint uint64_t",
    "float32": "f4 float",
    "float64": "f8 double",
}
_KINDS = {name: kind for kind, names in _TYPES.items() for name in (kind, *names.split())}
# To the patient's right, front and head from what the file counts in; what is not here says nothing of the patient.
_SPACES = {"right": (1.0, 1.0, 1.0, 1.0), "left": (-1.0, 1.0, 1.0, 1.0), "back": LPS}
_NAMES = {
    "right-anterior-superior": "right",
    "ras": "right",
    "left-anterior-superior": "left",
    "las": "left",
    "left-posterior-superior": "back",
    "lps": "back",
}
_ALONG = ("domain", "space")
# Bytes of a header.
_MOST = 1 << 20


def header(data: bytes, path: Path) -> Header:
    """What its lines say; ``ValueError`` where they make no sense."""
    text, at = _lines(data)
    said = {
        name.strip().lower().replace(" ", ""): value.strip()
        for name, mark, value in (line.partition(": ") for line in text.splitlines() if not line.startswith("#"))
        if mark
    }
    sizes = tuple(int(each) for each in said["sizes"].split())
    if len(sizes) != int(said["dimension"]):
        raise ValueError
    kind = np.dtype(_KINDS.get(said["type"].lower().replace(" ", ""), "V1"))
    if kind.itemsize > 1 and said.get("endian", "little").lower() == "big":
        kind = kind.newbyteorder(">")
    encoding = said.get("encoding", "raw").lower()
    if encoding not in ("raw", "gzip", "gz") or said.get("lineskip", "0") != "0":
        raise HeatlensError(f"{path} holds its voxels neither plain nor packed with gzip; save it in one of both.")
    file = said.get("datafile", "")
    across = _across(said, len(sizes))
    along = [axis for axis in range(len(sizes)) if axis != across]
    if across not in (None, 0, len(sizes) - 1):
        raise HeatlensError(f"{path} has an axis that is not in space between those that are; save it as the last one.")
    affine, directed = _place(said, along)
    return Header(
        kind,
        tuple(sizes[axis] for axis in (*along, *([] if across is None else [across]))),
        affine,
        directed,
        at=0 if file else at,
        packed=encoding != "raw",
        start=int(said.get("byteskip", "0")),
        beside=beside(file, path) if file else "",
        interleaved=across == 0,
    )


def _lines(data: bytes) -> tuple[str, int]:
    """The header's text, and where what follows its empty line begins."""
    ends = re.search(rb"\r?\n\r?\n|\Z", data[:_MOST])
    assert ends is not None
    return data[: ends.start()].decode("utf-8", "replace"), ends.end()


def _across(said: dict[str, str], count: int) -> int | None:
    """The axis that is of channels or of time."""
    if "spacedirections" in said:
        ways = [way == "none" for way in re.findall(r"\([^)]*\)|none", said["spacedirections"])]
    else:
        ways = [kind not in _ALONG for kind in said.get("kinds", "").lower().split()]
    across = [axis for axis, way in enumerate(ways) if way]
    if len(ways) == count and len(across) == 1:
        return across[0]
    return 3 if count == 4 else None


def _place(said: dict[str, str], along: list[int]) -> tuple[np.ndarray, bool]:
    """From indices to mm towards right, front and head, and whether the file says so."""
    corner = numbers(said["spaceorigin"].strip("()")) if "spaceorigin" in said else np.zeros(3)
    space = _NAMES.get(said.get("space", "").lower().removesuffix("-time").removesuffix("t"))
    if "spacedirections" in said:
        ways = [numbers(way, 3) for way in re.findall(r"\(([^)]*)\)", said["spacedirections"])]
        columns = np.array(ways).T if len(ways) == 3 else np.zeros((3, 3))
    else:
        steps = numbers(said["spacings"])[along] if "spacings" in said else np.ones(3)
        columns = np.diag(np.resize(np.nan_to_num(steps, nan=1.0), 3))
    # What does not say whose right and front it means is taken as ITK takes it.
    return np.diag(_SPACES[space or "back"]) @ affine_of(
        columns, corner
    ), space is not None and "spacedirections" in said
