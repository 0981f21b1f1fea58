"""What happens is shown: pictures, answers and failures on their way to the canvas, the panels and the browser."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gui.browser import Browser
from gui.canvas import Canvas
from gui.explaining import Explaining
from gui.panels import JobsPanel, PredictionPanel
from gui.predicting import Predicting
from tfcore.pictures import Picture
from tfcore.results import Heat, Prediction

# A picture that is there sooner must not flash a message.
_PATIENCE_MS = 150


class Showing(QObject):
    """Hears :class:`Explaining` and turns what it hears into something to look at."""

    # What is on show is there, or no longer is: figures can be made, or not.
    changed = Signal()

    def __init__(
        self,
        explaining: Explaining,
        predicting: Predicting,
        browser: Browser,
        canvas: Canvas,
        prediction: PredictionPanel,
        jobs: JobsPanel,
    ) -> None:
        super().__init__(explaining)
        self._explaining = explaining
        # What the bars say, and of which picture.
        self.said: Heat | Prediction | None = None
        self._browser, self._canvas, self._prediction, self._jobs = browser, canvas, prediction, jobs
        self._annotated: set[str] = set()
        explaining.picture_awaited.connect(self._picture_awaited)
        explaining.picture_shown.connect(self._picture_shown)
        explaining.picture_failed.connect(self._picture_failed)
        explaining.heat_awaited.connect(self._heat_awaited)
        explaining.heat_shown.connect(self._heat_shown)
        explaining.heat_failed.connect(self._heat_failed)
        explaining.heat_known.connect(self._annotate)
        predicting.known.connect(self._predicted)
        predicting.failed.connect(self._no_prediction)

    def nothing(self) -> None:
        """No picture is listed."""
        self._canvas.show_message("empty", "Drop pictures or a folder here", "or File ▸ Open pictures, or Open demo")
        self._no_prediction()
        self.changed.emit()

    def forget_predictions(self) -> None:
        """Another model is asked from now on; what the last one said no longer stands beside any picture."""
        for path in self._annotated:
            self._browser.annotate(path, "")
        self._annotated.clear()
        self.said = None
        if self._explaining.path is not None:
            self._prediction.show_loading()

    # --- pictures ---

    def _picture_awaited(self, path: str) -> None:
        def say() -> None:
            if self._explaining.path == path and self._explaining.picture is None:
                self._canvas.show_message("loading", f"Reading {Path(path).name} …")

        QTimer.singleShot(_PATIENCE_MS, self, say)
        self.changed.emit()

    def _picture_shown(self, picture: Picture) -> None:
        self._canvas.show_picture(picture)
        self._canvas.set_heading(" · ".join(filter(None, (picture.path.name, picture.note))))
        QTimer.singleShot(_PATIENCE_MS, self, self._await_prediction)
        self.changed.emit()

    def _picture_failed(self, path: str, sentence: str) -> None:
        self._canvas.show_message("error", f"{Path(path).name} cannot be shown", sentence)
        self._browser.annotate(path, "unreadable")
        self._no_prediction("No prediction: the picture cannot be read.")
        self._jobs.history.add(sentence, "error")
        self.changed.emit()

    # --- heats ---

    def _heat_awaited(self) -> None:
        self._without_heat("computing …")

    def _heat_shown(self, heat: Heat | None) -> None:
        if heat is None:
            said = self.said if self.said is not None and self.said.path == self._explaining.path else None
            why = "cancelled" if self._explaining.automatic else "press Explain to compute"
            self._without_heat(" · ".join([*([answer(said)] if said else []), why]))
            return
        self._canvas.show_heat(heat)
        self.said = heat
        self._prediction.set(heat.probabilities, heat.classes, heat.target)
        if heat.path not in self._annotated:
            # At hand from before another model was asked.
            self._annotate(heat)
        self._canvas.set_heading(heading(heat, answer(heat)))
        self.changed.emit()

    def _heat_failed(self, sentence: str) -> None:
        self._without_heat("not explained")
        self._no_prediction(sentence)

    def _without_heat(self, why: str) -> None:
        self._canvas.show_heat(None)
        if self._explaining.picture is not None:
            self._canvas.set_heading(f"{self._explaining.picture.path.name} · {why}")
        self.changed.emit()

    # --- predictions without a heat ---

    def _predicted(self, found: Prediction) -> None:
        self.said = found
        asked = self._explaining.request
        target = int(found.probabilities.argmax()) if asked is None or asked.target is None else asked.target
        self._prediction.set(found.probabilities, found.classes, target)
        if not self._explaining.awaited:
            self._heat_shown(None)
        self._annotate(found)

    def _await_prediction(self) -> None:
        """The bars of one picture must not stand beside another."""
        path = self._explaining.path
        if path is not None and self.said is not None and self.said.path != path:
            self.said = None
            self._prediction.show_loading()

    def _no_prediction(self, *why: str) -> None:
        self.said = None
        self._prediction.show_empty(*why)

    def _annotate(self, heat: Heat | Prediction) -> None:
        self._annotated.add(heat.path)
        self._browser.annotate(heat.path, answer(heat), heat.entropy)


def answer(heat: Heat | Prediction) -> str:
    """The predicted class and its probability: ``glioma 0.97``."""
    best = int(heat.probabilities.argmax())
    return f"{heat.classes[best]} {heat.probabilities[best]:.2f}"


def heading(heat: Heat, told: str) -> str:
    """The file, what is told of it, and the class that the map is about where it is not the predicted one."""
    other = "" if heat.target == int(heat.probabilities.argmax()) else f"heat for {heat.classes[heat.target]}"
    return " · ".join(filter(None, (Path(heat.path).name, told, other)))
