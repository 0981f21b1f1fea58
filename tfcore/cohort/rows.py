"""The rows of any number of pictures, whoever computes them: the same parts, and the same bytes in the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tfcore.cohort.plan import Asked, Part, cut, groups
from tfcore.cohort.processes import Here, Processes
from tfcore.cohort.shipped import packed_models, packed_named
from tfcore.cohort.store import Store
from tfcore.cohort.work import Tell, Workers, untold, worked
from tfcore.data.dataset import Dataset
from tfcore.device import cores_here
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Event, Job
from tfcore.jobs.part import Row, Source, files_of, rows_of
from tfcore.training.lock import asked_to_stop, locked
from tfcore.words import clock, counted


@dataclass(frozen=True)
class Where:
    """Who is to compute, and the folder for the parts."""

    folder: Path
    # Processes of this machine; 0 is this process.
    workers: int = 1
    # The address of a Ray cluster ("auto": that of this machine), with as many workers as it has room for at most.
    cluster: str | None = None
    # Of each worker; the cores of a machine are shared out where nothing is said.
    cores: int | None = None
    gpus: float = 0
    device: str | None = None
    # The command as it was given, for whoever lets it go on.
    line: tuple[str, ...] = ()
    # Only what there is to do is to be said, as JSON where that is wanted.
    plan: bool = False
    json: bool = False
    # Whether pictures and models travel to workers of the cluster that do not see where they lie.
    ship: bool = False
    # Of which each part then takes its samples along; and the folder of the results, as it was named.
    data: Dataset | None = None
    out: str = ""

    @property
    def words(self) -> str:
        if self.cluster:
            return f"a Ray cluster ({self.cluster})"
        return "this process" if self.workers == 0 else counted(self.workers, "process", "processes")

    def most(self) -> int:
        """Of workers, those that there is room for."""
        if self.cluster is None:
            return min(self.workers or 1, cores_here())
        from tfcore.cohort.cluster import connected
        from tfcore.cohort.rays import room_of

        return min(self.workers, room_of(connected(self.cluster), self.cores or 1, self.gpus))

    def begin(
        self,
        asked: Asked,
        models: OpenModels,
        parts: Sequence[Part],
        needed: Sequence[str],
        opened: Sequence[str] = (),
        named: Sequence[str] = (),
        say: Callable[[str], None] = lambda _: None,
    ) -> Workers:
        """The workers, no more than there are parts; ``needed`` is what each has to see, of that models are ``opened``
        and files ``named`` by settings.
        """
        if self.cluster is not None:
            from tfcore.cohort.rays import Rays

            how = (self.cluster, self.workers, len(parts), self.cores, self.gpus, self.device)
            if not self.ship:
                return Rays(*how, needed, say=say)
            results = [*filter(None, (self.out, str(self.folder)))]
            return Rays(*how, (), {**packed_models(opened), **packed_named(named)}, self.data, results, say)
        if self.workers == 0:
            # What is told of all pictures of a part together ends with the part.
            return Here(models, () if asked.whole else (part.sources for part in parts))
        return Processes(min(self.workers, len(parts)), self.device, self.cores)


def rows(
    asked: Asked,
    sources: Sequence[Source],
    models: OpenModels,
    where: Where | None = None,
    tell: Tell = untold,
    say: Callable[[str], None] = lambda _: None,
    begin: Callable[[int], Workers] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Generator[Row]:
    """A row for every picture, in their order; of those that are broken ``path`` and ``error``.

    Without ``where`` they come one by one, and nothing is kept. With it parts are kept in its folder, and those that
    are there already are not computed again.
    """
    if where is None:
        context = Context(Job(asked.kind, {}), _unheard, models, threading.Event())
        yield from rows_of(context, asked.kind, [*groups(asked, sources)], asked.arguments)
        return
    parts = cut(asked, sources)
    with ExitStack() as stack:
        stack.enter_context(locked(where.folder))
        store = Store(where.folder)
        store.plan(asked, parts, where.words, where.line)
        todo = [part for part in parts if not store.has(part)]
        workers: Workers = Here(models)
        if todo:
            # The first picture stands for all; what is not there here either is told of when it is read.
            opened = asked.arguments.get("models", {}).get("sources", ())
            named = asked.named()
            seen = [*files_of(sources[:1]), *opened, *named, str(where.folder)]
            needed = [file for file in seen if Path(file).exists()]
            workers = begin(len(todo)) if begin else where.begin(asked, models, todo, needed, opened, named, say)
        stack.callback(workers.close)
        ended = lambda: stop() or asked_to_stop(where.folder)  # noqa: E731
        for _, some in worked(asked, parts, todo, store, workers, tell, say, ended):
            yield from some


@dataclass(frozen=True)
class Planned:
    """What there is to do, and the seconds that a picture took here after the first one."""

    pictures: int
    parts: int
    done: int
    each: float
    workers: str
    seconds: float

    @property
    def words(self) -> str:
        """In one line."""
        done = f", {self.done:,} of them done" if self.done else ""
        how_long = f"about {clock(self.seconds)} by {self.workers} ({self.each:.2g} s for a picture here)"
        return f"{counted(self.pictures, 'picture')} in {counted(self.parts, 'part')}{done}; {how_long}"


def planned(asked: Asked, sources: Sequence[Source], models: OpenModels, where: Where) -> Planned:
    """How many parts, and for how long: by the first two pictures, of which nothing is kept."""
    parts, store = cut(asked, sources), Store(where.folder)
    todo = [part for part in parts if not store.has(part)]
    context, each = Context(Job(asked.kind, {}), _unheard, models, threading.Event()), 0.0
    with TemporaryDirectory() as folder:
        arguments = {**asked.arguments, **({"folder": folder} if "folder" in asked.arguments else {})}
        for source in [source[:1] for part in todo for source in part.sources][:2]:
            began = time.perf_counter()
            for _ in rows_of(context, asked.kind, [[source]], arguments):
                each = time.perf_counter() - began
    at_once = max(1, min(where.most(), len(todo)))
    seconds = each * sum(len(part.sources) for part in todo) / at_once
    return Planned(len(sources), len(parts), len(parts) - len(todo), each, where.words, seconds)


def _unheard(event: Event) -> None:
    """Nobody waits for events where the rows come one by one."""
