"""A folder of phantoms on disk."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tfcore.data.phantom.lesions import LESIONS
from tfcore.data.phantom.picture import CLASSES, Array, checked, phantom
from tfcore.errors import HeatlensError
from tfcore.files import why, write_whole
from tfcore.lazy import cv2
from tfcore.tables import write_table

# Not a class: readers of class folders skip this name.
MASKS = "masks"
TABLE = "phantoms.csv"
# Pictures that one folder of them holds.
MOST = 1_000_000
_MASK_BYTES = 4096
COLUMNS = ("path", "label", "mask", "seed", "index", "cx", "cy", "area", "mean", "confounder", "difficulty")

# Size and contrast of graded lesions, each with each.
GRADES = tuple(itertools.product((0.5, 0.75, 1.0, 1.25), (0.3, 0.6, 1.0)))
_NEXT = dict(zip(LESIONS, [*LESIONS][1:] + [*LESIONS][:1], strict=True))


def write(
    out: str | Path,
    n: int = 400,
    size: int = 128,
    seed: int = 0,
    confounder: bool = False,
    progress: Callable[[int, int], None] | None = None,
    difficulty: float = 0.0,
    slices: int = 1,
    graded: bool = False,
    pairs: bool = False,
) -> Path:
    """Write ``n`` phantoms, the classes in turn, to a new or empty folder and return the path of their table.

    ``OUT/<class>/P0012.png`` is a picture, ``OUT/masks/P0012.png`` the exact mask of its lesion (255 inside; empty
    without one), ``OUT/phantoms.csv`` says what is where, with paths relative to OUT. Picture 12 is
    ``phantom([seed, 12], …)``. The table comes last: where it lies, the folder is complete.

    ``slices`` pictures in a row are of one patient: one head and one class. ``graded`` lesions have each size with each
    contrast in turn (columns ``scale`` and ``contrast``). With ``pairs`` each lesion has another of the next class
    beside it (``second``, ``second_mask``; ``open_data(…, mask="second_mask")`` takes those masks).
    """
    out = Path(out)
    if n < len(CLASSES):
        raise HeatlensError(f"n = {n} is too few phantoms for {len(CLASSES)} classes; ask for {len(CLASSES)} or more.")
    if seed < 0:
        raise HeatlensError(f"seed = {seed} is not a seed; choose 0 or a whole number above it.")
    if slices < 1:
        raise HeatlensError(f"slices = {slices} is no number of slices of a patient; choose 1 or more.")
    checked(size, difficulty)
    _check_room(out, n, size)
    made(out)
    digits = max(4, len(str(n - 1)))
    rows = []
    columns = [*COLUMNS, *(["patient"] if slices > 1 else []), *(["scale", "contrast"] if graded else [])]
    columns += ["second", "second_mask"] if pairs else []
    for index in range(n):
        patient = index // slices
        label = CLASSES[patient % len(CLASSES)]
        scale, contrast = GRADES[patient // len(CLASSES) % len(GRADES)] if graded else (1.0, 1.0)
        second = _NEXT.get(label) if pairs else None
        of_head = [seed, patient, n] if slices > 1 else None
        each = phantom([seed, index], label, size, confounder, difficulty, scale, contrast, second, of_head)
        name = f"P{index:0{digits}d}.png"
        _save(out / label / name, each.image)
        _save(out / MASKS / name, each.mask)
        more: dict[str, Any] = {"patient": f"patient {patient}", "scale": scale, "contrast": contrast}
        if each.second_mask is not None:
            more |= {"second": second, "second_mask": f"{MASKS}/second/{name}"}
            _save(out / more["second_mask"], each.second_mask)
        rows.append(
            {
                **each.facts,
                "path": f"{label}/{name}",
                "label": label,
                "mask": f"{MASKS}/{name}",
                "seed": seed,
                "index": index,
                "cx": _rounded(each.facts["cx"]),
                "cy": _rounded(each.facts["cy"]),
                "mean": _rounded(each.facts["mean"]),
                "confounder": int(each.facts["confounder"]),
                "difficulty": difficulty,
                **{name: value for name, value in more.items() if name in columns},
            }
        )
        if progress is not None:
            progress(index + 1, n)
    return write_table(out / TABLE, columns, rows)


def _check_room(out: Path, n: int, size: int) -> None:
    """Say before anything is written that so many phantoms would not fit."""
    if n > MOST:
        raise HeatlensError(f"n = {n} is too many phantoms; ask for {MOST:,} or fewer.")
    above = next((each for each in (out.absolute(), *out.absolute().parents) if each.is_dir()), None)
    # A picture of noise hardly gets smaller as PNG, its mask takes next to nothing.
    needed = n * (size * size + _MASK_BYTES)
    if above is not None and (free := shutil.disk_usage(above).free) < needed:
        raise HeatlensError(
            f"{n} phantoms of {size} pixels take up to {needed >> 20} MB and {above} has {free >> 20} MB free; ask for "
            "fewer."
        )


def made(out: Path) -> None:
    """Make the folder, or say why pictures cannot go there: nothing that lies there is mixed with or replaced."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise HeatlensError(f"{out} is not empty; name a new folder for the phantoms.")
    except FileExistsError as error:
        raise HeatlensError(f"{out} is a file; name a new folder for the phantoms.") from error
    except OSError as error:
        raise HeatlensError(f"{out} was not made: {why(error)}.") from error


def _save(path: Path, levels: Array) -> None:
    # Encoded in memory, since OpenCV's own writer fails silently and stumbles over names that are not ASCII.
    _, png = cv2.imencode(".png", levels)
    write_whole(path, png.tobytes())


def _rounded(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
