"""Rows are kept as they come, whatever ends the run."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from tfcore.files import NoRoom
from tfcore.growing import Growing
from tfcore.tables import growing_table, write_table

COLUMNS = ["path", "value"]


def grow(path: Path, count: int, end: BaseException | None = None) -> None:
    with growing_table(path, COLUMNS) as rows:
        for number in range(count):
            rows.add({"path": f"{number}.png", "value": number})
        if end is not None:
            raise end


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def test_a_whole_table_takes_its_name(tmp_path: Path) -> None:
    grow(tmp_path / "t.csv", 2)
    assert lines(tmp_path / "t.csv") == ["path,value", "0.png,0", "1.png,1"]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("end", [KeyboardInterrupt(), ZeroDivisionError(), SystemExit()])
def test_what_is_there_is_kept_and_named(end: BaseException, tmp_path: Path) -> None:
    with pytest.raises(type(end)) as caught:
        grow(tmp_path / "t.csv", 2, end)
    assert caught.value.__notes__ == [f"The first 2 rows are in {tmp_path / 't.csv'}."]
    assert len(lines(tmp_path / "t.csv")) == 3
    assert len(list(tmp_path.iterdir())) == 1


def test_rows_are_on_disk_as_soon_as_they_are_known(tmp_path: Path) -> None:
    with growing_table(tmp_path / "t.csv", COLUMNS) as rows:
        rows.add({"path": "a.png"})
        (temporary,) = tmp_path.iterdir()
        assert lines(temporary) == ["path,value", "a.png,"]


def test_the_table_of_an_earlier_run_stays(tmp_path: Path) -> None:
    write_table(tmp_path / "t.csv", COLUMNS, [{"path": "whole.png"}])
    for count in (2, 1):
        with pytest.raises(KeyboardInterrupt) as caught:
            grow(tmp_path / "t.csv", count, KeyboardInterrupt())
        assert "t.partial.csv" in caught.value.__notes__[0]
        assert lines(tmp_path / "t.csv") == ["path,value", "whole.png,"]
        assert len(lines(tmp_path / "t.partial.csv")) == count + 1
    grow(tmp_path / "t.csv", 3)
    assert len(lines(tmp_path / "t.csv")) == 4


def test_nothing_is_kept_where_nothing_is_known(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt) as caught:
        grow(tmp_path / "t.csv", 0, KeyboardInterrupt())
    assert not hasattr(caught.value, "__notes__")
    assert not list(tmp_path.iterdir())


class Full:
    """A file on a disk that becomes full in the middle of a row."""

    def __init__(self, stream: Any, room: int) -> None:
        self._stream, self._room = stream, room

    def write(self, data: memoryview) -> int:
        if not self._room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written: int = self._stream.write(data[: self._room])
        self._room -= written
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def fill_up(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """Let growing tables have so many bytes."""
    begin = Growing.__init__

    def begun(self: Growing, *arguments: Any) -> None:
        begin(self, *arguments)
        self._stream = Full(self._stream, room)  # type: ignore[assignment]

    monkeypatch.setattr(Growing, "__init__", begun)


def test_a_full_disk_leaves_whole_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_up(monkeypatch, len("path,value\n0.png,0\n1.p"))
    with pytest.raises(NoRoom, match="disk is full") as caught:
        grow(tmp_path / "t.csv", 9)
    assert caught.value.__notes__ == [f"The first row is in {tmp_path / 't.csv'}."]
    assert (tmp_path / "t.csv").read_text() == "path,value\n0.png,0\n"
