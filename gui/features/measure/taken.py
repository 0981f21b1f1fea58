"""Measurements taken along: onto the clipboard, as a table, and as regions that can be measured again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from gui import choosing
from gui.export.where import ask_file
from gui.features.measure.numbers import Entry, Found
from gui.state import OneJob
from gui.texts import counted, tr
from tfcore.errors import HeatlensError
from tfcore.files import written_from
from tfcore.measure import COLUMNS, Roi, read_rois, row, save_rois
from tfcore.tables import guarded, write_table

if TYPE_CHECKING:
    from gui.desk import Desk

_TABLES, _REGIONS = tr("Tables (*.csv)"), tr("Regions (*.json)")


class Taken:
    """Asks where, writes, and tells the history."""

    def __init__(
        self,
        desk: Desk,
        selected: Callable[[], list[int]],
        entries: Callable[[], Sequence[Entry]],
        of: Callable[[Entry], Found | None],
    ) -> None:
        self._desk, self._home, self._say, self._parent = desk, desk.home, desk.jobs.history.add, desk.parent
        self._selected, self._entries, self._of = selected, entries, of
        self._keeping = OneJob(desk.engine, "keep_record", desk.parent)
        self._keeping.failed.connect(lambda why: self._say(why, "warning"))

    @property
    def settled(self) -> bool:
        """No record is awaited."""
        return self._keeping.idle

    def rows(self, folder: Path | None = None) -> list[dict[str, Any]]:
        """What is known of every region, by ``COLUMNS``; files as they are found from a folder."""
        found = [(entry, self._of(entry)) for entry in self._entries()]
        known = [(path, roi, one) for (path, roi), one in found if one is not None]
        return [row(written_from(folder, path), roi, one.holds, one.heat) for path, roi, one in known]

    def copy(self) -> None:
        """The selected rows, where there are several, or all, onto the clipboard."""
        chosen = self._selected()
        # The one that was drawn last is always selected.
        rows = [each for number, each in enumerate(self.rows()) if number in chosen or len(chosen) < 2]
        lines = [COLUMNS, *([_cell(each.get(name)) for name in COLUMNS] for each in rows)]
        QGuiApplication.clipboard().setText("".join("\t".join(line) + "\n" for line in lines))
        self._say(tr("Copied {measurements}.", measurements=counted(len(rows), "measurement")))

    def export(self) -> None:
        """The table as a file."""

        def write(path: Path) -> Path:
            write_table(path, COLUMNS, self.rows(path.parent), True)
            # With the table go its regions, so that it can be measured anew.
            regions = save_rois(path.with_name(f"{path.stem}-regions.json"), self._entries())
            self._keeping.ask(self._command(regions, path), tr("record of {name}", name=path.name))
            return path

        self._write(tr("Export the table"), "measurements.csv", _TABLES, write)

    def _command(self, regions: Path, table: Path) -> dict[str, Any]:
        """What measures the same."""
        asked: dict[str, Any] = {"command": "measure", "given": str(regions), "out": str(table)}
        heats = [found.heat for entry in self._entries() if (found := self._of(entry)) and found.heat]
        if (request := self._desk.explaining.request) is None or not heats:
            return asked
        flags = {"model": heats[0].model, "layer": request.layer, "target": request.target}
        return asked | {"flags": flags, "method": request.method, "params": dict(request.params)}

    def save(self) -> None:
        """The regions as a file."""
        self._write(tr("Save regions"), "regions.json", _REGIONS, lambda path: save_rois(path, self._entries(), True))

    def chosen(self) -> list[Entry]:
        """The regions in a file that the user picks."""
        name = choosing.file(self._parent, tr("Load regions"), _REGIONS, self._home.exports)
        try:
            found = read_rois(name) if name else []
        except HeatlensError as error:
            self._say(str(error), "error")
            return []
        return [(str(path), roi) for path, roi in found]

    def _write(self, title: str, name: str, kind: str, write: Callable[[Path], Path]) -> None:
        if (path := ask_file(self._desk, title, name, kind)) is None:
            return
        try:
            self._say(tr("Exported to {path}", path=write(path)))
        except HeatlensError as error:
            self._say(str(error), "error")


def plain(roi: Roi) -> dict[str, Any]:
    """As a session keeps it."""
    return {**asdict(roi), "points": [list(point) for point in roi.points]}


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else " ".join(guarded(str(value)).split())
