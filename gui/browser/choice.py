"""Which picture is current and which are selected, whatever happens to the rows."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, Signal

from gui.browser.files import Files
from gui.browser.grid import Grid

_Flag = QItemSelectionModel.SelectionFlag


class Choice(QObject):
    """Keeps the current path and the selected files through filters, sorting and arrivals.

    A current picture that the filter hides stays current; its tile is marked again when it is back.
    """

    # A path; an object, since Qt's own strings lose file names that are not valid Unicode.
    changed = Signal(object)
    # Others are selected, another is current, or rows are others.
    chosen = Signal()

    def __init__(self, files: Files, grid: Grid) -> None:
        super().__init__()
        self.current: str | None = None
        self._direction = 1
        self._files, self._listing, self._grid = files, files.listing, grid
        self._kept: set[int] = set()
        self._scrolled: int | None = None
        files.modelAboutToBeReset.connect(self._remember)
        # After the grid's own connection, which forgets everything.
        files.modelReset.connect(self._restore)
        grid.selectionModel().currentChanged.connect(self._moved)
        grid.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())

    def become(self, path: str | None) -> None:
        """Make this listed picture the current one, shown or not; None where there is none."""
        row = self._listing.row(path)
        if row is not None:
            self._grid.selectionModel().setCurrentIndex(self._files.index(row), _Flag.ClearAndSelect)
            self.reveal()
        elif path != self.current:
            self._grid.selectionModel().clear()
            self._now(path)

    def selected(self) -> list[str]:
        return [self._listing.path(row) for row in self._rows()]

    def select(self, paths: list[str]) -> None:
        """Select these of those that are shown; the current picture stays."""
        wanted = set(paths)
        self._select([row for row in range(len(self._listing.rows)) if self._listing.path(row) in wanted])

    def ahead(self, n: int) -> list[str]:
        """The next pictures in the direction of the last move, nearest first."""
        row = self._listing.row(self.current)
        if row is None:
            return []
        nearest, beyond = row + self._direction, row + self._direction * (n + 1)
        shown = range(len(self._listing.rows))
        return [self._listing.path(each) for each in range(nearest, beyond, self._direction) if each in shown]

    def reveal(self) -> None:
        """Scroll to the current picture."""
        self._grid.scrollTo(self._grid.currentIndex())

    def _rows(self) -> list[int]:
        chosen = self._grid.selectionModel().selection()
        runs = [chosen.at(place) for place in range(chosen.count())]
        return sorted(row for run in runs for row in range(run.top(), run.bottom() + 1))

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        # Rows that are reset have no current one, but the picture stays current.
        if now.isValid():
            if before.isValid():
                self._direction = 1 if now.row() > before.row() else -1
            self._now(self._listing.path(now.row()))

    def _now(self, path: str | None) -> None:
        if path != self.current:
            self.current = path
            self.changed.emit(path or "")
            self.chosen.emit()

    def _remember(self) -> None:
        self._kept = {self._listing.rows[row] for row in self._rows()}
        self._scrolled = None if self._grid.following else self._grid.verticalOffset()

    def _select(self, rows: list[int]) -> None:
        chosen = QItemSelection()
        for first, last in _runs(rows):
            chosen.select(self._files.index(first), self._files.index(last))
        self._grid.selectionModel().select(chosen, _Flag.ClearAndSelect)

    def _restore(self) -> None:
        model = self._grid.selectionModel()
        self._grid.updateGeometries()
        self._select([row for row, number in enumerate(self._listing.rows) if number in self._kept])
        row = self._listing.row(self.current)
        if row is not None:
            model.setCurrentIndex(self._files.index(row), _Flag.Current if self._kept else _Flag.SelectCurrent)
        if self._scrolled is not None:
            # Whoever has scrolled away from the current picture is not thrown back to it.
            self._grid.verticalScrollBar().setValue(self._scrolled)
            self._grid.following = False
        self.chosen.emit()


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Ascending numbers as first and last of each gapless run."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    return runs
