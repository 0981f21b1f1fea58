"""Pictures that say whose they are, and names as people and programs write them."""

from __future__ import annotations

import json
import os
import random
import struct
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

CLASSES = ("glioma", "öde\u0301m", "no tumour")
PATIENTS = ("P1", "Müller 2", "p-3", "P10")
# Side of a picture, and what a level is worth: far enough apart to outlive a lossy video.
SIDE, STEP = 24, 40


@dataclass
class Made:
    """What is opened, how, and what is known about it. ``loose``: what it says may be untrue since it was
    damaged. ``listed``: a file says it, not the folders.
    """

    source: Path
    options: dict[str, Any] = field(default_factory=dict)
    torn: set[Path] = field(default_factory=set)
    loose: bool = False
    listed: bool = False


def pixels(label: int, patient: int, serial: int) -> np.ndarray:
    """A picture that states its class, its patient and its number."""
    shown = np.full((SIDE, SIDE, 3), (label * STEP + 20, patient * STEP + 20, serial * 5 % 256), np.uint8)
    # Something of its own, so that no two look alike.
    shown[:8, :8, 2] = np.random.default_rng(serial).integers(0, 256, (8, 8))
    return shown


def stated(array: np.ndarray) -> tuple[int, int]:
    """Class and patient that a picture states, read from its middle."""
    at = array[array.shape[0] // 2, array.shape[1] // 2]
    return round((float(at[0]) - 20) / STEP), round((float(at[1]) - 20) / STEP)


def saved(path: Path, levels: np.ndarray) -> Path:
    """A PNG, whatever its name says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    colours = levels[..., ::-1] if levels.ndim == 3 else levels
    path.write_bytes(cv2.imencode(".png", colours)[1].tobytes())
    return path


def respelt(draw: random.Random, name: str) -> str:
    """The same name as another hand would write it."""
    ways: list[Callable[[str], str]] = [
        str.upper,
        str.title,
        lambda text: f" {text} ",
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: unicodedata.normalize("NFC", text),
        lambda text: f"{text}\u200b",
        lambda text: text.replace(" ", "\u00a0"),
    ]
    return draw.choice(ways)(name)


def odd_file(draw: random.Random, folder: Path) -> None:
    """Something in a folder of pictures that is none."""
    folder.mkdir(parents=True, exist_ok=True)
    kind = draw.randrange(10)
    path = folder / f"odd{draw.randrange(1000)}.png"
    if path.exists() or path.is_symlink():
        return
    if kind == 0:
        path.write_bytes(b"")
    elif kind == 1:
        path.write_bytes(draw.randbytes(50))
    elif kind == 2:
        path.mkdir()
    elif kind == 3:
        path.symlink_to(path)
    elif kind == 4:
        path.symlink_to(folder / "nowhere.png")
    elif kind == 5:
        os.mkfifo(path.with_suffix(draw.choice([".csv", ".json", ".tsv", ".avi"])))
    elif kind == 6:
        (folder / f"loop{path.stem}").symlink_to(folder, target_is_directory=True)
    elif kind == 7:
        path.with_suffix(".json").write_text(draw.choice(["[" * 50_000, "{", '{"images": 1}', "", "null"]))
    elif kind == 8:
        (folder / ".hidden.png").write_bytes(b"\x89PNG")
    else:
        (folder / f"bytes{draw.randrange(99)}").mkdir(exist_ok=True)
        with open(os.fsencode(folder) + b"/\xff\xfe.png", "wb") as stream:  # noqa: PTH123
            stream.write(b"\x89PNG\r\n\x1a\n")


def wild(draw: random.Random) -> Any:
    """A value where nobody expects it."""
    return draw.choice(
        [None, "", "x", True, -1, 0, 3, 1.5, 1e308, float("nan"), float("inf"), 10**400, 2**63, [], [1], {}, {"a": []},
         "1" * 5000, "\0", [[[]]], "\ud800", -0.0]
    )  # fmt: skip


def as_json(value: Any) -> str:
    """JSON, also of numbers that Python would rather not write."""
    return json.dumps(value).replace('"HUGE"', "1" * 5000)


def damaged(draw: random.Random, data: bytes) -> bytes:
    """The same bytes after an accident."""
    kind = draw.randrange(6)
    at = draw.randrange(len(data) + 1)
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + draw.randbytes(draw.randrange(1, 20)) + data[at:]
    if kind == 2:
        return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]
    if kind == 3:
        return data + data
    if kind == 4:
        return data[:at] + data[draw.randrange(len(data) + 1) :]
    return data[:at] + struct.pack("<I", draw.choice([0, 2**31 - 1, 2**32 - 1, 2**16])) + data[at + 4 :]
