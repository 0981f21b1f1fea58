"""Thumbnails are made once, kept within bounds, and only for what is in sight."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.browser import workers
from gui.browser.thumbnails import Thumbnails
from gui.browser.workers import Workers
from tfcore import pictures


def test_the_least_recently_seen_is_forgotten_first(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "thumbnail", lambda _, size: np.zeros((size, size, 3), np.uint8))
    thumbnails = Thumbnails(limit=2 * 10 * 10 * 4)
    for path in ("a", "b", "c"):
        with qtbot.waitSignal(thumbnails.arrived):
            thumbnails.want([path], 10)
        thumbnails.get("a")
    assert [thumbnails.get(path) is not None for path in "abc"] == [True, False, True]


def test_any_error_of_a_decoder_costs_one_tile(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(path: Path, size: int) -> np.ndarray:
        raise MemoryError("no room")

    monkeypatch.setattr(pictures, "thumbnail", explode)
    thumbnails = Thumbnails()
    with qtbot.waitSignal(thumbnails.arrived):
        thumbnails.want(["/a.png"], 10)
    made = thumbnails.get("/a.png")
    assert made is not None
    assert made.reason == "a.png could not be read: no room."


def test_requests_that_went_out_of_sight_are_dropped() -> None:
    done: list[str] = []
    begun, go, last = threading.Event(), threading.Event(), threading.Event()

    def work(task: str) -> None:
        begun.set()
        go.wait(10)
        done.append(task)
        if task == "c":
            last.set()

    workers = Workers(work, 1, "test")
    workers.replace(["a", "b"])
    assert begun.wait(10)
    workers.replace(["c"])
    go.set()
    assert last.wait(10)
    assert done == ["a", "c"]


def test_a_place_that_hangs_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "HUNG_S", 0.05)
    there, back = threading.Event(), threading.Event()
    done: list[str] = []

    def work(task: str) -> None:
        if task.startswith("hung"):
            back.wait(10)
        done.append(task)
        if len(done) == 2:
            there.set()

    threads = Workers(work, 2, "test", place=os.path.dirname)
    threads.put(["hung/1", "hung/2", "hung/3", "there/1", "there/2"])
    assert there.wait(10)
    assert sorted(done) == ["there/1", "there/2"]
    back.set()
    until = time.monotonic() + 10
    while not threads.idle and time.monotonic() < until:
        time.sleep(0.01)
    assert sorted(done) == ["hung/1", "hung/2", "hung/3", "there/1", "there/2"]
