"""The engine process: TensorFlow starts here, jobs run one after another, commands are heard meanwhile."""

from __future__ import annotations

import contextlib
import importlib
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tfcore.device import memory_held, share_cores
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import (
    Cancel,
    Dropped,
    Event,
    Failed,
    GoOnAlone,
    Job,
    Lost,
    Memory,
    Ready,
    Result,
    Started,
    Submit,
)
from tfcore.errors import Cancelled, HeatlensError, known_fault

# Where the functions of jobs are found: above this room, so by name.
_JOBS = "tfcore.jobs"
# The engine that answers at once; the others work for minutes and hours.
FIRST = "heatmaps"
# The window must get a core when it needs one, and heatmaps before a training does.
_NICE, _NICER = 5, 10
_SECONDS_BETWEEN = 2.0
_WORTH_TELLING = 8 * 1024**2


def _found(kind: str) -> Callable[..., Any]:
    function: Callable[..., Any] = importlib.import_module(_JOBS).find(kind)
    return function


def run(job: Job, send: Callable[[Event], None], models: OpenModels, cancelled: threading.Event, log: Path) -> None:
    """Do one job; every way it can end is an event."""
    send(Started(job))
    began = time.perf_counter()
    try:
        arguments = dict(job.arguments)
        if (threshold := arguments.pop("threshold", None)) is not None:
            models = models.moved(arguments["model"] if "model" in arguments else arguments["models"][0][0], threshold)
        value = _found(job.kind)(Context(job, send, models, cancelled), **arguments)
    except Cancelled:
        send(Dropped(job))
    except HeatlensError as error:
        send(Failed(job, str(error), error=type(error).__name__))
    except Exception as error:  # whatever TensorFlow raises must end this job, not the engine
        with contextlib.suppress(OSError), log.open("a") as stream:
            traceback.print_exc(file=stream)
        send(Failed(job, known_fault(error) or _our_fault(error, log), str(log)))
    else:
        send(Result(job, value, time.perf_counter() - began))


def _our_fault(error: Exception, log: Path) -> str:
    return f"Heatlens failed inside ({type(error).__name__}); the details are in {log}."


def main(
    connection: Connection, device: str | None, log: str, starter: str, name: str = FIRST, cores: int | None = None
) -> None:
    """Body of an engine process; it ends with its window. ``starter`` (module:function) gets TensorFlow ready, on so
    many ``cores`` where several share a machine.
    """
    # Ctrl-C in the terminal reaches every process of the group; the window decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _own_output_to(log)
    if cores is None:
        _leave_room(name)
    else:
        share_cores(cores)
    outbox = threading.Lock()

    def send(event: Event) -> None:
        with outbox, contextlib.suppress(BrokenPipeError, OSError):
            connection.send(event)

    todo: queue.SimpleQueue[Job] = queue.SimpleQueue()
    flags: dict[int, threading.Event] = {}
    alone = threading.Event()
    threading.Thread(target=_listen, args=(connection, todo, flags, alone), daemon=True).start()
    threading.Thread(target=_tell_memory, args=(name, send), daemon=True).start()

    try:
        used, devices, versions = _found(starter)(device)
    except Exception as error:  # no engine without TensorFlow, but a reason
        send(Lost(str(error) if isinstance(error, HeatlensError) else f"TensorFlow did not start: {error}."))
        return
    send(Ready(used, devices, versions, os.getpid()))
    models = OpenModels()
    while True:
        job = todo.get()
        run(job, send, models, flags.setdefault(job.id, threading.Event()), Path(log))
        flags.pop(job.id, None)
        if alone.is_set():
            os._exit(0)


def _leave_room(name: str) -> None:
    """Whoever works for hours leaves one core of three or more to the heatmaps, and gives way on every core."""
    if hasattr(os, "nice"):
        os.nice(_NICE if name == FIRST else _NICER)
    if name != FIRST and hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        if len(cores) > 2:
            # Before there is a second thread: they all inherit it, and TensorFlow makes as many as it has cores.
            os.sched_setaffinity(0, cores[1:])


def _tell_memory(name: str, send: Callable[[Event], None]) -> None:
    told = 0
    while True:
        held = memory_held()
        if abs(held - told) >= _WORTH_TELLING:
            told = held
            send(Memory(name, held))
        time.sleep(_SECONDS_BETWEEN)


def _listen(
    connection: Connection, todo: queue.SimpleQueue[Job], flags: dict[int, threading.Event], alone: threading.Event
) -> None:
    while True:
        try:
            command = connection.recv()
        except (EOFError, OSError):
            break
        if isinstance(command, Submit):
            flags[command.job.id] = threading.Event()
            todo.put(command.job)
        elif isinstance(command, Cancel) and command.id in flags:
            flags[command.id].set()
        elif isinstance(command, GoOnAlone):
            alone.set()
            if hasattr(os, "setsid"):
                # The end of the terminal is not ours any more.
                os.setsid()
            if flags:
                return
    # The window is gone, or told us to stop; nobody waits for the running job.
    os._exit(0)


def _own_output_to(log: str) -> None:
    """What TensorFlow prints belongs into the log, not into the user's terminal."""
    with contextlib.suppress(OSError):
        stream = Path(log).open("a", buffering=1)  # noqa: SIM115 — stays open as long as the process
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
        sys.stdout = sys.stderr = stream
