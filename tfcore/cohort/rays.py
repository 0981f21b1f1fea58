"""Workers on a Ray cluster: an actor each, which opens the models once and reads pictures where they lie.

Plain actors, and no more of Ray than that (docs/decisions/016): addresses travel there, rows come back.
"""

from __future__ import annotations

import os
import queue
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from tfcore import places
from tfcore.cohort.cluster import INSTEAD, SECONDS_TO_ANSWER, answers, connected
from tfcore.cohort.shipped import Files, Room, Samples, packed
from tfcore.data.dataset import Dataset
from tfcore.device import versions
from tfcore.engine import worker as engine
from tfcore.engine.protocol import Dropped, Event, Failed, Job, Lost, Ready, Result
from tfcore.errors import HeatlensError
from tfcore.files import write_whole
from tfcore.jobs.part import files_of
from tfcore.marks import PROGRAM, version

# For an actor to start, TensorFlow with it; one for which there is no room never does.
_SECONDS_TO_START = 120.0
# For workers to throw away what was shipped to them.
_SECONDS_TO_LEAVE = 2.0
# Between two looks for the head, and how many of them in vain are its end.
_SECONDS_BETWEEN, _UNANSWERED = 2.0, 3
_HEADLESS = "the head of the cluster is gone; start it again and run the same command again, which goes on"
# What numbers depend on; a node where it differs would give others.
_ALIKE = (PROGRAM, "tensorflow", "keras", "numpy")


class Worker:
    """Lives in a process of its own on some node."""

    def __init__(
        self,
        cores: int,
        device: str | None,
        folder: str,
        results: Sequence[str] = (),
        models: Files | None = None,
        data: Dataset | None = None,
    ) -> None:
        from tfcore.engine.context import OpenModels

        engine.share_cores(cores)
        with suppress(OSError):
            os.chdir(folder)
        self._device, self._models = device, OpenModels()
        # Where everything is shipped, models are put down once.
        self._room = None if models is None else Room(folder, results, models)
        self._data = data if data is None or self._room is None else self._room.data(data)

    def about(self, needed: Sequence[str]) -> dict[str, Any]:
        """Where it is, what runs there, and what it does not see of what is needed."""
        missing = [file for file in needed if not Path(file).exists()]
        return {"node": socket.gethostname(), "missing": missing, "versions": {PROGRAM: version(), **versions()}}

    def do(self, job: Job, files: Files | None = None) -> Event:
        """Do one job, of pictures that come with it where they are shipped; how it ended, with the names of files
        that it made here."""
        if files is None or self._room is None:
            return self._done(job)
        room, sources = self._room, job.arguments["sources"]
        opened = job.arguments["arguments"].get("models", {}).get("sources", ())
        names = {*files, *files_of(sources), *chain.from_iterable(sources)}
        names |= {str(Path(source)) for source in opened if source in room}
        room.put(files)
        try:
            arguments = room.inward(job.arguments, names)
            if self._data is not None:
                arguments["arguments"]["data"] = self._data
            found = self._done(replace(job, arguments=arguments))
        finally:
            room.clear(files)
        if isinstance(found, Result):
            return replace(found, job=job, value={**room.outward(found.value), "made": room.made(files)})
        if isinstance(found, Failed):
            return replace(found, job=job, sentence=room.outward(found.sentence))
        return Dropped(job)

    def taken(self, name: str) -> bytes:
        """A file that was made here, to be put where it is meant to lie."""
        assert self._room is not None
        return self._room.taken(name)

    def leave(self) -> None:
        """No file stays behind."""
        if self._room is not None:
            self._room.leave()

    def _done(self, job: Job) -> Event:
        from tfcore.device import start_tensorflow

        if job.kind == "part" and not job.arguments["kind"].startswith("tests."):
            start_tensorflow(self._device)
        told: list[Event] = []
        engine.run(job, told.append, self._models, threading.Event(), places.logs() / "engine.log")
        return told[-1]


class Rays:
    """Actors on a cluster, as many as it has room for."""

    def __init__(
        self,
        address: str,
        most: int,
        parts: int,
        cores: int | None = None,
        gpus: float = 0,
        device: str | None = None,
        needed: Sequence[str] = (),
        models: Files | None = None,
        data: Dataset | None = None,
        results: Sequence[str] = (),
    ) -> None:
        self.events: queue.SimpleQueue[tuple[int, Event]] = queue.SimpleQueue()
        self._ray = connected(address)
        self._cores, self._gpus, self._device, self._needed = cores or 1, gpus, device, list(needed)
        room = int(max(1, self._ray.cluster_resources().get("CPU", 1)) // self._cores)
        if gpus:
            room = min(room, int(self._ray.cluster_resources().get("GPU", 0) / gpus))
        if room < 1:
            raise HeatlensError(
                f"The cluster at {address} has no room for a worker of {self._cores} cores and {gpus:g} GPUs; ask for "
                f"less (--cpus-per-worker, --gpus-per-worker), {INSTEAD}."
            )
        # Once to each node. Without them nothing is shipped.
        self._shipped = [results, *(each if each is None else self._ray.put(each) for each in (models, data))]
        self._ships, self._samples = models is not None, None if data is None else Samples(data)
        self._lock = threading.RLock()
        self._jobs: dict[Any, tuple[int, Job]] = {}
        self._begun: dict[int, float] = {}
        self._known: set[int] = set()
        # Lost, and nobody in their place yet.
        self._gone: set[int] = set()
        self._actors = [self._started(number) for number in range(max(1, min(most, parts, room)))]
        self._abouts = {actor.about.remote(self._needed): n for n, actor in enumerate(self._actors)}
        self._closed = False
        self._head = self._ray.get_runtime_context().gcs_address
        self._hearing = threading.Thread(target=self._hear, daemon=True)
        self._hearing.start()

    def __len__(self) -> int:
        return len(self._actors)

    def submit(self, worker: int, job: Job) -> None:
        files, sources = None, job.arguments["sources"]
        if self._ships:
            files = packed(self._samples.files_of(sources) if self._samples else files_of(sources))
        with self._lock:
            if worker not in self._gone:
                self._jobs[self._actors[worker].do.remote(job, files)] = worker, job

    def replace(self, worker: int) -> bool:
        """A new actor, wherever there is room; not in the place of one that never started."""
        with self._lock:
            if worker not in self._known:
                return False
            self._known.discard(worker)
            self._gone.discard(worker)
            self._actors[worker] = self._started(worker)
            self._abouts[self._actors[worker].about.remote(self._needed)] = worker
            return True

    def close(self) -> None:
        self._closed = True
        # Nothing is asked of a connection that ends.
        self._hearing.join(SECONDS_TO_ANSWER)
        # Without a head there is nobody to take leave of.
        leaving = threading.Thread(target=self._leave, daemon=True)
        leaving.start()
        leaving.join(SECONDS_TO_ANSWER)

    def _leave(self) -> None:
        with self._lock, suppress(Exception):
            if answers(self._head):
                if self._ships:
                    idle = [actor.leave.remote() for actor in self._actors]
                    self._ray.wait(idle, num_returns=len(idle), timeout=_SECONDS_TO_LEAVE)
                for actor in self._actors:
                    self._ray.kill(actor)
            self._ray.shutdown()

    def _started(self, number: int) -> Any:
        self._begun[number] = time.monotonic()
        made = self._ray.remote(Worker).options(num_cpus=self._cores, num_gpus=self._gpus, max_restarts=0)
        # The folder in which names of files are meant.
        return made.remote(self._cores, self._device, str(Path.cwd()), *self._shipped)

    def _hear(self) -> None:
        unanswered, asked = 0, time.monotonic()
        while not self._closed:
            if time.monotonic() - asked > _SECONDS_BETWEEN:
                unanswered, asked = 0 if answers(self._head) else unanswered + 1, time.monotonic()
            if unanswered == _UNANSWERED:
                # Ray would wait a minute and then end this process without a word.
                for worker in range(len(self._actors)):
                    self._lose(worker, _HEADLESS)
                return
            with self._lock:
                waiting = [*self._jobs, *self._abouts]
            if not waiting:
                time.sleep(0.01)
                continue
            try:
                ready, _ = self._ray.wait(waiting, num_returns=1, timeout=0.2)
                for each in ready:
                    self._told(each)
            except Exception as error:  # the connection itself is lost
                if not self._closed:
                    for worker in range(len(self._actors)):
                        self._lose(worker, f"the cluster is lost ({type(error).__name__})")
                return
            for worker in set(self._abouts.values()):
                if time.monotonic() - self._begun[worker] > _SECONDS_TO_START:
                    self._lose(worker, "the cluster has no room for it")

    def _told(self, ref: Any) -> None:
        with self._lock:
            worker, job = self._jobs.pop(ref, (-1, None))
            about = self._abouts.pop(ref, None)
        try:
            found = self._ray.get(ref)
            if isinstance(found, Result) and self._ships:
                found = self._fetched(worker, found)
        except Exception as error:  # of Ray: the actor, its node, or its memory
            if job is not None or about is not None:
                lost = Failed(job, f"the worker died ({type(error).__name__})") if job is not None else None
                self._lose(worker if about is None else about, "its node or process is gone", lost)
            return
        if about is not None:
            if why := _unfit(found, {PROGRAM: version(), **versions()}):
                self._lose(about, why)
            else:
                self._known.add(about)
                self.events.put((about, Ready(self._device or "", (), found["versions"], 0)))
        elif isinstance(found, Result | Failed | Dropped) and job is not None:
            self.events.put((worker, found))

    def _fetched(self, worker: int, found: Result) -> Event:
        """What a worker made of shipped pictures comes file by file, so that no memory holds all of them."""
        asked = found.job.arguments["arguments"]
        overwrite = asked.get("figures", asked).get("overwrite", False)
        try:
            for name in found.value["made"]:
                write_whole(name, self._ray.get(self._actors[worker].taken.remote(name)), overwrite)
        except HeatlensError as error:
            return Failed(found.job, str(error), error=type(error).__name__)
        return found

    def _lose(self, worker: int, why: str, during: Failed | None = None) -> None:
        with self._lock:
            if during is None:
                self._known.discard(worker)
            self._gone.add(worker)
            self._forget(worker)
        if during is not None:
            self.events.put((worker, during))
        self.events.put((worker, Lost(f"A worker of the cluster cannot go on: {why}.")))

    def _forget(self, worker: int) -> None:
        self._jobs = {ref: of for ref, of in self._jobs.items() if of[0] != worker}
        self._abouts = {ref: number for ref, number in self._abouts.items() if number != worker}


def _unfit(about: Mapping[str, Any], ours: Mapping[str, str]) -> str:
    """Why a worker cannot be used, if so."""
    if about["missing"]:
        return f"{about['node']} does not see {about['missing'][0]}; share the folder with it, or give --ship"
    for name in _ALIKE:
        if about["versions"].get(name) != ours.get(name):
            theirs = about["versions"].get(name, "missing")
            return f"{about['node']} has {name} {theirs} and not {ours.get(name)}; install the same on every node"
    return ""
