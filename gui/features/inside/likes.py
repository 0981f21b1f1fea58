"""The page of made pictures: which filters, how they are kept pictures, and what comes of it while it is made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QLineEdit, QListView, QListWidget, QListWidgetItem, QWidget

from gui.canvas.painting import qimage
from gui.panels import LayerPicker, ParamForm
from gui.panels.combo import Combo
from gui.panels.labels import fields, label
from gui.panels.running import Running
from gui.panels.scrolled import scrolled, sideways
from gui.panels.values import put_values, values_of
from gui.pieces import beside, button, column, held, named, row
from gui.texts import tr
from tfcore.errors import HeatlensError
from tfcore.registry.maximising import EACH, EFFECT, FIGURES, LAYERS, PARAMS, SWEEPS, filters_in
from tfcore.results import Maximised, ModelInfo

_SIDE, _SMALL, _GAP = 128, 72, 2
_FILTERS = tr("filters")
# Short enough for the field; the tooltips say more.
_CALLED = {
    EACH: tr("each alone"),
    EFFECT: tr("each free and held"),
    LAYERS: tr("one of each layer"),
    SWEEPS: tr("from little to much"),
}
# So many are asked for at first.
_FIRST = 8
_COLOURS = 3


class LikesPage(QWidget):
    """Signals out, setters in."""

    changed = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.running = Running(
            tr("Make pictures"), tr("Change noise until the filter or class rises as far as it will")
        )
        self._of = named(Combo(), tr("what rises"), tr("Filters of a layer, or the score of a class"))
        self._figure = named(Combo(), tr("figure"), tr("What is made of them"))
        for place, (figure, what) in enumerate(FIGURES.items()):
            self._figure.addItem(_CALLED[figure], figure)
            self._figure.setItemData(place, tr(what)[0].upper() + tr(what)[1:], Qt.ItemDataRole.ToolTipRole)
        self.layer = named(LayerPicker(), tr("layer of the filters"))
        self._filters = named(
            QLineEdit(f"0-{_FIRST - 1}"), tr("filters by number"), tr("Numbers and ranges, such as 0,3,8-11")
        )
        self._fields = {"figure": self._figure, "rises": self._of, "filters": self._filters}
        self._form = ParamForm(PARAMS)
        self._said = label(role="quiet")
        what = tr("The figure, the numbers and the pictures as arrays, into a folder")
        self._save = button(tr("Save…"), what, self.save_asked.emit, "mdi6.content-save-outline")
        self.pictures = named(QListWidget(), tr("made pictures"))
        # Filters of each layer.
        self._counts: dict[str, int] = {}
        self._build()
        for choice in (self._of, self._figure):
            choice.currentIndexChanged.connect(lambda _: self._changed())
        self.layer.picked.connect(lambda _: self._clip())
        self.layer.picked.connect(lambda _: self.changed.emit())
        self._filters.textChanged.connect(lambda _: self.changed.emit())
        self._form.changed.connect(self.changed)
        self.show_found(None)

    def set_model(self, info: ModelInfo | None) -> None:
        """Its layers and classes."""
        self._of.clear()
        self._of.addItem(_FILTERS, None)
        for index, name in enumerate(info.classes if info is not None else ()):
            self._of.addItem(tr("class {name}", name=name), index)
        layers = info.layers if info is not None else ()
        self._counts = {layer.path: layer.shape[-1] or 0 for layer in layers}
        self.layer.set_layers(layers, info.default_layer if info is not None else "")
        self._clip()

    def show_filter(self, layer: str, index: int) -> None:
        """What this filter likes is asked for next."""
        self._of.setCurrentIndex(0)
        self.layer.set_path(layer)
        self._filters.setText(str(index))

    def stated(self) -> dict[str, Any]:
        """Every field as it stands."""
        return {"layer": self.layer.path(), "params": self._form.altered(), **values_of(self._fields)}

    def set_stated(self, held: Mapping[str, Any]) -> None:
        """Fields as they were before, as far as the model has such classes and layers."""
        self.layer.set_path(str(held.get("layer") or self.layer.path()))
        put_values(self._fields, held)
        self._form.set_values(held.get("params", {}))

    def missing(self) -> str:
        """Why nothing can be made, if so."""
        if self._figure.currentData() == LAYERS:
            return "" if self._of.currentData() is None else tr("A class has no layers; choose filters.")
        if self._of.currentData() is None:
            try:
                filters_in(self._filters.text())
            except HeatlensError as why:
                return str(why)
        return ""

    def request(self) -> dict[str, Any]:
        """Arguments of the job, but for the model."""
        target, asked = self._of.currentData(), {"figure": self._figure.currentData(), "params": self._form.values()}
        if asked["figure"] == LAYERS:
            # The ends of the stages, and of each a filter drawn by the seed.
            return asked
        if target is not None:
            return {"target": target, **asked}
        filters = filters_in(self._filters.text())
        return {"layer": self.layer.path(), "filters": filters[:1] if asked["figure"] == SWEEPS else filters, **asked}

    def show_part(self, levels: np.ndarray) -> None:
        """The pictures as they are by now."""
        self._fill(levels, [tr("picture {number}", number=number) for number in range(1, len(levels) + 1)])

    def show_found(self, found: Maximised | None) -> None:
        """The pictures as they have become."""
        self._save.setEnabled(found is not None)
        if found is None:
            self._said.setText(tr("A picture is made for each filter: what would raise its activation most."))
            self.pictures.clear()
            return
        words = [f"{name} · {value:.3g}" for name, value in zip(found.names, found.activations, strict=True)]
        if (best := found.best_picture) is not None:
            words = [
                tr("{said}\n(best picture {most:.3g})", said=said, most=most)
                for said, most in zip(words, best, strict=True)
            ]
        self._said.setText(found.note)
        self._fill(found.levels, words)

    def _fill(self, levels: np.ndarray, words: Sequence[str]) -> None:
        """In colour one each; else the channels beside each other."""
        channels = levels.shape[-1]
        small = channels not in (1, _COLOURS)
        side = _SMALL if small else _SIDE
        self.pictures.setIconSize(QSize(channels * (side + _GAP) if small else side, side))
        for place, (level, said) in enumerate(zip(levels, words, strict=False)):
            item = self.pictures.item(place) or QListWidgetItem(self.pictures)
            item.setText(said)
            item.setIcon(QIcon(_beside(level, side)))
        while self.pictures.count() > len(levels):
            self.pictures.takeItem(len(levels))
        # What is said below them in the end takes more room than before.
        self.pictures.doItemsLayout()

    def _clip(self) -> None:
        """The first filters, as long as nobody named others: no more than the layer has."""
        if re.fullmatch(r"0-\d", self._filters.text()) and (count := self._counts.get(self.layer.path() or "", 0)):
            self._filters.setText(f"0-{min(count, _FIRST) - 1}")

    def _changed(self) -> None:
        by_filter = self._of.currentData() is None and self._figure.currentData() != LAYERS
        self.layer.setEnabled(by_filter)
        self._filters.setEnabled(by_filter)
        self.changed.emit()

    def _build(self) -> None:
        self.pictures.setViewMode(QListView.ViewMode.IconMode)
        self.pictures.setResizeMode(QListView.ResizeMode.Adjust)
        self.pictures.setMovement(QListView.Movement.Static)
        self.pictures.setIconSize(QSize(_SIDE, _SIDE))
        self.pictures.setSpacing(6)
        asked = held(
            column(
                fields(
                    (tr("figure"), self._figure),
                    (tr("rises"), self._of),
                    (tr("layer"), self.layer),
                    (tr("filters"), self._filters),
                ),
                self._form,
                ...,
                margins=(9, 6, 9, 6),
            )
        )
        above = row((self._said, 1), self._save)
        found = held(column(above, (self.pictures, 1), margins=(6, 6, 9, 6)))
        left = held(column((scrolled(asked), 1), row(self.running, margins=(9, 0, 9, 6))))
        self.setLayout(column(sideways(beside(left, found, (320, 700)))))


def _beside(level: np.ndarray, side: int) -> QPixmap:
    """Colours as they are; of channels that are no colours one grey picture after the other."""
    grey = [np.repeat(level[..., place : place + 1], _COLOURS, -1) for place in range(level.shape[-1])]
    images = [level] if level.shape[-1] == _COLOURS else grey
    wide = round(side * level.shape[1] / level.shape[0])
    drawn = QPixmap(len(images) * (wide + _GAP) - _GAP, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for place, image in enumerate(images):
        painter.drawImage(QRect(place * (wide + _GAP), 0, wide, side), qimage(np.ascontiguousarray(image)))
    painter.end()
    return drawn
