"""Questions to the engine and their answers: what is known is not asked again, what is late lands nowhere else."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from gui.comparing.plan import Question, has_layers
from gui.engine_client import EngineClient
from gui.state import Opened
from tfcore.engine.protocol import Dropped, Event, Failed, Job, Partial, Progress, Result
from tfcore.results import Heat

# Maps kept, in bytes.
_ROOM = 200_000_000
# A job that reports more often than this hears a cancel in time; one that does not would be ended by force.
_HEARS = 1.0

Answer = Heat | str


@dataclass
class _Run:
    """A job on its way."""

    questions: set[Question]
    # A question of this job; the others differ in method, layer and parameters only.
    like: Question
    params: Mapping[str, tuple[tuple[str, object], ...]]
    wanted: bool = True
    cancelled: bool = False
    reported: float = float("-inf")

    def question(self, method: str, layer: str | None) -> Question:
        layer = layer if has_layers(method) else None
        return replace(self.like, method=method, layer=layer, params=self.params[method])


class Asking(QObject):
    """Keeps answers by their questions, and asks for those that are missing."""

    # Answers came, or will not come.
    changed = Signal()

    def __init__(
        self, engine: EngineClient, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._clock = clock
        self._heats: OrderedDict[Question, Heat] = OrderedDict()
        self._failed: dict[Question, str] = {}
        self._running: dict[int, _Run] = {}
        engine.happened.connect(self._heard)

    @property
    def idle(self) -> bool:
        """Nothing that is wanted is on its way."""
        return not any(run.wanted for run in self._running.values())

    def answer(self, question: Question) -> Answer | None:
        """The heat, or why there is none; ``None`` while it is not known."""
        return self._heats.get(question) or self._failed.get(question)

    def awaited(self, question: Question) -> bool:
        return any(run.wanted and question in run.questions for run in self._running.values())

    def forget_failures(self) -> None:
        """What failed is asked again."""
        self._failed.clear()

    def want(self, questions: Iterable[Question], models: Mapping[str, Opened]) -> None:
        """From now on these are waited for, and no others."""
        wanted = list(dict.fromkeys(questions))
        for id, run in self._running.items():
            still = any(question in run.questions for question in wanted)
            if run.wanted and not still:
                self._engine.withdraw(id)
            run.wanted = still and not run.cancelled
        missing = [each for each in wanted if self.answer(each) is None and not self.awaited(each)]
        for model in dict.fromkeys((each.model, each.card) for each in missing):
            self._submit([each for each in missing if (each.model, each.card) == model], models)

    def _submit(self, questions: list[Question], models: Mapping[str, Opened]) -> None:
        first = questions[0]
        methods = list(dict.fromkeys(each.method for each in questions))
        # Methods without layers come under the first one, whichever that is.
        layers = list(dict.fromkeys(each.layer for each in questions if has_layers(each.method))) or [None]
        params = {each.method: each.params for each in questions}
        run = _Run(set(questions), first, params)
        name = first.path.replace("\\", "/").rpartition("/")[2]
        what = {
            "model": first.model,
            "picture": first.path,
            "methods": methods,
            "layers": layers,
            "target": first.target,
            "params": {method: dict(values) for method, values in params.items()},
            "trust": first.model in models and models[first.model].trusted,
        }
        job = Job("compare", what, title=f"{len(questions)} maps · {name}")
        self._running[job.id] = run
        self._engine.submit(job)

    def _heard(self, event: Event) -> None:
        if not isinstance(event, Partial | Progress | Result | Failed | Dropped):
            return
        if (run := self._running.get(event.job.id)) is None:
            return
        if isinstance(event, Progress):
            self._overtake(event.job.id, run)
            return
        if not isinstance(event, Partial):
            del self._running[event.job.id]
        if isinstance(event, Partial | Result):
            self._keep({run.question(*place): answer for place, answer in event.value.items()})
        elif isinstance(event, Failed):
            self._keep(dict.fromkeys(run.questions, event.sentence))
        elif run.wanted and not run.cancelled:
            missing = (each for each in run.questions if each not in self._heats)
            self._keep(dict.fromkeys(missing, "Cancelled; press Compare to compute it."))
        self.changed.emit()

    def _overtake(self, id: int, run: _Run) -> None:
        """A long job that nobody waits for any more is ended, if it listens: force would cost the engine."""
        now = self._clock()
        if not run.wanted and not run.cancelled and now - run.reported < _HEARS:
            run.cancelled = True
            self._engine.cancel(id)
        run.reported = now

    def _keep(self, answers: Mapping[Question, Answer]) -> None:
        for question, answer in answers.items():
            if isinstance(answer, str):
                self._failed[question] = answer
            else:
                self._heats[question] = answer
                self._heats.move_to_end(question)
        held = sum(heat.map.nbytes + heat.native.nbytes for heat in self._heats.values())
        while held > _ROOM and len(self._heats) > 1:
            _, oldest = self._heats.popitem(last=False)
            held -= oldest.map.nbytes + oldest.native.nbytes
