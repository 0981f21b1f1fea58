"""Which class of a network is meant by a label that is called otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.panels.labels import label
from gui.panels.table_box import TableBox
from gui.pieces import column, named
from gui.texts import tr
from tfcore.registry import Param
from tfcore.words import matched, stated_for

_MAP = Param(
    "map",
    "table",
    None,
    "which class of the models a label means",
    names=(tr("label"),),
    choices=(tr("class"),),
    optional=True,
)
# Of a label that none of the classes stands for.
_NO_CLASS = tr("(no class)")


class Meaning(QWidget):
    """Rows of a label and a class; each label that names no class has a row that waits for one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._labels: Sequence[str] = ()
        self._classes: Mapping[str, Sequence[str]] = {}
        # What was said of networks and labels that are not asked for now: it holds again once they are.
        self._aside: dict[str, str] = {}
        self._map = TableBox(_MAP)
        named(
            self._map,
            tr("what labels mean"),
            tr("Which class of the models is meant by a label that is called otherwise"),
        )
        self._map.changed.connect(self.changed)
        self.setLayout(column(label(tr("WHAT LABELS MEAN"), "heading"), self._map, spacing=4))

    def offer(
        self, labels: Sequence[str], classes: Mapping[str, Sequence[str]], models: Sequence[str] | None = None
    ) -> None:
        """The labels there are, and the classes of each network that is asked, by its name, or by none for all of
        them; without labels nothing is seen. With the names of all ``models`` that are asked, known or not, rows of
        others wait until they are asked again."""
        self._labels, self._classes = labels, classes
        self.setVisible(bool(labels))
        if labels and classes:
            if models is not None:
                self._set_aside({*labels, *(_of(name, label) for name in models for label in labels)})
            every = dict.fromkeys(name for each in classes.values() for name in each)
            rows = dict.fromkeys(labels) | dict.fromkeys(_of(name, label) for name in classes for label in labels)
            self._map.offer([*rows], [*every, _NO_CLASS], self.unknown())

    def unknown(self) -> list[str]:
        """Labels that name no class of a network, as far as can be told, and of which nothing was said."""
        found, stated = [], self.stated()
        for name, classes in self._classes.items():
            own = stated_for(name, stated)
            known = matched(self._labels, classes, own)
            found += [_of(name, label) for label in self._labels if label not in known and label not in own]
        return found

    def stated(self) -> dict[str, str]:
        """The class that each label means as the user says, empty where none does."""
        said: dict[str, str] = json.loads(self._map.text() or "{}")
        return {label: "" if class_ == _NO_CLASS else class_ for label, class_ in said.items()}

    def set_stated(self, meant: Mapping[str, str]) -> None:
        """As it was said before."""
        self._aside = {}
        self._show(meant)

    def _show(self, meant: Mapping[str, str]) -> None:
        self._map.set_text(json.dumps({label: class_ or _NO_CLASS for label, class_ in meant.items()}))

    def _set_aside(self, names: Iterable[str]) -> None:
        """Show rows of these names alone, and those of them that were not shown before."""
        said, names = {**self._aside, **self.stated()}, set(names)
        self._aside = {name: class_ for name, class_ in said.items() if name not in names}
        self._show({name: class_ for name, class_ in said.items() if name in names})


def labels_of(facts: Mapping[str, Any] | None) -> list[str]:
    """The labels that pictures of a data set have, from what it was taken for."""
    return [name for name, count in facts["classes"].items() if count] if facts else []


def _of(model: str, label: str) -> str:
    return f"{model}:{label}" if model else label
