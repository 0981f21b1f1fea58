"""A Ray cluster of two nodes on this machine, for tests and measurements."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[3]
# A cluster of nobody else, whatever the user's own asks for, that works as hard as processes do.
_OPEN = {"RAY_AUTH_MODE": "disabled", "RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def processes_of(folder: Path) -> dict[int, str]:
    """The processes of the cluster with this folder, by their command lines."""
    found = {}
    for each in Path("/proc").glob("[0-9]*"):
        try:
            words = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if str(folder) in words:
            found[int(each.name)] = words
    return found


def begin_head(folder: Path, port: int, cores: int = 1) -> None:
    """Its first node, which no other machine reaches."""
    flags = ("--head", f"--port={port}", "--include-dashboard=false", f"--temp-dir={folder}", f"--num-cpus={cores}")
    _ray(*flags, RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER="0")


def _ray(*flags: str, **environment: str) -> None:
    ray = [str(Path(sys.executable).parent / "ray"), "start", "--disable-usage-stats", "--object-store-memory=80000000"]
    told = {**os.environ, **_OPEN, **environment, "PYTHONPATH": str(_ROOT)}
    started = subprocess.run([*ray, *flags], env=told, capture_output=True, text=True, timeout=200)
    assert not started.returncode, started.stderr[-2000:] + started.stdout[-2000:]


@contextmanager
def two_nodes(folder: Path, cores: int = 1) -> Iterator[str]:
    """Its address, until the block ends. A path of a socket has few letters, so ``folder`` is to be short."""
    os.environ.update(_OPEN)
    port = free_port()
    try:
        begin_head(folder, port, cores)
        # In other letters, or Ray takes this machine's address in its network instead.
        _ray(f"--address=LOCALHOST:{port}", f"--num-cpus={cores}", RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER="1")
        yield f"127.0.0.1:{port}"
    finally:
        # Who has not asked it yet is to import it by the way that a command does.
        if ray := sys.modules.get("ray"):
            ray.shutdown()
        for number in processes_of(folder):
            os.kill(number, signal.SIGKILL)
