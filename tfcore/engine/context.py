"""What a running job may use: its model, a way to report progress, and the question whether to go on."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tfcore.engine.protocol import Ending, Event, Job, Partial, Progress
from tfcore.errors import Cancelled, HeatlensError
from tfcore.models.model import Model
from tfcore.pictures import Picture, many
from tfcore.pictures.kept import State, state
from tfcore.results import Box

if TYPE_CHECKING:
    from tfcore.trust.ensemble import Ensemble

_OPEN_MODELS = 3
# Of pictures and of the inputs made from them.
MOST_BYTES = 256 * 1024**2
# The coarsest clock of any disk, in nanoseconds.
_TICK = 2_000_000_000
# Progress more often than this only costs.
_SECONDS_BETWEEN = 0.05


class OpenModels:
    """Models opened before, so that the next picture does not load the network again, and what they were shown."""

    def __init__(self) -> None:
        self.pictures = KeptPictures()
        # Estimates that were ended early, by question: whoever asks again goes on from there.
        self.begun: dict[Any, Any] = {}
        self._models: OrderedDict[Any, Model] = OrderedDict()
        self._most = _OPEN_MODELS
        self._together: tuple[dict[str, Any], Model | Ensemble] | None = None
        self._moved: tuple[str, float] | None = None

    def together(self, **how: Any) -> Model | Ensemble:
        """The model of files that do not change meanwhile, or several as one: ``how`` is what :meth:`opened` takes."""
        if self._together is None or self._together[0] != how:
            from tfcore.trust.ensemble import Ensemble

            members = self.opened(**how)
            self.hold(how, members[0] if len(members) == 1 else Ensemble(tuple(members)))
        assert self._together is not None
        return self._together[1]

    @staticmethod
    def opened(
        sources: Sequence[str],
        trust: bool = False,
        memory: float | None = None,
        hashes: Sequence[str] = (),
        threshold: float | None = None,
    ) -> list[Model]:
        """Each of them, refused where they have other hashes."""
        from tfcore.models.loading import load_model

        members = [load_model(source, trust=trust, memory=memory) for source in sources]
        for source, model, hash in zip(sources, members, hashes, strict=False):
            if model.hash != hash:
                raise HeatlensError(
                    f"{source} is another network here than where the run began; give all workers the same file."
                )
        return members if threshold is None else [model.at_threshold(threshold) for model in members]

    def hold(self, how: Mapping[str, Any], asked: Model | Ensemble) -> None:
        """Keep what :meth:`together` would open."""
        self._together = dict(how), asked

    def moved(self, source: str, threshold: float) -> OpenModels:
        """The same, for somebody who moved the threshold of one of them."""
        other = copy(self)
        other._moved = source, threshold
        return other

    def get(self, source: str, trust: bool = False) -> Model:
        """The model, loaded anew only when its file or its card changed."""
        from tfcore.models.card import Card
        from tfcore.models.reference import beside

        key = (source, *(_changed(path) for path in (Path(source), *Card.places(source), beside(Path(source)))))
        if key not in self._models:
            from tfcore.models.loading import load_model

            self._models[key] = load_model(source, trust=trust)
            while len(self._models) > self._most:
                self._models.popitem(last=False)
        self._models.move_to_end(key)
        model = self._models[key]
        return model.at_threshold(self._moved[1]) if self._moved and self._moved[0] == source else model

    def all_of(self, models: Sequence[tuple[str, bool]]) -> tuple[Model, ...]:
        """Sources, each with whether it is trusted: those that are asked as one stay open together."""
        self._most = max(_OPEN_MODELS, len(models))
        return tuple(self.get(source, trust) for source, trust in models)


def _changed(path: Path) -> int:
    try:
        inside = [each.stat().st_mtime_ns for each in path.iterdir()] if path.is_dir() else []
        return max([path.stat().st_mtime_ns, *inside])
    except OSError:
        return 0


class KeptPictures:
    """Pictures made ready before, so that the next question about one reads no file; the oldest make room."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], many.Ready[str]] = OrderedDict()
        self._bytes = 0

    def get(self, model: Model, picture: str) -> many.Ready[str]:
        """The picture made ready for the model, read anew only when its file or the model's card changed."""
        card = repr(model.card)
        if (before := _settled(picture)) and (
            kept := self._kept.get(key := (picture, before, card, model.input_shape))
        ):
            self._kept.move_to_end(key)
            return kept
        ready = many.made_ready(picture, model.prepare_with_boxes)
        ready.input.setflags(write=False)
        # What changed while it was read is not known to be one or the other.
        if before and before == _settled(picture):
            self._kept[key] = ready
            self._bytes += ready.size
        while self._bytes > MOST_BYTES:
            self._bytes -= self._kept.popitem(last=False)[1].size
        return ready


def _settled(path: str) -> State | None:
    """What changes with the content of a file; nothing for one so new that it may change without a trace."""
    found = state(path)
    return found if found and time.time_ns() - max(found)[0] >= _TICK else None


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
        opened = self.models.get(model, trust)
        self.check()
        ready = self.models.pictures.get(opened, picture)
        return Ready(opened, ready.picture, ready.input[None], ready.box)

    def check(self) -> None:
        """Stop here if the user asked to."""
        if self._cancelled.is_set():
            raise Cancelled

    def ended(self) -> bool:
        """Whether the job was cancelled; whoever hears it puts away what it has, and is not told again."""
        if not self._cancelled.is_set():
            return False
        self.ending()
        self._cancelled = threading.Event()
        return True

    def ending(self) -> None:
        """Say that the job was cancelled, and needs a moment to put away what it has."""
        self._send(Ending(self.job))

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the job is; also the place where it can be cancelled."""
        self.check()
        now = time.monotonic()
        if now - self._reported >= _SECONDS_BETWEEN:
            self._reported = now
            self._send(Progress(self.job, done, total, text))

    def partial(self, value: Any) -> None:
        """Hand over a piece of the result ahead of its end."""
        self.check()
        self._send(Partial(self.job, value))
