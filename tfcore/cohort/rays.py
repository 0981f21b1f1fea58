"""Workers on a Ray cluster: an actor each, which opens the models once and reads pictures where they lie.

Plain actors, and no more of Ray than that (docs/decisions/016): addresses travel there, rows come back.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tfcore.cohort.actor import Worker
from tfcore.cohort.cluster import INSTEAD, SECONDS_TO_ANSWER, answers, connected, heard_as_before, within
from tfcore.cohort.shipped import Files, Samples, packed
from tfcore.data.dataset import Dataset
from tfcore.device import versions
from tfcore.engine.protocol import Dropped, Event, Failed, Job, Lost, Ready, Result
from tfcore.errors import HeatlensError
from tfcore.files import write_whole
from tfcore.jobs.part import files_of
from tfcore.marks import PROGRAM, version
from tfcore.words import clock

# For an actor to start, TensorFlow with it; one for which there is no room never does.
_SECONDS_TO_START = 120.0
# For workers to throw away what was shipped to them.
_SECONDS_TO_LEAVE = 2.0
# Between two looks for the head, how many without any answer are its end, and for how long another is waited for.
_SECONDS_BETWEEN, _UNANSWERED, _SECONDS_TO_RETURN = 2.0, 3, 600.0
# Ray knows but 127.0.0.1 and every interface of a machine.
_OPEN = "Ray listens on every interface of this machine; keep it behind a firewall."
_HEADLESS = "the head of the cluster is gone; start it again and run the same command again, which goes on"
# What numbers depend on; a node where it differs would give others.
_ALIKE = (PROGRAM, "tensorflow", "keras", "numpy")


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
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.events: queue.SimpleQueue[tuple[int, Event]] = queue.SimpleQueue()
        self._given, self._say = (results, models, data), say
        self._connect(address)
        if not self._head.lower().startswith(("127.", "localhost:", "[::1]:")):
            say(_OPEN)
        self._cores, self._gpus, self._device, self._needed = cores or 1, gpus, device, list(needed)
        room = room_of(self._ray, self._cores, gpus)
        if room < 1:
            raise HeatlensError(
                f"The cluster at {address} has no room for a worker of {self._cores} cores and {gpus:g} GPUs; ask for "
                f"less (--cpus-per-worker, --gpus-per-worker), {INSTEAD}."
            )
        self._ships, self._samples = models is not None, None if data is None else Samples(data)
        self._lock = threading.RLock()
        self._jobs: dict[Any, tuple[int, Job]] = {}
        self._begun: dict[int, float] = {}
        self._known: set[int] = set()
        # Lost, and nobody in their place yet.
        self._gone: set[int] = set()
        self._actors = [self._started(number) for number in range(max(1, min(most, parts, room)))]
        self._abouts = {actor.about.remote(self._needed): n for n, actor in enumerate(self._actors)}
        # Without a head, until there is another.
        self._away = self._closed = self._headless = False
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
        # The cluster may be one that was begun anew.
        heard_as_before()
        with self._lock:
            if self._away:
                # Begun with all others.
                return True
            if worker not in self._known:
                return False
            self._known.discard(worker)
            try:
                self._actors[worker] = self._started(worker)
            except self._ray.exceptions.RayError:
                # Another head, so soon that nobody missed the one before; it knows nothing of this command.
                self._headless = True
                return True
            self._gone.discard(worker)
            self._abouts[self._actors[worker].about.remote(self._needed)] = worker
            return True

    def close(self) -> None:
        self._closed = True
        # Nothing is asked of a connection that ends.
        self._hearing.join(SECONDS_TO_ANSWER)
        # Without a head there is nobody to take leave of.
        within(SECONDS_TO_ANSWER, self._leave)

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

    def _connect(self, address: str) -> None:
        self._ray = connected(address)
        self._head = self._ray.get_runtime_context().gcs_address
        results, *files = self._given
        # Once to each node. Without them nothing is shipped.
        self._shipped = [results, *(each if each is None else self._ray.put(each) for each in files)]

    def _hear(self) -> None:
        while why := self._heard():
            if not self._returned():
                for worker in range(len(self._actors)):
                    self._lose(worker, why)
                return

    def _heard(self) -> str:
        """What workers say goes on; in the end, why nobody says anything any more."""
        unanswered, asked = 0, time.monotonic()
        while not self._closed:
            if time.monotonic() - asked > _SECONDS_BETWEEN:
                there, asked = answers(self._head), time.monotonic()
                unanswered = 0 if there else unanswered + 1 if there is None else _UNANSWERED
            if unanswered == _UNANSWERED or self._headless:
                # Ray itself would wait for long, and then end this process without a word.
                return _HEADLESS
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
                return "" if self._closed else f"the cluster is lost ({type(error).__name__})"
            for worker in set(self._abouts.values()):
                if time.monotonic() - self._begun[worker] > _SECONDS_TO_START:
                    self._lose(worker, "the cluster has no room for it")
        return ""

    def _returned(self) -> bool:
        """Whether there is a head again within some time; all workers are new ones then, and begin anew."""
        with self._lock:
            self._away, self._headless, self._gone = True, False, set(range(len(self._actors)))
            self._jobs, self._abouts = {}, {}
        self._say(
            f"The head of the cluster ({self._head}) is gone; it is waited for {clock(_SECONDS_TO_RETURN)}. What is "
            "finished stays."
        )
        within(SECONDS_TO_ANSWER, self._ray.shutdown)
        until, back = time.monotonic() + _SECONDS_TO_RETURN, False
        while not back and not self._closed and time.monotonic() < until:
            time.sleep(_SECONDS_BETWEEN)
            if answers(self._head):
                with suppress(HeatlensError, self._ray.exceptions.RayError):
                    self._connect(self._head)
                    back = True
        with self._lock:
            self._away, everybody = False, range(len(self._actors))
            self._known = set(everybody) if back else set()
        if back:
            self._say("There is a head again; what is not finished is given out anew.")
            for worker in everybody:
                self.events.put((worker, Lost("The cluster began anew.")))
        return back

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
                self._lose(worker if about is None else about, _gone(error), lost)
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


def room_of(ray: Any, cores: int, gpus: float) -> int:
    """For how many workers a cluster has room."""
    there = ray.cluster_resources()
    room = int(max(1, there.get("CPU", 1)) // cores)
    return min(room, int(there.get("GPU", 0) / gpus)) if gpus else room


def _gone(error: Exception) -> str:
    """Why nothing came from a worker."""
    if missing := re.search(r"(?:ModuleNotFound|Import)Error: (.*)", str(error)):
        return f"Heatlens cannot be opened on its node ({missing[1]}); install the same on every node"
    return "its node or process is gone"


def _unfit(about: Mapping[str, Any], ours: Mapping[str, str]) -> str:
    """Why a worker cannot be used, if so."""
    if about["missing"]:
        return f"{about['node']} does not see {about['missing'][0]}; share the folder with it, or give --ship"
    for name in _ALIKE:
        if about["versions"].get(name) != ours.get(name):
            theirs = about["versions"].get(name, "missing")
            return f"{about['node']} has {name} {theirs} and not {ours.get(name)}; install the same on every node"
    return ""
