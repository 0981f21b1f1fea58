"""What stands in the first bytes of a NIfTI file."""

from __future__ import annotations

import math
import struct
from pathlib import Path
from typing import Literal

import numpy as np

from tfcore.pictures.grid import Header
from tfcore.pictures.packed import beginning, is_packed

_LARGEST = 540
_CODES = {
    2: "u1",
    4: "i2",
    8: "i4",
    16: "f4",
    32: "c8",
    64: "f8",
    128: "V3",
    256: "i1",
    512: "u2",
    768: "u4",
    1024: "i8",
    1280: "u8",
    1792: "c16",
    2304: "V4",
}
_ORDERS: tuple[Literal["<", ">"], ...] = ("<", ">")
# Where things stand, and how, in the first and in the second version.
_PLACES = {
    348: {
        "dim": (40, "8h"),
        "code": (70, "h"),
        "pixdim": (76, "8f"),
        "start": (108, "f"),
        "scale": (112, "2f"),
        "codes": (252, "2h"),
        "quaternion": (256, "3f"),
        "offset": (268, "3f"),
        "rows": (280, "12f"),
    },
    540: {
        "dim": (16, "8q"),
        "code": (12, "h"),
        "pixdim": (104, "8d"),
        "start": (168, "q"),
        "scale": (176, "2d"),
        "codes": (344, "2i"),
        "quaternion": (352, "3d"),
        "offset": (376, "3d"),
        "rows": (400, "12d"),
    },
}


def header(data: bytes, _: Path) -> Header:
    """The header; ``ValueError``, ``zlib.error`` or ``struct.error`` where it is none."""
    head = beginning(data, _LARGEST)
    order: Literal["<", ">"] | None = next(
        (each for each in _ORDERS if struct.unpack_from(f"{each}i", head)[0] in _PLACES), None
    )
    if order is None:
        raise ValueError("neither version")
    size = struct.unpack_from(f"{order}i", head)[0]
    places = _PLACES[size]
    found = {name: struct.unpack_from(order + how, head, at) for name, (at, how) in places.items()}
    count, *sides = map(int, found["dim"])
    if not 1 <= count <= 7:
        raise ValueError("no dimensions")
    kind = np.dtype(_CODES.get(found["code"][0], "V1"))
    slope, inter = found["scale"]
    # Nothing, or no number, is no scaling.
    scaled = bool(slope) and math.isfinite(slope)
    if scaled and not math.isfinite(inter):
        raise ValueError("no intercept")
    q, s = found["codes"]
    affine = _affine(found["rows"]) if s else _turned(found) if q else _plain(found["pixdim"], sides)
    return Header(
        kind.newbyteorder(order),
        tuple(sides[:count]),
        affine,
        bool(q or s),
        float(slope) if scaled else 1.0,
        float(inter) if scaled else 0.0,
        packed=is_packed(data),
        # Some writers leave it at 0: the voxels follow the header and its four bytes of extensions.
        start=max(int(found["start"][0]), size + 4),
    )


def _affine(rows: tuple[float, ...]) -> np.ndarray:
    return np.vstack([np.reshape(rows, (3, 4)), (0, 0, 0, 1)]).astype(np.float64)


def _turned(found: dict[str, tuple[float, ...]]) -> np.ndarray:
    """By a quaternion, of which three numbers are given; all 0 where a voxel has no size or they are of no rotation."""
    b, c, d = (float(each) for each in found["quaternion"])
    rest = 1 - (b * b + c * c + d * d)
    sides = np.array(found["pixdim"][1:4], np.float64)
    if rest < -3 * np.finfo(np.float32).eps or not (sides > 0).all():
        return np.zeros((4, 4))
    a = max(rest, 0.0) ** 0.5
    # 0 stands for 1, as the standard has it.
    sides[2] *= -1 if found["pixdim"][0] < 0 else 1
    rotation = np.array(
        [
            [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
            [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
            [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - c * c - b * b],
        ]
    )
    rows = np.column_stack([rotation * sides, found["offset"]])
    return _affine(tuple(rows.ravel()))


def _plain(pixdim: tuple[float, ...], sides: list[int]) -> np.ndarray:
    """Where nothing is said: the first axis to the patient's left, 0 in the middle."""
    steps = np.array(pixdim[1:4], np.float64) * (-1, 1, 1)
    middle = -steps * (np.array(sides[:3]) - 1) / 2
    return _affine(tuple(np.column_stack([np.diag(steps), middle]).ravel()))
