"""What is being looked at: one picture, one model, one question; answers are asked for, kept and matched here.

Whatever changes, ``look`` and ``ask`` are enough: the picture is read, the heat is computed unless it
is known already, and an answer that comes late for another picture or another question is kept but not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from gui.engine_client import EngineClient
from gui.opening import Opening
from gui.panels import Request
from gui.reading import Reader
from gui.state import Questions
from gui.whole import Whole
from tfcore.engine.protocol import Job, Partial
from tfcore.pictures import Picture
from tfcore.results import Heat

# Bytes of heats kept, a whole volume of them; and pictures prepared ahead in browsing direction.
_KEPT = 512 * 2**20
_AHEAD = 2


class State(Enum):
    """How it stands with the heat of what is looked at."""

    # No picture, or none that was read yet.
    NOTHING = auto()
    # A slow method waits for the button.
    UNASKED = auto()
    AWAITED = auto()
    # An estimate is there, and a better one on its way.
    GROWING = auto()
    CANCELLED = auto()
    FAILED = auto()
    THERE = auto()


class Explaining(QObject):
    """Keeps picture, prediction and heat together."""

    picture_shown = Signal(object)
    picture_failed = Signal(str, str)
    picture_awaited = Signal(str)
    # How it stands with the heat of what is looked at: ``state`` says it.
    heat_changed = Signal()
    # Any heat that came in, shown or not: the browser writes the prediction under its thumbnail.
    heat_known = Signal(object)
    # The file of a picture is another one: whatever was said of it was said of the old one.
    outdated = Signal(object)

    def __init__(self, engine: EngineClient, opening: Opening, ahead: Callable[[int], Sequence[str]]) -> None:
        super().__init__(opening)
        self._engine, self._opening, self._ahead = engine, opening, ahead
        self.reader = Reader(self)
        self.reader.outdated.connect(self._outdate)
        self.reader.arrived.connect(self._picture_arrived)
        self._heats = Questions(engine, self, _KEPT, weight=lambda heat: heat.map.nbytes + heat.native.nbytes + 4000)
        self._heats.ended.connect(self._ended)
        self._heats.told.connect(self._told)
        # The latest estimate of what is on its way, with its question.
        self._estimate: tuple[Hashable, Heat] | None = None
        opening.opened.connect(self._model_opened)
        opening.moved.connect(self._explain)
        self.path: str | None = None
        self.picture: Picture | None = None
        # What it is a slice of, if of anything, and what the last one was a slice of.
        self.whole: Whole | None = None
        self.before: Whole | None = None
        self.heat: Heat | None = None
        self.state = State.NOTHING
        # Why there is no heat, where it failed.
        self.why = ""
        self.request: Request | None = None
        # Whether the question is put to every picture by itself.
        self.automatic = True

    @property
    def idle(self) -> bool:
        """Nothing is being read or computed for the present picture, or ahead of the user."""
        return self._heats.idle and self.reader.idle and (self.path is None or self.picture is not None)

    # --- what the user changes ---

    def look(self, path: str | None) -> None:
        """Turn to another picture."""
        self.path, self.picture = path or None, None
        self.before, self.whole = self.whole or self.before, None
        self.heat, self.state = None, State.NOTHING
        self.reader.watch(self.path)
        if not path:
            self._look_at_nothing()
        elif (picture := self.reader.get(path)) is not None:
            self._show(picture)
        else:
            self.picture_awaited.emit(path)
            self.heat_changed.emit()
            self.reader.ask(path)

    def ask(self, request: Request, automatic: bool) -> None:
        """Put another question to the model; a slow one waits for :meth:`run`."""
        self.request, self.automatic = request, automatic
        self._explain()

    def run(self) -> None:
        """Compute now what is not computed by itself, and again what failed."""
        self._explain(by_hand=True)

    def close(self) -> None:
        self.reader.close()

    # --- pictures ---

    def _picture_arrived(self, path: str, found: Picture | str) -> None:
        if path == self.path and self.picture is None:
            if isinstance(found, Picture):
                self._show(found)
            else:
                self._look_at_nothing()
                self.picture_failed.emit(path, found)
        elif self.automatic and isinstance(found, Picture) and self.state is State.THERE and path in self._coming():
            self._submit_ahead(path)

    def _outdate(self, path: str) -> None:
        if path == self.reader.watched:
            # Also where it could not be read before.
            self.path, self.picture = path, None
            self.heat, self.state = None, State.NOTHING
        self._engine.outdated.emit(path)
        self.outdated.emit(path)

    def _show(self, picture: Picture) -> None:
        self.picture, self.whole = picture, self.reader.whole(str(picture.path))
        self.picture_shown.emit(picture)
        if self.whole is not None:
            # Whoever goes through a volume wants the next slice soon.
            self._read(self._coming())
        self._explain()

    def _look_at_nothing(self) -> None:
        """No heat without a picture; whoever told something of the last one hears so."""
        self._heats.withdraw()
        self.path = None
        self._tell(State.NOTHING)

    # --- heats ---

    def _model_opened(self) -> None:
        self.heat, self.state = None, State.NOTHING
        self._heats.forget_problems()

    def _key(self, path: str) -> Hashable | None:
        model, asked = self._opening.now, self.request
        if model is None or asked is None or not asked.method:
            return None
        return (
            path,
            # Elsewhere the heat is the same, and not computed again.
            model.decides if asked.region == "predicted" else model.key,
            asked.method,
            asked.layer,
            asked.target,
            asked.region,
            repr(sorted(asked.params.items())),
        )

    def _explain(self, by_hand: bool = False) -> None:
        if self.picture is None or self.path is None or (key := self._key(self.path)) is None:
            return
        self._heats.withdraw(but=key)
        heat = self._heats.get(key)
        if heat is not None and not (by_hand and heat.unfinished):
            self._show_heat(heat)
        elif not by_hand and (problem := self._heats.problem(key)):
            self._tell(State.FAILED, why=problem)
        elif self.automatic or by_hand:
            self._tell(State.AWAITED if heat is None else State.GROWING, heat)
            self._submit(self.path, priority=0)
        else:
            self._tell(State.UNASKED)

    def _tell(self, state: State, heat: Heat | None = None, why: str = "") -> None:
        self.state, self.heat, self.why = state, heat, why
        self.heat_changed.emit()

    def known(self, path: str) -> Heat | None:
        """The answer to the present question about a picture, where it is at hand."""
        return self._heats.get(self._key(path))

    def keep(self, key: Hashable, heat: Heat) -> None:
        """An answer that somebody else asked for, under its question."""
        self._heats.put(key, heat)

    def asking(self, path: str, priority: int) -> tuple[Questions, Hashable, Job] | None:
        """How the present question is put to a picture: where the answer is kept, under what, and the job."""
        model, asked, key = self._opening.now, self.request, self._key(path)
        if model is None or asked is None or key is None:
            return None
        question = {"method": asked.method, "layer": asked.layer, "target": asked.target, "params": asked.params}
        if asked.region:
            question["region"] = asked.region
        title = f"{asked.method} · {path.replace(chr(92), '/').rpartition('/')[2]}"
        return (
            self._heats,
            key,
            Job("explain", model.deciding(picture=path, **question), title=title, priority=priority),
        )

    def _submit(self, path: str, priority: int) -> None:
        if (asking := self.asking(path, priority)) is not None:
            heats, key, job = asking
            heats.ask(key, job)

    def _coming(self) -> Sequence[str]:
        """The next slices of a volume, or the next pictures."""
        return self._ahead(_AHEAD) if self.whole is None else self.whole.ahead(self.before, _AHEAD)

    def _read(self, paths: Sequence[str]) -> None:
        for path in paths:
            if self.reader.get(path) is None:
                self.reader.ask(path, ahead=True)

    def _prepare_ahead(self) -> None:
        if not self.automatic:
            return
        coming = self._coming()
        self._read(coming)
        for path in coming:
            self._submit_ahead(path)

    def _submit_ahead(self, path: str) -> None:
        """Once it is read: the engine would wait for a drive that hangs, and whatever is asked next with it."""
        key = self._key(path)
        if self.reader.get(path) is None or key is None or key in self._heats or self._heats.problem(key):
            return
        self._submit(path, priority=-1)

    def _show_heat(self, heat: Heat) -> None:
        self._tell(State.THERE, heat)
        self._prepare_ahead()

    def _told(self, key: Hashable, event: object) -> None:
        """An estimate came in."""
        if isinstance(event, Partial):
            self._estimate = key, event.value
            if self.picture is not None and self.path is not None and key == self._key(self.path):
                self._tell(State.GROWING, event.value)

    def _ended(self, key: Hashable) -> None:
        estimate, self._estimate = self._estimate, None
        if estimate and estimate[0] == key and key not in self._heats and not self._heats.problem(key):
            # It was ended before it could answer with what it had.
            self._heats.put(key, estimate[1])
            return
        current = self.path is not None and key == self._key(self.path)
        if (heat := self._heats.get(key)) is not None:
            self.heat_known.emit(heat)
            if current and self.picture is not None:
                self._show_heat(heat)
        elif current and (problem := self._heats.problem(key)):
            self._tell(State.FAILED, why=problem)
        elif current and self.heat is None and self.picture is not None:
            self._tell(State.CANCELLED if self.automatic else State.UNASKED)
