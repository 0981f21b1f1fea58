"""The legend of a mask: a tick, a colour, a size and an opacity for each class; how the true mask is seen; the volume
and the voxel that were asked about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSlider, QWidget

from gui.canvas.segmented import Segmented
from gui.features.segment.areas import AGAINST, FALSE, MISSED
from gui.features.segment.film import Film
from gui.features.segment.marked_slider import MarkedSlider
from gui.panels.labels import label
from gui.panels.scrolled import scrolled
from gui.pieces import button, column, held, named, row, tool
from gui.texts import counted, tr
from gui.theme import set_role
from tfcore.figure.masks import colour_of
from tfcore.results import Mask, MaskVolume, Voxel

_NEEDS = tr("Open a network that segments to see what it draws.")
CLICK = tr("Click on the picture for everything that is known of a place.")
_FILTERS = tr("Which filters fire here is told once the network is dissected (Explain ▸ Inside the network…).")
# Long enough to drag a slider, short enough to feel at once.
_PAUSE_MS = 150


class MaskPanel(QWidget):
    """One row per class but the first, which is what lies around."""

    changed = Signal()
    threshold_moved = Signal(float)
    save_asked = Signal()
    volume_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.against = "predicted"
        self._rows: list[_Row] = []
        self._state = named(label(role="quiet"), tr("mask"))
        self._legend = QGridLayout()
        self._legend.setColumnStretch(2, 1)
        self._legend.setHorizontalSpacing(10)
        self._legend.setVerticalSpacing(2)
        self._choice = Segmented(AGAINST)
        self._choice.choose(self.against)
        self._choice.chosen.connect(self._choose)
        missed, false = label("■", wrap=False), label("■", wrap=False)
        missed.setStyleSheet(f"color: {MISSED}")
        false.setStyleSheet(f"color: {FALSE}")
        self._keys = held(
            row(missed, label(tr("missed"), wrap=False), 12, false, label(tr("false"), wrap=False), ..., spacing=4)
        )
        what = tr("A PNG of the picture's size in which every pixel is the number of its class")
        self._save = button(tr("Save mask…"), what, self.save_asked.emit, "mdi6.content-save-outline")
        every = tr("Draw on every slice: millilitres, pieces and, with a true mask, Dice of the whole volume")
        self._ask_volume = button(tr("Whole volume"), every, self.volume_asked.emit, "mdi6.layers-triple")
        self._volume, self._voxel = named(label(), tr("volume")), named(label(role="quiet"), tr("voxel"))
        # Of the place that was clicked on, too.
        self.film, self._firing = Film(), named(label(role="quiet"), tr("filters that fire there"))
        self._threshold = self._threshold_line()
        # Below each other: beside each other they would make a small window wider.
        choice, save, ask = (row(one, ...) for one in (self._choice, self._save, self._ask_volume))
        inner = column(
            *(self._state, self._legend, self._threshold, choice, self._keys, save, ask, self._volume),
            *(self._voxel, self.film, self._firing),
            (..., 1),
            margins=(6, 6, 6, 6),
        )
        # What is not seen at first must not make the dock wider.
        self.set_classes(())
        self._scroll = scrolled(held(inner))
        self.setLayout(column(self._scroll))

    def set_classes(
        self,
        classes: Sequence[str],
        thresholded: bool = False,
        threshold: float = 0.5,
        missed: Mapping[str, Any] | None = None,
    ) -> None:
        """Those of another network; without any there is nothing to draw. ``missed`` is what its card says of the
        thresholds at which little of a structure is missed.
        """
        for old in self._rows:
            for part in old.parts:
                self._legend.removeWidget(part)
                part.hide()
                part.deleteLater()
        self._rows = [_Row(index, name) for index, name in enumerate(classes) if index]
        for place, one in enumerate(self._rows):
            # In two lines: a dock has no room for a slider beside all that is said of a class.
            for at, part in enumerate((one.tick, one.size, one.dice)):
                self._legend.addWidget(part, 2 * place, at)
            self._legend.addWidget(one.pieces, 2 * place + 1, 0, Qt.AlignmentFlag.AlignRight)
            self._legend.addWidget(one.filling, 2 * place + 1, 1, 1, 2)
            one.tick.toggled.connect(self.changed)
            one.fill.valueChanged.connect(self.changed)
        self._threshold.setVisible(thresholded)
        self._show_marks(missed or {})
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(100 * threshold))
        self._tell_threshold()
        self._pause.stop()
        self.show_volume(None)
        self.offer_volume(False)
        self.show_voxel(CLICK if classes else "")
        self.say("" if classes else _NEEDS)

    def fills(self) -> dict[int, float]:
        """How opaque each ticked class is."""
        return {one.index: one.fill.value() / 100 for one in self._rows if one.tick.isChecked()}

    @property
    def tells_volume(self) -> bool:
        """Whether something is said of the whole volume."""
        return not self._volume.isHidden()

    def say(self, text: str, role: str = "quiet") -> None:
        """There is no mask, and why."""
        self._show(text, role)
        self._save.setEnabled(False)
        for one in self._rows:
            one.say()

    def show_mask(self, mask: Mask) -> None:
        """The sizes of its classes, in how many pieces they are, and their Dice where the truth is known."""
        self._save.setEnabled(True)
        self._show(mask.why_no_truth, "warning", truth=mask.truth is not None)
        for one in self._rows:
            parts = mask.parts[one.index] if mask.parts else 0
            one.say(mask.size(one.index), parts, None if mask.dice is None else mask.dice[one.index])

    def offer_volume(self, offered: bool) -> None:
        """Whether the picture is a slice of one."""
        self._ask_volume.setVisible(offered)

    def show_volume(self, found: MaskVolume | str | None) -> None:
        """What is drawn on all slices, or what is being done about it."""
        text = found if isinstance(found, str) else ""
        if isinstance(found, MaskVolume):
            lines = [tr("Whole volume, {slices}:", slices=counted(found.slices, "slice"))]
            for index, name in enumerate(found.classes):
                dice = "" if found.dice is None else tr(", Dice {dice:.3f}", dice=found.dice[index])
                lines.append(f"{name} {found.size(index)}, {counted(found.parts[index], 'part')}{dice}")
            text = "\n".join(lines)
        self._volume.setText(text)
        self._volume.setVisible(bool(text))

    def show_voxel(self, found: Voxel | str) -> None:
        """All that is known of a place, or what is being done about it."""
        text = found if isinstance(found, str) else _told(found)
        set_role(self._voxel, "quiet" if isinstance(found, str) else "")
        self._voxel.setText(text)
        self._voxel.setVisible(bool(text))
        self.film.say("")
        # Whoever knows the filters may have been quicker.
        self.show_firing("" if isinstance(found, str) else self._firing.text() or _FILTERS)
        if not isinstance(found, str):
            self.reveal()

    def reveal(self) -> None:
        """Bring what is said of a place into sight: it lies below what is always there."""
        # Once the layout knows how much there is.
        QTimer.singleShot(0, self._voxel, lambda: self._scroll.verticalScrollBar().setValue(self._voxel.y()))

    def show_firing(self, text: str) -> None:
        """Which filters fire at that place."""
        self._firing.setText(text)
        self._firing.setVisible(bool(text))

    def _threshold_line(self) -> QWidget:
        what = tr("The probability from which on a class is there")
        self._slider = named(MarkedSlider(Qt.Orientation.Horizontal), tr("threshold"), what)
        self._slider.setRange(1, 99)
        self._slider.setPageStep(10)
        self._said = label(wrap=False)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.threshold_moved.emit(self._slider.value() / 100))
        self._slider.valueChanged.connect(self._tell_threshold)
        self._slider.valueChanged.connect(lambda _: self._pause.start())
        self._marks = column(spacing=0)
        line = row(label(tr("threshold"), "quiet", wrap=False), (self._slider, 1), self._said)
        return held(column(line, self._marks, spacing=2))

    def _show_marks(self, missed: Mapping[str, Any]) -> None:
        """Below the slider, to click on: where no more is missed than was wished when it was calibrated."""
        while (item := self._marks.takeAt(0)) is not None and (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
        self._slider.marks = []
        for name, each in missed.get("structures", {}).items():
            # Rounded down: less is missed.
            place = max(1, int(100 * each["threshold"]))
            self._slider.marks.append(place)
            tip = tr(
                "Learnt on {on}, {cases}: Evaluate ▸ Calibrate",
                on=missed.get("on"),
                cases=counted(each.get("cases", 0), "case"),
            )
            text = tr(
                "{name}: at {place:.2f} at most {alpha:g}% missed",
                name=name,
                place=place / 100,
                alpha=100 * missed["alpha"],
            )
            self._marks.addWidget(tool(tip, partial(self._slider.setValue, place), text=text))
        self._slider.update()

    def _tell_threshold(self) -> None:
        self._said.setText(f"{self._slider.value() / 100:.2f}")

    def _show(self, text: str, role: str, truth: bool = False) -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))
        set_role(self._state, role)
        self._choice.setVisible(truth)
        self._keys.setVisible(truth and self.against == "difference")

    def _choose(self, against: str) -> None:
        self.against = against
        self._keys.setVisible(against == "difference")
        self.changed.emit()


class _Row:
    """What is said and picked of one class."""

    def __init__(self, index: int, name: str) -> None:
        self.index = index
        self.tick = named(QCheckBox(name), tr("draw {name}", name=name), tr("Draw {name} over the picture", name=name))
        self.tick.setIcon(_swatch(colour_of(index)))
        self.tick.setChecked(True)
        self.size, self.pieces, self.dice = (label(role="quiet", wrap=False) for _ in range(3))
        self.pieces.setToolTip(tr("Pieces that do not touch each other"))
        self.fill = named(
            QSlider(Qt.Orientation.Horizontal),
            tr("opacity of {name}", name=name),
            tr("How opaque {name} is filled", name=name),
        )
        self.fill.setRange(0, 100)
        self.fill.setPageStep(20)
        self.filling = held(row(label(tr("fill"), "quiet", wrap=False), (self.fill, 1)))
        self.parts: tuple[QWidget, ...] = (self.tick, self.size, self.pieces, self.dice, self.filling)

    def say(self, size: str = "", parts: int = 0, dice: float | None = None) -> None:
        """How large it is, in how many pieces, and how true."""
        self.size.setText(size)
        self.pieces.setText(counted(parts, "part") if parts > 1 else "")
        self.dice.setText("" if dice is None else tr("Dice {dice:.3f}", dice=dice))


def _told(voxel: Voxel) -> str:
    """A line for what the picture holds there, one for every class, and what is true."""
    values = " · ".join(f"{value:.4g}" for value in voxel.values)
    lines = [
        tr("Column {x}, row {y}: {drawn}", x=voxel.x, y=voxel.y, drawn=", ".join(voxel.drawn) or tr("nothing drawn")),
        tr("values {values}", values=values),
    ]
    intervals = voxel.intervals
    if intervals is not None and voxel.samples is not None:
        lines.append(tr("Probabilities (middle 90 % of {n} {each}):", n=len(voxel.samples), each=voxel.each))
    for index, name in enumerate(voxel.classes):
        within = (
            ""
            if intervals is None
            else tr(" ({low:.3f} to {high:.3f})", low=intervals[index][0], high=intervals[index][1])
        )
        lines.append(f"{name} {voxel.probabilities[index]:.3f}{within}")
    if voxel.true is not None:
        lines.append(tr("true: {true}", true=", ".join(voxel.true) or tr("nothing")))
    return "\n".join(lines)


def _swatch(colour: str) -> QIcon:
    painted = QPixmap(12, 12)
    painted.fill(QColor(colour))
    return QIcon(painted)
