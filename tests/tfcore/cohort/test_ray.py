"""Two nodes on this machine: the same rows as without Ray, also when a worker, and then a node, is killed."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tfcore.cohort.some_parts import SLOW
from tfcore.cohort.plan import Asked
from tfcore.cohort.rays import Rays, connected
from tfcore.cohort.rows import Where, rows
from tfcore.device import versions
from tfcore.engine.context import OpenModels
from tfcore.errors import HeatlensError

pytestmark = [
    pytest.mark.ray,
    pytest.mark.timeout(600),
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="the extra cluster is not installed"),
    # Ray leaves sockets and processes to the end of the interpreter.
    pytest.mark.filterwarnings("ignore"),
]
_ROOT = Path(__file__).parents[3]
# A cluster of nobody else, whatever the user's own asks for.
_OPEN = {"RAY_AUTH_MODE": "disabled"}
# Of raylets, which hold the workers of a node.
_RAYLET = "raylet/raylet"


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _of(folder: Path) -> dict[int, str]:
    """The processes that this test has started, by their command lines."""
    found = {}
    for each in Path("/proc").glob("[0-9]*"):
        try:
            words = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if str(folder) in words:
            found[int(each.name)] = words
    return found


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    # A path of a socket has few letters.
    folder, port = tmp_path_factory.mktemp("r"), _free()
    os.environ.update(_OPEN)
    address = f"127.0.0.1:{port}"
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "RAY_USAGE_STATS_ENABLED": "0", **_OPEN}
    ray = [str(Path(sys.executable).parent / "ray"), "start", "--num-cpus=1", "--disable-usage-stats"]
    ray += ["--node-ip-address=127.0.0.1", "--object-store-memory=80000000"]
    head = ["--head", f"--port={port}", "--include-dashboard=false", f"--temp-dir={folder}"]
    try:
        for more in (head, [f"--address={address}"]):
            started = subprocess.run([*ray, *more], env=environment, capture_output=True, text=True, timeout=200)
            assert not started.returncode, started.stderr[-2000:] + started.stdout[-2000:]
        yield address, folder
    finally:
        importlib.import_module("ray").shutdown()
        for number in _of(folder):
            os.kill(number, signal.SIGKILL)


@pytest.fixture
def sources(tmp_path: Path) -> list[tuple[str, ...]]:
    for number in range(24):
        (tmp_path / f"{number}.bin").write_bytes(bytes(number))
    return [(str(tmp_path / f"{number}.bin"),) for number in range(24)]


def _plain(asked: Asked, sources: list[tuple[str, ...]]) -> list[dict[str, Any]]:
    return list(rows(asked, sources, OpenModels()))


def test_a_worker_that_sees_other_files_or_other_versions_is_none(
    cluster: tuple[str, Path], sources: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(needed: list[str]) -> str:
        begin = lambda parts: Rays(cluster[0], 2, parts, needed=needed)  # noqa: E731
        with pytest.raises(HeatlensError) as caught:
            list(rows(Asked(SLOW, {}), sources, OpenModels(), Where(tmp_path / "out"), begin=begin))
        return str(caught.value)

    assert "does not see /nowhere/shared" in refused(["/nowhere/shared"])
    monkeypatch.setattr("tfcore.cohort.rays.versions", lambda: {**versions(), "tensorflow": "1.15"})
    assert f"has tensorflow {versions()['tensorflow']} and not 1.15" in refused([])


def test_what_is_no_cluster_is_one_sentence_within_seconds() -> None:
    began = time.monotonic()
    with pytest.raises(HeatlensError, match="--workers 2"):
        connected(f"127.0.0.1:{_free()}")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(HeatlensError, match="There is no Ray cluster at"):
            connected(f"127.0.0.1:{silent.getsockname()[1]}")
    assert time.monotonic() - began < 15


# The last one: a cluster that has lost a node is asked nothing more.
def test_the_same_rows_also_when_workers_and_a_node_are_killed(
    cluster: tuple[str, Path], sources: list[tuple[str, ...]], tmp_path: Path
) -> None:
    address, folder = cluster
    asked = Asked(SLOW, {"seconds": 0.2}, passes=1024)
    plain = _plain(asked, sources)
    assert list(rows(asked, sources, OpenModels(), Where(tmp_path / "out", 8, address))) == plain
    # Shipped, they are read elsewhere (below more folders), and named as at home.
    shipped = Where(tmp_path / "shipped", 8, address, ship=True)
    told = list(rows(Asked(SLOW, {"deep": True}), sources[:3], OpenModels(), shipped))
    assert [(row["path"], row["bytes"]) for row in told] == [(Path(file), n) for n, (file,) in enumerate(sources[:3])]
    assert min(row["deep"] for row in told) > len(Path(sources[0][0]).parts)
    assert [row["said"] for row in told] == [f"{file} is read" for (file,) in sources[:3]]

    # A picture that kills its worker costs its part; the worker is started again.
    killing = Asked(SLOW, {"kills": "4.bin"}, passes=1024)
    found = list(rows(killing, sources, OpenModels(), Where(tmp_path / "killed", 8, address)))
    assert [Path(row["path"]).name for row in found if "error" in row] == ["4.bin", "5.bin"]

    # Of two nodes one vanishes, not the one that this process hangs on: what it had begun is done by the other.
    stream = rows(Asked(SLOW, {"seconds": 0.3}, passes=1024), sources, OpenModels(), Where(tmp_path / "n", 8, address))
    begun = [next(stream)]
    own = importlib.import_module("ray").get_runtime_context().get_node_id()
    (other,) = [number for number, words in _of(folder).items() if _RAYLET in words and own not in words]
    os.kill(other, signal.SIGKILL)
    assert [*begun, *stream] == plain
