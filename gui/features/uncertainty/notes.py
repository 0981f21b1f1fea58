"""What many passes said of each picture, written under its thumbnail and ranked by in the list."""

from __future__ import annotations

from gui.browser import Browser
from gui.features.uncertainty.words import note
from tfcore.results import Sureness


class Notes:
    """Keeps the lines of the pictures that passes were run for."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: dict[str, tuple[str, float, str]] = {}

    def write(self, path: str, found: Sureness) -> None:
        """What the passes said takes the place of the single prediction."""
        self._kept[path] = note(found), found.level, _answer(found)
        self.keep(path)

    def keep(self, path: str) -> None:
        """The prediction of a single pass, which was just written, does not replace that of many."""
        if path in self._kept:
            self._browser.annotate(path, *self._kept[path])

    def forget(self) -> None:
        """Another model is asked from now on."""
        self._kept.clear()

    def drop(self, path: str) -> None:
        """The file of a picture is another one now."""
        self._kept.pop(path, None)


def _answer(found: Sureness) -> str:
    """What a label is compared with; of a picture in which every pixel has an answer there is none."""
    return "" if found.structures is not None else found.classes[found.predicted]
