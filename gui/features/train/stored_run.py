"""What a run folder holds already: its epochs, its model and, where it came to its end, its report."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

# What files raise that were cut off or altered: they are no text, no JSON, or hold other things.
_DAMAGED = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
_LENGTHS = ("epochs", "fine_tune_epochs")
# What the curves draw of every epoch.
_FIGURES = ("epoch", "loss", "val_loss")
_OF_CLASSES = ("accuracy", "val_accuracy", "val_mean-recall", "val_macro-f1")
_OF_PIXELS = ("dice", "val_dice")


@dataclass(frozen=True)
class StoredRun:
    """A run on disk, finished or not."""

    folder: Path
    # Rows of the history up to the last epoch that ended.
    rows: tuple[dict[str, Any], ...]
    # How many epochs it may take, none where the run does not say.
    of: int
    # The classes that the mean recall counts, where the run says so.
    mean_of: tuple[str, ...]
    report: dict[str, Any] | None

    @property
    def model(self) -> Path | None:
        """The network of the best epoch so far."""
        path = self.folder / "model.keras"
        return path if path.is_file() else None

    @property
    def page(self) -> Path | None:
        """The report to read."""
        path = self.folder / "report.html"
        return path if path.is_file() else None


def stored_run(folder: str | Path) -> StoredRun | None:
    """The run in a folder, ``None`` where there is none; files that are damaged count as missing."""
    where = Path(folder) if folder else None
    # Unlike Path's own, these never raise: of a name that is too long, of a folder that is closed to us.
    if where is None or not os.path.isfile(where / "settings.json"):  # noqa: PTH113
        return None
    rows, report = tuple(_rows(where / "checkpoint" / "last.npz")), _report(where / "report.json")
    mean_of, of = _settings(where / "settings.json")
    return StoredRun(where, rows, of, mean_of, report)


def _rows(checkpoint: Path) -> list[dict[str, Any]]:
    try:
        with checkpoint.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            rows = json.loads(str(arrays["state"]))["history"]
        figures = {*_FIGURES, *rows[0], *(_OF_PIXELS if "dice" in rows[0] else _OF_CLASSES)} - {"stage"}
        whole = all(isinstance(row[name], int | float) for row in rows for name in figures)
    except (*_DAMAGED, zipfile.BadZipFile, EOFError):
        return []
    return rows if whole else []


def _settings(path: Path) -> tuple[tuple[str, ...], int]:
    """The classes of the mean recall, and the most epochs."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        # Of a cross-validation, each fold has as many, and so has each seed.
        several = "folds" in stored or "seeds" in stored
        lengths = [] if several else [stored.get("settings", {}).get(name) or 0 for name in _LENGTHS]
        return tuple(str(name) for name in stored.get("mean recall of", ())), sum(map(int, lengths))
    except _DAMAGED:
        return (), 0


def _report(path: Path) -> dict[str, Any] | None:
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        figures = [report["leaks"], *_said_of(report)]
        whole = all(isinstance(each, int | float) for each in figures) and isinstance(report["notes"], list)
    except _DAMAGED:
        return None
    return report if whole else None


def _said_of(report: dict[str, Any]) -> list[Any]:
    if "sd" in report:
        name = "dice" if "dice" in report["mean"] else "accuracy"
        return [report.get("folds") or report["seeds"], report["mean"][name], report["sd"][name]]
    if "regions" in report:
        return [report["cases"], *(each["dice"]["mean"] for each in report["regions"].values())]
    low, high = report["accuracy interval"]
    return [low, high, report["n"], report["accuracy"], report["macro"]["f1"]]
