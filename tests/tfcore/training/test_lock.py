"""Two trainings never write into one folder, and what a crash leaves is no hindrance."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tfcore import cli
from tfcore.errors import Cancelled, HeatlensError
from tfcore.training.checkpoint import BEST, LAST, Checkpoint
from tfcore.training.folder import RunFolder
from tfcore.training.lock import LOCK, holder, locked
from tfcore.training.run import Run
from tfcore.training.watch import Watch

HOLD = (
    "import sys, time; from pathlib import Path; from tfcore.training.lock import locked\n"
    "with locked(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(60)"
)


@pytest.fixture
def other(tmp_path: Path):
    """A process that writes into a folder."""
    running = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "run")],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "held\n"
    yield running
    running.kill()
    running.wait()
    running.stdout.close()


def test_a_folder_that_another_process_writes_is_refused_with_its_name(other, quick, tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match=rf"run is being written by another run \(process {other.pid} on .*; wait"):
        quick()
    inner = tmp_path / "run" / "fold-1"
    with pytest.raises(HeatlensError, match=r"fold-1 is part of a run that is being written by another run"):
        quick(out=inner)
    assert not inner.exists()


def test_the_lock_of_a_process_that_was_killed_is_taken_over(other, tmp_path: Path) -> None:
    other.send_signal(signal.SIGKILL)
    other.wait()
    folder = tmp_path / "run"
    assert (folder / LOCK).exists()
    assert holder(folder) is None
    with locked(folder):
        assert json.loads((folder / LOCK).read_text())["pid"] == os.getpid()
        assert holder(folder) is not None
    assert list(folder.iterdir()) == []


def test_of_many_that_come_at_once_one_has_the_folder_at_a_time(tmp_path: Path) -> None:
    inside, refused, done = [], [], []

    def work() -> None:
        for _ in range(50):
            try:
                with locked(tmp_path):
                    inside.append(1)
                    assert len(inside) == 1
                    inside.pop()
                done.append(1)
            except HeatlensError:
                refused.append(1)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done
    assert inside == []
    assert len(done) + len(refused) == 400
    assert not (tmp_path / LOCK).exists()


def test_a_training_holds_its_folder_and_gives_it_back_when_it_fails(quick: Callable[..., Run], tmp_path: Path) -> None:
    seen: list[str | None] = []

    def tick(done: int, total: int, text: str) -> None:
        if not seen:
            seen.append(holder(tmp_path / "run"))
            with pytest.raises(HeatlensError, match="is being written"):
                quick(epochs=1)
            raise HeatlensError("enough")

    with pytest.raises(HeatlensError, match="enough"):
        quick(epochs=1, watch=Watch(tick=tick))
    assert f"process {os.getpid()}" in str(seen[0])
    assert not (tmp_path / "run").exists()


def test_a_training_is_stopped_from_elsewhere_as_if_it_were_cancelled(
    quick: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tfcore.training.folder._LOOKS", 0.0)
    run = tmp_path / "run"
    command = ["stop", str(run)]
    with pytest.raises(Cancelled):
        quick(epochs=9, watch=Watch(epoch=lambda _: cli.main(command, lambda _: 0)))
    assert f"process {os.getpid()}" in capsys.readouterr().err
    assert (run / "model.keras").exists()
    assert not (run / LOCK).exists()
    assert cli.main(command, lambda _: 0) == cli.WRONG
    assert "Nothing is being trained in" in capsys.readouterr().err


# --- what is damaged in a run folder ---


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[]", "settings.json holds no settings of a run"),
        ("null", "settings.json holds no settings of a run"),
        ('{"settings": 5}', "settings.json: 'settings' is no group of settings"),
        ('{"architecture": ["a"]}', "settings.json: 'architecture' is no group of settings"),
        ("[" * 100_000, "settings.json cannot be read"),
        ('{"settings": {"lr": "fast"}}', "begun with another recipe"),
        ("\0", "settings.json cannot be read"),
    ],
)
def test_settings_of_other_kinds_are_named(quick, tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "settings.json").write_text(text)
    with pytest.raises(HeatlensError, match=sentence):
        quick(resume=True)


ROW = {"epoch": 1, "stage": "whole", "val_loss": 1.0, "val_accuracy": 0.5, "val_macro-f1": 0, "val_mean-recall": 0}
FIGURES = [name for name in ROW if name.startswith("val_")]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ([], "'stage' is no name of a stage"),
        ({"stage": 3}, "'stage' is no name of a stage"),
        ({"stage": "elsewhere"}, "'stage' is no name of a stage"),
        ({"stage": "whole", "history": {"a": 1}}, "'history' is no list of epochs"),
        ({"stage": "whole", "history": [3]}, "'history' is no list of epochs"),
        ({"stage": "whole", "history": [{**ROW, "val_loss": "low"}]}, "'val_loss' in the history is no number"),
        ({"stage": "whole", "history": [{**ROW, "epoch": None}]}, "'epoch' in the history is no number"),
        ({"stage": "whole", "history": [{"stage": "whole", "epoch": 1}]}, "'history' has an epoch without its figures"),
    ],
)
def test_a_state_of_other_kinds_names_its_file_and_field(tmp_path: Path, state: object, sentence: str) -> None:
    np.savez(tmp_path / LAST, state=np.array(json.dumps(state)))
    with pytest.raises(HeatlensError, match=rf"last\.npz: {sentence}"):
        Checkpoint(tmp_path).state(FIGURES)


def test_a_whole_state_is_what_it_was(tmp_path: Path) -> None:
    state = {"stage": "whole", "history": [ROW]}
    np.savez(tmp_path / LAST, state=np.array(json.dumps(state)))
    assert Checkpoint(tmp_path).state(FIGURES) == state


@pytest.mark.parametrize("damage", ["empty", "text", "array", "no state", "no json", "cut", "flipped"])
def test_a_damaged_checkpoint_is_one_sentence(tmp_path: Path, damage: str) -> None:
    path = tmp_path / BEST
    np.savez(path, state=np.array('{"stage": "whole"}'), **{"0000": np.zeros((50, 50))})
    data = path.read_bytes()
    if damage == "array":
        with path.open("wb") as stream:
            np.save(stream, np.zeros(3))
    elif damage == "no state":
        np.savez(path, other=np.zeros(3))
    elif damage == "no json":
        np.savez(path, state=np.array("{"))
    else:
        kinds = {"empty": b"", "text": b"hello", "cut": data[:-100], "flipped": data.replace(b"s\0\0\0t", b"s\0\0\0u")}
        path.write_bytes(kinds[damage])
    with pytest.raises(HeatlensError, match=r"best\.npz is damaged, so the run cannot go on"):
        Checkpoint(tmp_path).best_stage()


class Variable:
    """As much of a variable as a checkpoint needs."""

    shape = (2, 3)

    def __init__(self) -> None:
        self.value = None

    def assign(self, value: np.ndarray) -> None:
        self.value = value


class Network:
    def __init__(self) -> None:
        self.variables = [Variable(), Variable()]


@pytest.mark.parametrize("second", [np.zeros((3, 2)), np.array([["a"] * 3] * 2), np.zeros(0)])
def test_arrays_that_do_not_fit_leave_the_network_as_it_was(tmp_path: Path, second: np.ndarray) -> None:
    np.savez(tmp_path / BEST, state=np.array("{}"), **{"0000": np.ones((2, 3)), "0001": second})
    network = Network()
    with pytest.raises(HeatlensError, match=r"does not fit the network \(its array 1 is"):
        Checkpoint(tmp_path).restore_best(network)
    assert network.variables[0].value is None


def test_an_empty_folder_with_a_lock_that_was_left_is_a_new_run(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("")
    folder = RunFolder(tmp_path)
    assert folder.stored() is None
    folder._check(None, resume=False)  # type: ignore[arg-type]
