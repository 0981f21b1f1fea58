from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from gui.state import OneJob
from tests.gui.engines import Silent


@pytest.fixture
def engine(qapp: QApplication) -> Silent:
    return Silent()


@pytest.fixture
def heard() -> list[object]:
    return []


@pytest.fixture
def one(engine: Silent, heard: list[object]) -> OneJob:
    made = OneJob(engine, "count", engine)
    made.answered.connect(lambda value: heard.append(value))
    made.part.connect(lambda value: heard.append(("part", value)))
    made.failed.connect(lambda sentence: heard.append(("failed", sentence)))
    made.cancelled.connect(lambda: heard.append("cancelled"))
    return made


def test_an_answer_ends_the_question(one: OneJob, engine: Silent, heard: list[object]) -> None:
    assert one.idle
    one.ask({"to": 3}, "count to 3", priority=2)
    job = engine.asked[0]
    assert (job.kind, job.arguments, job.title, job.priority) == ("count", {"to": 3}, "count to 3", 2)
    engine.part(job, 1)
    assert not one.idle
    engine.answer(job, 3)
    assert heard == [("part", 1), 3]
    assert one.idle


def test_only_the_latest_question_is_answered(one: OneJob, engine: Silent, heard: list[object]) -> None:
    one.ask({}, "first")
    one.ask({}, "second")
    first, second = engine.asked
    assert engine.withdrawn == [first.id]
    engine.answer(first, "late")
    engine.answer(second, "right")
    assert heard == ["right"]


def test_failing_and_being_cancelled_end_it_too(one: OneJob, engine: Silent, heard: list[object]) -> None:
    one.ask({}, "first")
    engine.fail(engine.asked[0], "No.")
    one.ask({}, "second")
    one.cancel()
    assert engine.ended == [engine.asked[1].id]
    assert not one.idle
    engine.drop(engine.asked[1])
    assert heard == [("failed", "No."), "cancelled"]
    assert one.idle


def test_what_was_forgotten_is_not_heard_of_again(one: OneJob, engine: Silent, heard: list[object]) -> None:
    one.ask({}, "first")
    one.forget()
    engine.answer(engine.asked[0], 1)
    one.cancel()
    assert heard == engine.ended == []
