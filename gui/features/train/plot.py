"""One figure over the epochs: its curves, their names and latest values."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.canvas.graphics import pg
from gui.texts import tr
from gui.theme import colour

# Middle tones that stand out from white and from near black alike.
TRAIN, VAL = "#4a9be0", "#e08e2b"
OTHERS = ("#2ca58d", "#c9689e", "#8e7cc3", "#7d7d7d", "#6f9e3a", "#d1584a")
# A colour and a value for every epoch.
Curve = tuple[str, Sequence[float]]
MOST_DOTS = 30
# Ticks closer than this (pixels) run into each other.
_APART = 36
_STEPS = [digit * 10**zeros for zeros in range(9) for digit in (1, 2, 5)]


class Plot(pg.PlotWidget):
    """Curves, and a ``heading`` that is legend and read-out in one; ``share`` fixes the scale from 0 to 1."""

    def __init__(self, title: str, share: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, axisItems={"bottom": EpochAxis("bottom")})
        self._share = share
        self.heading = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        self.rename(title)
        self.heading.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMenuEnabled(False)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.setMinimumHeight(90)
        # The height that is left, however much that is.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._lines: dict[str, pg.PlotDataItem] = {}
        self._best = pg.InfiniteLine(angle=90)
        self.addItem(self._best)
        if share:
            # A little more than the scale, so that its last number has room.
            self.setYRange(0, 1, padding=0.07)
        self._dress()
        self.show_curves({}, [], None)

    def rename(self, title: str) -> None:
        """What stands before the legend, with the next curves."""
        self._title = title
        self.heading.setAccessibleName(tr("{title} per epoch", title=title))

    def show_curves(
        self, curves: Mapping[str, Curve], epochs: Sequence[int], best: int | None, read: Sequence[str] = ()
    ) -> None:
        """Curves by name; the latest values of those to ``read`` stand in the heading, and the best epoch is marked."""
        for name in [name for name in self._lines if name not in curves]:
            self.removeItem(self._lines.pop(name))
        for name, (tone, values) in curves.items():
            if name not in self._lines:
                self._lines[name] = self.plot(symbolSize=5, symbolPen=None)
            line = self._lines[name]
            line.setPen(pg.mkPen(tone, width=2 if tone in (TRAIN, VAL) else 1.2))
            line.setSymbolBrush(tone)
            # Many dots hide the line.
            line.setSymbol("o" if len(values) <= MOST_DOTS else None)
            line.setData(list(epochs), list(values))
        self.setXRange(1, max([5, *epochs]), padding=0.04)
        if not self._share:
            highest = max((value for _, values in curves.values() for value in values), default=1.0)
            self.setYRange(0, highest or 1.0, padding=0.07)
        self._best.setVisible(best is not None)
        self._best.setValue(best or 0)
        self._best.setToolTip(tr("the epoch that is kept"))
        marks = [
            f"<span style='color:{tone}'>■</span>&nbsp;{html.escape(name)}"
            + (f"&nbsp;{values[-1]:.3f}" if name in read else "")
            for name, (tone, values) in curves.items()
            if values
        ]
        self.heading.setText("&nbsp; ".join([f"<b>{self._title}</b>", *marks]))

    def curves(self) -> dict[str, list[float]]:
        """The values as drawn, by name."""
        drawn = {name: line.getData()[1] for name, line in self._lines.items()}
        # Of no values at all pyqtgraph keeps none.
        return {name: [] if values is None else list(values) for name, values in drawn.items()}

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between dark and light."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_best"):
            self._dress()

    def _dress(self) -> None:
        self.setBackground(colour("base"))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(colour("border"))
            axis.setTextPen(colour("quiet"))
        self.getAxis("left").setGrid(28)
        self.getAxis("bottom").setLabel("epoch", color=colour("quiet").name())
        self._best.setPen(pg.mkPen(colour("quiet"), style=Qt.PenStyle.DotLine))


class EpochAxis(pg.AxisItem):
    """Ticks at whole epochs only."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        """A round step that leaves room for the numbers."""
        least = (maxVal - minVal) * _APART / max(size, _APART)
        return [(next(step for step in _STEPS if step >= least), 0)]
