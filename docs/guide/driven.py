"""The window that is photographed for the guide, and how it is driven."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402
from PySide6.QtCore import QSize  # noqa: E402
from PySide6.QtWidgets import QApplication, QPushButton, QWidget  # noqa: E402

from gui import app as front  # noqa: E402
from gui import theme  # noqa: E402
from gui.engine_client import EngineClient  # noqa: E402
from gui.home import Home  # noqa: E402
from gui.main_window import MainWindow  # noqa: E402
from tfcore.review import Session  # noqa: E402

SIZE = QSize(1280, 800)
_PATIENCE_S = 600


class Guide:
    """One window for all pictures; what a page needs is done to it as a person would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app = front.application()
        theme.apply(self.app, "light")
        self.engine = EngineClient("cpu")
        self.window = MainWindow(self.engine, Session(), Home(scheme="light"))
        self.window.resize(SIZE)
        self.window.show()
        self.engine.start()
        self.window.offer_zoo()
        self.window.open_demo()
        self.settle()

    def settle(self, until: Callable[[], bool] = lambda: True) -> None:
        """Go on until nothing runs any more."""
        quiet, end = 0, time.monotonic() + _PATIENCE_S
        while quiet < 20:
            QApplication.processEvents()
            time.sleep(0.02)
            quiet = quiet + 1 if self.window.settled and until() else 0
            if time.monotonic() > end:
                raise TimeoutError("the window was still busy")

    def feature(self, dock: str) -> QWidget:
        """What lies in the dock of that name, in front of the others."""
        found = self.window.docks[dock]
        found.show()
        found.raise_()
        return found.widget()

    def choose(self, action: str) -> None:
        """Pick an entry of the menus by its text."""
        (entry,) = [one for name, one in self.window.menus.actions.items() if action in name.replace("&", "")]
        entry.trigger()
        self.settle()

    def save(self, name: str, widget: QWidget | None = None) -> None:
        """Photograph the window, or what lies over it."""
        self.settle()
        (widget or self.window).grab().save(str(HERE / f"{name}.png"))
        smaller(HERE / f"{name}.png")
        print(HERE / f"{name}.png")


def smaller(path: Path) -> None:
    """As few colours as still show the heat: those of greys and those of colours are chosen apart."""
    levels = np.asarray(Image.open(path).convert("RGB"))
    coloured = levels[np.ptp(levels.astype(int), axis=2) > 12]
    palette = np.repeat(np.linspace(0, 255, 40).round().astype(np.uint8), 3).reshape(-1, 3)
    if len(coloured):
        found = Image.fromarray(coloured[None]).quantize(200, kmeans=2, dither=Image.Dither.NONE).getpalette() or []
        palette = np.concatenate([palette, np.reshape(found, (-1, 3)).astype(np.uint8)])
    chosen = Image.new("P", (1, 1))
    chosen.putpalette(palette.tobytes())
    Image.fromarray(levels).quantize(palette=chosen, dither=Image.Dither.NONE).save(path, optimize=True)


def press(widget: QWidget, text: str) -> None:
    """Click the button that says this."""
    button = next(each for each in widget.findChildren(QPushButton) if each.text().replace("&", "").startswith(text))
    button.click()
