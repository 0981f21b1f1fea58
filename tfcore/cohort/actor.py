"""A worker on a cluster: it lives in a process of its own on some node, and opens the models once."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from tfcore import places
from tfcore.cohort.shipped import Files, Room
from tfcore.data.dataset import Dataset
from tfcore.device import share_cores, versions
from tfcore.engine import worker as engine
from tfcore.engine.protocol import Dropped, Event, Failed, Job, Result
from tfcore.jobs.part import files_of
from tfcore.marks import PROGRAM, version


class Worker:
    """Does one part after the other, of pictures that it sees or that come with it."""

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

        share_cores(cores)
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
