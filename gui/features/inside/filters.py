"""The page of the filters: what they are held against, and the best of them over the pictures they fire in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from gui.canvas.painting import qimage
from gui.features.inside.words import brief, sentence, tip
from gui.panels import DataPicker, ParamForm
from gui.panels.combo import Combo
from gui.panels.labels import ElidedLabel, field_label, label
from gui.panels.running import Running
from gui.panels.scrolled import scrolled, sideways
from gui.pieces import beside, button, column, held, named, row
from gui.texts import tr
from tfcore.registry import Param
from tfcore.results import Detector, Dissection, ModelInfo

_SIDE = 104
# Filters in the gallery; the rest is in the tables.
_MOST = 400
_STAGES, _ALL, _EVERY = tr("ends of the stages"), tr("every feature map"), "all"
_SETTINGS = (
    Param("limit", "int", None, "pictures to draw at random; left out: all", low=1, high=10**9, optional=True),
)
_EMPTY = tr(
    "Each filter is held against what is marked in a data set: those that fire where a "
    "lesion is are found, with the level of chance beside them. Choose data with masks or "
    "classes and start."
)


class FiltersPage(QWidget):
    """Signals out, setters in."""

    # A filter is to be seen over the picture, or none any more.
    picked = Signal(object)
    changed = Signal()
    save_asked = Signal()
    through_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: Dissection | None = None
        # The filters that fire at the place that was clicked on, by layer; all, where none was.
        self._firing: Collection[tuple[str, int]] | None = None
        self.data, self.running = DataPicker(), Running(tr("Dissect"), tr("Hold every filter against what is marked"))
        self._layers = named(Combo(), tr("layers to dissect"), tr("Which feature maps are looked into"))
        self._settings = ParamForm(_SETTINGS)
        self._layer = named(Combo(), tr("layer on show"), tr("Filters of one layer alone"))
        self._layer.currentIndexChanged.connect(lambda _: self._fill())
        self._place = ElidedLabel(role="quiet")
        self._everywhere = button(tr("Show all"), tr("Filters that fire anywhere"), lambda: self.show_place(None, ""))
        what = tr(
            "Tables, the page with the gallery, the figure of the best filters, and where those of each layer fire here"
        )
        self._save = button(tr("Save…"), what, self.save_asked.emit, "mdi6.content-save-outline")
        what = tr("Heat of the class on show as far as it passes the filter that is picked (concept relevance)")
        self._through = button(tr("Relevance through it"), what, self.through_asked.emit, "mdi6.filter-outline")
        self._summary = named(label(role="quiet"), tr("detectors by layer"))
        self.gallery = named(
            QListWidget(), tr("filters"), tr("Click to see where the filter fires in the picture on show")
        )
        self._build()
        self._layers.currentIndexChanged.connect(lambda _: self.changed.emit())
        for edited in (self.data.edited, self._settings.changed):
            edited.connect(self.changed)
        self.gallery.itemSelectionChanged.connect(self._select)
        self.show_place(None, "")

    # --- what is asked ---

    def set_model(self, info: ModelInfo | None) -> None:
        """The layers to choose from."""
        self._layers.clear()
        self._layers.addItem(_STAGES, None)
        self._layers.addItem(_ALL, _EVERY)
        for layer in info.layers if info is not None else ():
            self._layers.addItem(layer.place, [layer.path])

    def request(self) -> dict[str, Any]:
        """Arguments of the job, but for the model."""
        return {"data": self.data.path(), "layers": self._layers.currentData(), **self._settings.values()}

    def stated(self) -> dict[str, Any]:
        """Every field as it stands."""
        layers = self._layers.currentData()
        params = self._settings.altered()
        return {**self.data.question(), "layers": [layers] if layers == _EVERY else layers or [], "params": params}

    def set_stated(self, held: Mapping[str, Any]) -> None:
        """Fields as they were before, as far as the model has such layers."""
        layers = held.get("layers", [])
        wanted = _EVERY if layers == [_EVERY] else layers
        known = [place for place in range(self._layers.count()) if self._layers.itemData(place) == wanted]
        self._layers.setCurrentIndex(known[0] if known else 0)
        self._settings.set_values(held.get("params", {}))
        self.data.restore(held)

    # --- what was found ---

    def show_found(self, found: Dissection | None) -> None:
        """Of another model nothing is known yet."""
        self._found, self._firing = found, None
        self._save.setEnabled(found is not None)
        self._layer.blockSignals(True)
        self._layer.clear()
        self._layer.addItem(tr("all layers"), "")
        for name in found or ():
            self._layer.addItem(name, name)
        self._layer.blockSignals(False)
        self._summary.setText(_EMPTY if found is None else "\n".join(sentence(row) for row in found.summary()))
        self.show_place(None, "")

    def show_place(self, firing: Collection[tuple[str, int]] | None, words: str) -> None:
        """Only the filters that fire at a place; ``words`` say which."""
        self._firing = firing
        self._place.setText(
            words or ("" if self._found is None else tr("Click into the picture: filters that fire there"))
        )
        self._everywhere.setVisible(firing is not None)
        self._fill()

    def current(self) -> Detector | None:
        """The filter that is picked."""
        chosen = self.gallery.selectedItems()
        found: Detector | None = chosen[0].data(Qt.ItemDataRole.UserRole) if chosen else None
        return found

    def unpick(self) -> None:
        self.gallery.clearSelection()

    def _fill(self) -> None:
        kept = self.current()
        self.gallery.blockSignals(True)
        self.gallery.clear()
        only = self._layer.currentData()
        for one in self._found.best() if self._found is not None else ():
            if (only and one.layer != only) or (self._firing is not None and one.key not in self._firing):
                continue
            if self.gallery.count() == _MOST:
                break
            item = QListWidgetItem(_icon(self._thumbnails.get(one.key)), brief(one), self.gallery)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setToolTip(tip(one))
            # Room for the name of the concept and its number.
            item.setSizeHint(QSize(_SIDE + 24, _SIDE + 2 * self.fontMetrics().lineSpacing() + 8))
            if kept is not None and one.key == kept.key:
                item.setSelected(True)
        self.gallery.blockSignals(False)
        now = self.current()
        if (now and now.key) != (kept and kept.key):
            self._select()

    @property
    def _thumbnails(self) -> Mapping[tuple[str, int], np.ndarray]:
        return self._found.thumbnails if self._found is not None else {}

    def _select(self) -> None:
        self._through.setEnabled(self.current() is not None)
        self.picked.emit(self.current())

    def _build(self) -> None:
        self.gallery.setViewMode(QListView.ViewMode.IconMode)
        self.gallery.setResizeMode(QListView.ResizeMode.Adjust)
        self.gallery.setMovement(QListView.Movement.Static)
        self.gallery.setUniformItemSizes(True)
        self.gallery.setWordWrap(True)
        self.gallery.setIconSize(QSize(_SIDE, _SIDE))
        lines = 2 * self.gallery.fontMetrics().lineSpacing()
        self.gallery.setGridSize(QSize(_SIDE + 24, _SIDE + lines + 14))
        asked = held(
            column(
                self.data,
                row(field_label(tr("layers"), self._layers), (self._layers, 1)),
                self._settings,
                self._summary,
                ...,
                margins=(9, 6, 9, 6),
            )
        )
        above = row(field_label(tr("show"), self._layer), (self._layer, 1), self._everywhere, self._save)
        place = row((self._place, 1), self._through)
        found = held(column(above, place, (self.gallery, 1), margins=(6, 6, 9, 6), spacing=4))
        self._through.setEnabled(False)
        left = held(column((scrolled(asked), 1), row(self.running, margins=(9, 0, 9, 6))))
        self.setLayout(column(sideways(beside(left, found, (320, 700)))))
        self.set_model(None)
        self.show_found(None)


def _icon(image: np.ndarray | None) -> QIcon:
    pixmap = QPixmap(_SIDE, _SIDE)
    if image is None:
        pixmap.fill(Qt.GlobalColor.transparent)
    else:
        pixmap = QPixmap.fromImage(qimage(np.ascontiguousarray(image)))
    return QIcon(pixmap)
