"""Figures are drawn beside the passes: in order, a failed one costs itself, a full disk ends the run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tfcore.figure.made import heat, scan
from tfcore.errors import HeatlensError
from tfcore.explain.beside import beside
from tfcore.explain.files import Explained
from tfcore.files import NoRoom
from tfcore.pictures import many
from tfcore.pictures.many import Left

FOUND = [Explained(Path(f"{number}.png"), scan(), [heat()]) for number in range(6)]


@pytest.mark.parametrize("threads", [1, 3])
def test_order_is_kept_and_what_cannot_be_written_is_left_out(threads: int) -> None:
    def write(one: Explained) -> list[Path]:
        if one.path.stem == "2":
            raise HeatlensError("2 is no name for a file.")
        return [one.path.with_suffix(".npz")]

    broken = Left(Path("broken.png"), "broken.png is damaged.")
    some: list[Explained | Left] = [*FOUND[:4], broken, *FOUND[4:]]
    told = list(beside(some, write, threads))
    assert [one.path.stem for one, _ in told] == ["0", "1", "2", "3", "broken", "4", "5"]
    assert [one.sentence for one, _ in told if isinstance(one, Left)] == [
        "2 is no name for a file.",
        "broken.png is damaged.",
    ]
    assert [files for _, files in told if files][-1] == [Path("5.npz")]


def test_the_next_picture_is_explained_while_a_figure_is_drawn() -> None:
    asked = threading.Event()

    def explained() -> Iterator[Explained]:
        yield FOUND[0]
        asked.set()
        yield FOUND[1]

    def write(one: Explained) -> list[Path]:
        assert asked.wait(20)
        return []

    assert len(list(beside(explained(), write))) == 2


def test_files_that_need_no_other_are_written_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=20)
    assert len(list(beside(iter(FOUND), lambda one: [one.path] if both.wait() >= 0 else [], 2))) == len(FOUND)


def test_few_large_pictures_wait_to_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MOST_BYTES", 5 * FOUND[0].size)
    drawn: list[Path] = []

    def explained() -> Iterator[Explained]:
        for number, one in enumerate(FOUND):
            assert number - len(drawn) <= 3
            yield one

    list(beside(explained(), lambda one: drawn.append(one.path) or []))
    assert len(drawn) == len(FOUND)


def test_a_full_disk_ends_the_run() -> None:
    def full(one: Explained) -> list[Path]:
        raise NoRoom("The disk is full.")

    with pytest.raises(NoRoom):
        list(beside(iter(FOUND), full))
