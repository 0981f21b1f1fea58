"""One process at a time writes into a folder, and others can ask it to stop."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.files import make_folder, why

LOCK = "running.lock"
# Is there while somebody wants the holder of the lock to stop.
STOP = "running.stop"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder is ours until the block ends, however it ends; it is made where it is not there yet.

    The file in it says who holds it, for people. What counts is the system's lock on that file, which ends with its
    process: nothing is left to be cleared away after a crash, and two that come at once cannot both have it.
    """
    made = not folder.exists()
    make_folder(folder)
    handle = _taken(folder)
    _remove(folder / STOP)
    try:
        yield
    finally:
        # Removed while it is still ours, so that nobody else's is.
        _remove(folder / STOP)
        _remove(folder / LOCK)
        os.close(handle)
        if made:
            # Only an empty folder goes.
            with suppress(OSError):
                folder.rmdir()


def holder(folder: Path) -> str | None:
    """Who is writing into a folder, in words; ``None`` where nobody is."""
    try:
        handle = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return None
    try:
        return None if _lock(handle) else _who(folder)
    finally:
        os.close(handle)


def ask_to_stop(folder: Path) -> str:
    """Ask whoever writes into a folder to stop at the next step, also on another machine; who that is, in words."""
    who = holder(folder)
    if who is None:
        raise HeatlensError(f"Nothing is being trained in {folder}; name the folder of a run that is.")
    try:
        (folder / STOP).touch()
    except OSError as error:
        raise HeatlensError(f"{folder / STOP} was not written: {why(error)}.") from error
    return who


def asked_to_stop(folder: Path) -> bool:
    """Whether somebody wants us to stop."""
    return os.path.exists(folder / STOP)  # noqa: PTH110 — never raises


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _taken(folder: Path) -> int:
    path = folder / LOCK
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise HeatlensError(f"{path} was not written: {why(error)}.") from error
        if not _lock(handle):
            os.close(handle)
            raise HeatlensError(
                f"{folder} is being written by {_who(folder)}; wait until it is done, or choose another folder."
            )
        if _is_there(path, handle):
            os.ftruncate(handle, 0)
            os.write(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
            return handle
        # Whoever had it removed it between our opening and our locking.
        os.close(handle)


def _is_there(path: Path, handle: int) -> bool:
    with suppress(OSError):
        return os.path.samestat(path.stat(), os.fstat(handle))
    return False


def _who(folder: Path) -> str:
    try:
        stored = json.loads((folder / LOCK).read_text(encoding="utf-8"))
        return f"another run (process {int(stored['pid'])} on {stored['host']})"
    # It may be gone, or not yet be filled in.
    except (OSError, ValueError, KeyError, TypeError):
        return "another run"


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        # Far behind the text, which others must be able to read.
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # Some network disks cannot lock; there the word of the file has to do.
            return not _alive(os.pread(handle, 1000, 0))
        return True

    def _alive(text: bytes) -> bool:
        """Whether a process of this machine that the file names is still there."""
        try:
            stored = json.loads(text)
            if stored["host"] != socket.gethostname():
                return False
            os.kill(int(stored["pid"]), 0)
        except PermissionError:
            return True
        except (OSError, OverflowError, ValueError, KeyError, TypeError):
            return False
        return True
