"""What a running job may use: its model, a way to report progress, and the question whether to go on."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tfcore.engine.protocol import Event, Job, Log, Partial, Progress
from tfcore.errors import Cancelled

if TYPE_CHECKING:
    import numpy as np

    from tfcore.models.model import Model
    from tfcore.pictures import Picture
    from tfcore.results import Box

_OPEN_MODELS = 3
# Progress more often than this only costs.
_SECONDS_BETWEEN = 0.05


class OpenModels:
    """Models opened before, so that the next picture does not load the network again."""

    def __init__(self) -> None:
        self._models: OrderedDict[Any, Model] = OrderedDict()

    def get(self, source: str, trust: bool = False) -> Model:
        """The model, loaded anew only when its file or its card changed."""
        key = (source, *(_changed(path) for path in (Path(source), Path(source).with_suffix(".json"))))
        if key not in self._models:
            from tfcore.models.loading import load_model

            self._models[key] = load_model(source, trust=trust)
            while len(self._models) > _OPEN_MODELS:
                self._models.popitem(last=False)
        self._models.move_to_end(key)
        return self._models[key]


def _changed(path: Path) -> int:
    try:
        inside = [each.stat().st_mtime_ns for each in path.iterdir()] if path.is_dir() else []
        return max([path.stat().st_mtime_ns, *inside])
    except OSError:
        return 0


class Ready(NamedTuple):
    """The open model, the picture as read, the batch of one that the model takes, and the part of it that covers."""

    model: Model
    picture: Picture
    batch: np.ndarray
    box: Box


class Context:
    """Handed to every job function."""

    def __init__(self, job: Job, send: Callable[[Event], None], models: OpenModels, cancelled: threading.Event) -> None:
        self.job = job
        self.models = models
        self._send = send
        self._cancelled = cancelled
        self._reported = 0.0

    def ready(self, model: str, picture: str, trust: bool = False) -> Ready:
        """One picture made ready for one model; the job can be cancelled between opening and reading."""
        from tfcore.pictures import read

        opened = self.models.get(model, trust)
        self.check()
        shown = read(picture)
        batch, (box,) = opened.prepare_with_boxes([shown])
        return Ready(opened, shown, batch, box)

    def check(self) -> None:
        """Stop here if the user asked to."""
        if self._cancelled.is_set():
            raise Cancelled

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the job is; also the place where it can be cancelled."""
        self.check()
        now = time.monotonic()
        if now - self._reported >= _SECONDS_BETWEEN:
            self._reported = now
            self._send(Progress(self.job, done, total, text))

    def log(self, text: str, level: str = "info") -> None:
        """A sentence for the message history."""
        self._send(Log(level, text))

    def partial(self, value: Any) -> None:
        """Hand over a piece of the result ahead of its end."""
        self.check()
        self._send(Partial(self.job, value))
