"""From a file to a :class:`Picture`, or one sentence."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures.depth import parts
from tfcore.pictures.formats import format_of
from tfcore.pictures.picture import Picture
from tfcore.pictures.source import contents
from tfcore.pictures.window import automatic


def read(path: str | Path) -> Picture:
    """The picture in a PNG, JPEG, TIFF, BMP or GIF file; what it is, its content decides.

    >>> picture = read("scan.tiff")                                                        # doctest: +SKIP
    >>> picture.display()                        # uint8 (H, W, 3) for the screen           # doctest: +SKIP
    """
    path = Path(path)
    data = contents(path)
    array, note = decode(data, path)
    array.setflags(write=False)
    return Picture(array, path, hashlib.sha256(data).hexdigest(), automatic(array), note)


def decode(data: bytes, path: Path, coarse: int | None = None) -> tuple[np.ndarray, str]:
    """Upright pixels and a note from a file's bytes; ``coarse`` allows fewer pixels (and no note) for a thumbnail."""
    form = format_of(data, path)
    try:
        if form == "tiff":
            from tfcore.pictures import tiff

            array, note = tiff.decode(data, path, coarse)
        else:
            from tfcore.pictures import raster

            array, note = raster.decode(data, form, path, coarse)
    except HeatlensError:
        raise
    except MemoryError as error:
        raise HeatlensError(f"{path} does not fit into memory; close other programs or make it smaller.") from error
    # Decoders meet damage in their own ways: a dozen exception types from four libraries mean the same to the user.
    except Exception as error:
        raise HeatlensError(
            f"{path} is damaged or cut short, or stored in an unusual way; copy it again from its source or save it "
            "anew as PNG."
        ) from error
    array = np.ascontiguousarray(array)
    _check_values(array, path)
    return array, note


def _check_values(array: np.ndarray, path: Path) -> None:
    if array.dtype.kind != "f":
        return
    values = array.reshape(-1)
    missing = sum(int(np.isnan(values[part]).sum()) for part in parts(values.size))
    if missing:
        raise HeatlensError(
            f"{path} holds NaN ({missing:,} of {array.size:,} values); replace them before, for example by the "
            "background's value."
        )
    if all(np.isinf(values[part]).all() for part in parts(values.size)):
        raise HeatlensError(f"{path} holds infinite values only; export it again from its source.")
