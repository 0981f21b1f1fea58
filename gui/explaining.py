"""What is being looked at: one picture, one model, one question; answers are asked for, kept and matched here.

Whatever changes, ``look``, ``use_model`` and ``ask`` are enough: the picture is read, the heat is computed unless it
is known already, and an answer that comes late for another picture or another question is kept but not shown.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QObject, Signal

from gui.engine_client import EngineClient
from gui.panels import Request
from gui.reading import Reader
from tfcore.engine.protocol import Dropped, Event, Failed, Job, Ready, Result
from tfcore.pictures import Picture
from tfcore.results import Heat, ModelInfo

# Heats kept, and pictures prepared ahead in browsing direction.
_KEPT = 400
_AHEAD = 2


class Explaining(QObject):
    """Keeps picture, prediction and heat together."""

    picture_shown = Signal(object)
    picture_failed = Signal(str, str)
    picture_awaited = Signal(str)
    heat_shown = Signal(object)
    heat_awaited = Signal()
    heat_failed = Signal(str)
    # Any heat that came in, shown or not: the browser writes the prediction under its thumbnail.
    heat_known = Signal(object)
    idle_changed = Signal()

    def __init__(
        self, engine: EngineClient, ahead: Callable[[int], Sequence[str]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._ahead = ahead
        self._reader = Reader(self)
        self._reader.arrived.connect(self._picture_arrived)
        engine.happened.connect(self._heard)
        self.path: str | None = None
        self.picture: Picture | None = None
        self.heat: Heat | None = None
        self.model: ModelInfo | None = None
        self.trusted = False
        self.request: Request | None = None
        # Whether the question is put to every picture by itself.
        self.automatic = True
        self._generation = 0
        self._heats: OrderedDict[Hashable, Heat] = OrderedDict()
        self._running: dict[int, Hashable] = {}
        self._failed: dict[Hashable, str] = {}

    @property
    def idle(self) -> bool:
        """Nothing is being read or computed for the present picture."""
        return not self._running and (self.path is None or self.picture is not None)

    @property
    def awaited(self) -> bool:
        """The heat of what is looked at is on its way."""
        return self.path is not None and self._key(self.path) in self._running.values()

    # --- what the user changes ---

    def look(self, path: str | None) -> None:
        """Turn to another picture."""
        self._generation += 1
        self.path, self.picture, self.heat = path or None, None, None
        if not path:
            self._look_at_nothing()
        elif (picture := self._reader.get(path)) is not None:
            self._show(picture)
        else:
            self.picture_awaited.emit(path)
            self._reader.ask(path)
        self.idle_changed.emit()

    def use_model(self, info: ModelInfo | None, trusted: bool = False) -> None:
        """Ask this model from now on; the same model with a changed card counts as another."""
        self.model, self.trusted, self.heat = info, trusted, None
        self._failed.clear()

    def ask(self, request: Request, automatic: bool) -> None:
        """Put another question to the model; a slow one waits for :meth:`run`."""
        self.request, self.automatic = request, automatic
        self._generation += 1
        self._explain()

    def run(self) -> None:
        """Compute now what is not computed by itself, and again what failed."""
        if self.path and (key := self._key(self.path)) is not None:
            self._failed.pop(key, None)
            self._explain(by_hand=True)

    def close(self) -> None:
        self._reader.close()

    # --- pictures ---

    def _picture_arrived(self, path: str, found: Picture | str) -> None:
        if path == self.path and self.picture is None:
            if isinstance(found, Picture):
                self._show(found)
            else:
                self._look_at_nothing()
                self.picture_failed.emit(path, found)
        self.idle_changed.emit()

    def _show(self, picture: Picture) -> None:
        self.picture = picture
        self.picture_shown.emit(picture)
        self._explain()

    def _look_at_nothing(self) -> None:
        """No heat without a picture; whoever told something of the last one hears so."""
        self._withdraw()
        self.path = None
        self.heat_shown.emit(None)

    # --- heats ---

    def _key(self, path: str) -> Hashable | None:
        if self.model is None or self.request is None or not self.request.method:
            return None
        asked = self.request
        model = (self.model.source, repr(sorted(self.model.card.items())))
        return (path, model, asked.method, asked.layer, asked.target, repr(sorted(asked.params.items())))

    def _explain(self, by_hand: bool = False) -> None:
        if self.picture is None or self.path is None or (key := self._key(self.path)) is None:
            return
        self._withdraw(but=key)
        if (heat := self._heats.get(key)) is not None:
            self._show_heat(heat)
            self._prepare_ahead()
        elif key in self._failed:
            self.heat_failed.emit(self._failed[key])
        else:
            self.heat = None
            if self.automatic or by_hand:
                self.heat_awaited.emit()
                self._submit(self.path, key, priority=0)
            else:
                self.heat_shown.emit(None)
        self.idle_changed.emit()

    def _submit(self, path: str, key: Hashable, priority: int) -> None:
        if key in self._running.values():
            return
        assert self.model is not None
        assert self.request is not None
        asked = self.request
        job = Job(
            "explain",
            {
                "model": self.model.source,
                "picture": path,
                "method": asked.method,
                "layer": asked.layer,
                "target": asked.target,
                "params": asked.params,
                "trust": self.trusted,
            },
            image=path,
            generation=self._generation,
            title=f"{asked.method} · {path.replace(chr(92), '/').rpartition('/')[2]}",
            priority=priority,
        )
        self._running[job.id] = key
        self._engine.submit(job)

    def _withdraw(self, but: Hashable = None) -> None:
        for id, key in self._running.items():
            if key != but:
                self._engine.withdraw(id)

    def _prepare_ahead(self) -> None:
        if not self.automatic:
            return
        for path in self._ahead(_AHEAD):
            if self._reader.get(path) is None:
                self._reader.ask(path)
            key = self._key(path)
            if key is not None and key not in self._heats and key not in self._failed:
                self._submit(path, key, priority=-1)

    def _show_heat(self, heat: Heat) -> None:
        self.heat = heat
        self.heat_shown.emit(heat)

    def _heard(self, event: Event) -> None:
        if isinstance(event, Ready):
            # What the last engine died of is no reason not to ask this one.
            self._failed.clear()
        if not isinstance(event, Result | Failed | Dropped) or (key := self._running.pop(event.job.id, None)) is None:
            return
        current = self.path is not None and key == self._key(self.path)
        if isinstance(event, Result):
            self._keep(key, event.value)
            if current and self.picture is not None:
                self._show_heat(event.value)
                self._prepare_ahead()
        elif isinstance(event, Failed):
            self._failed[key] = event.sentence
            if current:
                self.heat_failed.emit(event.sentence)
        elif current and self.heat is None:
            self.heat_shown.emit(None)
        self.idle_changed.emit()

    def _keep(self, key: Hashable, heat: Heat) -> None:
        self._heats[key] = heat
        while len(self._heats) > _KEPT:
            self._heats.popitem(last=False)
        self.heat_known.emit(heat)
