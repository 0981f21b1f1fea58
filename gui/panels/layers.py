"""Picking a feature map: the stages first, then every layer, found by typing a part of its path."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from gui.texts import tr
from tfcore.registry import ALL_STAGES, INPUT
from tfcore.results import LayerInfo

# Names that are measured to see how wide the list is to be: the longest.
_MEASURED = 20


class _Line(QLineEdit):
    """The name of a layer, shortened where it does not fit and nobody types."""

    def shown(self) -> str:
        """Size and mark go first, which the list has too; a long name has … in its middle."""
        room, parts, metrics = self.rect().width() - 4, self.text().split(" · "), self.fontMetrics()
        texts = [" · ".join(parts[:count]) for count in range(len(parts), 0, -1)]
        fitting = next((text for text in texts if metrics.horizontalAdvance(text) <= room), parts[0])
        return metrics.elidedText(fitting, Qt.TextElideMode.ElideMiddle, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        room, shown = self.rect().adjusted(2, 0, -2, 0), self.shown()
        if self.hasFocus() or shown == self.text():
            super().paintEvent(event)
        else:
            left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            role = QPalette.ColorRole.Text
            self.style().drawItemText(QPainter(self), room, left, self.palette(), self.isEnabled(), shown, role)


class LayerPicker(QComboBox):
    """The layers of a model as a searchable list; the answer is always one of their paths."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        # Whether the input can be picked too, and what was picked where it can and where it cannot.
        self._with_input = False
        self._paths = {True: INPUT, False: ""}
        self._search, self._found = _Line(), QCompleter(self)
        self.setLineEdit(self._search)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(18)
        completer = self._found
        completer.setModel(self.model())
        completer.setCompletionRole(Qt.ItemDataRole.DisplayRole)
        self.setCompleter(completer)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(14)
        self.activated.connect(self._take)
        self._search.editingFinished.connect(self._settle)
        self.set_layers((), "")

    def set_layers(self, layers: Sequence[LayerInfo], default: str) -> None:
        """Fill the list and pick the default layer."""
        with QSignalBlocker(self):
            self.clear()
            if self._with_input:
                self._add_input()
            stages = [layer for layer in layers if layer.stage]
            self._add([_item(layer, default, layer.stage) for layer in stages])
            if len(stages) > 1:
                self.addItem(tr("all stages joined"), ALL_STAGES)
                tip = tr("The mean of the heatmaps of all stages, each ReLU'd and min-max normalised")
                self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            if stages:
                self.insertSeparator(self.count())
            self._add([_item(layer, default) for layer in layers])
            # The list may be wider than the panel, so that long paths are readable in it.
            longest = sorted(map(self.itemText, range(self.count())), key=len)[-_MEASURED:]
            widest = max(map(self.fontMetrics().horizontalAdvance, longest), default=0)
            for view in filter(None, (self.view(), self._found.popup())):
                view.setMinimumWidth(min(560, widest + 40))
        self._search.setPlaceholderText(tr("type to search") if layers else tr("no layers"))
        self._paths = {True: INPUT, False: default}
        self.set_path(self.path())

    def offer_input(self, offered: bool) -> None:
        """List the input first and pick what was picked when it was last offered, at the start the input; or not."""
        if offered == self._with_input:
            return
        self._with_input = offered
        with QSignalBlocker(self):
            if offered:
                self._add_input()
            else:
                self.removeItem(0)
        self.set_path(self.path())

    def path(self) -> str:
        return self._paths[self._with_input]

    def set_path(self, path: str) -> None:
        """Pick a layer without a signal; a stage's last layer is shown as the stage. Unknown paths change nothing."""
        row = self.findData(path)
        if row < 0 and self.count():
            return
        self._paths[self._with_input] = path if row >= 0 else ""
        with QSignalBlocker(self):
            self.setCurrentIndex(row)
        self._display(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Typing replaces what is shown, as a search should.
        self._search.selectAll()

    def _add_input(self) -> None:
        self.insertItem(0, tr("input (pixels)"), INPUT)
        self.setItemData(0, tr("Relevance down to the pixels of the picture"), Qt.ItemDataRole.ToolTipRole)

    def _add(self, items: list[QStandardItem]) -> None:
        """All at once: a network may have a thousand layers, and everybody hears of each that comes alone."""
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        model.invisibleRootItem().appendRows(items)

    def _take(self, row: int) -> None:
        path = self.itemData(row)
        self._display(row)
        if path and path != self.path():
            self._paths[self._with_input] = path
            self.picked.emit(path)

    def _settle(self) -> None:
        """What was typed becomes the layer it names, or the only one it matches, or is put back."""
        text = self._search.text().strip().lower()
        if text == self.itemText(self.currentIndex()).lower():
            return
        rows = [row for row in range(self.count()) if self.itemData(row)]
        exact = [row for row in rows if text in (self.itemText(row).lower(), self.itemData(row).lower())]
        partial = [row for row in rows if text and text in self.itemText(row).lower()]
        one = exact[:1] or (partial if len({self.itemData(row) for row in partial}) == 1 else [])
        row = one[0] if one else self.findData(self.path())
        with QSignalBlocker(self):
            self.setCurrentIndex(row)
        self._take(row)

    def _display(self, row: int) -> None:
        self._search.setText(self.itemText(row) if row >= 0 else "")
        self._search.setCursorPosition(0)
        self.setToolTip(
            tr("The feature map whose positions are weighed; type to search.\n")
            + (self.itemData(row, Qt.ItemDataRole.ToolTipRole) or "" if row >= 0 else "")
        )


def _item(layer: LayerInfo, default: str, stage: str = "") -> QStandardItem:
    # The first side counts the images of a batch.
    size = "×".join("?" if side is None else str(side) for side in layer.shape[1:])
    mark = tr("default") if layer.path == default else ""
    parts = (layer.place if stage else layer.path, size, mark)
    item = QStandardItem(" · ".join(filter(None, parts)))
    item.setData(layer.path, Qt.ItemDataRole.UserRole)
    item.setToolTip(f"{layer.path}\n{layer.kind}, {size}")
    return item
