"""The engine as a process of its own: started, fed one job at a time, and started again when it dies.

What waits is kept on this side of the pipe, so that the end of an engine costs the running job and nothing else.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import signal
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any

from tfcore import places
from tfcore.engine import worker
from tfcore.engine.post import Post
from tfcore.engine.protocol import (
    Cancel,
    Dropped,
    Ending,
    Event,
    Failed,
    GoOnAlone,
    Job,
    Listener,
    Lost,
    Memory,
    Partial,
    Ready,
    Result,
    Started,
    Starting,
    Submit,
)
from tfcore.engine.waiting import Waiting

# A cancelled job has this long to notice before its process is ended.
SECONDS_TO_STOP = 2.0
# One that has noticed, or has told a part of its answer, may take longer to put away what it has.
SECONDS_TO_END = 60.0
# Deaths in a row, with no job done in between, after which a new start is left to the user.
MOST_DEATHS = 3
_ENDS_A_JOB = (Result, Failed, Dropped)


class EngineProcess:
    """One process, and what waits for it."""

    def __init__(
        self,
        listener: Listener,
        device: str | None,
        starter: str = "tfcore.device:start",
        name: str = worker.FIRST,
        cores: int | None = None,
    ) -> None:
        self._starter, self._name, self._cores = starter, name, cores
        self._post = Post(listener)
        self._lock = threading.RLock()
        self._waiting = Waiting()
        # The job the engine was given, whether it said that it began, and whether nobody waits for it any more.
        self._running: Job | None = None
        self._begun = False
        self._unwanted = False
        self._stopping: int | None = None
        # The job that says it is about to end, since it was cancelled, or has told a part of its answer.
        self._ending: int | None = None
        # The job that went back into the queue when an engine died before beginning it.
        self._given_again: int | None = None
        self._device = device
        self._deaths = 0
        self._closing = False
        self._lost = False
        self._ready = False
        # Each engine is known by its number, so that the end of an old one is not taken for the end of the present one.
        self._number = 0
        self._process: Any = None
        self._connection: Connection | None = None
        self._start("")

    def submit(self, job: Job) -> int:
        with self._lock:
            if self._lost:
                self._post.send(Failed(job, "The engine is not running; restart it (Help ▸ Restart engine)."))
            else:
                self._waiting.add(job)
                self._feed()
        return job.id

    def cancel(self, id: int, seconds: float = SECONDS_TO_STOP) -> None:
        """Out of the queue if it waits; asked to stop if it runs; its process ended if it does not stop in time."""
        with self._lock:
            if not self._withdrawn(id):
                self._tell(Cancel(id))
                self._end_later(id, seconds)

    def withdraw(self, id: int) -> None:
        with self._lock:
            self._withdrawn(id)

    def restart(self, device: str | None = None) -> None:
        """End the engine and start another, on another device if one is named; what waits goes on."""
        with self._lock:
            self._device = device or self._device
            self._deaths = 0
            self._lost = False
            if self._running is not None:
                self._stopping = self._running.id
            self._end_process("it was restarted")

    def close(self, keep: int | None = None) -> None:
        with self._lock:
            self._closing = True
            self._waiting.take_all()
            if keep is not None and self._running is not None and self._running.id == keep:
                self._tell(GoOnAlone())
                # Python ends and awaits the children it knows of before it ends itself.
                getattr(multiprocessing.process, "_children", set()).discard(self._process)
            elif self._process is not None:
                self._process.kill()
                self._process.join(timeout=5)
            self._post.send(Memory(self._name, 0))
        self._post.close()

    # --- the process ---

    def _start(self, reason: str) -> None:
        self._post.send(Starting(reason))
        self._ready = False
        self._number += 1
        # Starting takes some milliseconds that the window's thread does not have.
        threading.Thread(target=self._launch, args=(self._number,), name="engine-link", daemon=True).start()

    def _launch(self, number: int) -> None:
        # OpenCV bends sys.path while it is being imported, and a process started just then would inherit it so.
        if "cv2" in sys.modules:
            importlib.import_module("cv2")
        spawn = multiprocessing.get_context("spawn")
        try:
            ours, theirs = spawn.Pipe()
            arguments = (
                theirs,
                self._device,
                str(places.logs() / "engine.log"),
                self._starter,
                self._name,
                self._cores,
            )
            process = spawn.Process(target=worker.main, args=arguments, name="heatlens-engine", daemon=True)
            process.start()
        except OSError as error:
            with self._lock:
                self._give_up(f"The engine could not be started ({error}); close other programs and restart it.")
            return
        theirs.close()
        with self._lock:
            if self._closing or number != self._number:
                process.kill()
                return
            self._process, self._connection = process, ours
        self._hear(number, process, ours)

    def _hear(self, number: int, process: Any, connection: Connection) -> None:
        while True:
            try:
                event = connection.recv()
            except (EOFError, OSError):
                break
            self._heard(number, event)
        process.join()
        connection.close()
        self._died(number, process.exitcode)

    def _heard(self, number: int, event: Event) -> None:
        with self._lock:
            if number != self._number:
                return
            if isinstance(event, _ENDS_A_JOB):
                if self._running is None or event.job.id != self._running.id:
                    return
                self._running = self._stopping = None
                self._deaths = 0
            if isinstance(event, Lost):
                # It said why it cannot run; another start would say the same.
                self._give_up(event.sentence)
                return
            if isinstance(event, Ready):
                self._ready = True
            if isinstance(event, Started):
                self._begun = True
            if isinstance(event, (Ending, Partial)):
                self._ending = event.job.id
            if isinstance(event, Ending):
                return
            self._post.send(event)
            if isinstance(event, (*_ENDS_A_JOB, Ready)):
                self._feed()

    def _died(self, number: int, exitcode: int | None) -> None:
        with self._lock:
            if number != self._number or self._closing:
                return
            self._process = self._connection = None
            self._ready = False
            self._post.send(Memory(self._name, 0))
            how = _how_it_ended(exitcode)
            asked_for = self._running is not None and self._stopping == self._running.id
            if self._running is not None:
                self._job_lost_its_engine(self._running, how, asked_for)
            self._running = self._stopping = None
            if self._lost:
                return
            if not asked_for:
                self._deaths += 1
            if self._deaths >= MOST_DEATHS:
                self._give_up(f"The engine {how} {self._deaths} times in a row; the log is in {places.logs()}.")
            else:
                self._start("a job was cancelled" if asked_for else f"it {how}")

    def _job_lost_its_engine(self, job: Job, how: str, asked_for: bool) -> None:
        if asked_for or (self._unwanted and not self._begun):
            self._post.send(Dropped(job))
        elif not self._begun and self._given_again != job.id:
            # It came to an engine that was dying already. Only once: this job may be what they die of.
            self._given_again = job.id
            self._waiting.put_back(job)
        else:
            what = job.title or job.kind
            self._post.send(
                Failed(job, f"The engine {how} during {what}; it starts again by itself, then ask once more.")
            )

    def _give_up(self, sentence: str) -> None:
        self._lost = True
        self._post.send(Lost(sentence))
        for job in self._waiting.take_all():
            self._post.send(Failed(job, f"Not done, because the engine is not running: {sentence}"))

    def _withdrawn(self, id: int) -> bool:
        """Whether the job is gone; one that runs is only known to be unwanted."""
        job = self._waiting.take_out(id)
        if job is not None:
            self._post.send(Dropped(job))
        elif self._running is not None and self._running.id == id:
            self._unwanted = True
            return False
        return True

    def _end_later(self, id: int, seconds: float) -> None:
        timer = threading.Timer(seconds, self._end_if_still_running, [id])
        timer.daemon = True
        timer.start()

    def _end_if_still_running(self, id: int) -> None:
        with self._lock:
            if self._ending == id:
                self._ending = None
                self._end_later(id, SECONDS_TO_END)
            elif self._running is not None and self._running.id == id:
                self._stopping = id
                self._end_process("a job was cancelled")

    def _end_process(self, reason: str) -> None:
        if self._process is not None:
            self._process.kill()
            if self._running is not None:
                return  # the thread that hears its end sees to the job and starts another
        # No job tells apart a wanted end from a crash; a new number does.
        self._process = self._connection = None
        self._start(reason)

    # --- its work ---

    def _feed(self) -> None:
        # An engine that dies while it starts must not take a job with it.
        if self._ready and self._running is None and (job := self._waiting.next()) is not None:
            self._running, self._begun, self._unwanted = job, False, False
            self._tell(Submit(job))

    def _tell(self, command: Submit | Cancel | GoOnAlone) -> None:
        # A broken pipe means that the engine has just died; the thread that hears it will say so.
        with contextlib.suppress(OSError):
            if self._connection is not None:
                self._connection.send(command)


def _how_it_ended(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        if -exitcode == signal.SIGTERM:
            return "was ended from outside"
        if -exitcode == getattr(signal, "SIGKILL", 9):
            return "was killed (often: out of memory)"
        return f"crashed ({signal.Signals(-exitcode).name})"
    return f"stopped unexpectedly (exit code {exitcode})"
