"""Several machines learn one network, as one that sees the whole batches would."""

from __future__ import annotations

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tfcore.errors import HeatlensError
from tfcore.training.meeting import met

_ROOT = Path(__file__).parents[3]
# No dropout, which each machine draws for itself; a batch that two cannot share evenly.
_ASKED = ("--arch", "cnn-3", "--dropout", "0", "--size", "32", "--batch", "7")


def addresses() -> list[str]:
    with socket.socket() as one, socket.socket() as other:
        for each in (one, other):
            each.bind(("127.0.0.1", 0))
        return [f"127.0.0.1:{each.getsockname()[1]}" for each in (one, other)]


def test_machines_that_do_not_meet_are_one_sentence() -> None:
    named = addresses()
    for odd, number in ((named, 3), (named[:1], 1), ([named[0]] * 2, 1), (["nowhere", named[0]], 1)):
        with pytest.raises(HeatlensError, match=r"HOST:PORT"):
            met(odd, number)
    with pytest.raises(HeatlensError, match="Of 2 machines 1 came in time"):
        met(named, 1, 0.1)
    with pytest.raises(HeatlensError, match="is not there in time"):
        met(named, 2, 0.1)
    with ThreadPoolExecutor() as pool:
        both = [pool.submit(met, named, number, 20) for number in (1, 2)]
        assert [each.result() for each in both] == [None, None]
        first = pool.submit(met, named, 1, 20)
        host, port = named[0].split(":")
        for _ in range(100):
            try:
                other = socket.create_connection((host, int(port)))
                break
            except OSError:
                time.sleep(0.05)
        with other:
            other.sendall(json.dumps({"number": 2, "versions": {"tensorflow": "1.15"}}).encode() + b"\n")
            assert "install the same on all" in json.loads(other.makefile().readline())["why"]
        with pytest.raises(HeatlensError, match=r"The machines have heatlens \S+ and None"):
            first.result()


def started(data: Path, out: Path, *flags: str) -> subprocess.Popen[str]:
    command = [sys.executable, _ROOT / "main.py", "train", data, *_ASKED, *flags, "--out", out]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def together(data: Path, folder: Path, *flags: str) -> list[subprocess.Popen[str]]:
    named = ",".join(addresses())
    machines = (("--machines", named, "--machine", str(number)) for number in (1, 2))
    return [started(data, folder / str(number), *flags, *each) for number, each in enumerate(machines, start=1)]


def curve(run: Path) -> list[list[float]]:
    with (run / "history.csv").open(newline="") as stream:
        return [[float(row[name]) for name in ("loss", "accuracy", "val_loss")] for row in csv.DictReader(stream)]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_machines_learn_as_one_does_and_go_on_when_one_has_vanished(phantoms: Path, tmp_path: Path) -> None:
    alone = started(phantoms, tmp_path / "alone", "--epochs", "3")
    first, second = together(phantoms, tmp_path, "--epochs", "2")
    for each in (alone, first, second):
        told = each.communicate()
        assert not each.returncode, told
    assert "the run is written by the first machine" in told[1]
    assert not (tmp_path / "2").exists()
    for ours, theirs in zip(curve(tmp_path / "1"), curve(tmp_path / "alone"), strict=False):
        assert ours == pytest.approx(theirs, rel=1e-5)

    first, second = together(phantoms, tmp_path, "--epochs", "500", "--resume")
    assert first.stderr is not None
    for line in first.stderr:
        if line.startswith("epoch 3 "):
            break
    os.kill(second.pid, signal.SIGKILL)
    second.communicate()
    assert "Another machine of the training is gone" in first.communicate()[1]
    assert first.returncode
    assert curve(tmp_path / "1")[2] == pytest.approx(curve(tmp_path / "alone")[2], rel=1e-5)
