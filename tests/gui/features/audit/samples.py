"""An audit's answer, with pictures to show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

FACTS: dict[str, Any] = {
    "root": "/data/scans",
    "kind": "split folders",
    "pictures": 6,
    "classes": {"no": 3, "yes": 3},
    "unannotated": 1,
    "patients": 2,
    "splits": {"train": {"no": 2, "yes": 2}, "test": {"no": 1, "yes": 1}},
    "sides": {"train": 4, "test": 2},
    "notes": [],
}


def sample(path: Path | str, split: str = "train", label: str = "no", frame: int | None = None) -> dict[str, Any]:
    return {"path": str(path), "frame": frame, "label": label, "split": split, "patient": None}


def pair(first: dict[str, Any], second: dict[str, Any], exact: bool = True) -> dict[str, Any]:
    return {
        "first": first,
        "second": second,
        "correlation": 1.0 if exact else 0.9812,
        "exact": exact,
        "across": first["split"] != second["split"],
        "torn": first["label"] != second["label"],
    }


def pictures(folder: Path, count: int) -> list[Path]:
    """Small grey pictures."""
    random = np.random.default_rng(0)
    paths = [folder / f"slice {number}.png" for number in range(count)]
    for path in paths:
        Image.fromarray(random.integers(0, 255, (40, 60), dtype=np.uint8)).save(path)
    return paths


def found(pairs: list[dict[str, Any]], findings: list[str]) -> dict[str, Any]:
    return {
        **FACTS,
        "findings": findings,
        "pairs": pairs,
        "patients_across": {"P7": ["train", "test"]} if findings else {},
        "shortcuts": [
            {"fact": "corners", "accuracy": 0.81, "majority": 0.5, "flagged": True},
            {"fact": "size", "accuracy": 0.5, "majority": 0.5, "flagged": False},
        ],
        "broken": [{"path": "x.png", "sentence": "x.png is empty; copy it again."}] if findings else [],
        "report": b"packed",
    }
