"""Small read-only tables of an audit: pictures per class and split, patients, shortcuts, broken files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from gui.texts import tr
from gui.theme import colour

Rows = Sequence[Sequence[str]]


def table(name: str) -> QTableWidget:
    """An empty table that is only read."""
    made = QTableWidget()
    made.setAccessibleName(name)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setShowGrid(False)
    made.setWordWrap(True)
    made.verticalHeader().hide()
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    return made


def fill(widget: QTableWidget, heads: Sequence[str], rows: Rows, marked: Sequence[bool] = ()) -> None:
    """Show rows of text; marked ones in the colour of warnings."""
    widget.setColumnCount(len(heads))
    widget.setHorizontalHeaderLabels(list(heads))
    widget.setRowCount(len(rows))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if number < len(marked) and marked[number]:
                item.setForeground(QColor(colour("warning")))
            widget.setItem(number, column, item)
    widget.resizeColumnsToContents()
    widget.horizontalHeader().setSectionResizeMode(len(heads) - 1, QHeaderView.ResizeMode.Stretch)
    widget.resizeRowsToContents()


def counts(found: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Pictures of every class, in all and in every split.

    >>> counts({"classes": {"no": 3, "yes": 4}, "splits": {"train": {"no": 2, "yes": 3}}, "unannotated": 0})
    (['class', 'pictures', 'train'], [['no', '3', '2'], ['yes', '4', '3']])
    """
    splits: Mapping[str, Mapping[str, int]] = found["splits"]
    rows = [
        [name, str(count), *(str(each.get(name, 0)) for each in splits.values())]
        for name, count in found["classes"].items()
    ]
    if found["unannotated"]:
        rows.append([tr("unannotated"), str(found["unannotated"]), *("" for _ in splits)])
    return [tr("class"), tr("pictures"), *splits], rows


def patients(found: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    if why := unchecked(found):
        return [tr("patients on two sides")], [[why]]
    return [tr("patient"), tr("is in")], [
        [name, " and ".join(sides)] for name, sides in found["patients_across"].items()
    ]


def unchecked(found: Mapping[str, Any]) -> str:
    """Why nobody can say whether a patient is on two sides, empty where it was looked at.

    >>> unchecked({"patients": 0, "splits": {"train": {}, "test": {}}}), unchecked({"patients": 3, "splits": {}})
    ('Patients unknown: not checked', 'No split yet: patients on two sides not checked')
    """
    reasons = ((tr("patients unknown"), found["patients"]), (tr("no split yet"), found["splits"]))
    if not any(missing := [why for why, there in reasons if not there]):
        return ""
    what = "" if found["splits"] else tr("patients on two sides ")
    return tr("{reasons}: {what}not checked", reasons=", ".join(missing).capitalize(), what=what)


def shortcuts(found: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """How well each trivial fact tells the class, beside always naming the largest one."""
    rows = [
        [
            one["fact"],
            f"{one['accuracy']:.0%}",
            f"{one['majority']:.0%}",
            tr("a network may learn this") if one["flagged"] else tr("not clearly better"),
        ]
        for one in found["shortcuts"]
    ]
    return [tr("fact"), tr("accuracy"), tr("largest class"), ""], rows


def broken(found: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    return [tr("what is wrong")], [[one["sentence"]] for one in found["broken"]]
