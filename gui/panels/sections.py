"""Combo boxes with headings in their list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox

from gui.panels.combo import Combo
from gui.texts import tr
from tfcore.registry import ArchSpec, MethodSpec


def sectioned() -> Combo:
    """A combo, ready for ``add_section``, and never widening its panel for a long entry."""
    combo = Combo()
    combo.setModel(QStandardItemModel(combo))
    combo.setMaxVisibleItems(24)
    return combo


def add_section(combo: QComboBox, title: str) -> None:
    """A heading in the list that cannot be chosen; what is added next stands under it."""
    item = QStandardItem(title)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = combo.font()
    font.setBold(True)
    item.setFont(font)
    _items(combo).appendRow(item)


def add_choice(combo: QComboBox, label: str, value: str, tooltip: str, enabled: bool = True) -> None:
    """An entry that stands for ``value``; a disabled one is shown with the reason in its tooltip."""
    item = QStandardItem(label)
    item.setData(value, Qt.ItemDataRole.UserRole)
    item.setToolTip(tooltip)
    item.setEnabled(enabled)
    _items(combo).appendRow(item)


def add_families(
    combo: QComboBox, specs: Iterable[MethodSpec | ArchSpec], preferred: str, why: Mapping[str, str] | None = None
) -> None:
    """Specs, which come family by family, under the names of these; the preferred one is picked, or the first. Those
    there is a reason against are grey and say it.
    """
    why = why or {}
    for family, members in groupby(specs, key=lambda spec: spec.family):
        add_section(combo, tr(family))
        for spec in members:
            reason = why.get(spec.name, "")
            add_choice(combo, spec.name, spec.name, reason or tr(spec.summary), not reason)
    found = combo.findData(preferred)
    # The first row is a heading.
    combo.setCurrentIndex(found if found >= 0 else min(1, combo.count() - 1))


def _items(combo: QComboBox) -> QStandardItemModel:
    model = combo.model()
    assert isinstance(model, QStandardItemModel)
    return model
