"""Parts of the list that features name: the pictures of a cell of a table, those that call for a second look."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from gui.browser.bars import Header
from gui.browser.files import Files
from gui.browser.notes import Case
from tfcore.review import Judgment


def counted_cases(cases: Mapping[str, Case]) -> str:
    """The cases by their names in the list, with how many pictures each has.

    >>> counted_cases({"Least sure": {"a.png": 0.3, "b.png": 0.1}, "Nearly flat maps": {"c.png": 0.0}})
    'Least sure (2), Nearly flat maps (1)'
    """
    return ", ".join(f"{name} ({len(case):,})" for name, case in cases.items())


class Cases(QObject):
    """Cases of several features, each in a group of its own; what is offered anew replaces the group."""

    # Labels or predictions of listed pictures are others.
    judged = Signal()

    def __init__(self, files: Files, header: Header, tile_of: Callable[[str], str]) -> None:
        super().__init__()
        self._files, self._header, self._tile_of = files, header, tile_of
        self._groups: dict[str, Mapping[str, Case]] = {}

    def offer(self, group: str, cases: Mapping[str, Case], show: str = "") -> None:
        """Parts of the list by name, each with the ranks of its pictures; one of them is shown at once if named."""
        before = self._groups.get(group, {})
        self._groups[group] = {name: self._listed(case) for name, case in cases.items()}
        every = {name: case for cases in self._groups.values() for name, case in cases.items()}
        self._files.listing.cases = every
        # Where a group has only one, the next one takes its place in what is shown and in the order.
        instead = dict(zip(before, cases, strict=True)) if len(before) == len(cases) == 1 else {}
        self._header.offer_cases(every, show, instead)

    def _listed(self, case: Case) -> Case:
        """By the tiles that stand for its pictures; most are tiles themselves."""
        if self._files.listing.lists(case):
            return case
        return {self._tile_of(path): rank for path, rank in case.items()}

    def measure(self, metrics: Mapping[str, Mapping[str, float]]) -> None:
        """Numbers of pictures by the name of what was measured, for the filter to compare; in place of all others."""
        self._files.listing.metrics = {name: self._listed(numbers) for name, numbers in metrics.items()}
        if self._files.listing.filter:
            self._files.arrange()

    def remark(self, remarks: Mapping[str, str]) -> None:
        """A few words on single pictures, in place of all that were there."""
        self._files.listing.remarks = {self._tile_of(path): words for path, words in remarks.items()}
        self._repaint()

    def judge(self, judgments: Mapping[str, Judgment], anew: bool = False) -> None:
        """What a reviewer says of these; ``anew`` of no others."""
        self._files.listing.judge(judgments, anew)
        if anew or len(judgments) != 1:
            self._repaint()
        else:
            self._files.tell(next(iter(judgments)))
        if self._files.listing.order in ("best rated", "by note"):
            self._files.arrange()

    def _repaint(self) -> None:
        if rows := self._files.rowCount():
            self._files.dataChanged.emit(self._files.index(0), self._files.index(rows - 1))

    def pairs(self) -> dict[tuple[str, str], list[str]]:
        """The pictures of every label and prediction, of which both are known."""
        found: dict[tuple[str, str], list[str]] = {}
        for path, label, predicted in self._files.listing.judged():
            found.setdefault((label, predicted), []).append(path)
        return found
