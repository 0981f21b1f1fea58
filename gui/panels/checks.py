"""A list of things to tick: methods, metrics, layers of a model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from gui.texts import tr
from tfcore.registry import ALL_STAGES, INPUT, catalogue
from tfcore.results import ModelInfo


@dataclass(frozen=True)
class Entry:
    """One thing to tick; without a key it is a heading."""

    text: str
    key: str = ""
    tip: str = ""
    # Why it cannot be ticked, where it cannot.
    why: str = ""


class CheckList(QListWidget):
    """Entries to tick, in their order; ticks survive a change of the list where the key does."""

    ticked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(tr(name))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(72)
        # A network may have a thousand layers.
        self.setUniformItemSizes(True)
        self._keys: tuple[str, ...] | None = None
        self._narrowed = False
        self.itemChanged.connect(lambda _: setattr(self, "_keys", None))
        # Ticked before they were listed: a model that is still being opened has no layers yet.
        self._awaited: set[str] = set()
        self.itemChanged.connect(self.ticked)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; what was ticked stays ticked, and what is in sight stays there."""
        place = self.verticalScrollBar().value()
        ticked = {*self.keys(), *self._awaited}
        self._awaited -= {entry.key for entry in entries}
        with QSignalBlocker(self):
            self.clear()
            for entry in entries:
                item = QListWidgetItem(entry.text)
                # Boxes below each other do not touch.
                item.setSizeHint(QSize(0, self.fontMetrics().height() + 6))
                item.setToolTip(entry.why or entry.tip)
                item.setData(Qt.ItemDataRole.UserRole, entry.key if not entry.why else "")
                if entry.key and not entry.why:
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                    item.setCheckState(_state(entry.key in ticked))
                else:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                    if entry.why:
                        # Seen as one of those that could be ticked, unlike a heading.
                        item.setCheckState(Qt.CheckState.Unchecked)
                # Last: what is in a list already tells it of every change.
                self.addItem(item)
            self._keys, self._narrowed = None, False
            if self.isVisible():
                self.doItemsLayout()
        self.verticalScrollBar().setValue(place)

    def keys(self) -> tuple[str, ...]:
        """What is ticked, in the order of the list."""
        if self._keys is None:
            items = map(self.item, range(self.count()))
            self._keys = tuple(_key(item) for item in items if item.checkState() == Qt.CheckState.Checked)
        return self._keys

    def tick(self, keys: Iterable[str]) -> None:
        """Tick exactly these, those that are not listed yet as soon as they are."""
        wanted, before = set(keys), set(self.keys())
        items = [(_key(item), item) for item in map(self.item, range(self.count()))]
        self._awaited = wanted - {key for key, _ in items}
        with QSignalBlocker(self):
            for key, item in items:
                if key and (key in wanted) != (key in before):
                    item.setCheckState(_state(key in wanted))
        self._keys = None
        self.ticked.emit()

    def show_matching(self, text: str) -> None:
        """Hide what does not contain the text and is not ticked."""
        text = text.strip().lower()
        if not text and not self._narrowed:
            return
        self._narrowed = bool(text)
        for item in (self.item(row) for row in range(self.count())):
            kept = text in item.text().lower() or item.checkState() == Qt.CheckState.Checked
            item.setHidden(bool(text) and not kept)

    def sizeHint(self) -> QSize:
        return QSize(200, 150)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole line ticks, not only its small box."""
        item = self.itemAt(event.position().toPoint())
        if item is None or not _key(item) or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setCurrentItem(item)
        item.setCheckState(_state(item.checkState() != Qt.CheckState.Checked))

    # Two quick clicks are two clicks.
    mouseDoubleClickEvent = mousePressEvent


def _key(item: QListWidgetItem) -> str:
    key: str = item.data(Qt.ItemDataRole.UserRole) or ""
    return key


def _state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked


def spec_entries(kind: Literal["method", "metric"], why: Mapping[str, str] | None = None) -> list[Entry]:
    """All of the catalogue by family; those there is a reason against cannot be ticked."""
    entries: list[Entry] = []
    for family, specs in groupby(catalogue(kind), key=lambda spec: spec.family):
        entries.append(Entry(tr(family)))
        entries += [Entry(spec.name, spec.name, tr(spec.summary), (why or {}).get(spec.name, "")) for spec in specs]
    return entries


def layer_entries(info: ModelInfo | None) -> list[Entry]:
    """Stages, all of them joined, then every layer that ends no stage."""
    if info is None:
        return []
    sizes = {
        layer.path: "×".join("?" if side is None else str(side) for side in layer.shape[1:]) for layer in info.layers
    }
    stages = [layer for layer in info.layers if layer.stage]
    tip = tr("Relevance propagation down to the pixels, and the methods that have no layers")
    entries = [Entry(tr("input (pixels)"), INPUT, tip)]
    entries += [Entry(f"{each.place} · {sizes[each.path]}", each.stage, each.kind) for each in stages]
    if len(stages) > 1:
        entries.append(
            Entry(tr("all stages joined"), ALL_STAGES, tr("The mean of the normalised heatmaps of all stages"))
        )
    others = [layer for layer in info.layers if not layer.stage]
    if others:
        entries.append(Entry(tr("single layers")))
    return entries + [Entry(f"{each.path} · {sizes[each.path]}", each.path, each.kind) for each in others]
