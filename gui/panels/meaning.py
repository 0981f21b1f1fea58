"""Which class of a network is meant by a label that is called otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.panels.labels import label
from gui.panels.table_box import TableBox
from gui.pieces import column, named
from tfcore.registry import Param
from tfcore.words import matched

_MAP = Param(
    "map", "table", None, "which class of the models a label means", names=("label",), choices=("class",), optional=True
)
# Of a label that none of the classes stands for.
_NO_CLASS = "(no class)"


class Meaning(QWidget):
    """Rows of a label and a class; each label that names no class has a row that waits for one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._labels: Sequence[str] = ()
        self._classes: Sequence[str] = ()
        self._map = TableBox(_MAP)
        named(self._map, "what labels mean", "Which class of the models is meant by a label that is called otherwise")
        self._map.changed.connect(self.changed)
        self.setLayout(column(label("WHAT LABELS MEAN", "heading"), self._map, spacing=4))

    def offer(self, labels: Sequence[str], classes: Sequence[str]) -> None:
        """The labels there are, and the classes of the network that is asked; without labels nothing is seen."""
        self._labels, self._classes = labels, classes
        self.setVisible(bool(labels))
        if labels and classes:
            self._map.offer(labels, [*classes, _NO_CLASS], self.unknown())

    def unknown(self) -> list[str]:
        """Labels that name no class, as far as can be told, and of which nothing was said."""
        if not self._classes:
            return []
        stated = self.stated()
        known = matched(self._labels, self._classes, stated)
        return [label for label in self._labels if label not in known and label not in stated]

    def stated(self) -> dict[str, str]:
        """The class that each label means as the user says, empty where none does."""
        said: dict[str, str] = json.loads(self._map.text() or "{}")
        return {label: "" if class_ == _NO_CLASS else class_ for label, class_ in said.items()}

    def set_stated(self, meant: Mapping[str, str]) -> None:
        """As it was said before."""
        self._map.set_text(json.dumps({label: class_ or _NO_CLASS for label, class_ in meant.items()}))


def labels_of(facts: Mapping[str, Any] | None) -> list[str]:
    """The labels that pictures of a data set have, from what it was taken for."""
    return [name for name, count in facts["classes"].items() if count] if facts else []
