"""Epoch by epoch: what was reached, which epoch was the best, and whether it is time to stop."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tfcore.tables import write_table

Row = Mapping[str, Any]


class History:
    """Rows of figures; ``by`` is the validation figure that makes an epoch the best."""

    def __init__(self, by: str, rows: list[dict[str, Any]] | None = None) -> None:
        self.rows = rows or []
        self._by = f"val_{by}"

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def best(self) -> dict[str, Any] | None:
        """The row of the best epoch, the first of equal ones."""
        return max(self.rows, key=self._merit, default=None)

    def add(self, row: dict[str, Any]) -> bool:
        """One more epoch; whether it is the best so far."""
        self.rows.append(row)
        return self.best is row

    def of(self, stage: str) -> int:
        """How many epochs that stage has had."""
        return sum(row["stage"] == stage for row in self.rows)

    def since_best(self, stage: str) -> int:
        """Epochs of the stage that brought no improvement, up to now."""
        best = self.best
        return min(self.of(stage), len(self.rows) - best["epoch"]) if best else 0

    def save(self, path: Path) -> None:
        write_table(path, list(self.rows[0]), self.rows, overwrite=True)

    def _merit(self, row: Row) -> tuple[float, float]:
        # Of epochs that reach the same share of pictures, the one with the lower loss is surer of it.
        figure = -row[self._by] if self._by == "val_loss" else row[self._by]
        return figure, -row["val_loss"]
