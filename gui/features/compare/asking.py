"""The maps of the grid, asked for together: one job per picture and model brings all that are missing of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from gui.engine_client import EngineClient
from gui.features.compare.plan import Question, has_layers
from gui.shown import Steps
from gui.state import Opened, Questions
from gui.texts import tr
from tfcore.engine.protocol import Job
from tfcore.registry import find
from tfcore.results import Heat

# Maps kept, in bytes.
_ROOM = 200_000_000
_CANCELLED = tr("Cancelled; press Compare to compute it.")

Answer = Heat | str


class Asking(QObject):
    """Asks for what is wanted and not known; what is late is kept under its question and lands nowhere else."""

    # Answers came, or will not come.
    changed = Signal()

    def __init__(
        self,
        engine: EngineClient,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
        room: int = _ROOM,
    ) -> None:
        super().__init__(parent)
        self._answers = Questions(
            engine, self, room, lambda heat: heat.map.nbytes + heat.native.nbytes, impatient=True, clock=clock
        )
        self._answers.ended.connect(self._ended)
        # Of pictures that are not on show: all maps of one together, for as long as somebody takes them.
        self._whole = Questions(engine, self, kept=4)
        self._wanted: list[Question] = []
        self._cancelled: set[Question] = set()
        self.awaited = self._answers.awaited

    @property
    def idle(self) -> bool:
        return self._answers.idle

    def answer(self, question: Question) -> Answer | None:
        """The heat, or why there is none; ``None`` while it is not known."""
        known: Answer | None = self._answers.get(question) or self._answers.problem(question) or None
        return _CANCELLED if known is None and question in self._cancelled else known

    def forget_failures(self) -> None:
        """What failed is asked again."""
        self._answers.forget_problems()
        self._cancelled.clear()

    def want(self, questions: Iterable[Question], models: Mapping[str, Opened]) -> None:
        """From now on these are waited for, and no others."""
        self._wanted = list(dict.fromkeys(questions))
        self._answers.want(self._wanted)
        missing = [each for each in self._wanted if self.answer(each) is None and not self.awaited(each)]
        for questions in _by_model(missing):
            self._answers.ask_together(*self._job(questions, models))

    def steps(self, questions: Sequence[Question], models: Mapping[str, Opened]) -> Steps:
        """What has to be asked for these, about any picture; their answers come back in the same order."""
        found: dict[Hashable, Answer] = {}
        for together in _by_model(questions):
            answered, job = self._job(together, models)
            answers = yield self._whole, tuple(together), job
            found |= {answered[place]: answer for place, answer in answers.items()}
        return [found[question] for question in questions]

    @staticmethod
    def _job(questions: list[Question], models: Mapping[str, Opened]) -> tuple[dict[Hashable, Hashable], Job]:
        """Questions about one model by their places in what the one job answers, and the job."""
        first = questions[0]
        params = {each.method: each.params for each in questions}
        # Methods without layers come under the first one, whichever that is.
        layers = list(dict.fromkeys(each.layer for each in questions if has_layers(each.method))) or [None]
        what = {
            "model": first.model,
            "picture": first.path,
            "methods": list(params),
            "layers": layers,
            "target": first.target,
            "params": {method: dict(values) for method, values in params.items()},
            "trust": first.model in models and models[first.model].trusted,
        }
        answered: dict[Hashable, Hashable] = {
            (method, layer): replace(
                first, method=method, layer=layer if has_layers(method) else None, params=params[method]
            )
            for method in params
            for layer in [*layers, *find("method", method).places(layers)]
        }
        name = first.path.replace("\\", "/").rpartition("/")[2]
        return answered, Job("compare", what, title=tr("{n} heatmaps · {name}", n=len(questions), name=name))

    def _ended(self, question: Question) -> None:
        if question in self._wanted and self.answer(question) is None:
            self._cancelled.add(question)
        self.changed.emit()


def _by_model(questions: Iterable[Question]) -> list[list[Question]]:
    groups: dict[Hashable, list[Question]] = {}
    for each in questions:
        groups.setdefault((each.path, each.model, each.card), []).append(each)
    return list(groups.values())
