"""A small study without a network: its pictures are there, nothing is computed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nibabel
import numpy as np
from PIL import Image

from tests.tfcore.figure.made import heat
from tfcore import pictures
from tfcore.files import sha256
from tfcore.review.beside import Beside, keep, key, place
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


def of_a_volume(folder: Path) -> Path:
    """One case in one arm: the middle of five slices, on whose first the heat is 0 and on whose last 4."""
    volume = folder / "scan.nii.gz"
    voxels = np.random.default_rng(0).integers(0, 255, (24, 20, 5)).astype(np.int16)
    nibabel.save(nibabel.Nifti1Image(voxels, np.eye(4)), volume)
    picture = pictures.read(f"{volume}#axial=2")
    case = Case(str(picture.path), picture.sha256, slices=5)
    questions = tuple(Question(kind, QUESTIONS[kind]) for kind in ("rating", "draw"))
    path = folder / "volume.heatlens-study"
    study = write(Study((case,), (Arm.of("grad-cam+prediction"),), questions, washout=0, title="Volume"), path)
    said = [np.array([1 - at / 10, at / 10], np.float32) for at in range(5)]
    slices = {at: Beside(heat(np.full((4, 4), float(at), np.float32)), ("a", "b"), said[at]) for at in range(5)}
    keep(replace(slices[2], slices=slices), place(path, 0, 0), key(study, case, study.arms[0]))
    return path
