"""Jobs for the backend's tests: quick, slow, deaf to cancelling, wrong, and deadly."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tfcore.engine.context import Context
from tfcore.errors import Cancelled, HeatlensError


def echo(context: Context, word: str) -> str:
    return word


def count(context: Context, total: int, pause: float = 0.02) -> int:
    for done in range(total):
        context.progress(done, total)
        time.sleep(pause)
    return total


def deaf(context: Context, started: str) -> None:
    Path(started).touch()
    time.sleep(600)


def put_away(context: Context, started: str, seconds: float) -> str:
    """Hears that it is cancelled, and needs longer than one that does not."""
    try:
        while True:
            Path(started).touch()
            context.progress(0, 1)
            time.sleep(0.02)
    except Cancelled:
        context.ending()
        time.sleep(seconds)
        return "kept"


def slow_pass(context: Context, started: str, seconds: float) -> str:
    """Has told an estimate, and hears only after a while that it is cancelled."""
    context.partial("estimate")
    Path(started).touch()
    time.sleep(seconds)
    try:
        context.progress(0, 1)
    except Cancelled:
        return "kept"
    return "not cancelled"


def wait_and_touch(context: Context, path: str, seconds: float = 3) -> None:
    """Says which process it is in, goes on for a while, and leaves a file."""
    context.partial(os.getpid())
    for _ in range(int(seconds / 0.1)):
        context.progress(0, 1)
        time.sleep(0.1)
    Path(path).touch()


def complain(context: Context) -> None:
    raise HeatlensError("The picture is missing; choose another.")


def stumble(context: Context) -> None:
    raise ZeroDivisionError("inside")


def die(context: Context, how: int = signal.SIGKILL) -> None:
    os.kill(os.getpid(), how)
    time.sleep(60)


def in_rows(context: Context, rows: int) -> int:
    for row in range(rows):
        context.partial(row)
    return rows


def without_tensorflow(device: str | None) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """Gets an engine ready at once, for tests of what happens to processes."""
    return "cpu", ("cpu",), {}


def finds_no_device(device: str | None) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """Has no device of any name."""
    raise HeatlensError(f"There is no device {device!r} on this machine; there is none.")


def dies_at_the_first_start(device: str | None) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """Ends the engine before it is ready, once."""
    mark = Path(os.environ["HEATLENS_HOME"]) / "died once"
    if not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        os._exit(3)
    mark.unlink()
    return without_tensorflow(device)
