"""Jobs in this process, on a thread of their own: for tests and for programs that have no window to protect."""

from __future__ import annotations

import os
import threading

from tfcore import places
from tfcore.engine.context import OpenModels
from tfcore.engine.post import Post
from tfcore.engine.protocol import Dropped, Job, Listener, Lost, Ready, Starting
from tfcore.engine.waiting import Waiting
from tfcore.engine.worker import run
from tfcore.errors import HeatlensError


class Here:
    """The backend without a second process. A running job can be asked to stop, but not be killed."""

    def __init__(self, listener: Listener, device: str | None) -> None:
        self._post = Post(listener)
        self._waiting = Waiting()
        self._changed = threading.Condition()
        self._running: Job | None = None
        self._cancelled = threading.Event()
        self._closing = False
        self._device = device
        self._models = OpenModels()
        self._thread = threading.Thread(target=self._work, name="engine", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> int:
        with self._changed:
            self._waiting.add(job)
            self._changed.notify()
        return job.id

    def cancel(self, id: int) -> None:
        with self._changed:
            job = self._waiting.take_out(id)
            if job is not None:
                self._post.send(Dropped(job))
            elif self._running is not None and self._running.id == id:
                self._cancelled.set()

    def withdraw(self, id: int) -> None:
        with self._changed:
            job = self._waiting.take_out(id)
            if job is not None:
                self._post.send(Dropped(job))

    def restart(self, device: str | None = None) -> None:
        """Forget every opened model; the device of a process that runs TensorFlow cannot change."""
        with self._changed:
            self._models = OpenModels()
        self._announce(device or self._device)

    def close(self) -> None:
        with self._changed:
            self._closing = True
            self._cancelled.set()
            self._waiting.take_all()
            self._changed.notify()
        self._thread.join(timeout=10)
        self._post.close()

    def _announce(self, device: str | None) -> bool:
        from tfcore.engine.device import start

        self._post.send(Starting())
        try:
            used, devices, versions = start(device)
        except HeatlensError as error:
            self._post.send(Lost(str(error)))
            return False
        self._post.send(Ready(used, devices, versions, os.getpid()))
        return True

    def _work(self) -> None:
        self._announce(self._device)
        while True:
            with self._changed:
                self._running = None
                while not self._closing and (job := self._waiting.next()) is None:
                    self._changed.wait()
                if self._closing:
                    return
                assert job is not None
                self._running = job
                self._cancelled = threading.Event()
            run(job, self._post.send, self._models, self._cancelled, places.logs() / "engine.log")


def open(listener: Listener, device: str | None) -> Here:
    """A backend in this process."""
    return Here(listener, device)
