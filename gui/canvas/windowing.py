"""Which values are black and white on the screen: the file's own, a usual choice, or as dragged. Only on the screen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import isfinite
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from gui import theme
from gui.canvas.readout import tabular
from gui.texts import tr
from gui.undo import Step
from tfcore.pictures import Picture
from tfcore.pictures.window import automatic

OWN, AUTOMATIC, DRAGGED = "own", "automatic", "dragged"
# Width and level in HU as they are usual in reading CT.
ORGANS = {"brain": (80, 40), "lung": (1500, -600), "bone": (1800, 400), "soft tissue": (400, 40)}
# As they are called beside the picture, and in the menu.
_CALLED = {
    OWN: (tr("own"), tr("The file's own")),
    AUTOMATIC: (tr("automatic"), tr("Automatic, of this slice")),
    DRAGGED: (tr("dragged"), ""),
    "brain": (tr("brain"), tr("Brain")),
    "lung": (tr("lung"), tr("Lung")),
    "bone": (tr("bone"), tr("Bone")),
    "soft tissue": (tr("soft tissue"), tr("Soft tissue")),
}
TIP = tr(
    "Window: which values are black and white on the screen. Drag with the right button: to "
    "the right it widens, upwards the picture becomes brighter. The network and figures "
    "always get the picture through its own window"
)
# Screen pixels of a drag that double the width, and that move the level by one width.
_DOUBLE, _WIDTH = 150.0, 300.0
# A window as wide as this is written in whole numbers.
_COARSE = 20


class Windowing(QToolButton):
    """The chosen window, and a menu of others; each file keeps what was chosen for it, and begins with its own."""

    # The picture as it is to be shown.
    changed = Signal(object)
    # The user changed it: the way back.
    stepped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self._choice = OWN
        self._window = self._start = (0.0, 1.0)
        # By file: a choice by its name, or the values that are black and white.
        self.kept: dict[str, Any] = {}
        self.setAutoRaise(True)
        self.setFont(tabular(self.font()))
        self.setIcon(theme.icon("mdi6.contrast-circle"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setToolTip(TIP)
        self.setAccessibleName(tr("window on the screen"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu, group = QMenu(self), QActionGroup(self)
        self._actions: dict[str, QAction] = {}
        for name in (OWN, AUTOMATIC, *ORGANS):
            wide = f" (W {ORGANS[name][0]} L {ORGANS[name][1]} HU)" if name in ORGANS else ""
            action = menu.addAction(_CALLED[name][1] + wide)
            action.setCheckable(True)
            action.triggered.connect(partial(self._choose, name))
            group.addAction(action)
            self._actions[name] = action
        self.setMenu(menu)
        self.hide()

    def take(self, picture: Picture) -> Picture:
        """The picture as it is to be shown."""
        before, self._picture = self._picture, picture
        if before is None or before.file != picture.file or picture.channels > 1:
            self._recall(picture)
        for name in ORGANS:
            self._actions[name].setVisible(picture.unit == "HU")
        return self._shown()

    @property
    def own(self) -> bool:
        """Whether the picture is seen as its file says."""
        return self._choice == OWN

    def as_chosen(self, picture: Picture) -> Picture:
        """Another slice of the same file, through the window that was chosen for this one."""
        return picture if self._choice == OWN else replace(picture, window=self._window, look=None)

    def begin(self) -> None:
        """A drag starts from what is seen."""
        self._start = self._window

    def drag(self, right: float, up: float) -> None:
        """So many screen pixels from where it began."""
        if self._picture is None or self._picture.channels > 1:
            return
        if (moved := dragged(self._start, right, up)) is not None:
            self._window = moved
            self._choose(DRAGGED)

    def _recall(self, picture: Picture) -> None:
        held = self.kept.get(str(picture.file), OWN) if picture.channels == 1 else OWN
        if isinstance(held, str):
            self._choice = held if held in self._actions else OWN
        else:
            self._choice, self._window = DRAGGED, tuple(held)

    def _choose(self, name: str, _checked: bool = True) -> None:
        self._choice = name
        if self._picture is not None:
            file, now = str(self._picture.file), list(self._window) if name == DRAGGED else name
            before, self.kept[file] = self.kept.get(file, OWN), now
            self.changed.emit(self._shown())
            if before != now:
                back, again = partial(self._put, file, before), partial(self._put, file, now)
                self.stepped.emit(Step(tr("window on the screen"), back, again, of=f"window of {file}"))

    def _put(self, file: str, held: Any) -> None:
        self.kept[file] = held
        if self._picture is not None and str(self._picture.file) == file:
            self._recall(self._picture)
            self.changed.emit(self._shown())

    def _shown(self) -> Picture:
        picture = self._picture
        assert picture is not None
        match self._choice:
            case "own":
                self._window = picture.window
            case "automatic":
                self._window = automatic(picture.array)
            case organ if organ in ORGANS:
                self._window = _ends(picture, *ORGANS[organ])
        self._say(picture)
        return self.as_chosen(picture)

    def _say(self, picture: Picture) -> None:
        low, high = self._window
        plain = self._choice == OWN and picture.array.dtype.itemsize == 1
        self.setVisible(picture.channels == 1 and not plain)
        one = _one(picture)
        digits = ".0f" if high - low >= _COARSE else ".3g"
        values = f"W {high - low + one:{digits}} L {(low + high + one) / 2:{digits}}".replace("-", "−")
        own = self._choice == OWN and picture.look is not None
        self.setText(tr("own curve") if own else f"{_CALLED[self._choice][0]} · {values}")
        for name, action in self._actions.items():
            action.setChecked(name == self._choice)


def dragged(window: tuple[float, float], right: float, up: float) -> tuple[float, float] | None:
    """The window after a drag of so many screen pixels; nothing where numbers have no place for it."""
    low, high = window
    level, width = (low + high) / 2 - up / _WIDTH * (high - low), (high - low) * 2 ** (right / _DOUBLE)
    if width > 0 and isfinite(width) and isfinite(level) and level - width / 2 < level + width / 2:
        return level - width / 2, level + width / 2
    return None


def _one(picture: Picture) -> int:
    """DICOM counts the values in a window of whole numbers, both ends with them."""
    return int(picture.unit != "" or picture.array.dtype.kind in "iu")


def _ends(picture: Picture, width: float, level: float) -> tuple[float, float]:
    one = _one(picture)
    return level - one / 2 - (width - one) / 2, level - one / 2 + (width - one) / 2
