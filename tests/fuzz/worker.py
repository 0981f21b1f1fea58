"""The process in which cases run: draws one, says so, waits for leave, runs it under watch and tells how it ended."""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import os
import random
import shutil
import signal
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.fuzz import module_of
from tests.fuzz.case import Case
from tests.fuzz.findings import Finding, of_error
from tests.fuzz.watch import Watch
from tfcore.errors import Cancelled, HeatlensError

_LONGEST = 10_000


def drawn(kind: str, seed: int, index: int, folder: Path) -> Case:
    """The case of that number; the same in every run."""
    module = importlib.import_module(module_of(kind))
    case: Case = module.case(random.Random(f"{seed}:{kind}:{index}"), folder)
    return case


def run(case: Case) -> tuple[list[Finding], str]:
    """What was wrong with how it ended, and the sentence by which it was refused."""
    unheard: list[Finding] = []
    with _unheard(unheard):
        try:
            case.run()
        except (HeatlensError, Cancelled) as refused:
            return unheard + _no_sentence(refused), str(refused) or type(refused).__name__
        except BaseException as error:  # leaving the interpreter is a finding too
            return [*unheard, of_error(error)], ""
    return unheard, ""


def _no_sentence(error: Exception) -> list[Finding]:
    words = str(error)
    if isinstance(error, Cancelled) or (words.strip() and len(words) <= _LONGEST and len(words.splitlines()) == 1):
        return []
    return [Finding("no sentence", of_error(error).place, f"{words[:_LONGEST]!r}\n{of_error(error).details[:4000]}")]


@contextlib.contextmanager
def _unheard(found: list[Finding]) -> Any:
    """Errors in threads, in slots of Qt and in finalisers, which nobody can catch."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook = lambda _kind, error, _trace: found.append(of_error(error))
    threading.excepthook = lambda given: found.append(of_error(given.exc_value or given.exc_type()))
    sys.unraisablehook = lambda given: found.append(of_error(given.exc_value or RuntimeError(str(given.err_msg))))
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before


def main(descriptor: int, scratch: Path, seed: int) -> None:
    """Serve until the other side goes away."""
    connection = Connection(descriptor)
    faulthandler.enable()
    # A case that hangs is asked where it is.
    faulthandler.register(signal.SIGUSR1, all_threads=True)
    watch = Watch(scratch)
    connection.send("ready")
    while True:
        try:
            kind, index, folder = connection.recv()
        except EOFError:
            return
        folder = Path(folder)
        folder.mkdir(parents=True)
        os.chdir(folder)
        try:
            case = drawn(kind, seed, index, folder)
        except BaseException as error:  # a generator that fails is a fault of the tests, and said so
            found = of_error(error)
            connection.send(("not drawn", [Finding(f"generator: {found.what}", found.place, found.details)], ""))
            continue
        connection.send(case.name)
        connection.recv()
        with watch.over(folder) as seen:
            findings, refused = run(case)
        # What the case held must not count for the next one.
        del case
        connection.send((findings + list(seen.values()), refused))
        os.chdir(scratch)
        if connection.recv():
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    # Threads of a case that still wait for something must not keep the process.
    os._exit(0)
