"""Parts given to workers, tried again elsewhere where one was lost, and handed on in their order."""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tfcore.cohort.plan import Asked, Part
from tfcore.cohort.store import Store
from tfcore.engine.protocol import Dropped, Event, Failed, Job, Lost, Progress, Ready, Result
from tfcore.errors import Cancelled, HeatlensError
from tfcore.files import NoRoom
from tfcore.jobs.part import Row

# A part that fails is tried once more, elsewhere if there is an elsewhere.
_TRIES = 2
_SECONDS_BETWEEN = 0.5
# What a worker says of itself while it works: which, at which part, how many pictures of how many.
Tell = Callable[[int, Part, int, int], None]


def untold(worker: int, part: Part, done: int, total: int) -> None:
    """Nobody listens."""


class Workers(Protocol):
    """Who does the parts; what they say comes through a queue, with the number of the worker."""

    events: queue.SimpleQueue[tuple[int, Event]]

    def __len__(self) -> int: ...

    def submit(self, worker: int, job: Job) -> object:
        """Give a job to an idle worker."""

    def replace(self, worker: int) -> bool:
        """A new worker in the place of one that is lost, which says when it is ready; not where none ever started."""

    def close(self) -> None:
        """End them all."""


@dataclass
class _Begun:
    """A part that is not done yet: who has tried it, and what came of it."""

    part: Part
    tried: list[int] = field(default_factory=list)


def worked(
    asked: Asked,
    parts: Sequence[Part],
    open: Sequence[Part],
    store: Store,
    workers: Workers,
    tell: Tell = untold,
    say: Callable[[str], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Part, Iterator[Row]]]:
    """Every part in its turn with its rows, from the disk; of one that cannot be done a row of error per picture.

    What is ``open`` is computed first.

    Memory does not grow with the number of parts: those that are finished ahead of their turn wait on the disk.
    """
    failed: dict[int, str] = {}
    todo = deque(map(_Begun, open))
    done = {part.number for part in parts} - {part.number for part in open}
    turn = 0
    running: dict[int, _Begun] = {}
    jobs: dict[int, int] = {}
    # Set when a worker has shown that it can do a part at all.
    proved = False
    idle, starting, gone = set(range(len(workers))), set[int](), set[int]()
    while turn < len(parts):
        for worker in sorted(idle):
            if (begun := _next(todo, worker, len(workers) - len(gone))) is None:
                continue
            idle.discard(worker)
            begun.tried.append(worker)
            running[worker] = begun
            store.note(begun.part, "began", worker=worker)
            sources = [list(source) for source in begun.part.sources]
            title = f"{asked.kind} of {sources[0][0]}"
            arguments = {"kind": asked.kind, "sources": sources, "arguments": dict(asked.arguments)}
            job = Job("part", arguments, title)
            jobs[job.id] = worker
            workers.submit(worker, job)
        while turn < len(parts) and (turn in done or turn in failed):
            part = parts[turn]
            yield part, _broken(part, failed[turn]) if turn in failed else store.rows(part)
            turn += 1
        if turn == len(parts):
            return
        if stop():
            raise Cancelled
        try:
            worker, event = workers.events.get(timeout=_SECONDS_BETWEEN)
        except queue.Empty:
            continue
        match event:
            case Progress(job=job, done=count, total=total) if jobs.get(job.id) == worker:
                tell(worker, running[worker].part, count, total)
            case Result(job=job, value=value, seconds=seconds) if jobs.pop(job.id, None) == worker:
                part, proved = running.pop(worker).part, True
                store.keep(part, value["rows"], value["data"])
                store.note(part, "done", seconds=round(seconds, 3), worker=worker)
                done.add(part.number)
                tell(worker, part, len(part.sources), len(part.sources))
                idle.add(worker)
            case Failed(job=job) | Dropped(job=job) if jobs.pop(job.id, None) == worker:
                begun = running.pop(worker)
                why = event.sentence if isinstance(event, Failed) else "it was cancelled"
                again = len(begun.tried) < _TRIES
                store.note(begun.part, "again" if again else "failed", why=why, worker=worker)
                if isinstance(event, Failed) and event.error == NoRoom.__name__:
                    raise NoRoom(why)
                if again:
                    todo.appendleft(begun)
                elif not proved and isinstance(event, Failed) and event.error and not done:
                    # The request itself is wrong: what one part says all would say.
                    raise HeatlensError(why)
                else:
                    failed[begun.part.number] = why
                idle.add(worker)
            case Ready() if worker in starting:
                starting.discard(worker)
                idle.add(worker)
            case Lost(sentence=sentence):
                # What it held back for others is none of its tries.
                if (held := running.pop(worker, None)) is not None:
                    held.tried.remove(worker)
                    todo.appendleft(held)
                jobs = {id: of for id, of in jobs.items() if of != worker}
                for those in (idle, starting):
                    those.discard(worker)
                # There may never be room for another: nothing waits for it.
                if workers.replace(worker):
                    starting.add(worker)
                    gone.discard(worker)
                else:
                    gone.add(worker)
                    if len(gone) == len(workers):
                        raise HeatlensError(sentence)
                    say(f"{sentence} The others go on.")


def _next(todo: deque[_Begun], worker: int, workers: int) -> _Begun | None:
    """The first part that the worker has not failed at, or any where it is the only one."""
    for begun in todo:
        if worker not in begun.tried or workers == 1:
            todo.remove(begun)
            return begun
    return None


def _broken(part: Part, why: str) -> Iterator[Row]:
    for source in part.sources:
        yield {"path": source[0], "error": f"{source[0]}: its part failed twice; the last time: {why}"}
