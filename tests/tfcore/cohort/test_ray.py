"""Two nodes on this machine: the same rows as without Ray, also when a worker, a node, and then the head is killed."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.tfcore.cohort.nodes import begin_head, free_port, processes_of, two_nodes
from tests.tfcore.cohort.some_parts import SLOW
from tests.tfcore.cohort.test_commands import every_command, write_the_same
from tests.tfcore.training.test_cross_validation import train_the_same
from tfcore.cohort.cluster import connected
from tfcore.cohort.plan import Asked
from tfcore.cohort.rays import Rays
from tfcore.cohort.rows import Where, rows
from tfcore.cohort.status import status
from tfcore.data import open_data
from tfcore.data.phantom import write
from tfcore.device import versions
from tfcore.engine.context import OpenModels
from tfcore.errors import HeatlensError
from tfcore.plain import json_text

pytestmark = [
    pytest.mark.ray,
    pytest.mark.timeout(600),
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="the extra cluster is not installed"),
    # Ray leaves sockets and processes to the end of the interpreter.
    pytest.mark.filterwarnings("ignore"),
]
# Of raylets, which hold the workers of a node.
_RAYLET = "raylet/raylet"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("r")
    with two_nodes(folder) as address:
        yield address, folder


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
        connected(f"127.0.0.1:{free_port()}")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(HeatlensError, match=r"There is no Ray cluster at .* \(timed out\)"):
            connected(f"127.0.0.1:{silent.getsockname()[1]}")
    with socket.create_server(("127.0.0.1", 0)) as other:
        threading.Thread(target=lambda: other.accept()[0].close()).start()
        with pytest.raises(HeatlensError, match="something else listens there"):
            connected(f"127.0.0.1:{other.getsockname()[1]}")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (ConnectionError("Failed to connect"), "without its token; put that into"),
        (RuntimeError("Version mismatch: Ray: 2.9"), "runs another Ray or Python"),
        (ValueError("odd"), "There is no Ray cluster at 127.0.0.1:1;"),
    ],
)
def test_a_cluster_that_lets_nobody_in_says_why(error: Exception, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def init(**_: Any) -> None:
        raise error

    monkeypatch.setattr("tfcore.cohort.cluster.check_address", lambda _: True)
    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(init=init))
    with pytest.raises(HeatlensError, match=word):
        connected("127.0.0.1:1")


def test_a_data_set_travels_with_its_masks(cluster: tuple[str, Path], tmp_path: Path) -> None:
    root = write(tmp_path / "data", n=6, size=64).parent
    data = open_data(root)
    asked = Asked("audit_pictures", {"data": str(root), "reading": {}}, passes=1024)
    sources = [(sample.address,) for sample in data]
    assert any(sample.mask for sample in data)
    plain = _plain(asked, sources)
    seen = list(rows(asked, sources, OpenModels(), Where(tmp_path / "out", 8, cluster[0], ship=True, data=data)))
    assert [row["path"] for row in seen] == [Path(address) for (address,) in sources]
    assert json.loads(json_text(seen)) == json.loads(json_text(plain))


@pytest.mark.slow
@every_command
def test_commands_write_the_same_on_a_cluster(
    cluster: tuple[str, Path], asked: tuple[object, ...], tmp_path: Path
) -> None:
    there = ("--cluster", cluster[0])
    write_the_same(asked, [there, (*there, "--ship")], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("several", ["--folds", "--seeds"])
def test_runs_that_a_cluster_trains_are_those_of_one_process(
    cluster: tuple[str, Path], several: str, tmp_path: Path
) -> None:
    data = write(tmp_path / "data", n=48, size=48).parent
    train_the_same(several, [("--cluster", cluster[0])], data, tmp_path)


# The last one: a cluster that has lost a node is asked nothing more.
def test_the_same_rows_also_when_workers_nodes_and_the_head_are_killed(
    cluster: tuple[str, Path],
    sources: list[tuple[str, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address, folder = cluster
    asked = Asked(SLOW, {"seconds": 0.2}, passes=1024)
    plain = _plain(asked, sources)
    assert list(rows(asked, sources, OpenModels(), Where(tmp_path / "out", 8, address))) == plain
    # Being told to end is heard as ever beside Ray, which would abort.
    listener = signal.signal(signal.SIGTERM, signal.default_int_handler)
    stream = rows(asked, sources, OpenModels(), Where(tmp_path / "ended", 8, address))
    with pytest.raises(KeyboardInterrupt):
        [os.kill(os.getpid(), signal.SIGTERM) for _ in stream]
    # Its workers leave their room.
    stream.close()
    signal.signal(signal.SIGTERM, listener)
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
    (other,) = [number for number, words in processes_of(folder).items() if _RAYLET in words and own not in words]
    os.kill(other, signal.SIGKILL)
    assert [*begun, *stream] == plain

    # A head that is begun again is found, and what is not finished is done by new workers.
    said: list[str] = []
    once = Where(tmp_path / "returned", 8, address)
    stream = rows(Asked(SLOW, {"seconds": 0.3}, passes=1024), sources, OpenModels(), once, say=said.append)
    begun = [next(stream)]
    _end(folder)
    begin_head(folder, int(address.rpartition(":")[2]), 2)
    assert [*begun, *stream] == plain
    assert "is waited for 10:00" in said[0]
    assert said[1] == "There is a head again; what is not finished is given out anew."

    # Without a head nothing goes on, which is said before Ray ends this process; what is finished stays.
    monkeypatch.setattr("tfcore.cohort.rays._SECONDS_TO_RETURN", 0.0)
    headless = Where(tmp_path / "headless", 8, address)
    stream = rows(Asked(SLOW, {"seconds": 1}, passes=1024), sources, OpenModels(), headless)
    next(stream)
    _end(folder)
    with pytest.raises(HeatlensError, match="the head of the cluster is gone; start it again"):
        list(stream)
    assert status(tmp_path / "headless").done >= 1
    # Ray says nothing among the results.
    assert not capsys.readouterr().out


def _end(cluster: Path) -> None:
    for number in processes_of(cluster):
        os.kill(number, signal.SIGKILL)
