"""Many pictures in one stream: ahead, in order, bounded, and one broken picture costs only itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tfcore.errors import Cancelled, HeatlensError
from tfcore.pictures import Picture, many
from tfcore.pictures.many import Left, Ready, windows
from tfcore.results import Box

PATHS = [Path(f"{number:03d}.png") for number in range(40)]


def picture(path: Path) -> Picture:
    if path.stem.endswith("7"):
        raise HeatlensError(f"{path} is damaged.")
    side = 4 + int(path.stem) % 3
    return Picture(np.full((side, side), int(path.stem), np.uint8), path, "", (0, 255))


def prepare(pictures: list[Picture]) -> tuple[np.ndarray, list[Box]]:
    return np.stack([one.array[..., None].astype(np.float32) for one in pictures]), [Box(0, 0, 1, 1)]


def names(some: list[Ready[Path]]) -> Iterator[Path | Left]:
    assert len({one.input.shape for one in some}) == 1
    yield from (one.source for one in some)


def test_order_is_kept_whatever_the_shapes_and_the_broken_are_named_in_their_places() -> None:
    found = list(many.many(PATHS, prepare, names, 8, picture))
    assert [one.path if isinstance(one, Left) else one for one in found] == PATHS
    assert [one.sentence for one in found if isinstance(one, Left)][:2] == [
        "007.png is damaged.",
        "017.png is damaged.",
    ]


def test_the_next_pictures_are_read_while_a_batch_is_worked_on() -> None:
    ninth = threading.Event()

    def seen(path: Path) -> Picture:
        if path == PATHS[8]:
            ninth.set()
        return picture(path)

    def work(some: list[Ready[Path]]) -> Iterator[Path | Left]:
        assert ninth.wait(20)
        return names(some)

    assert len(list(many.many(PATHS[:16], prepare, work, 8, seen))) == 16


def test_large_pictures_are_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    held = most = 0
    lock = threading.Lock()
    monkeypatch.setattr(many, "MOST_BYTES", 4000)

    def large(path: Path) -> Picture:
        nonlocal held, most
        with lock:
            held += 1
            most = max(most, held)
        return Picture(np.zeros(1000, np.uint8)[None], path, "", (0, 255))

    def one_by_one(pictures: list[Picture]) -> tuple[np.ndarray, list[Box]]:
        return np.zeros((1, 1, 1, 1), np.float32), [Box(0, 0, 1, 1)]

    for some in windows(PATHS, one_by_one, 16, large):
        assert len(some) == 2
        with lock:
            held -= len(some)
    assert most <= 4 + many.WORKERS + 2


def test_a_picture_larger_than_all_room_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MOST_BYTES", 1)
    assert len(list(many.many(PATHS, prepare, names, 8, picture))) == len(PATHS)


@pytest.mark.parametrize("error", [Cancelled, KeyboardInterrupt, ZeroDivisionError])
def test_what_ends_the_work_ends_the_reading(error: type[BaseException]) -> None:
    read: list[Path] = []

    def noted(path: Path) -> Picture:
        read.append(path)
        return picture(path)

    def work(some: list[Ready[Path]]) -> Iterator[Path | Left]:
        raise error

    with pytest.raises(error):
        list(many.many(PATHS, prepare, work, 4, noted))
    assert len(read) <= 4 + max(4, many.WORKERS)


def test_what_ends_a_run_while_a_picture_is_read_ends_it_in_its_turn() -> None:
    def interrupted(path: Path) -> Picture:
        if path == PATHS[5]:
            raise KeyboardInterrupt
        return picture(path)

    found = many.many(PATHS, prepare, names, 1, interrupted)
    assert [next(found) for _ in range(5)] == PATHS[:5]
    with pytest.raises(KeyboardInterrupt):
        next(found)


def test_an_error_of_the_system_that_names_a_file_is_a_sentence_of_that_picture() -> None:
    def stolen(path: Path) -> Picture:
        raise OSError(116, "Stale file handle", str(path))

    (left,) = many.many(PATHS[:1], prepare, names, 1, stolen)
    assert isinstance(left, Left)
    assert left.sentence == "000.png cannot be used: stale file handle."
