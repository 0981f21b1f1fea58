"""Neutral greys around the picture; colour only for what is selected and what is wrong.

Every text tone reaches a contrast of 4.5 on the surfaces it is drawn on (tests/gui/test_theme.py holds this).
"""

from __future__ import annotations

import importlib.util
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QWidget

Scheme = Literal["system", "dark", "light"]
SCHEMES: tuple[Scheme, ...] = ("system", "dark", "light")

# Per cent of the desktop's own.
SIZES = (100, 125, 150, 175, 200)

# What is selected, in both schemes: white text on it is readable, and it stands out from either window grey.
ACCENT = "#2d76c2"

_RESOURCES = Path(__file__).parents[1] / "resources"


@dataclass(frozen=True)
class Tones:
    """The colours of one scheme, by what they are for."""

    window: str
    base: str
    raised: str
    hover: str
    border: str
    text: str
    quiet: str
    disabled: str
    focus: str
    warning: str
    error: str
    accent: str = ACCENT


DARK = Tones(
    window="#2a2a2a",
    base="#202020",
    raised="#383838",
    hover="#434343",
    border="#505050",
    text="#e6e6e6",
    quiet="#b4b4b4",
    disabled="#8e8e8e",
    focus="#6fb1ee",
    warning="#f0b24d",
    error="#ff9d92",
)
LIGHT = Tones(
    window="#f0f0f0",
    base="#ffffff",
    raised="#e4e4e4",
    hover="#d8d8d8",
    border="#bdbdbd",
    text="#1b1b1b",
    quiet="#545454",
    disabled="#757575",
    focus="#1f66b0",
    warning="#7d4b00",
    error="#a8201a",
)


def apply(app: QApplication, scheme: Scheme = "system") -> None:
    """Dress the application; with ``"system"`` it changes clothes whenever the system does."""
    followed = app.property("scheme") is not None
    app.setProperty("scheme", scheme)
    if not followed:
        load_fonts(app)
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(lambda system: _dress(app, system))
    wanted = {"system": Qt.ColorScheme.Unknown, "dark": Qt.ColorScheme.Dark, "light": Qt.ColorScheme.Light}
    # Window frames and the system's own dialogs follow where the platform can.
    app.styleHints().setColorScheme(wanted[scheme])
    _dress(app, app.styleHints().colorScheme())


def enlarge(app: QApplication, percent: int) -> None:
    """Words of that many per cent of the size that the desktop has for them."""
    font = app.font()
    own = app.property("own size") or QFontInfo(font).pointSizeF()
    app.setProperty("own size", own)
    font.setPointSizeF(own * percent / 100)
    app.setFont(font)
    # Under a style sheet only windows hear of another font, a moment later.
    QTimer.singleShot(0, lambda: _retell(app))


def _retell(app: QApplication) -> None:
    """A sheet that is put on tells everyone of the font; what is not in sight does not ask again how large it is."""
    app.setStyleSheet(app.styleSheet())
    # How large something is follows from what is in it.
    for widget in sorted(app.allWidgets(), key=_depth, reverse=True):
        if (layout := widget.layout()) is not None:
            layout.invalidate()
            layout.activate()


def _depth(widget: QWidget) -> int:
    around = widget.parentWidget()
    return 0 if around is None else 1 + _depth(around)


def tones() -> Tones:
    """The colours in use now; ask while painting, so that a change of scheme is seen."""
    return DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def colour(role: str) -> QColor:
    """A colour in use now, by its role: ``colour("warning")``."""
    return QColor(getattr(tones(), role))


def set_role(widget: QWidget, role: str) -> None:
    """Let the style sheet draw the widget as ``heading``, ``quiet``, ``warning``, ``error``, ``primary`` or ``""``."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        # A widget that was never shown is polished when it is.
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def load_fonts(app: QApplication) -> None:
    """Letters on a machine without any font: the DejaVu that matplotlib carries, found without importing it."""
    if QFontMetrics(app.font()).inFont("a"):
        return
    found = importlib.util.find_spec("matplotlib")
    if found is None or found.origin is None:
        return
    fonts = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSansMono.ttf"):
        QFontDatabase.addApplicationFont(str(fonts / name))
    app.setFont(QFont("DejaVu Sans", 9))


def icon(name: str) -> QIcon:
    """A picture for a button, drawn in the text colour of the moment: ``icon("mdi6.folder-open-outline")``."""
    return QIcon(_Glyph(name))


class _Glyph(QIconEngine):
    """One character of an icon font; its colour is looked up at each painting, so it follows the scheme."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        family, characters = _icons()
        font = QFont(family)
        font.setPixelSize(max(1, round(0.9 * rect.height())))
        painter.save()
        painter.setFont(font)
        painter.setPen(self._pen(mode))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, chr(int(characters[self.name.removeprefix("mdi6.")], 16)))
        painter.restore()

    @staticmethod
    def _pen(mode: QIcon.Mode) -> QColor:
        if mode == QIcon.Mode.Selected:
            return QColor("white")
        return colour("disabled" if mode == QIcon.Mode.Disabled else "text")

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        if pixmap.isNull():  # a button squeezed to nothing
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Glyph(self.name)


@cache
def _icons() -> tuple[str, dict[str, str]]:
    """The family of the icon font and its characters by name, at the first icon that is painted.

    The files of qtawesome without its code, which would load eleven other fonts too.
    """
    found = importlib.util.find_spec("qtawesome")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent / "fonts"
    number = QFontDatabase.addApplicationFont(str(next(folder.glob("materialdesignicons6-*.ttf"))))
    characters = json.loads(next(folder.glob("materialdesignicons6-*.json")).read_text(encoding="utf-8"))
    return QFontDatabase.applicationFontFamilies(number)[0], characters


def _dress(app: QApplication, system: Qt.ColorScheme) -> None:
    scheme = app.property("scheme")
    dark = scheme == "dark" or (scheme == "system" and system == Qt.ColorScheme.Dark)
    worn = DARK if dark else LIGHT
    app.setPalette(_palette(worn))
    app.setStyleSheet(_sheet(worn))


def _sheet(worn: Tones) -> str:
    sheet = Template((_RESOURCES / "style.qss").read_text(encoding="utf-8"))
    return sheet.substitute(asdict(worn), controls=(_RESOURCES / "controls").as_posix())


def _palette(worn: Tones) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(worn.raised), QColor(worn.window))
    for name, value in {
        role.Window: worn.window,
        role.Base: worn.base,
        role.AlternateBase: worn.window,
        role.Button: worn.raised,
        role.ToolTipBase: worn.raised,
        role.WindowText: worn.text,
        role.Text: worn.text,
        role.ButtonText: worn.text,
        role.ToolTipText: worn.text,
        role.BrightText: worn.error,
        role.PlaceholderText: worn.quiet,
        role.Highlight: worn.accent,
        role.Accent: worn.accent,
        role.HighlightedText: "#ffffff",
        role.Link: worn.focus,
        role.LinkVisited: worn.focus,
    }.items():
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(worn.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(worn.raised))
    return palette
