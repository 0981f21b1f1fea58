"""Phantoms that every test here learns from, written once."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import tfcore
from tfcore.data.phantom import write
from tfcore.training import honest
from tfcore.training.report import files
from tfcore.training.run import Run
from tfcore.trust.calibrate import fitted
from tfcore.trust.calibration import calibration

# A recipe on this is a few steps of a small network.
QUICK: dict[str, Any] = {"arch": "cnn-2", "size": 32, "batch": 8, "epochs": 2}


def write_dot(path: Path) -> None:
    """A plot that takes no time."""
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".png":
        Image.new("L", (1, 1)).save(path)


@pytest.fixture(scope="session")
def phantoms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty-eight slices of four classes."""
    folder = tmp_path_factory.mktemp("phantoms") / "mri"
    write(folder, n=48, size=48)
    return folder


@pytest.fixture
def quick(phantoms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Train in little time: ``quick(epochs=4, out=…)``. Plots are drawn on request only, and shortcuts looked for where
    ``learnt`` is learnt.
    """
    monkeypatch.setattr(importlib.import_module("tfcore.data.audit"), "shortcuts", lambda *_: ())

    def train(data: Any = phantoms, recipe: str = "mri-4class", *, plots: bool = False, **changes: Any) -> Run:
        if not plots:
            monkeypatch.setattr(files, "save", lambda _, path, **__: write_dot(path))
        return tfcore.train(data, recipe, **{"out": tmp_path / "run", **QUICK, **changes})

    return train


@pytest.fixture(scope="session")
def learnt(phantoms: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run that has everything, for all who only look at one: made honest by few pictures, its plots drawn."""
    uniform = calibration([[0.5, 0.5]], [0])
    with pytest.MonkeyPatch.context() as patch:
        # Of eight pictures a temperature says little; whether it does good is tried elsewhere.
        patch.setattr(honest, "FEWEST", 8)
        patch.setattr(
            honest, "fitted", lambda logits, labels: replace(fitted(logits, labels), temperature=2.0, after=uniform)
        )
        settings = {**QUICK, "epochs": 3, "lr": 0.01, "norm": "batch", "averaging": 1, "balance": "over"}
        augment = "affine, blur, noise, salt-and-pepper"
        out = tmp_path_factory.mktemp("learnt") / "run"
        return tfcore.train(phantoms, "mri-4class", out=out, augment=augment, **settings)


@pytest.fixture(scope="session")
def two_classes(phantoms: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of gliomas and slices without a tumour, each of a patient with two slices."""
    table = tmp_path_factory.mktemp("table") / "slices.csv"
    rows = ["path,label,patient"]
    for label in ("glioma", "no_tumour"):
        files = sorted((phantoms / label).glob("*.png"))
        rows += [f"{file},{label},{label}{number // 2}" for number, file in enumerate(files)]
    table.write_text("\n".join(rows))
    return table
