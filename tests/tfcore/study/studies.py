"""A small study without a network: its pictures are there, nothing is computed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from tfcore.files import sha256
from tfcore.review.study import QUESTIONS, Arm, Case, Question, Study, write

LABELS = ("tumour", "none", "tumour", "none", "tumour", "none", "none", "tumour")


def small(folder: Path, *kinds: str, arms: tuple[str, ...] = ("none", "grad-cam"), **more: object) -> Path:
    """The file of a study of eight pictures, half of them with a tumour."""
    random, cases = np.random.default_rng(0), []
    for number, label in enumerate(LABELS):
        picture = folder / f"P{number}.png"
        Image.fromarray(random.integers(0, 255, (24, 30), dtype=np.uint8)).save(picture)
        cases.append(Case(str(picture), sha256(picture), label))
    asked = [
        Question(kind, QUESTIONS[kind], ("tumour", "none") if kind == "diagnosis" else ())
        for kind in kinds or ("rating", "confidence")
    ]
    settings = {"positive": ("tumour",), "washout": 4, "title": "Small"} | more
    path = folder / "small.heatlens-study"
    write(Study(tuple(cases), tuple(map(Arm.of, arms)), tuple(asked), **settings), path)  # type: ignore[arg-type]
    return path
