"""A Ray cluster of two nodes on this machine, for tests and measurements."""

from __future__ import annotations

import importlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[3]
# A cluster of nobody else, whatever the user's own asks for.
_OPEN = {"RAY_AUTH_MODE": "disabled", "RAY_USAGE_STATS_ENABLED": "0"}


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


@contextmanager
def two_nodes(folder: Path, cores: int = 1) -> Iterator[str]:
    """Its address, until the block ends. A path of a socket has few letters, so ``folder`` is to be short."""
    os.environ.update(_OPEN)
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    ray = [str(Path(sys.executable).parent / "ray"), "start", f"--num-cpus={cores}", "--disable-usage-stats"]
    ray += ["--node-ip-address=127.0.0.1", "--object-store-memory=80000000"]
    head = ["--head", f"--port={port}", "--include-dashboard=false", f"--temp-dir={folder}"]
    try:
        for more in (head, [f"--address=127.0.0.1:{port}"]):
            started = subprocess.run([*ray, *more], env=environment, capture_output=True, text=True, timeout=200)
            assert not started.returncode, started.stderr[-2000:] + started.stdout[-2000:]
        yield f"127.0.0.1:{port}"
    finally:
        importlib.import_module("ray").shutdown()
        for number in processes_of(folder):
            os.kill(number, signal.SIGKILL)
