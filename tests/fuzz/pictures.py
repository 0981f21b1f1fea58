"""Pictures as a user has them, whole and damaged: each is read, shown, made small and prepared, or refused in words."""

from __future__ import annotations

import contextlib
import io
import os
import random
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from tests.fuzz import medical_files, picture_files
from tests.fuzz.case import Case
from tfcore.errors import HeatlensError
from tfcore.models.card import FITS, RESIZES, SCALINGS, Card
from tfcore.models.prepare import prepare
from tfcore.pictures import find, read, thumbnail

MAKERS = (*picture_files.MAKERS, *medical_files.MAKERS)

_SUFFIXES = (".png", ".jpg", ".tif", ".bmp", ".gif", ".PNG", ".dcm", ".txt", "")


def case(source: random.Random, folder: Path) -> Case:
    """One file in the folder, and what a user does with it."""
    if source.random() < 0.05:
        return _strange(source, folder)
    make = source.choice(MAKERS)
    data = make(source)
    harm = source.choice(
        (
            _whole,
            _whole,
            _whole,
            _whole,
            _whole,
            _cut,
            _flipped,
            _head_flipped,
            _emptied,
            _lengthened,
            _doubled,
            _swapped,
        )
    )
    path = folder / _name(source)
    path.write_bytes(harm(source, data))
    return Case(f"{make.__name__}, {harm.__name__.strip('_')}", partial(_use, path, _card(source)))


def _use(path: Path, card: Card) -> list[str]:
    """What the four uses came to; an AssertionError says what is wrong with a result."""
    uses: tuple[Callable[[], None], ...] = (
        partial(_read, path),
        partial(_small, path),
        partial(_prepared, path, card),
        partial(_found, path),
    )
    said = []
    printed = io.StringIO()
    with warnings.catch_warnings(), contextlib.redirect_stderr(printed), contextlib.redirect_stdout(printed):
        # A warning would be printed among the user's results.
        warnings.simplefilter("error")
        # Silenced in the program, by module.
        warnings.filterwarnings("ignore", module=r"pydicom\b")
        for use in uses:
            try:
                use()
            except HeatlensError as error:
                sentence = str(error)
                # Sentences stay on one line whatever a file is called.
                assert str(HeatlensError(str(path))) in sentence, f"{sentence!r} does not name its file"
                assert sentence.endswith("."), sentence
                assert not isinstance(error.__cause__, Warning), f"warned: {error.__cause__!r}"  # noqa: PT017
                said.append(sentence)
    assert not printed.getvalue(), f"printed {printed.getvalue()!r}"
    return said


def _read(path: Path) -> None:
    picture = read(path)
    assert picture.array.ndim == 2 or picture.array.shape[2] in (3, 4)
    assert picture.array.size
    low, high = picture.window
    assert np.isfinite([low, high]).all()
    assert low < high
    levels = picture.levels()
    assert levels.shape == picture.array.shape
    assert levels.dtype == np.float32
    _check_range(levels, 255)
    shown = picture.display()
    assert shown.shape == (picture.height, picture.width, 3)
    assert shown.dtype == np.uint8


def _small(path: Path) -> None:
    small = thumbnail(path, 32)
    assert small.dtype == np.uint8
    assert small.ndim == 3
    assert 1 <= min(small.shape[:2]) <= max(small.shape[:2]) <= 32


def _prepared(path: Path, card: Card) -> None:
    batch, boxes = prepare(card, [path])
    assert batch.shape[0] == len(boxes) == 1
    assert batch.shape[1:] == card.input_shape
    assert batch.dtype == np.float32
    assert np.isfinite(batch).all()
    assert boxes[0].width > 0
    assert boxes[0].height > 0


def _found(path: Path) -> None:
    assert path.parent in {each.parent for each in find([path.parent])} | {path.parent}
    assert list(find([path])) == [path] or path.is_dir()


def _check_range(levels: np.ndarray, top: float) -> None:
    low, high = float(levels.min()), float(levels.max())
    # Written so that NaN fails it.
    assert low >= 0, low
    assert high <= top + 0.001, high


def _card(source: random.Random) -> Card:
    channels = source.choice((1, 3, 3, 4))
    return Card.guess(
        (source.choice((1, 8, 33)), source.choice((1, 8, 33)), channels),
        2,
        scaling=source.choice(SCALINGS if channels == 3 else ("none", "1/255", "per-image standard")),
        fit=source.choice(FITS),
        resize=source.choice(RESIZES),
    )


def _name(source: random.Random) -> str:
    stem = source.choice(("a", "scan 1", "bild ü 脳", "x" * 200, "=1+1", "-n", os.fsdecode(b"caf\xe9"), "a\nb", "%s{}"))
    return stem + source.choice(_SUFFIXES)


# --- files that are no files ---


def _strange(source: random.Random, folder: Path) -> Case:
    kind = source.choice((_loop, _dangling, _pipe, _folder, _nothing, _sparse, _missing, _link))
    path = folder / _name(source)
    kind(path)
    return Case(kind.__name__.strip("_"), partial(_use, path, _card(source)))


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere.png")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "up").symlink_to(path.parent, target_is_directory=True)


def _nothing(path: Path) -> None:
    path.touch()


def _sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(3 * 1024**3)


def _missing(path: Path) -> None:
    """Gone between listing and reading."""


def _link(path: Path) -> None:
    path.symlink_to("/dev/zero")


# --- harm ---


def _whole(source: random.Random, data: bytes) -> bytes:
    return data


def _cut(source: random.Random, data: bytes) -> bytes:
    return data[: source.randrange(len(data))]


def _flipped(source: random.Random, data: bytes, end: int | None = None) -> bytes:
    changed = bytearray(data)
    for _ in range(source.choice((1, 3, 20))):
        changed[source.randrange(min(end or len(data), len(data)))] = source.choice(
            (0, 1, 127, 128, 255, source.randrange(256))
        )
    return bytes(changed)


def _head_flipped(source: random.Random, data: bytes) -> bytes:
    return _flipped(source, data, 300)


def _emptied(source: random.Random, data: bytes) -> bytes:
    kept = source.randrange(len(data))
    return data[:kept] + bytes(len(data) - kept)


def _lengthened(source: random.Random, data: bytes) -> bytes:
    return data + source.randbytes(source.choice((1, 100, 10_000)))


def _doubled(source: random.Random, data: bytes) -> bytes:
    start = source.randrange(len(data))
    part = data[start : start + source.choice((4, 50, 1000))]
    return data[:start] + part * source.choice((2, 50)) + data[start:]


def _swapped(source: random.Random, data: bytes) -> bytes:
    """The end of another file."""
    kept = source.randrange(len(data))
    return data[:kept] + source.choice(MAKERS)(source)[kept:]
