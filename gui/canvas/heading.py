"""The row above the picture: what is shown, in which mode, how large."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gui import theme
from gui.canvas.readout import tabular
from gui.canvas.segmented import Segmented
from gui.canvas.views import MODES_HELP
from gui.canvas.wrapping import wrapped
from gui.panels.labels import Badge, badge
from gui.pieces import held
from gui.texts import tr

# Room that badges beside a heading leave it.
_NAME = 240
# Of the heading at least, before the tools go below it.
_LETTERS = 24


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
            # The list shows which picture it is, and what is said of it stands only here; but a name that is short is
            # whole, and of a long one there is a third.
            # One more, since what is told of a width is rounded.
            whole, own = self.width(), metrics.horizontalAdvance(name) + 1
            left = max(whole - metrics.horizontalAdvance(dot + said), own if 2 * own <= whole else whole // 3)
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
        fit = _flat_button(tr("Show the whole picture (double click)"))
        fit.setText(tr("fit"))
        fit.setIcon(theme.icon("mdi6.fit-to-screen-outline"))
        fit.setIconSize(QSize(16, 16))
        fit.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        fit.clicked.connect(self.fit_asked)
        self.zoom = _flat_button(tr("Screen pixels per picture pixel; click for 100 %"))
        self.zoom.setFont(tabular(self.font()))
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("10000 %") + 10)
        self.zoom.clicked.connect(self.actual_size_asked)
        self._tools = held(wrapped(self.modes, fit, self.zoom))
        self._badges = QWidget()
        self._row = QHBoxLayout(self._badges)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._places = QGridLayout(self)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setHorizontalSpacing(6)
        self._places.setVerticalSpacing(2)
        self._places.setColumnStretch(0, 1)
        self._places.addWidget(self.title, 0, 0)
        self._badges.hide()

    def show_badges(self, badges: Iterable[Badge]) -> None:
        """What has to be seen beside the heading, whatever is cut off of it."""
        while (item := self._row.takeAt(0)) is not None and (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
        for each in badges:
            made = badge(*each)
            self._row.addWidget(made)
            # At once: the layout would show it a moment later.
            made.show()
        self._row.addStretch()
        self._badges.setVisible(self._row.count() > 1)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Below each other, so that they take no room from what stands beside the canvas."""
        hint, badges = super().minimumSizeHint(), self._badges.sizeHint().width() * self._badges.isVisibleTo(self)
        return QSize(max(self._tools.minimumSizeHint().width(), badges), hint.height())

    def _arrange(self) -> None:
        """Tools and badges beside the title; below it where they would leave too little of it."""
        left = self.width() - self._tools.sizeHint().width() - 6
        beside = left >= _LETTERS * self.fontMetrics().averageCharWidth()
        self._place(self._tools, (0, 2, 1, 1) if beside else (1, 0, 1, 3))
        beside = (left if beside else self.width()) >= _NAME + self._badges.sizeHint().width() + 6
        self._place(self._badges, (0, 1, 1, 1) if beside else (2, 0, 1, 3))

    def _place(self, widget: QWidget, place: tuple[int, int, int, int]) -> None:
        now = self._places.indexOf(widget)
        if now < 0 or self._places.getItemPosition(now) != place:
            self._places.addWidget(widget, *place)

    def show_zoom(self, scale: float) -> None:
        """``scale`` is in device pixels per picture pixel."""
        percent = scale * 100
        self.zoom.setText(f"{percent:.0f} %" if percent >= 10 else f"{percent:.1f} %")


def _flat_button(tip: str) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setToolTip(tip)
    return button
