"""What an audit needs of a picture: hashes, a small copy, and the trivial facts a network could learn instead."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Sample
from tfcore.lazy import cv2
from tfcore.pictures import Picture

# Side of the small copy.
SMALL = 32
# Border and corner as shares of the side.
_BORDER = 0.06
_CORNER = 0.15


@dataclass(frozen=True, eq=False)
class Look:
    """One picture: the hash of its pixels, a small grey copy, 64 bits of gradient signs, and facts by group."""

    sample: Sample
    pixels: str
    small: np.ndarray
    gradients: int
    facts: dict[str, tuple[float, ...]]

    def row(self) -> dict[str, Any]:
        """What a table can hold of it, to the last bit."""
        small, gradients = self.small.tobytes().hex(), f"{self.gradients:x}"
        return {"pixels": self.pixels, "small": small, "gradients": gradients, "facts": self.facts}

    @classmethod
    def of_row(cls, sample: Sample, row: Mapping[str, Any]) -> Look:
        small = np.frombuffer(bytes.fromhex(row["small"]), np.float32).reshape(SMALL, SMALL)
        facts = {name: tuple(values) for name, values in row["facts"].items()}
        return cls(sample, row["pixels"], small, int(row["gradients"], 16), facts)


def look(sample: Sample) -> Look:
    """Read the picture once and keep a few kilobytes of it."""
    shown = reading.picture(sample)
    colours = shown.display()
    pixels = hashlib.sha256(repr(shown.array.shape).encode() + shown.array.tobytes()).hexdigest()
    grey = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (SMALL, SMALL), interpolation=cv2.INTER_AREA).astype(np.float32)
    return Look(sample, pixels, small, _gradients(grey), _facts(shown, colours, grey))


def _gradients(grey: np.ndarray) -> int:
    """dHash: whether each of 8 × 8 places is brighter than its left neighbour."""
    coarse = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA).astype(np.int16)
    return int.from_bytes(np.packbits(coarse[:, 1:] > coarse[:, :-1]).tobytes(), "big")


def _facts(shown: Picture, colours: np.ndarray, grey: np.ndarray) -> dict[str, tuple[float, ...]]:
    height, width = grey.shape
    coloured = float((colours.max(axis=2).astype(np.int16) - colours.min(axis=2)).mean())
    edge = max(1, round(_BORDER * min(height, width)))
    border = np.concatenate(
        [grey[:edge].ravel(), grey[-edge:].ravel(), grey[:, :edge].ravel(), grey[:, -edge:].ravel()]
    )
    tall, wide = max(1, round(_CORNER * height)), max(1, round(_CORNER * width))
    corners = (grey[:tall, :wide], grey[:tall, -wide:], grey[-tall:, :wide], grey[-tall:, -wide:])
    return {
        "file type": (*_type(shown), float(shown.channels), coloured),
        "size": (float(height), float(width), float(shown.path.stat().st_size if shown.path.is_file() else 0)),
        "aspect": (width / height,),
        "mean brightness": (float(grey.mean()), float(grey.std())),
        "border": (float(border.mean()), float(border.std())),
        "corners": tuple(float(value) for corner in corners for value in (corner.mean(), corner.std(), corner.max())),
    }


def _type(shown: Picture) -> tuple[float, ...]:
    endings = ("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif")
    ending = shown.path.suffix.lower().lstrip(".")
    return (*(float(ending == one) for one in endings), float(shown.array.dtype.itemsize))
