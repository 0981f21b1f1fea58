"""Facts, epochs and run folders as the engine leaves them."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

FACTS: dict[str, Any] = {
    "root": "/data/scans",
    "kind": "class folders",
    "pictures": 24,
    "classes": {"glioma": 16, "none": 8},
    "unannotated": 0,
    "patients": 0,
    "splits": {},
    "sides": {},
    "notes": ["masks is not used."],
}
REPORT: dict[str, Any] = {
    "n": 40,
    "accuracy": 0.9,
    "accuracy interval": [0.77, 0.96],
    "macro": {"f1": 0.881},
    "leaks": 0,
    "notes": ["All of it was trained."],
}


def epoch(number: int, val_loss: float | None = None) -> dict[str, Any]:
    """A row of the history; the validation loss falls unless one is given."""
    share = 1 - math.exp(-number / 4)
    return {
        "epoch": number,
        "stage": "whole",
        "loss": 1 - 0.9 * share,
        "accuracy": 0.4 + 0.5 * share,
        "val_loss": 1 - 0.8 * share if val_loss is None else val_loss,
        "val_accuracy": 0.4 + 0.4 * share,
        "val_macro-f1": 0.3 + 0.4 * share,
        "val_mean-recall": 0.3 + 0.5 * share,
        "val_recall glioma": 0.3 + 0.5 * share,
        "val_recall none": 0.2 + 0.5 * share,
        "lr": 1e-3,
        "seconds": 1.0,
    }


def run_folder(path: Path, epochs: int, report: dict[str, Any] | None = None, model: bool = True) -> Path:
    """A folder as a training leaves it, finished where it has a report."""
    (path / "checkpoint").mkdir(parents=True)
    (path / "settings.json").write_text("{}")
    rows = [epoch(number) for number in range(1, epochs + 1)]
    np.savez(path / "checkpoint" / "last.npz", state=np.array(json.dumps({"stage": "whole", "history": rows})))
    if model:
        (path / "model.keras").write_bytes(b"model")
    if report is not None:
        (path / "report.json").write_text(json.dumps(report))
        (path / "report.html").write_text("<html></html>")
    return path
