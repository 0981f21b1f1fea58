"""Which class, which pictures and which concepts, and a table of what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from gui import choosing
from gui.panels.combo import Combo
from gui.panels.folder_line import FolderLine
from gui.panels.labels import fields, label
from gui.panels.rows_table import RowsTable
from gui.panels.running import Running
from gui.panels.scrolled import scrolled, sideways
from gui.panels.values import hear, put_values, values_of
from gui.pieces import beside, button, column, held, named, row
from gui.texts import tr
from tfcore.results import ConceptScore, ModelInfo

_TIPS = {
    "score": tr(
        "Share of the pictures of the class whose score grows along the concept's direction, ± over directions"
    ),
    "random": tr("The same along directions between random pictures"),
    "sensitivity": tr("Mean cosine between the direction and the gradient of the score"),
    "of random": tr("The same along directions between random pictures: what the test compares with"),
    "told apart": tr("How many of the concept's pictures the direction tells from random ones, held out"),
    "p (Holm)": tr(
        "Two-sided: a random concept would be as far from the others so often; over all concepts and layers"
    ),
}
_LIST = tr("Folders of pictures that show the concept; ticked: data with masks, and what lies inside is the concept")


class ConceptsPanel(QWidget):
    """Signals out, setters in."""

    wanted = Signal(dict)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model: ModelInfo | None = None
        self._class = named(Combo(), tr("class that is asked about"), tr("Does it depend on the concepts?"))
        self._layer = named(
            Combo(), tr("layer of the directions"), tr("Where the directions of the concepts are learnt")
        )
        self._fields = {"class": self._class, "layer": self._layer}
        self._shows = FolderLine(
            tr("pictures of the class"), tr("Pictures whose score is followed along the directions")
        )
        self._random = FolderLine(
            tr("random pictures"), tr("Pictures that are drawn from: what concepts are told apart from")
        )
        self._concepts = named(Concepts(), tr("concepts"), _LIST)
        add = button(
            tr("Add…"), tr("A folder of a concept; folders can be dropped on the list"), self._add, "mdi6.plus"
        )
        remove = button(tr("Remove"), tr("Take the selected concept off the list"), self._concepts.remove, "mdi6.close")
        self.running = Running(tr("Test"), tr("Directions of the concepts against random ones, 20 of each"))
        self._words, self._table = named(label(), tr("concepts in words")), RowsTable(tr("concepts tested"), _TIPS)
        rows = (
            (tr("Class"), self._class),
            (tr("Shows it"), self._shows),
            (tr("Random"), self._random),
            (tr("Layer"), self._layer),
        )
        tick = label(tr("Concepts, a folder for each; ticked: what lies inside its masks"), "quiet")
        listed = (tick, self._concepts, row(add, remove, ...))
        asked = column(fields(*rows), *listed, self.running, ..., margins=(9, 9, 9, 9))
        found = held(column(self._words, (self._table, 1), margins=(0, 9, 9, 9)))
        self.setLayout(column(sideways(beside(scrolled(held(asked)), found, (280, 700)))))
        for part in (self._shows, self._random, self._concepts):
            part.changed.connect(self.changed)
        hear(self._fields, self.changed.emit)
        self.changed.connect(self._allow)
        self.running.started.connect(self._ask)
        self._allow()

    def show_model(self, info: ModelInfo | None) -> None:
        """Its classes and layers to choose from; what was found of another one is no longer shown."""
        same = self._model is not None and info is not None and self._model.source == info.source
        self._model = info
        if not same:
            self._class.clear()
            self._class.addItems(info.classes if info is not None else ())
            self._layer.clear()
            self._layer.addItem(tr("the last feature map"), None)
            for layer in info.layers if info is not None else ():
                self._layer.addItem(layer.place, layer.path)
            self._table.show_rows([])
            self._words.setText("")
        self._allow()

    def stated(self) -> dict[str, Any]:
        """Every field as it stands."""
        concepts, masked = self._concepts.chosen()
        listed = {"concepts": list(concepts.values()), "masked": [concepts[name] for name in masked]}
        return values_of(self._fields) | {"shows": self._shows.path(), "random": self._random.path()} | listed

    def set_stated(self, held: Mapping[str, Any]) -> None:
        """Fields as they were before."""
        put_values(self._fields, held)
        self._shows.choose(held.get("shows", ""))
        self._random.choose(held.get("random", ""))
        self._concepts.put(held.get("concepts", []), held.get("masked", []))

    def show_found(self, found: tuple[ConceptScore, ...]) -> None:
        self.running.end("")
        self._words.setText("\n".join(f"{each.words[:1].upper()}{each.words[1:]}." for each in found))
        self._table.show_rows([each.row() for each in found])

    def _add(self) -> None:
        if path := choosing.folder(self, tr("A folder of pictures that show the concept")):
            self._concepts.add(path)

    def _allow(self) -> None:
        lacks = (
            (tr("Open a model first"), self._model is not None),
            (tr("Name a folder of pictures of the class"), self._shows.path()),
            (tr("Name a folder of random pictures"), self._random.path()),
            (tr("Drop a folder of a concept on the list"), self._concepts.count()),
        )
        self.running.allow(next((said for said, there in lacks if not there), ""))

    def _ask(self) -> None:
        concepts, masked = self._concepts.chosen()
        self.running.begin()
        self.wanted.emit(
            {
                "data": self._shows.path(),
                "target": self._class.currentText(),
                "concepts": concepts,
                "random": self._random.path(),
                "layers": [self._layer.currentData()],
                "masked": masked,
            }
        )


class Concepts(QListWidget):
    """Folders, each a concept that is called as its folder."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setFixedHeight(84)
        self.setSpacing(1)
        self.itemChanged.connect(lambda _: self.changed.emit())

    def put(self, paths: Iterable[str], masked: Collection[str]) -> None:
        """These, and no others."""
        self.clear()
        for path in paths:
            self.add(path, path in masked)
        self.changed.emit()

    def add(self, path: str, masked: bool = False) -> None:
        """One more; the same folder once."""
        names, paths = [self.item(at).text() for at in range(self.count())], [*self.chosen()[0].values()]
        if path not in paths:
            name = Path(path).name
            item = QListWidgetItem(name if name not in names else f"{Path(path).parent.name}/{name}")
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(path)
            item.setCheckState(Qt.CheckState.Checked if masked else Qt.CheckState.Unchecked)
            # Room for the whole of its box.
            item.setSizeHint(QSize(0, self.fontMetrics().height() + 6))
            self.addItem(item)
            self.changed.emit()

    def remove(self) -> None:
        """The selected one."""
        self.takeItem(self.currentRow())
        self.changed.emit()

    def chosen(self) -> tuple[dict[str, str], list[str]]:
        """Folders by name, and the names of those of which only the masks count."""
        items = [self.item(at) for at in range(self.count())]
        masked = [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]
        return {item.text(): str(item.data(Qt.ItemDataRole.UserRole)) for item in items}, masked

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.add(url.toLocalFile())
        event.acceptProposedAction()
