"""Methods that only ask: altered copies of a picture go through the network, and what it says of them makes the map.

Such a method is a generator over one picture. It yields the copies of a pass and is sent what the network says of each;
it returns its estimate. What is the same for all stands here: passes of the best size, progress, a budget, an end as
soon as the standard error is small enough, an estimate where somebody cancels. To go on from there, what the network
said is sent to a new generator without asking again, so an interrupted run and an uninterrupted one are the same.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from tfcore.errors import Cancelled, HeatlensError
from tfcore.explain.baselines import baseline_of
from tfcore.explain.cost import budget_of
from tfcore.explain.estimate import Estimate
from tfcore.explain.passes import predicted
from tfcore.explain.pieces import BLOCK, copies_per_pass, forward, in_passes
from tfcore.explain.readings import Reading, the_score
from tfcore.explain.runners import Answer, Ask, Request, Told
from tfcore.lazy import tf
from tfcore.models.model import Model
from tfcore.models.scores import Target
from tfcore.registry import MethodSpec, Param, register
from tfcore.words import counted

FAMILY = "perturbation"
BUDGET = Param(
    "budget", "text", None, "at most so long or so often for each picture: 30s, 5min, 500passes (empty: no limit)",
    optional=True,
    like=(
        r"(?=.*[1-9])(\d+(\.\d+)?\s*(s|min|h)|\d+\s*(p|pass|passes))",
        "a time (30s, 5min, 1h) or a number of passes (500passes)",
    ),
)  # fmt: skip
ERROR = Param(
    "error", "float", None, "end as soon as no pixel's standard error is above this share of the heatmap's range "
    "(empty: all samples)", low=0, high=1, optional=True,
)  # fmt: skip
# How often whoever watches is told the estimate so far; where that takes long to work out, so many times as long apart.
_SECONDS_BETWEEN, _TIMES = 0.5, 9
# Arrays that hold a part for every picture of a batch.
PER_IMAGE = ("segments", "patches")


@dataclass(frozen=True)
class Copies:
    """Altered pictures for one pass: made only if the network has to be asked."""

    count: int
    make: Callable[[], np.ndarray]
    # How many there will be in all.
    total: int
    # What is known before they are answered, once anything is.
    so_far: Callable[[], Estimate] | None = None


Asking: TypeAlias = "Generator[Copies, np.ndarray, Estimate]"


@dataclass(eq=False)
class Subject:
    """One picture, and what a method may ask about it."""

    model: Model
    image: np.ndarray
    params: Mapping[str, Any]
    # Arrays in place of what would be drawn or computed: those of this picture, or of all.
    given: Mapping[str, np.ndarray]
    target: Target
    read: Reading
    together: int
    # At most so many copies, so long.
    most: int
    seconds: float
    # What is the same for all pictures of a request: see :meth:`once`.
    shared: dict[str, Any]
    # Whether more would have been asked but for that.
    short: bool = False
    _room: np.ndarray | None = None

    @cached_property
    def logits(self) -> tf.Tensor:
        """Of the picture alone: beside others it would be rounded otherwise."""
        return forward(self.model, self.image[None])

    @cached_property
    def whole(self) -> Any:
        """What is read off the picture itself."""
        return self.read(self.model, self.logits, self.target)[0].astype(float)

    @cached_property
    def base(self) -> np.ndarray:
        """The picture without evidence."""
        return np.ascontiguousarray(baseline_of(self.model, self.image[None], self.params["baseline"])[0])

    @property
    def size(self) -> tuple[int, int]:
        return self.image.shape[0], self.image.shape[1]

    def parts(self, total: int, each: int = 1) -> Iterator[slice]:
        """The numbers 0 … total in passes of the best size, within the budget; every number stands for ``each``."""
        return in_passes(self.within(total, each), self.together, each)

    def within(self, total: int, each: int = 1) -> int:
        """So many of them as the budget has passes for."""
        self.check_budget(each)
        self.short |= total > (affordable := self.most // each)
        return min(total, affordable)

    def check_budget(self, first: int) -> None:
        """A sentence where not even the first step has passes enough."""
        if self.most < first:
            of = counted(self.most, "pass", "passes")
            raise HeatlensError(
                f"A budget of {of} is too small, the first step takes {first}; give {first}passes or more."
            )

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What takes long to make and is the same for the other pictures that are asked about with this one."""
        return self.shared[name] if name in self.shared else self.shared.setdefault(name, make())

    def drawn(self, *more: int) -> np.random.Generator:
        """Random numbers of the seed; whatever else is named has its own."""
        return np.random.default_rng([self.params["seed"], *more])

    def room(self, count: int) -> np.ndarray:
        """Memory for the copies of a pass, the same for all: new pages cost as much as what is written there."""
        if self._room is None or len(self._room) < count:
            self._room = np.empty((count, *self.image.shape), np.float32)
        return self._room[:count]

    def answers(self, copies: np.ndarray) -> np.ndarray:
        """What is read off each copy, the same whichever go through together."""
        passes = in_passes(len(copies), self.together)
        said = [self.read(self.model, forward(self.model, copies[some]), self.target) for some in passes]
        return np.concatenate(said)

    @cached_property
    def key(self) -> str:
        """What tells this question from all others; the network by its answer to the picture."""
        settings = sorted((name, value) for name, value in self.params.items() if name not in ("budget", "error"))
        digest = hashlib.sha256(repr((settings, self.together, self.target.classes, self.target.against)).encode())
        for array in (self.image, self.logits.numpy(), self.target.region):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()


Method = Callable[[Subject], Asking]


def asking(spec: MethodSpec, read: Reading = the_score) -> Callable[[Method], Method]:
    """Enter a generator over a :class:`Subject` as a method."""
    limits = (BUDGET, ERROR) if any(param.name == "seed" for param in spec.params) else (BUDGET,)
    own = spec.passes
    assert own is not None

    def passes(params: Mapping[str, Any], height: int, width: int) -> int:
        return min(budget_of(params["budget"])[1], own(params, height, width))

    spec = replace(spec, params=(*spec.params, *limits), slow=True, asks=True, passes=passes)

    def enter(method: Method) -> Method:
        def run(request: Request, asks: list[Ask]) -> list[Answer]:
            logits, target = predicted(request)
            return [_Answering(request, ask, logits, target, method, read).answer() for ask in asks]

        register(spec)(run)
        return method

    return enter


@dataclass
class _Answering:
    """One ask about all pictures of a request."""

    request: Request
    ask: Ask
    logits: np.ndarray
    target: Target
    method: Method
    read: Reading
    found: list[Estimate] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    _shared: dict[str, Any] = field(default_factory=dict)
    _planned: int = 0
    _reported: float = field(default_factory=time.monotonic)
    _pause: float = _SECONDS_BETWEEN

    def answer(self) -> Answer:
        for index in range(len(self.logits)):
            subject = self._subject(index)
            self.told.append(Told(subject.key))
            # What was said about another picture, network or setting is of no use.
            known = [told.scores for told in self.ask.resumed if told.key == subject.key]
            try:
                estimate, ended = self._asked(subject, known[0] if known else ())
            except Cancelled:
                if not (self.request.estimates and self.found):
                    raise
                break
            self.found.append(estimate.with_facts(self.told[-1].count, self._planned, bool(ended)))
            if ended == "cancelled":
                break
        return self._joined(self.found)

    def _subject(self, index: int) -> Subject:
        request, params = self.request, self.ask.params
        seconds, most = budget_of(params["budget"])
        together = copies_per_pass(request.model, request.batch)
        together = max(2 * BLOCK, together // BLOCK * BLOCK) if together >= 8 else together
        given = {name: _own(array, name, index, len(self.logits)) for name, array in self.ask.given.items()}
        of = request.model, request.batch[index], params, given, self.target.one(index), self.read
        subject = Subject(*of, together, most, seconds, self._shared)
        if len(self.logits) == 1 and request.model.reference is None:
            # It went through alone already.
            subject.logits = tf.constant(self.logits)
        return subject

    def _asked(self, subject: Subject, known: Sequence[np.ndarray]) -> tuple[Estimate, str]:
        """The estimate for one picture, and what ended it early, if anything did."""
        ends, told = time.monotonic() + subject.seconds, self.told[-1].scores
        talk, scores = self.method(subject), None
        try:
            while True:
                # A generator that has not begun is sent nothing.
                copies = talk.send(scores)  # type: ignore[arg-type]
                if told and copies.so_far is not None and len(told) >= len(known):
                    if time.monotonic() >= ends or self.told[-1].count + copies.count > subject.most:
                        return copies.so_far(), "budget"
                    if self._precise(copies.so_far):
                        return copies.so_far(), ""
                try:
                    self._tell(copies)
                except Cancelled:
                    if not self.request.estimates or copies.so_far is None:
                        raise
                    return copies.so_far(), "cancelled"
                if len(told) < len(known) and len(known[len(told)]) != copies.count:
                    # A budget ended it amid a pass.
                    known = known[: len(told)]
                scores = known[len(told)] if len(told) < len(known) else subject.answers(copies.make())
                told.append(scores)
                # Of what is no number nothing is learnt, however often more is asked; ``finite`` says so.
                if not (np.isfinite(scores).all() and np.isfinite(subject.logits).all()):
                    return Estimate(np.full(subject.size, np.nan)), ""
        except StopIteration as end:
            estimate: Estimate = end.value
            return estimate, "budget" if subject.short else ""

    def _tell(self, copies: Copies) -> None:
        self._planned = copies.total
        done = len(self.found) * copies.total + self.told[-1].count
        self.request.progress(done, len(self.logits) * copies.total)
        now = time.monotonic()
        if self.request.so_far is None or copies.so_far is None or now - self._reported < self._pause:
            return
        estimate = copies.so_far().with_facts(self.told[-1].count, copies.total, True)
        self.request.so_far(self.ask, self._joined([*self.found, estimate]))
        self._reported = time.monotonic()
        self._pause = max(_SECONDS_BETWEEN, _TIMES * (self._reported - now))

    def _precise(self, so_far: Callable[[], Estimate]) -> bool:
        wished: float | None = self.ask.params.get("error")
        return wished is not None and (reached := so_far().relative) is not None and reached <= wished

    def _joined(self, found: list[Estimate]) -> Answer:
        """The pictures that nobody came to yet have empty maps."""
        images, (height, width) = len(self.logits), self.request.batch.shape[1:3]
        native, error = np.zeros((2, images, height, width), np.float32)
        for index, estimate in enumerate(found):
            native[index], error[index] = estimate.map, 0 if estimate.error is None else estimate.error
        blank = {name: type(value)() for each in found for name, value in each.facts.items()}
        missing = {**blank, "unfinished": True, "said": "cancelled before it was begun"}
        rows = [{**blank, **each.facts} for each in found] + [missing] * (images - len(found))
        facts = {name: np.array([row[name] for row in rows]) for name in blank}
        values = np.broadcast_to(native[..., None], self.request.batch.shape)  # one for all channels of a pixel
        errors = None if all(each.error is None for each in found) else error
        return Answer(
            native, self.logits, self.target.classes, values, facts, standard_error=errors, told=tuple(self.told)
        )


def _own(array: np.ndarray, name: str, index: int, images: int) -> np.ndarray:
    """This picture's part of an array that holds one for each."""
    if name not in PER_IMAGE:
        return array
    if len(array) != images:
        raise HeatlensError(f"given[{name!r}] is for {len(array)} images, the batch holds {images}; give one for each.")
    own: np.ndarray = array[index]
    return own
