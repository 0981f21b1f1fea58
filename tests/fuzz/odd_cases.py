"""Cases that go wrong in every way the runner has to notice, by their number."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random

from tests.fuzz.case import Case
from tfcore.errors import Cancelled, HeatlensError


def _raises(error: BaseException) -> None:
    raise error


def _quietly(does: Callable[[], object]) -> None:
    """As code does that takes every error of a file for a damaged file."""
    with contextlib.suppress(OSError):
        does()


def _eats() -> None:
    held = b"x" * (500 * 2**20)
    assert held


def _in_thread() -> None:
    thread = threading.Thread(target=_raises, args=(KeyError("lost"),))
    thread.start()
    thread.join()


# What each of them is to be found as; None: nothing is wrong with it.
FAULTS: dict[str, tuple[str | None, Callable[[Path], object]]] = {
    "writes its own file": (None, lambda folder: (folder / "own.txt").write_text("mine")),
    "a sentence": (None, lambda _: _raises(HeatlensError("a.png is damaged; choose another."))),
    "cancelled": (None, lambda _: _raises(Cancelled())),
    "an error": ("ValueError", lambda _: _raises(ValueError("inside"))),
    "nothing said": ("no sentence", lambda _: _raises(HeatlensError(""))),
    "leaves": ("SystemExit", lambda _: _raises(SystemExit(3))),
    "an error in a thread": ("KeyError", lambda _: _in_thread()),
    "hangs": ("hangs", lambda _: time.sleep(600)),
    "eats": ("too much memory", lambda _: _eats()),
    "dies": ("the process died (SIGKILL)", lambda _: os.kill(os.getpid(), 9)),
    "writes outside": ("written outside", lambda f: _quietly(lambda: (f.parents[1] / "x.txt").write_text("x"))),
    "removes": ("os.remove outside", lambda f: _quietly((f.parents[1] / "marker" / "P1.png").unlink)),
    "moves away": ("os.rename outside", lambda f: _quietly(lambda: (f.parents[1] / "marker").rename(f / "mine"))),
    "reads": ("read outside", lambda _: _quietly(lambda: Path("/etc/hostname").read_text())),
    "runs": ("another program was run", lambda _: _quietly(lambda: subprocess.run([sys.executable, "-c", ""]))),
    "connects": ("the network was asked", lambda _: _quietly(lambda: socket.socket().connect(("127.0.0.1", 9)))),
    "loads": ("a foreign library was loaded", lambda f: _quietly(lambda: ctypes.CDLL(str(f / "code.so")))),
    "unpickles": ("a pickle was opened", lambda _: _quietly(lambda: pickle.loads(pickle.dumps(Fraction(1, 2))))),
    "writes unseen": ("the marker folder was changed", lambda f: _unseen(f.parents[1] / "marker" / "P1.png")),
    "drops beside": ("something was put beside the case", lambda f: _unseen(f.parent / "beside.txt")),
}


def _unseen(path: Path) -> None:
    """As a library writes that Python knows nothing of."""
    libc = ctypes.CDLL(None)
    descriptor = libc.open(os.fsencode(path), os.O_WRONLY | os.O_CREAT, 0o644)
    libc.write(descriptor, b"overwritten", 11)
    libc.close(descriptor)


def case(random: Random, folder: Path) -> Case:
    """The fault with the number of the folder; its name ends with a random number."""
    name = list(FAULTS)[int(folder.name.rpartition("-")[2])]
    return Case(f"{name} {random.random()}", lambda: FAULTS[name][1](folder))
