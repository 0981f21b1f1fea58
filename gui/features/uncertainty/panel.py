"""The dock "How sure": what is asked at the top, what many passes answered below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QSpinBox, QWidget

from gui.canvas.wrapping import wrapped
from gui.features.uncertainty.histogram import Histogram
from gui.features.uncertainty.words import agreement, drawn, figures, origin
from gui.panels.labels import fields, label
from gui.panels.number_box import TEXT_MARGINS, NumberBox
from gui.panels.scrolled import scrolled
from gui.panels.values import put_values, values_of
from gui.pieces import button, column, held, named, row
from gui.texts import counted, tr
from gui.theme import set_role
from tfcore.results import DropoutLayers, HeatSpread, Insert, Structures, Sureness

# What lies over the picture, with what it tells.
HEAT, MEAN, SD = tr("heatmap"), tr("mean under dropout"), tr("sd under dropout")
# Of a network that segments, in red over what it draws.
PIXELS = {
    "entropy": tr("What is unclear, pixel by pixel: entropy of the mean prediction, in nats"),
    "mutual information": tr("What the passes disagree about, pixel by pixel, in nats"),
    "variance": tr("How much the probabilities change from pass to pass: their variance, averaged over the classes"),
}
SHOWN = {
    HEAT: tr("The heatmap with dropout off"),
    MEAN: tr("The mean of the heatmaps of all passes"),
    SD: tr("How much the heatmap changes from pass to pass: standard deviation at every pixel"),
    **PIXELS,
}
# By the names they are remembered under.
_FIELDS = ("passes", "seed", "insert", "rate", "noise", "sigma", "every", "shown")
_PIXELS_NEED = tr("Needs a network that segments")
NO_DROPOUT = tr(
    "This network has no dropout layer, so every pass would be the same. Dropout can be put "
    "in for the passes; the figures are then those of a network that was not trained with it."
)


@dataclass(frozen=True)
class Settings:
    """How many passes, from which random numbers, and what is put in for them: dropout, or noise on the picture."""

    passes: int = 100
    seed: int = 0
    insert: Insert = None


class SurePanel(QWidget):
    """Shows a :class:`Sureness`; signals what the user asks for."""

    asked = Signal()
    cancelled = Signal()
    changed = Signal()
    shown_changed = Signal()
    volume_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._build()
        self._fields = {name: getattr(self, name) for name in _FIELDS}
        self._lay_out()
        self.passes.valueChanged.connect(self._change)
        self.seed.valueChanged.connect(self._change)
        self.rate.valueChanged.connect(self._change)
        self.sigma.valueChanged.connect(self._change)
        # One of them, or neither.
        self.insert.toggled.connect(lambda on: self.noise.setChecked(self.noise.isChecked() and not on))
        self.noise.toggled.connect(lambda on: self.insert.setChecked(self.insert.isChecked() and not on))
        self.insert.toggled.connect(self._change)
        self.noise.toggled.connect(self._change)
        self.every.toggled.connect(self.changed)
        self.shown.activated.connect(self.shown_changed)
        self.set_layers(None)
        self.say(tr("Open a picture and a model to see how sure the model is."))

    def settings(self) -> Settings:
        insert: Insert = None
        if self.noise.isChecked():
            insert = tr("noise {sigma:g}", sigma=self.sigma.value())
        elif self.insert.isVisibleTo(self) and self.insert.isChecked():
            insert = self.rate.value()
        return Settings(self.passes.value(), self.seed.value(), insert)

    def stated(self) -> dict[str, Any]:
        """Every field as it stands."""
        return values_of(self._fields)

    def set_stated(self, held: Mapping[str, Any]) -> None:
        """Fields as they were before."""
        put_values(self._fields, held)
        self.changed.emit()

    def set_box(self, box: bool) -> None:
        """Whether nobody sees into the network: then passes differ by noise and by nothing else."""
        if box or not self.noise.isEnabled():
            self.noise.setChecked(box)
        self.noise.setEnabled(not box)

    def set_layers(self, layers: DropoutLayers | None) -> None:
        """What the network has; where it has no dropout, offer to put some in."""
        missing = layers is not None and not layers.active
        for widget in (self._missing, self.insert, self.rate):
            widget.setVisible(missing)
        alone = layers.left_inactive if layers is not None else ()
        self._alone.setText(tr("Left switched off: {alone}.", alone=", ".join(alone)) if alone else "")
        self._alone.setVisible(bool(alone))
        self._change(silent=True)

    def say(self, text: str, role: str = "quiet") -> None:
        """Something in place of figures."""
        set_role(self._words, role)
        self._words.setText(text)
        for widget in self._figures:
            widget.hide()

    def show_sureness(self, found: Sureness, target: int, asked: int) -> None:
        """The figures; the histogram is that of the explained class."""
        set_role(self._words, "")
        self._words.setText(found.words)
        mutual, entropy = figures(found)
        self._mutual.setText(mutual)
        self._entropy.setText(entropy)
        cut = (
            tr(" · stopped after {passes} of {asked}", passes=found.passes, asked=asked) if found.passes < asked else ""
        )
        self._origin.setText(origin(found.passes, found.seed, found.insert) + cut)
        for widget in self._figures:
            widget.show()
        if found.structures is not None:
            self._structures.setText(drawn(found.structures))
        self._structures.setVisible(found.structures is not None)
        self.histogram.setVisible(found.samples is not None)
        if found.samples is not None:
            self.histogram.show_passes(found.classes[target], found.samples[:, target])

    def offer_volume(self, offered: bool) -> None:
        """Whether the picture is a slice of a volume that a network segments."""
        self.volume.setVisible(offered)

    def show_volume(self, found: Structures | str | None) -> None:
        """What the passes draw of the whole volume, or what is being done about it."""
        text = (
            tr("Whole volume. {words}\n{drawn}", words=found.words, drawn=drawn(found))
            if isinstance(found, Structures)
            else found or ""
        )
        self._whole.setText(text)
        self._whole.setVisible(bool(text))

    def show_busy(self, busy: bool, possible: bool) -> None:
        """Whether passes are running, and whether they could be."""
        self.stop.setVisible(busy)
        self.volume.setEnabled(possible)
        self.ask.setVisible(not busy)
        self.ask.setEnabled(possible)
        self.every.setEnabled(possible)

    def offer(self, names: Sequence[str], why_not: str = "") -> None:
        """What may be laid over the picture; the others are greyed, with the reason as their tooltip."""
        if self.shown.currentText() in PIXELS and self.shown.currentText() not in names:
            # The network that is asked now does not segment.
            self.shown.setCurrentText(HEAT)
        for place, (name, tip) in enumerate(SHOWN.items()):
            allowed = name in names
            why_not = why_not if name not in PIXELS else why_not or _PIXELS_NEED
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            # 0 is an item that can neither be picked nor reached by the keys.
            self.shown.setItemData(place, int(flags.value) if allowed else 0, Qt.ItemDataRole.UserRole - 1)
            self.shown.setItemData(place, tip if allowed else why_not, Qt.ItemDataRole.ToolTipRole)

    def show_spread(self, found: HeatSpread | None, text: str = "") -> None:
        """How alike the heatmaps are, or what is awaited."""
        words = text if found is None else f"{agreement(found)} ({origin(found.passes, found.seed, found.insert)})"
        self._agreement.setText(words)
        self._agreement.setVisible(bool(words))

    def words(self) -> str:
        return self._words.text()

    def figures(self) -> str:
        """The numbers as shown, with their origin."""
        return "\n".join(each.text() for each in (self._mutual, self._entropy, self._origin))

    def spread(self) -> str:
        return self._agreement.text()

    def _change(self, *_: object, silent: bool = False) -> None:
        self.rate.setEnabled(self.insert.isChecked())
        self.sigma.setEnabled(self.noise.isChecked())
        count = self.passes.value()
        self.ask.setText(tr("Run {passes}", passes=counted(count, "pass", "passes")))
        if not silent:
            self.changed.emit()

    def _build(self) -> None:
        often = tr("How often the picture goes through the network with dropout on")
        start = tr("Start of the random numbers; the same seed gives the same figures")
        self.passes, self.seed = named(QSpinBox(), tr("passes"), often), named(QSpinBox(), tr("seed"), start)
        for box, low, high, value in ((self.passes, 1, 100_000, 100), (self.seed, 0, 2**31 - 1, 0)):
            box.setRange(low, high)
            box.setValue(value)
            box.setKeyboardTracking(False)
            box.lineEdit().setTextMargins(*TEXT_MARGINS)
            # Room for the usual numbers; the largest one would widen the dock.
            box.setMinimumWidth(box.fontMetrics().horizontalAdvance("0000") + 34)
        self._missing, self._alone = label(NO_DROPOUT, "quiet"), label(role="quiet")
        self._alone.setToolTip(tr("Random layers other than dropout; passes do not switch them on"))
        self.insert = QCheckBox(tr("insert dropout"))
        self.insert.setToolTip(tr("Put dropout of this rate after each stage, for these passes only"))
        share = tr("Share of the values that every pass drops, between 0 and 1")
        self.rate = named(NumberBox(0.01, 0.99), tr("rate of the inserted dropout"), share)
        self.rate.setValue(0.2)
        self.rate.setKeyboardTracking(False)
        self.noise = QCheckBox(tr("noise on the picture"))
        self.noise.setToolTip(tr("Every pass sees the picture with other noise on it, in place of dropout"))
        sigma = tr("σ: standard deviation of the noise, as a share of the range of the picture's values")
        self.sigma = named(NumberBox(0.001, 1), tr("σ of the noise"), sigma)
        self.sigma.setValue(0.1)
        self.sigma.setKeyboardTracking(False)
        send = tr("Send this picture through the network with dropout on (Ctrl+U)")
        self.ask = button("", send, self.asked.emit, role="primary")
        self.stop = button(tr("Stop"), tr("Stop here; the passes done by then are shown"), self.cancelled.emit)
        self.stop.hide()
        whole = tr(
            "Passes over every slice: volumes with their spread, and how alike the passes are, structure by structure"
        )
        self.volume = button(tr("Whole volume"), whole, self.volume_asked.emit, "mdi6.layers-triple")
        self._whole = named(label(), tr("whole volume"))
        self.offer_volume(False)
        self.show_volume(None)
        self.every = QCheckBox(tr("every picture"))
        self.every.setToolTip(tr("Do this by itself for every picture that is looked at"))
        self._words = label(role="quiet")
        self.histogram = Histogram()
        self._mutual, self._entropy, self._origin = label(), label(), label(role="quiet")
        self._structures = named(label(), tr("structures"))
        self._structures.setToolTip(
            tr(
                "Of each structure: the mean Dice between two passes (where it is low, a failure is "
                "likely); what the passes draw, with its standard deviation; and how many of them draw "
                "it, where not all do"
            )
        )
        self._mutual.setToolTip(tr("Mutual information: what the passes disagree about. 0: they all say the same"))
        self._entropy.setToolTip(
            tr("Entropy of the mean prediction: uncertainty for whatever reason. 0: certain of one class")
        )
        self.shown = named(QComboBox(), tr("show"), tr("What lies over the picture"))
        self.shown.addItems(list(SHOWN))
        self._agreement = label(role="quiet")
        self._agreement.setToolTip(
            tr("Mean Spearman rank correlation between the heatmaps of two passes; 1: same order")
        )
        self._agreement.hide()

    def _lay_out(self) -> None:
        asking: list[QWidget] = []
        for text, box in ((tr("&Passes"), self.passes), (tr("&Seed"), self.seed)):
            caption = _caption(text, box.toolTip())
            caption.setBuddy(box)
            asking += [caption, box]
        rows = QFormLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(2)
        rows.addRow(_caption(tr("disagreement"), self._mutual.toolTip(), "quiet"), self._mutual)
        rows.addRow(_caption(tr("uncertainty"), self._entropy.toolTip(), "quiet"), self._entropy)
        numbers = held(rows)
        self._figures = [self.histogram, self._structures, numbers, self._origin]
        inner = column(
            wrapped(*asking),
            self._missing,
            row(self.insert, (self.rate, 1)),
            row(self.noise, (self.sigma, 1)),
            self._alone,
            wrapped(self.ask, self.stop, self.every),
            self._words,
            *self._figures,
            row(self.volume, ...),
            self._whole,
            6,
            fields((tr("Sho&w"), self.shown)),
            self._agreement,
            (..., 1),
            margins=None,
        )
        self.setLayout(column(scrolled(held(inner))))


def _caption(text: str, tip: str, role: str = "") -> QLabel:
    made = label(text, role, wrap=False)
    made.setToolTip(tip)
    return made
