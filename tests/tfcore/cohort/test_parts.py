"""Pictures in parts: the same rows whoever computes them and however often that was ended; what cannot be is named."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.tfcore.cohort.some_parts import LATE, SLOW
from tfcore import files
from tfcore.cohort.plan import Asked, cut
from tfcore.cohort.processes import Processes
from tfcore.cohort.rows import Where, planned, rows
from tfcore.cohort.status import status
from tfcore.engine.context import OpenModels
from tfcore.errors import HeatlensError

_STARTER = "tests.tfcore.cohort.some_parts:without_tensorflow"


@pytest.fixture
def sources(tmp_path: Path) -> list[tuple[str, ...]]:
    files = [tmp_path / "data" / f"{number}.bin" for number in range(10)]
    files[0].parent.mkdir()
    for number, file in enumerate(files):
        file.write_bytes(bytes(number))
    return [(str(file),) for file in files]


def asked(**arguments: Any) -> Asked:
    # Two pictures to a part.
    return Asked(SLOW, arguments, passes=1024)


def done(
    sources: list[tuple[str, ...]], out: Path, what: Asked | None = None, workers: int = 0
) -> list[dict[str, Any]]:
    begin: Callable[[int], Any] | None = (lambda _: Processes(workers, "cpu", 1, _STARTER)) if workers else None
    return list(rows(what or asked(), sources, OpenModels(), Where(out, 0), begin=begin))


def kept(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("*.parquet")}


def test_the_same_bytes_whoever_computes_and_however_often_it_was_ended(
    sources: list[tuple[str, ...]], tmp_path: Path
) -> None:
    plain = list(rows(asked(), sources, OpenModels()))
    assert [row["bytes"] for row in plain] == list(range(10))
    found = done(sources, tmp_path / "here")
    assert found == plain
    assert len(kept(tmp_path / "here")) == 5
    assert done(sources, tmp_path / "processes", workers=3) == plain
    assert kept(tmp_path / "processes") == kept(tmp_path / "here")
    # Ended after every part, and gone on with each time.
    for _ in range(5):
        stream = rows(asked(), sources, OpenModels(), Where(tmp_path / "ended", 0))
        for _ in range(2 * len(kept(tmp_path / "ended")) + 1):
            next(stream)
        stream.close()
    assert kept(tmp_path / "ended") == kept(tmp_path / "here")
    # What is finished is not computed again; half a part is none.
    first, second = sorted((tmp_path / "here").glob("*.parquet"))[:2]
    first.write_bytes(second.read_bytes()[:-100])
    finished = second.stat().st_mtime_ns
    assert done(sources, tmp_path / "here") == plain
    assert kept(tmp_path / "here") == kept(tmp_path / "ended")
    assert second.stat().st_mtime_ns == finished


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_run_killed_five_times_at_random_ends_with_the_same_bytes(
    sources: list[tuple[str, ...]], tmp_path: Path
) -> None:
    slow = {"seconds": 0.2}
    for number in range(10, 40):
        file = Path(sources[0][0]).with_name(f"{number}.bin")
        file.write_bytes(bytes(number))
        sources.append((str(file),))
    plain = done(sources, tmp_path / "plain", asked(**slow))
    going = (
        "from pathlib import Path; from tests.tfcore.cohort.test_parts import asked, done; "
        f"done({sources}, Path({str(tmp_path / 'killed')!r}), asked(**{slow}), workers=2)"
    )
    for wait in random.Random(3).sample(range(30), 5):
        there = len(kept(tmp_path / "killed"))
        command = [sys.executable, "-c", f"if __name__ == '__main__': {going}"]
        run = subprocess.Popen(command, cwd=Path(__file__).parents[3], start_new_session=True)
        # Some way into the work, wherever that is.
        until = time.monotonic() + 60
        while time.monotonic() < until and run.poll() is None and len(kept(tmp_path / "killed")) == there:
            time.sleep(0.02)
        time.sleep(wait / 100)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    assert len(kept(tmp_path / "killed")) > 0
    assert done(sources, tmp_path / "killed", asked(**slow)) == plain
    assert kept(tmp_path / "killed") == kept(tmp_path / "plain")


def test_workers_that_are_ended_put_away_what_they_have(sources: list[tuple[str, ...]], tmp_path: Path) -> None:
    tidied = tmp_path / "tidied"
    what = asked(seconds=0.2, tidies=str(tidied))
    begin: Callable[[int], Any] = lambda _: Processes(1, "cpu", 1, _STARTER)  # noqa: E731
    stream = rows(what, sources, OpenModels(), Where(tmp_path / "out", 1), begin=begin)
    next(stream)
    # The second part is begun as the first is done.
    second, begun = {sources[2][0], sources[3][0]}, tidied.with_suffix(".begun")
    while begun.read_text() not in second:
        time.sleep(0.01)
    stream.close()
    assert tidied.read_text() in second


def test_a_part_is_of_the_content_of_its_files(sources: list[tuple[str, ...]], tmp_path: Path) -> None:
    done(sources, tmp_path / "out")
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "out").glob("*.parquet")}
    # Copied elsewhere and back, a file is the same; with other bytes it is not.
    shutil.copy(sources[0][0], tmp_path / "copy")
    (tmp_path / "copy").replace(sources[0][0])
    Path(sources[9][0]).write_bytes(bytes(50))
    assert done(sources, tmp_path / "out")[9]["bytes"] == 50
    assert sum(file.stat().st_mtime_ns != was for file, was in before.items()) == 1
    assert len(before) == 5


def test_a_part_is_of_what_its_settings_name(tmp_path: Path) -> None:
    mask, usual = tmp_path / "mask.png", tmp_path / "usual"
    usual.mkdir()
    for file in (mask, usual / "a.png", usual / "b.txt"):
        file.write_bytes(b"1")
    named = {"region": f"mask={mask}", "methods": {"expected-gradients": {"reference": str(usual), "samples": 2}}}
    what = Asked("explain_pictures", {**named, "params": {"deletion": {"baseline": "blur"}}})
    assert what.named() == [str(mask), str(usual)]
    keys = {cut(what, [("a.png",)])[0].key}
    for file in (mask, usual / "a.png"):
        assert cut(what, [("a.png",)])[0].key in keys
        file.write_bytes(b"22")
        keys.add(cut(what, [("a.png",)])[0].key)
    assert len(keys) == 3


def test_a_part_that_ends_its_worker_is_named_after_two_tries(sources: list[tuple[str, ...]], tmp_path: Path) -> None:
    found = done(sources, tmp_path / "out", asked(kills="4.bin"), workers=2)
    assert [Path(row["path"]).name for row in found if "error" in row] == ["4.bin", "5.bin"]
    assert "killed" in found[4]["error"]
    assert [row["bytes"] for row in found if "error" not in row] == [0, 1, 2, 3, 6, 7, 8, 9]
    said = status(tmp_path / "out")
    assert (said.done, said.pictures_done, said.holder) == (4, 8, None)
    ((first, pictures, why),) = [(each.first, each.pictures, each.why) for each in said.failed]
    assert (first, pictures) == (sources[4][0], 2)
    assert "killed" in why


def test_what_every_part_refuses_ends_the_run(sources: list[tuple[str, ...]], tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match="is not wanted"):
        done(sources, tmp_path / "out", asked(refuses="0.bin"))


def test_a_part_is_not_blamed_for_the_next_that_was_begun_beside_it(
    sources: list[tuple[str, ...]], tmp_path: Path
) -> None:
    late = Asked(LATE, {"refuses": "4.bin"}, passes=1024)
    found = done(sources, tmp_path / "out", late)
    assert [Path(row["path"]).name for row in found if "error" in row] == ["4.bin", "5.bin"]
    assert kept(tmp_path / "out").keys() < {f"{part.key}.parquet" for part in cut(late, sources)}
    late = Asked(LATE, {}, passes=1024)
    assert done(sources, tmp_path / "all", late) == list(rows(late, sources, OpenModels()))


def test_two_runs_into_one_folder(sources: list[tuple[str, ...]], tmp_path: Path) -> None:
    stream = rows(asked(), sources, OpenModels(), Where(tmp_path / "out", 0))
    next(stream)
    assert "running" in status(tmp_path / "out").words
    with pytest.raises(HeatlensError, match="is being written by another run"):
        done(sources, tmp_path / "out")
    stream.close()
    assert len(done(sources, tmp_path / "out")) == 10


def test_a_full_disk_leaves_what_is_finished(
    sources: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Room for the plan, the diary and three parts.
    room, name = iter(range(5)), files.take_name

    def filling(*arguments: Any) -> None:
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, "full")
        name(*arguments)

    monkeypatch.setattr(files, "take_name", filling)
    with pytest.raises(HeatlensError, match="the disk is full"):
        done(sources, tmp_path / "out")
    monkeypatch.undo()
    assert status(tmp_path / "out").done == 3
    assert len(done(sources, tmp_path / "out")) == 10


def test_volumes_stay_whole_where_something_is_made_of_them() -> None:
    slices = [(f"scan{volume}.nii#axial={place}",) for volume in range(3) for place in range(100)]
    assert [len(part.sources) for part in cut(Asked("x", {}, whole="file"), slices)] == [100, 100, 100]
    assert {len(part.sources) for part in cut(Asked("x", {}, together=32), slices)} == {64, 44}


def test_the_last_parts_are_small_so_that_workers_end_together() -> None:
    sizes = [len(part.sources) for part in cut(Asked("x", {}, together=16), [(f"{n}.png",) for n in range(1000)])]
    assert sum(sizes) == 1000
    assert sizes[0] == 64
    # Between two batches of the network, and never much of what is left.
    assert all(size % 16 == 0 for size in sizes[:-1])
    assert all(size <= max(16, (1000 - sum(sizes[:n])) / 8) for n, size in enumerate(sizes))


def test_a_plan_reckons_with_the_room_of_the_cluster(
    sources: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = SimpleNamespace(cluster_resources=lambda: {"CPU": 9.0, "GPU": 1.0})
    monkeypatch.setattr("tfcore.cohort.cluster.connected", lambda _: there)
    # Of five parts.
    for cores, gpus, at_once in ((None, 0, 5), (3, 0, 3), (1, 0.5, 2)):
        where = Where(tmp_path / "out", 1024, "auto", cores, gpus)
        plan = planned(asked(seconds=0.01), sources, OpenModels(), where)
        assert plan.seconds == pytest.approx(10 * plan.each / at_once)
