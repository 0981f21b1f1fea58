"""Small data on disk, written once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.phantom import write


def saved(path: Path, levels: np.ndarray) -> Path:
    """A picture file, its format by its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(path.suffix, levels)[1].tobytes())
    return path


def noise(seed: int, size: int = 32) -> np.ndarray:
    """A picture like no other: coarse enough that its small copy tells it apart."""
    coarse = np.random.default_rng(seed).integers(0, 256, (8, 8), np.uint8)
    return cv2.resize(coarse, (size, size), interpolation=cv2.INTER_CUBIC)


def samples(counts: dict[str, int], patients: Callable[[str, int], str] | None = None) -> Dataset:
    """A dataset of names alone."""
    made = [
        Sample(Path("data") / label / f"{number}.png", label, patients(label, number) if patients else None)
        for label, count in counts.items()
        for number in range(count)
    ]
    return Dataset(tuple(made), tuple(counts), Path("data"), "class folders")


@pytest.fixture(scope="session")
def phantoms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """24 phantoms of 4 classes, 32 × 32, with masks."""
    return write(tmp_path_factory.mktemp("phantoms") / "plain", n=24, size=32).parent


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Two classes of three pictures."""
    for number in range(3):
        saved(tmp_path / "scans" / "yes" / f"Y{number}.png", noise(number))
        saved(tmp_path / "scans" / "no" / f"N{number}.png", noise(10 + number))
    return tmp_path / "scans"
