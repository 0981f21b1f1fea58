"""The row above the picture: what is shown, in which mode, how large."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gui import theme
from gui.canvas.readout import tabular
from gui.canvas.segmented import Segmented
from gui.canvas.views import MODES_HELP
from gui.panels.labels import Badge, badge


class Elided(QLabel):
    """A line of text that is shortened where there is no room, its first part first; its tooltip has all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(40)

    def show_text(self, text: str) -> None:
        self._whole = text
        self._elide()

    def whole(self) -> str:
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics, middle, right = self.fontMetrics(), Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
        text = metrics.elidedText(self._whole, middle, self.width())
        name, dot, said = self._whole.partition(" · ")
        if text != self._whole and dot:
            # The list shows which picture it is, and what is said of it stands only here; but a third is the name's.
            left = max(self.width() - metrics.horizontalAdvance(dot + said), self.width() // 3)
            text = metrics.elidedText(f"{metrics.elidedText(name, middle, left)}{dot}{said}", right, self.width())
        self.setText(text)
        self.setToolTip(self._whole if text != self._whole else "")


class HeadingRow(QWidget):
    """Heading at the left; mode switch, fit and zoom at the right."""

    mode_chosen = Signal(str)
    fit_asked = Signal()
    actual_size_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Elided()
        bold = self.title.font()
        bold.setBold(True)
        self.title.setFont(bold)
        self.modes = Segmented(MODES_HELP)
        self.modes.chosen.connect(self.mode_chosen)
        fit = _flat_button("Show the whole picture (double click)")
        fit.setText("fit")
        fit.setIcon(theme.icon("mdi6.fit-to-screen-outline"))
        fit.setIconSize(QSize(16, 16))
        fit.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        fit.clicked.connect(self.fit_asked)
        self.zoom = _flat_button("Screen pixels per picture pixel; click for 100 %")
        self.zoom.setFont(tabular(self.font()))
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("10000 %") + 10)
        self.zoom.clicked.connect(self.actual_size_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.title, 1)
        self._badges = QHBoxLayout()
        row.addLayout(self._badges)
        row.addWidget(self.modes)
        row.addSpacing(6)
        row.addWidget(fit)
        row.addWidget(self.zoom)

    def show_badges(self, badges: Iterable[Badge]) -> None:
        """What has to be seen beside the heading, whatever is cut off of it."""
        while (item := self._badges.takeAt(0)) is not None and (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
        for each in badges:
            made = badge(*each)
            self._badges.addWidget(made)
            # At once: the layout would show it a moment later.
            made.show()

    def show_zoom(self, scale: float) -> None:
        """``scale`` is in device pixels per picture pixel."""
        percent = scale * 100
        self.zoom.setText(f"{percent:.0f} %" if percent >= 10 else f"{percent:.1f} %")


def _flat_button(tip: str) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setToolTip(tip)
    return button
