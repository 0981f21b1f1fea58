"""A figure as pixels or as a file that is there whole or not at all."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure.inside import RECIPE
from tfcore.figure.style import drawing
from tfcore.files import written_whole
from tfcore.lazy import cv2
from tfcore.marks import PROGRAM, marked_png

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".tiff", ".tif", ".pdf", ".svg")
# With a record beside it also that of DICOM, which refers to the pictures in it.
WITH_RECORD = (*SUFFIXES, ".dcm")
DPIS = (30, 1200)
# Beyond this a picture no longer fits the memory of an ordinary workstation.
_PIXELS = 250_000_000
_SIDE = 32_000


def save(figure: Figure, path: str | Path, dpi: int = 300, overwrite: bool = False) -> Path:
    """The path the figure was written to, as PNG, TIFF, PDF or SVG by its ending.

    Fonts are embedded in a PDF and text stays text in an SVG; no file holds a date, so the same figure gives the same
    bytes. Each says that Heatlens wrote it, and only such a file is replaced, unless ``overwrite``.
    """
    path = Path(path)
    content = encoded(figure, check_suffix(path), dpi)
    with written_whole(path, overwrite) as temporary:
        temporary.write_bytes(content)
    return path


def check_suffix(path: Path, suffixes: tuple[str, ...] = SUFFIXES) -> str:
    """The ending in small letters, or a sentence that lists the endings a figure can have."""
    suffix = path.suffix.lower()
    if suffix not in suffixes:
        raise HeatlensError(f"{path} is not a figure file; let its name end in {', '.join(suffixes)}.")
    return suffix


def clear(figure: Figure) -> bool:
    """Whether what lies below the figure is seen through it."""
    from matplotlib.colors import to_rgba

    return to_rgba(figure.get_facecolor())[3] == 0


def pixels(figure: Figure, dpi: float, with_alpha: bool = False) -> np.ndarray:
    """The figure as (H, W, 3) uint8, or with its alpha as (H, W, 4)."""
    from tfcore.figure.letters import Canvas

    before = figure.dpi
    with drawing():
        try:
            figure.set_dpi(dpi)
            canvas = Canvas(figure)
            canvas.draw()
            drawn = np.asarray(canvas.buffer_rgba())
            return drawn.copy() if with_alpha else cv2.cvtColor(drawn, cv2.COLOR_RGBA2RGB)
        finally:
            figure.set_dpi(before)


def encoded(figure: Figure, suffix: str, dpi: int, recipe: str = "", more: Sequence[Figure] = ()) -> bytes:
    """The bytes of the file, which says itself by which ``recipe`` it was made; a PDF may have ``more`` pages."""
    check_size(figure, dpi)
    stream = io.BytesIO()
    if suffix in (".pdf", ".svg"):
        metadata = {"Creator": PROGRAM, "CreationDate" if suffix == ".pdf" else "Date": None}
        if recipe:
            metadata["Subject" if suffix == ".pdf" else "Description"] = recipe
        with drawing():
            if more:
                from matplotlib.backends.backend_pdf import PdfPages

                with PdfPages(stream, metadata=metadata) as pages:
                    for page in (figure, *more):
                        pages.savefig(page, dpi=dpi)
                return stream.getvalue()
            figure.savefig(stream, format=suffix[1:], dpi=dpi, metadata=metadata)
        return stream.getvalue()
    drawn = pixels(figure, dpi, clear(figure))
    if suffix == ".png":
        return marked_png(_png(drawn, dpi, recipe))
    from PIL import Image

    Image.fromarray(drawn).save(
        stream, "TIFF", dpi=(dpi, dpi), compression="tiff_lzw", software=PROGRAM, description=recipe
    )
    return stream.getvalue()


def _png(image: np.ndarray, dpi: int, recipe: str) -> bytes:
    """In a twentieth of PIL's time, and hardly larger: lines less the line above, packed by zlib-ng."""
    from imagecodecs import zlibng_encode

    height, width, channels = image.shape
    lines: Any = np.full((height, 1 + width * channels), 2, np.uint8)
    flat = image.reshape(height, -1)
    lines[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=lines[1:, 1:])
    a_metre = round(dpi / 0.0254)
    said = [(b"iTXt", RECIPE.encode() + b"\0\1\0\0\0" + zlib.compress(recipe.encode()))] if recipe else []
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2 if channels == 3 else 6, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", a_metre, a_metre, 1)),
        *said,
        (b"IDAT", bytes(zlibng_encode(lines, level=1))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))
        for name, data in chunks
    )


def check_size(figure: Figure, dpi: int) -> None:
    """A sentence instead of a picture that no memory holds."""
    if not DPIS[0] <= dpi <= DPIS[1]:
        raise HeatlensError(f"dpi = {dpi} is not between {DPIS[0]} and {DPIS[1]}.")
    width, height = (round(inches * dpi) for inches in figure.get_size_inches())
    if max(width, height) > _SIDE or width * height > _PIXELS:
        raise HeatlensError(f"The figure would have {width} × {height} pixels; choose fewer rows or fewer dpi.")
