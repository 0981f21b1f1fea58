"""Long work is kept: what ends a run early costs nothing that was known."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import main as front_door
import resources
from tests.tfcore.test_growing import fill_up
from tfcore import cli
from tfcore.data.phantom import write
from tfcore.engine import worker

PICTURES = sorted(resources.path("demo").glob("*.png"))[:3]
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def heatlens(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments], lambda _: 0)


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def ends_after(count: int, work: Callable[..., Any], end: Callable[[], None]) -> Callable[..., Any]:
    """The same work, until it is called once too often."""
    calls = iter(range(count))

    def worked(*arguments: Any, **more: Any) -> Any:
        if next(calls, None) is None:
            end()
        return work(*arguments, **more)

    return worked


@pytest.fixture(scope="module")
def phantoms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("phantoms") / "some", n=20, size=32).parent


@pytest.mark.parametrize("number", SIGNALS)
def test_being_told_to_end_is_like_ctrl_c(
    number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tfcore.uncertainty import files

    passes = ends_after(2, files.uncertainty, lambda: signal.raise_signal(number))
    monkeypatch.setattr(files, "uncertainty", passes)
    asked = ("--passes", 2, "--insert-dropout", 0.2, "--model", "demo")
    assert heatlens("uncertainty", *PICTURES, *asked, "--out", tmp_path) == cli.CANCELLED
    assert f"cancelled. The first 2 rows are in {tmp_path / 'uncertainty.csv'}." in capsys.readouterr().err
    assert len(lines(tmp_path / "uncertainty.csv")) == 3
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    assert [path.name for path in tmp_path.iterdir()] == ["uncertainty.csv"]


def test_an_interrupted_evaluation_prints_and_writes_what_it_has(
    phantoms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tfcore.evaluate import run

    def interrupt() -> None:
        raise KeyboardInterrupt

    asked = ("evaluate", phantoms, "--model", "demo", "--out", tmp_path, "--json")
    whole = run.explain_many
    # One group after the other: the first is whole before the second is ended.
    monkeypatch.setattr(run, "lanes", lambda _: 1)
    monkeypatch.setattr(run, "explain_many", ends_after(1, whole, interrupt))
    assert heatlens(*asked) == cli.CANCELLED
    said = capsys.readouterr()
    table = json.loads(said.out)
    assert table["facts"]["interrupted"] is True
    assert sum(table["rows"][0]["left_out"].values(), table["rows"][0]["n"]) == 10
    assert "summary.csv" in said.err
    assert {"summary.csv", "evaluation.json", "results.csv"} <= {path.name for path in tmp_path.iterdir()}
    assert len(lines(tmp_path / "results.csv")) == 11

    # What is finished is not computed again.
    finished = {path: path.stat().st_mtime_ns for path in tmp_path.glob("parts/*.npz")}
    monkeypatch.setattr(run, "explain_many", whole)
    assert heatlens(*asked) == cli.DONE
    assert len(finished) == 1
    assert finished == {path: path.stat().st_mtime_ns for path in finished}
    assert "interrupted" not in json.loads(capsys.readouterr().out)["facts"]
    assert len(lines(tmp_path / "results.csv")) == 21
    # All of it is what it would have been.
    at_once = tmp_path.with_name("at once")
    assert heatlens(*asked[:-3], "--out", at_once) == cli.DONE
    for name in ("summary.csv", "results.csv", "evaluation.json", "report.html"):
        assert (at_once / name).read_bytes() == (tmp_path / name).read_bytes()
    # The tables of a finished evaluation stay when another one is interrupted.
    monkeypatch.setattr(run, "explain_many", ends_after(1, whole, interrupt))
    assert heatlens(*asked, "--layers", "stage3") == cli.CANCELLED
    assert len(lines(tmp_path / "results.csv")) == 21
    assert len(lines(tmp_path / "results.partial.csv")) == 11
    assert "interrupted" in json.loads((tmp_path / "evaluation.partial.json").read_text())["facts"]


def test_a_full_disk_ends_with_what_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_up(monkeypatch, 250)
    out = tmp_path / "labels.csv"
    assert heatlens("predict", *PICTURES * 4, "--model", "demo", "--out", out) == cli.WRONG
    (said,) = capsys.readouterr().err.splitlines()
    assert "the disk is full" in said
    assert str(out) in said
    assert out.read_text().endswith("\n")
    assert 2 <= len(lines(out)) <= 4


def test_a_full_disk_leaves_the_printed_evaluation(
    phantoms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_bytes = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        """Of the parts of an evaluation only the first has room."""
        if path.parent == tmp_path / "parts" and list(path.parent.glob("*.npz")):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert heatlens("evaluate", phantoms, "--model", "demo", "--out", tmp_path, "--json") == cli.WRONG
    said = capsys.readouterr()
    table = json.loads(said.out)
    assert table["facts"]["interrupted"] is True
    assert table["rows"][0]["n"] + sum(table["rows"][0]["left_out"].values()) >= 10
    assert "the disk is full" in said.err.splitlines()[-1]


def test_explaining_prints_a_whole_document_when_it_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tfcore.figure import arrays

    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(arrays, "packed", ends_after(2, arrays.packed, interrupt))
    asked = ("--model", "demo", "--out", tmp_path, "--format", "npz", "--json")
    assert heatlens("explain", *PICTURES, *asked) == cli.CANCELLED
    assert json.loads(capsys.readouterr().out)["explained"] == 2
    assert len(list(tmp_path.iterdir())) == 2


def test_ended_while_a_picture_is_asked_the_estimate_is_written_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import numpy as np

    from tfcore.explain import asking

    said: list[str] = []

    def explained(out: Path, code: int, *more: object) -> dict[str, Any]:
        asked = ("--method", "rise,lime", "--samples", 150, "--model", "demo", "--format", "npz,png", "--dpi", 50)
        assert heatlens("explain", *PICTURES[:2], *asked, "--out", out, "--json", *more) == code
        printed = capsys.readouterr()
        said.append(printed.err)
        found: dict[str, Any] = json.loads(printed.out or "{}")
        return found

    # The first picture is asked to its end, the second one in part.
    forward = asking.forward

    def end() -> None:
        monkeypatch.setattr(asking, "forward", forward)
        signal.raise_signal(signal.SIGTERM)

    # Before anything was said there is nothing to keep.
    monkeypatch.setattr(asking, "forward", ends_after(0, forward, end))
    assert heatlens("explain", PICTURES[0], "--method", "rise", "--model", "demo", "--out", tmp_path) == cli.CANCELLED
    assert list(tmp_path.iterdir()) == []
    assert "goes on from there" not in capsys.readouterr().err
    monkeypatch.setattr(asking, "forward", ends_after(6, forward, end))
    ended = explained(tmp_path / "a", cli.CANCELLED)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    first, second = [[heat["facts"] for heat in each["heats"]] for each in ended["pictures"]]
    # lime was not begun.
    assert [len(first), len(second)] == [1, 1]
    assert not first[0]["unfinished"]
    assert second[0]["said"].startswith("estimate from 120 of 150 passes, ±")
    (told,) = json.loads((tmp_path / "a" / f"{PICTURES[1].stem}.json").read_text())["items"]
    assert "estimate from 120 of 150 passes" in told["note"]
    assert "estimate from 120" in str(np.load(tmp_path / "a" / f"{PICTURES[1].stem}.npz")["notes"][0])

    calls: list[object] = []
    monkeypatch.setattr(asking, "forward", lambda *asked: calls.append(asked) or forward(*asked))
    explained(tmp_path / "a", cli.DONE)
    assert not (tmp_path / "a" / "parts").exists()
    asked_again = len(calls)
    explained(tmp_path / "b", cli.DONE)
    # Five passes of rise were known.
    assert len(calls) - asked_again == asked_again + 5
    for picture in PICTURES[:2]:
        maps = [np.load(tmp_path / folder / f"{picture.stem}.npz")["map_0"] for folder in ("a", "b")]
        assert maps[0].tobytes() == maps[1].tobytes()

    # A worker that is cancelled does the same, and whoever takes its part goes on from there.
    cancelled, run = threading.Event(), worker.run

    def ended_too(job: Any, send: Any, models: Any, _: threading.Event, log: Path) -> None:
        run(job, send, models, cancelled, log)
        raise KeyboardInterrupt

    monkeypatch.setattr(worker, "run", ended_too)
    calls.clear()
    monkeypatch.setattr(asking, "forward", ends_after(6, asking.forward, cancelled.set))
    explained(tmp_path / "c", cli.CANCELLED, "--workers", 0)
    assert "What the network said to workers is kept" in said[-1]
    monkeypatch.setattr(worker, "run", run)
    explained(tmp_path / "c", cli.DONE, "--workers", 0)
    # Of the sixteen only the pictures themselves were asked about again, one of them for the second method, too.
    assert len(calls) == 16 + 3
    assert not list((tmp_path / "c" / "parts").glob("begun*"))
    for picture in PICTURES[:2]:
        maps = [np.load(tmp_path / folder / f"{picture.stem}.npz")["map_0"] for folder in ("b", "c")]
        assert maps[0].tobytes() == maps[1].tobytes()


def test_a_picture_that_vanishes_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tfcore.pictures import many

    for number in range(3):
        (tmp_path / f"{number}.png").write_bytes(PICTURES[0].read_bytes())
    # With one thread the first picture is read before the second is looked for.
    monkeypatch.setattr(many, "WORKERS", 1)
    read = ends_after(1, many.read, lambda: (tmp_path / "1.png").unlink(missing_ok=True))
    monkeypatch.setattr(many, "read", read)
    asked = ("--model", "demo", "--out", tmp_path / "out", "--format", "npz")
    assert heatlens("explain", tmp_path, *asked) == cli.DONE
    assert "2 explained, 1 left out" in capsys.readouterr().err


def test_an_error_of_ours_keeps_the_rows_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tfcore.training import predictions

    predict = predictions.predict_files

    def broken(*arguments: Any) -> Iterator[Any]:
        yield next(predict(*arguments))
        raise ZeroDivisionError

    monkeypatch.setattr(predictions, "predict_files", broken)
    out = tmp_path / "out.csv"
    assert heatlens("predict", *PICTURES, "--model", "demo", "--out", out) == cli.OUR_FAULT
    assert f"The first row is in {out}." in capsys.readouterr().err
    assert len(lines(out)) == 2


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals of Unix")
def test_a_real_process_that_is_told_to_end_leaves_a_whole_table(tmp_path: Path) -> None:
    for number in range(600):
        (tmp_path / f"{number}.png").symlink_to(PICTURES[0])
    out = tmp_path / "out"
    flags = ["--model", "demo", "--insert-dropout", "0.2", "--passes", "50", "--out", str(out)]
    command = [sys.executable, front_door.__file__, "uncertainty", str(tmp_path), *flags]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while process.poll() is None and not any(path.stat().st_size > 2000 for path in out.glob(".heatlens-*")):
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=120)
    assert process.returncode == cli.CANCELLED, said
    assert "rows are in" in said
    assert [path.name for path in out.iterdir()] == ["uncertainty.csv"]
    assert out.joinpath("uncertainty.csv").read_text().endswith("\n")
