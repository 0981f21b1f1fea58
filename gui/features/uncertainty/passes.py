"""What is known of many passes: which dropout the network has, and what they said of each picture."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import numpy as np
from PySide6.QtCore import QObject

from gui.desk import Desk
from gui.features.uncertainty.asking import Asking
from gui.features.uncertainty.panel import Settings
from gui.state import Questions
from tfcore.results import DropoutLayers, Sureness

# Bytes of answers: thousands of pictures of a network that classifies, a volume of one that segments.
_KEPT = 128 << 20


class Passes(QObject):
    """Keeps the answers about the model in use and about its pictures, under the settings as they stand."""

    def __init__(self, desk: Desk, settings: Callable[[], Settings], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._settings = desk, settings
        self.models = Questions(desk.engine, self)
        self.pictures = Questions(desk.engine, self, _KEPT, _weight)
        self.background = Questions(desk.engine, self, _KEPT, _weight)

    @property
    def per_pixel(self) -> bool:
        """Whether the network segments."""
        model = self._desk.opening.now
        return model is not None and model.info.task == "segmentation"

    @property
    def idle(self) -> bool:
        return self.models.idle and self.pictures.idle and self.background.idle

    def asking(self) -> Asking | None:
        """What is asked as things stand; nothing without a model."""
        model = self._desk.opening.now
        return None if model is None else Asking(model, self._settings())

    @property
    def layers(self) -> DropoutLayers | None:
        """What dropout the network has, if that is known."""
        asking = self.asking()
        return None if asking is None else self.models.get(asking.of_model())

    @property
    def possible(self) -> bool:
        """Whether passes differ at all."""
        return self.layers is not None and (bool(self.layers.active) or self._settings().insert is not None)

    def know_layers(self) -> None:
        """Find out what dropout the network has, unless it is known."""
        asking = self.asking()
        if asking is not None and self.layers is None:
            self.models.ask(asking.of_model(), asking.model_job())

    def known(self, question: Hashable) -> Sureness | None:
        """What the passes said, whether asked for alone or in a ranking."""
        return self.pictures.get(question) or self.background.get(question)

    def of(self, path: str) -> Sureness | None:
        """What they said of this picture."""
        asking = self.asking()
        return None if asking is None else self.known(asking.of_picture(path))

    def is_of(self, question: Hashable, path: str | None) -> bool:
        """Whether the question is the one that is put to this picture."""
        asking = self.asking()
        return path is not None and asking is not None and question == asking.of_picture(path)


def _weight(found: Sureness) -> int:
    arrays = [found.mean, found.votes, found.entropy, found.mutual_information, found.variance]
    held = 0 if found.structures is None else found.structures.shared.nbytes
    return 1000 + held + sum(np.asarray(each).nbytes for each in arrays)
