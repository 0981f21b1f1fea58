"""Files are there whole or not at all, and take nobody's place."""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path

import pytest

from tfcore import files
from tfcore.errors import HeatlensError
from tfcore.files import NoRoom, check_free, free_folder, written_together, written_whole

OWN = '{"heatlens": "1"}'


def write(path: Path, text: str = OWN, overwrite: bool = False) -> None:
    with written_whole(path, overwrite) as temporary:
        temporary.write_text(text)


def test_a_file_of_somebody_elses_stays(tmp_path: Path) -> None:
    theirs = tmp_path / "notes.json"
    theirs.write_text("theirs")
    with pytest.raises(HeatlensError, match=r"notes\.json exists and was not written by Heatlens.*--overwrite"):
        write(theirs)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("notes.json", "theirs")]
    write(theirs, overwrite=True)
    assert theirs.read_text() == OWN


def test_an_own_file_is_replaced(tmp_path: Path) -> None:
    write(tmp_path / "a.json")
    write(tmp_path / "a.json", '{"heatlens": "2"}')
    assert (tmp_path / "a.json").read_text() == '{"heatlens": "2"}'


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_comes_meanwhile_stays(links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not links:
        without_links(monkeypatch)
    path = tmp_path / "a.json"
    real = files.check_free
    calls = []

    def late(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        calls.append(arguments)
        # After the last look and before the name is taken.
        if len(calls) == 2:
            path.write_text("theirs")

    monkeypatch.setattr(files, "check_free", late)
    with pytest.raises(HeatlensError, match="was not written by Heatlens"):
        write(path)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.json", "theirs")]


def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links on this disk")

    monkeypatch.setattr(Path, "hardlink_to", refuse)


def test_disks_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_links(monkeypatch)
    write(tmp_path / "a.json")
    write(tmp_path / "a.json", '{"heatlens": "2"}')
    assert [path.read_text() for path in tmp_path.iterdir()] == ['{"heatlens": "2"}']


def test_links_are_somebodys_and_never_followed(tmp_path: Path) -> None:
    own, link, nowhere = tmp_path / "own.json", tmp_path / "link.json", tmp_path / "nowhere.json"
    write(own)
    link.symlink_to(own)
    nowhere.symlink_to(tmp_path / "nothing")
    for path in (link, nowhere):
        with pytest.raises(HeatlensError, match="was not written by Heatlens"):
            write(path)
    write(link, '{"heatlens": "2"}', overwrite=True)
    assert own.read_text() == OWN
    assert not link.is_symlink()


def test_folders_and_devices_are_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(HeatlensError, match="a device or a pipe"):
        write(tmp_path / "pipe", overwrite=True)
    with pytest.raises(HeatlensError, match="a folder of that name"):
        write(tmp_path, overwrite=True)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("name", ["x" * 300, "file/below", "nul\0"])
def test_what_cannot_be_a_name_is_said_before_any_work(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HeatlensError):
        check_free(tmp_path / name)


def write_both(*paths: Path) -> None:
    with written_together(paths) as names:
        for name in names:
            name.write_text("")


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("theirs")
    with pytest.raises(HeatlensError):
        write_both(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_full_disk_is_told_from_other_reasons(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match="the disk is full"), written_whole(tmp_path / "a"):
        raise OSError(errno.ENOSPC, "")
    assert not list(tmp_path.iterdir())


def test_what_killed_runs_have_left_goes_after_a_day(tmp_path: Path) -> None:
    names = [".heatlens-abcd1234.csv", ".heatlens-new_5678.csv", ".heatlens-notes.txt", ".heatlens-mine", "P1.png"]
    for name in names:
        (tmp_path / name).write_text("")
        if "new" not in name:
            os.utime(tmp_path / name, (0, time.time() - 25 * 3600))
    write(tmp_path / "a.json")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names[1:], "a.json"])


def test_free_folders_count_up(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        names.append(free_folder(tmp_path / "run").name)
        (tmp_path / names[-1]).mkdir()
    assert names == ["run", "run-2", "run-3"]
    assert free_folder(tmp_path / "run-2").name == "run-4"
    assert free_folder(Path("/" + "x" * 300)) == Path("/" + "x" * 300)
