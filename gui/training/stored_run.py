"""What a run folder holds already: its epochs, its model and, where it came to its end, its report."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class StoredRun:
    """A run on disk, finished or not."""

    folder: Path
    # Rows of the history up to the last epoch that ended.
    rows: tuple[dict[str, Any], ...]
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
    if not folder or not (Path(folder) / "settings.json").is_file():
        return None
    folder = Path(folder)
    return StoredRun(folder, tuple(_rows(folder / "checkpoint" / "last.npz")), _report(folder / "report.json"))


def free_folder(wanted: Path) -> Path:
    """This name, or with the next number behind it that nobody uses: ``run``, ``run-2``, ``run-3``."""
    numbered = re.fullmatch(r"(.+)-(\d+)", wanted.name)
    name, number = (numbered[1], int(numbered[2])) if numbered else (wanted.name, 1)
    free = wanted
    while free.exists():
        number += 1
        free = wanted.with_name(f"{name}-{number}")
    return free


def _rows(checkpoint: Path) -> list[dict[str, Any]]:
    try:
        with checkpoint.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            rows: list[dict[str, Any]] = json.loads(str(arrays["state"]))["history"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return []
    return rows


def _report(path: Path) -> dict[str, Any] | None:
    try:
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return report
